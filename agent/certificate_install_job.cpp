// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_install_job.hpp"

#include "agent/language.hpp"
#include "agent/pin_dialog.hpp"
#include "agent/prompt_text.hpp"
#include "base/file.hpp"
#include "certs/certificate_file.hpp"

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

/// The certificate of the file that is for a key here, and where that is.
struct Fit {
    Certificate certificate;
    TokenChoice token{};
};

tl::unexpected<Error> doesNotFit(const char* detail) {
    return fail(ErrorCode::badRequest, detail, "does_not_fit");
}

std::string lineOf(const Fit& fit, Language language) {
    return cardLine(cardFor(AssessedCertificate{.certificate = fit.certificate}), language);
}

Result<std::vector<Certificate>> readAnswer(const std::filesystem::path& file) {
    const auto content = readFile(file, kMaxFileBytes);
    if (content) return certificatesInFile(*content);
    Error error{.code = ErrorCode::invalidRequest, .reason = "file_unreadable"};
    error.detail = content.error().detail;
    error.params["name"] = file.string();
    return fail(std::move(error));
}

/// A key that the token made for the request has no certificate yet, and the host finds it.
Result<std::vector<Fit>> fitsWithoutCertificate(const std::vector<Certificate>& leaves,
                                                const std::vector<TokenChoice>& tokens) {
    const auto signing =
        std::count_if(leaves.begin(), leaves.end(), [](const auto& each) { return each.mayDigitallySign(); });
    if (signing != 1) return doesNotFit("several certificates, none of them for a key that is known");
    std::vector<Fit> fits;
    for (const auto& leaf : leaves)
        if (leaf.mayDigitallySign())
            for (const auto& token : tokens) fits.push_back({leaf, token});
    return fits;
}

/// By the certificates that are on the tokens already.
Result<std::vector<Fit>> fitsFor(const std::vector<Certificate>& leaves,
                                 const std::vector<TokenChoice>& tokens,
                                 const std::vector<AssessedCertificate>& entries) {
    std::vector<Fit> fits;
    for (const auto& leaf : leaves) {
        for (const auto& token : tokens) {
            bool isFit = false;
            for (const auto& entry : entries) {
                if (!entry.certificate || !entry.place.isSameToken(token.place)) continue;
                if (*entry.certificate == leaf)
                    return fail(ErrorCode::badRequest, leaf.fingerprintHex(), "already_installed");
                isFit = isFit || isForSameKey(*entry.certificate, leaf);
            }
            if (isFit) fits.push_back({leaf, token});
        }
    }
    if (!fits.empty()) return fits;
    return fitsWithoutCertificate(leaves, tokens);
}

/// One that has expired is of no use to anybody; what is only not trusted here may be elsewhere.
Result<std::vector<Error>> warningsFor(const Certificate& leaf, const std::vector<Certificate>& file,
                                       const TrustList& trust, TimePoint now) {
    std::vector<Error> warnings;
    if (const auto dates = checkDates(leaf, now); !dates) {
        if (dates.error().code != ErrorCode::certificateNotYetValid) return fail(dates.error());
        warnings.push_back(dates.error());
        return warnings;
    }
    if (const auto chain = verifyForLogin(leaf, file, trust, now); !chain) warnings.push_back(chain.error());
    return warnings;
}

}  // namespace

/// Each step starts the next; whatever ends the job calls finish() last.
struct CertificateInstallJob::State {
    explicit State(const RenewalPorts& renewalPorts)
        : ports(renewalPorts), dialog(ports.asker, ports.language, ports.usePinPad) {}

    void start();
    void list(void (State::*onListed)(const TokenInventory&));
    void chooseFit(const TokenInventory& inventory);
    void agree(const Fit& chosen);
    void askPin();
    void install(SecretBytes pin);
    void lookAgain(const TokenInventory& inventory);
    std::string purpose() const;
    void finish(Result<CertificateInstalled> result) { std::exchange(reply, {})(std::move(result)); }
    void end(const Error& error) { finish(fail(error)); }

    RenewalPorts ports;
    PinDialog dialog;
    CertificateInstallWish wish{};
    Reply<CertificateInstalled> reply{};
    std::vector<Certificate> file{};
    std::optional<CertificateInstalled> installed{};  ///< what will be, once it has been agreed upon
    CommandId command = 0;
};

void CertificateInstallJob::State::start() {
    auto answer = readAnswer(wish.file);
    if (!answer) return end(answer.error());
    file = std::move(*answer);
    list(&State::chooseFit);
}

