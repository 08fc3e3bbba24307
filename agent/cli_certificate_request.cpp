// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/pin_dialog.hpp"
#include "agent/prompt_text.hpp"
#include "agent/renewal_choice.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/certificate_file.hpp"

#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
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

struct Made {
    Wanted wanted;
    CertificateRequestReply reply;
    std::string pem;
};

class RequestCommand {
public:
    RequestCommand(CliContext& context, Asker& asker, Tokens& tokens, InterruptWatch& interrupts)
        : m_options(context.options),
          m_language(context.output.language),
          m_tokens(tokens),
          m_interrupts(interrupts),
          m_dialog(asker, interrupts, context.output.language, context.configuration.usePinPad) {}

    Result<Made> run(const TrustList& trust) {
        if (const auto checked = checkTarget(m_options.out); !checked) return fail(checked.error());
        const auto inventory = listTokens(m_tokens, m_interrupts);
        if (!inventory) return fail(inventory.error());
        auto wanted = m_options.subjectFrom.empty() ? fromToken(*inventory, trust) : fromFile(*inventory);
        if (!wanted) return fail(wanted.error());
        if (const auto agreed = agree(*wanted); !agreed) return fail(agreed.error());
        auto pin = m_dialog.askPin(wanted->token.info, purpose(*wanted));
        if (!pin) return fail(pin.error());
        auto reply = request(*wanted, std::move(*pin));
        if (!reply) return fail(reply.error());
        auto pem = pemOf(reply->request);
        if (auto written = writeNewFile(m_options.out, pem); !written) return fail(written.error());
        return Made{std::move(*wanted), std::move(*reply), std::move(pem)};
    }

private:
    Result<Wanted> fromToken(const TokenInventory& inventory, const TrustList& trust) {
        auto found = renewable(inventory, trust, SystemClock().now(), m_options.selection, !m_options.newKey);
        if (!found) return fail(found.error());
        if (!m_options.token.empty())
            std::erase_if(*found, [&](const auto& entry) { return entry.place.label != m_options.token; });
        if (found->empty()) return fail(ErrorCode::noToken, {}, "selection_not_found");
        std::vector<AskerChoice> choices;
        for (const auto& entry : *found)
            choices.push_back({cardLine(cardFor(entry), m_language), entry.certificate->fingerprintHex()});
        const auto index = m_dialog.choose(chooseLine(m_language), choices);
        if (!index) return fail(index.error());
        auto& entry = found->at(*index);
        const bool isSm2 = entry.certificate->keyType() == KeyType::sm2;
        if (isSm2 && !m_options.newKey)
            return fail(ErrorCode::algNotAllowed, "SM2 key", "sm2_request_unsupported");
        const auto keyId = m_options.newKey ? Bytes() : entry.object.id;
        return Wanted{{entry.place, entry.token}, keyId, *entry.certificate, cardFor(entry)};
    }

    Result<Wanted> fromFile(const TokenInventory& inventory) {
        const auto content = readFile(m_options.subjectFrom, kMaxFileBytes);
        if (!content) return fail(fileError("file_unreadable", m_options.subjectFrom));
        const auto certificates = certificatesInFile(*content);
        if (!certificates) return fail(certificates.error());
        const auto leaves = leavesOf(*certificates);
        if (leaves.empty())
            return fail(ErrorCode::badRequest, "only CA certificates", "no_certificate_in_file");
        auto found = tokenChoices(inventory, m_options.token);
        if (!found) return fail(found.error());
        std::vector<AskerChoice> choices;
        for (const auto& token : *found) choices.push_back({tokenLineOf(token.info), token.info.serial});
        const auto index =
            m_dialog.choose(Text{"请选择 USB key:", "Choose a token:"}.of(m_language), choices);
        if (!index) return fail(index.error());
        const AssessedCertificate entry{.certificate = leaves.front()};
        return Wanted{std::move(found->at(*index)), {}, leaves.front(), cardFor(entry)};
    }

    /// A new key is written to the token: that is asked before.
    Result<void> agree(const Wanted& wanted) {
        if (!m_options.newKey) return {};
        const std::string kind(toString(*m_options.newKey));
        return m_dialog.confirm(
            tokenLineOf(wanted.token.info) + "\n" +
            (m_language == Language::zh
                 ? "将在这个 USB key 中生成一对新密钥(" + kind + ")。原有的密钥和证书不会改动。继续吗?"
                 : "A new key pair (" + kind +
                       ") will be made on this token. The keys and certificates on it stay as they are. Go "
                       "on?"));
    }

    std::string purpose(const Wanted& wanted) const {
        return tokenLineOf(wanted.token.info) + "\n" +
               Text{"为这张证书生成续期请求:", "Make a certificate request for: "}.of(m_language) +
               cardLine(wanted.card, m_language);
    }

    Result<CertificateRequestReply> request(const Wanted& wanted, SecretBytes pin) {
        const auto& info = wanted.token.info;
        const CertificateRequest request{
            .key = {info.slot, info.label, info.serial, wanted.keyId, wanted.certificate.der()},
            .newKey = m_options.newKey,
            .isFinalTryAccepted = info.isPinFinalTry};
        CommandId command = 0;
        return await<CertificateRequestReply>(
            m_interrupts,
            [&](const Reply<CertificateRequestReply>& reply) {
                command =
                    m_tokens.requestCertificate(wanted.token.place.module, request, std::move(pin), reply);
            },
            [&] { m_tokens.cancel(command); });
    }

    const CliOptions& m_options;
    Language m_language;
    Tokens& m_tokens;
    InterruptWatch& m_interrupts;
    PinDialog m_dialog;
};

ExitStatus tell(const Made& made, const CliContext& context) {
    const auto& output = context.output;
    const auto file = context.options.out.string();
    if (output.isJson) {
        output.print(Json{{"ok", true},
                          {"file", file},
                          {"token", made.wanted.token.info.label},
                          {"id", toHex(made.reply.keyId)},
                          {"new_key", context.options.newKey.has_value()},
                          {"subject", made.wanted.certificate.subject()},
                          {"request", made.pem}});
        return ExitStatus::done;
    }
    output.print(
        Text{"证书请求已写入:", "The certificate request is in "}.of(output.language) + file + "\n" +
        Text{"请把它交给发证机构;收到证书后运行:signet certificate install 文件",
             "Send it to your certificate issuer, then install the answer: signet certificate install FILE"}
            .of(output.language));
    return ExitStatus::done;
}

}  // namespace

ExitStatus runRequestCertificate(CliContext& context) {
    const auto& output = context.output;
    const auto trust = loadTrust(context.configuration);
    if (!trust) return output.fail(trust.error());
    const auto access = openTokenAccess(context);
    if (!access) return output.fail(access.error());
    InterruptWatch interrupts;
    auto tokens = openTokens(access->modules);
    const auto made = RequestCommand(context, *access->asker, tokens, interrupts).run(*trust);
    if (!made) return output.fail(made.error());
    return tell(*made, context);
}

}  // namespace signet
