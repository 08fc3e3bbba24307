// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_request_job.hpp"

#include "agent/language.hpp"
#include "agent/pin_dialog.hpp"
#include "agent/prompt_text.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/certificate_file.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

std::string pemOf(const Bytes& der) {
    constexpr std::size_t kLine = 64;  // RFC 7468
    const auto text = toBase64(der);
    std::string pem = "-----BEGIN CERTIFICATE REQUEST-----\n";
    for (std::size_t i = 0; i < text.size(); i += kLine) pem += text.substr(i, kLine) + "\n";
    return pem + "-----END CERTIFICATE REQUEST-----\n";
}

Error fileError(const char* reason, const std::filesystem::path& file) {
    Error error{.code = ErrorCode::invalidRequest, .reason = reason, .detail = file.string()};
    error.params["name"] = file.string();
    return error;
}

/// What cannot be written is found out before a key is made.
Result<void> checkTarget(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
        return fail(fileError("file_exists", file));
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return fail(fileError("file_unwritable", file));
    return {};
}

/// Whose request, for which key.
struct Wanted {
    TokenChoice token{};
    Bytes keyId{};
    Certificate certificate;
    CertificateCard card{};
};

}  // namespace

Result<void> checkRequestKey(const Certificate& certificate, const std::optional<NewKeyKind>& newKey) {
    if (certificate.keyType() != KeyType::sm2 || newKey) return {};
    return fail(ErrorCode::algNotAllowed, "SM2 key", "sm2_request_unsupported");
}

NewKeyKind newKeyLike(const Certificate& certificate) {
    constexpr int kShortRsaBits = 2048;
    switch (certificate.keyType()) {
        case KeyType::rsa:
            return certificate.keyBits() > kShortRsaBits ? NewKeyKind::rsa3072 : NewKeyKind::rsa2048;
        case KeyType::p384:
            return NewKeyKind::p384;
        case KeyType::p256:
        case KeyType::sm2:
        case KeyType::other:
            break;
    }
    return NewKeyKind::p256;
}

/// Each step starts the next; whatever ends the job calls finish() last.
struct CertificateRequestJob::State {
    explicit State(const RenewalPorts& renewalPorts)
        : ports(renewalPorts), dialog(ports.asker, ports.language, ports.usePinPad) {}

    void start();
    void onListed(const TokenInventory& inventory);
    void fromToken(const TokenInventory& inventory);
    void fromFile(const TokenInventory& inventory);
    void agree(Wanted found);
    void askPin();
    void request(SecretBytes pin);
    void write(CertificateRequestReply made);
    std::string purpose() const;
    void finish(Result<CertificateRequestMade> result) { std::exchange(reply, {})(std::move(result)); }
    void end(const Error& error) { finish(fail(error)); }

    RenewalPorts ports;
    PinDialog dialog;
    CertificateRequestWish wish{};
    Reply<CertificateRequestMade> reply{};
    std::optional<Wanted> wanted{};
    CommandId command = 0;
};

void CertificateRequestJob::State::start() {
    if (const auto checked = checkTarget(wish.out); !checked) return end(checked.error());
    command = ports.tokens.list({}, [this](const TokenInventory& inventory) {
        command = 0;
        onListed(inventory);
    });
}

void CertificateRequestJob::State::onListed(const TokenInventory& inventory) {
    if (wish.subjectFrom.empty()) return fromToken(inventory);
    fromFile(inventory);
}

void CertificateRequestJob::State::fromToken(const TokenInventory& inventory) {
    auto found = renewable(inventory, ports.trust, ports.clock.now(), wish.selection, !wish.newKey);
    if (!found) return end(found.error());
    if (!wish.token.empty())
        std::erase_if(*found, [&](const auto& entry) { return entry.place.label != wish.token; });
    if (found->empty()) return finish(fail(ErrorCode::noToken, {}, "selection_not_found"));
    std::vector<AskerChoice> choices;
    for (const auto& entry : *found)
        choices.push_back({cardLine(cardFor(entry), ports.language), entry.certificate->fingerprintHex()});
    dialog.choose(chooseLine(ports.language), choices,
                  [this, entries = std::move(*found)](const Result<std::size_t>& index) {
                      if (!index) return end(index.error());
                      const auto& entry = entries.at(*index);
                      if (const auto checked = checkRequestKey(*entry.certificate, wish.newKey); !checked)
                          return end(checked.error());
                      const auto keyId = wish.newKey ? Bytes() : entry.object.id;
                      agree({{entry.place, entry.token}, keyId, *entry.certificate, cardFor(entry)});
                  });
}