void CertificateInstallJob::State::list(void (State::*onListed)(const TokenInventory&)) {
    command = ports.tokens.list({}, [this, onListed](const TokenInventory& inventory) {
        command = 0;
        (this->*onListed)(inventory);
    });
}

void CertificateInstallJob::State::chooseFit(const TokenInventory& inventory) {
    const auto leaves = leavesOf(file);
    if (leaves.empty())
        return finish(fail(ErrorCode::badRequest, "only CA certificates", "no_certificate_in_file"));
    const auto tokens = tokenChoices(inventory, wish.token);
    if (!tokens) return end(tokens.error());
    auto fits = fitsFor(leaves, *tokens, assess(inventory, ports.trust, ports.clock.now()));
    if (!fits) return end(fits.error());
    std::vector<AskerChoice> choices;
    for (const auto& fit : *fits)
        choices.push_back(
            {tokenLineOf(fit.token.info) + "  " + lineOf(fit, ports.language), fit.token.info.serial});
    dialog.choose(Text{"请选择 USB key:", "Choose a token:"}.of(ports.language), choices,
                  [this, found = std::move(*fits)](const Result<std::size_t>& index) {
                      if (!index) return end(index.error());
                      agree(found.at(*index));
                  });
}

void CertificateInstallJob::State::agree(const Fit& chosen) {
    auto warnings = warningsFor(chosen.certificate, file, ports.trust, ports.clock.now());
    if (!warnings) return end(warnings.error());
    installed = CertificateInstalled{chosen.certificate, chosen.token, {}, std::move(*warnings)};
    const Text goOn{"原有的证书和密钥不会改动。继续吗?",
                    "The certificates and keys on it stay as they are. Go on?"};
    dialog.confirm(purpose() + "\n" + goOn.of(ports.language), {"写入证书", "Write the certificate"},
                   [this](const Result<void>& agreed) {
                       if (!agreed) return end(agreed.error());
                       askPin();
                   });
}

std::string CertificateInstallJob::State::purpose() const {
    const Fit fit{installed->certificate, installed->token};
    auto text = tokenLineOf(fit.token.info) + "\n" +
                Text{"把证书写入这个 USB key:", "Write a certificate to this token: "}.of(ports.language) +
                lineOf(fit, ports.language);
    for (const auto& warning : installed->warnings)
        text += "\n" + Text{"注意:", "Note: "}.of(ports.language) +
                shownLiterally(sentence(warning, ports.language), 400);
    return text;
}

void CertificateInstallJob::State::askPin() {
    dialog.askPin(installed->token.info, purpose(), [this](Result<SecretBytes> pin) {
        if (!pin) return end(pin.error());
        install(std::move(*pin));
    });
}

void CertificateInstallJob::State::install(SecretBytes pin) {
    const auto& info = installed->token.info;
    CertificateInstallRequest request{
        .token = {info.slot, info.label, info.serial, {}, installed->certificate.der()},
        .isFinalTryAccepted = info.isPinFinalTry};
    command = ports.tokens.installCertificate(installed->token.place.module, std::move(request),
                                              std::move(pin), [this](Result<CertificateInstallReply> done) {
                                                  command = 0;
                                                  if (!done) return end(done.error());
                                                  installed->reply = std::move(*done);
                                                  list(&State::lookAgain);
                                              });
}

/// What is on the token now is the proof.
void CertificateInstallJob::State::lookAgain(const TokenInventory& inventory) {
    for (const auto& entry : assess(inventory, ports.trust, ports.clock.now())) {
        if (!entry.certificate || !(*entry.certificate == installed->certificate) ||
            !entry.place.isSameToken(installed->token.place))
            continue;
        installed->isUsable = entry.isUsable();
        if (!installed->isUsable) installed->reason = errorInfo(entry.verdict.error().code).name;
        return finish(std::move(*installed));
    }
    finish(fail(ErrorCode::tokenError, "written, but not listed afterwards", "not_kept"));
}

CertificateInstallJob::CertificateInstallJob(const RenewalPorts& ports)
    : m_state(std::make_unique<State>(ports)) {
}

CertificateInstallJob::~CertificateInstallJob() {
    cancel();
}

void CertificateInstallJob::start(CertificateInstallWish wish, Reply<CertificateInstalled> reply) {
    m_state->wish = std::move(wish);
    m_state->reply = std::move(reply);
    m_state->start();
}

void CertificateInstallJob::cancel() {
    if (!m_state->reply) return;
    m_state->reply = {};
    if (m_state->command != 0) return m_state->ports.tokens.cancel(std::exchange(m_state->command, 0));
    m_state->dialog.withdraw();
}

}  // namespace signet