void CertificateRequestJob::State::fromFile(const TokenInventory& inventory) {
    const auto content = readFile(wish.subjectFrom, kMaxFileBytes);
    if (!content) return end(fileError("file_unreadable", wish.subjectFrom));
    const auto certificates = certificatesInFile(*content);
    if (!certificates) return end(certificates.error());
    const auto leaves = leavesOf(*certificates);
    if (leaves.empty())
        return finish(fail(ErrorCode::badRequest, "only CA certificates", "no_certificate_in_file"));
    auto found = tokenChoices(inventory, wish.token);
    if (!found) return end(found.error());
    std::vector<AskerChoice> choices;
    for (const auto& token : *found) choices.push_back({tokenLineOf(token.info), token.info.serial});
    dialog.choose(
        Text{"请选择 USB key:", "Choose a token:"}.of(ports.language), choices,
        [this, tokens = std::move(*found), leaf = leaves.front()](const Result<std::size_t>& index) {
            if (!index) return end(index.error());
            const AssessedCertificate entry{.certificate = leaf};
            agree({tokens.at(*index), {}, leaf, cardFor(entry)});
        });
}

/// A new key is written to the token: that is asked before.
void CertificateRequestJob::State::agree(Wanted found) {
    wanted = std::move(found);
    if (!wish.newKey) return askPin();
    const std::string kind(toString(*wish.newKey));
    dialog.confirm(
        tokenLineOf(wanted->token.info) + "\n" +
            (ports.language == Language::zh
                 ? "将在这个 USB key 中生成一对新密钥(" + kind + ")。原有的密钥和证书不会改动。继续吗?"
                 : "A new key pair (" + kind +
                       ") will be made on this token. The keys and certificates on it stay as they are. Go "
                       "on?"),
        {"生成新密钥", "Make a new key"}, [this](const Result<void>& agreed) {
            if (!agreed) return end(agreed.error());
            askPin();
        });
}

std::string CertificateRequestJob::State::purpose() const {
    return tokenLineOf(wanted->token.info) + "\n" +
           Text{"为这张证书生成续期请求:", "Make a certificate request for: "}.of(ports.language) +
           cardLine(wanted->card, ports.language);
}

void CertificateRequestJob::State::askPin() {
    dialog.askPin(wanted->token.info, purpose(), [this](Result<SecretBytes> pin) {
        if (!pin) return end(pin.error());
        request(std::move(*pin));
    });
}

void CertificateRequestJob::State::request(SecretBytes pin) {
    const auto& info = wanted->token.info;
    CertificateRequest asked{
        .key = {info.slot, info.label, info.serial, wanted->keyId, wanted->certificate.der()},
        .newKey = wish.newKey,
        .isFinalTryAccepted = info.isPinFinalTry};
    command = ports.tokens.requestCertificate(wanted->token.place.module, std::move(asked), std::move(pin),
                                              [this](Result<CertificateRequestReply> made) {
                                                  command = 0;
                                                  if (!made) return end(made.error());
                                                  write(std::move(*made));
                                              });
}

void CertificateRequestJob::State::write(CertificateRequestReply made) {
    auto pem = pemOf(made.request);
    if (const auto written = writeNewFile(wish.out, pem); !written) return end(written.error());
    finish(CertificateRequestMade{std::move(wanted->token), std::move(wanted->certificate), std::move(made),
                                  std::move(pem)});
}

CertificateRequestJob::CertificateRequestJob(const RenewalPorts& ports)
    : m_state(std::make_unique<State>(ports)) {
}

CertificateRequestJob::~CertificateRequestJob() {
    cancel();
}

void CertificateRequestJob::start(CertificateRequestWish wish, Reply<CertificateRequestMade> reply) {
    m_state->wish = std::move(wish);
    m_state->reply = std::move(reply);
    m_state->start();
}

void CertificateRequestJob::cancel() {
    if (!m_state->reply) return;
    m_state->reply = {};
    if (m_state->command != 0) return m_state->ports.tokens.cancel(std::exchange(m_state->command, 0));
    m_state->dialog.withdraw();
}

}  // namespace signet
