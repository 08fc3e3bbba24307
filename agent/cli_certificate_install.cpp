// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/pin_dialog.hpp"
#include "agent/prompt_text.hpp"
#include "agent/renewal_choice.hpp"
#include "agent/token_report.hpp"
#include "base/encoding.hpp"
#include "base/file.hpp"
#include "certs/certificate_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

/// The certificate of the file that is for a key here, and where that is.
struct Fit {
    Certificate certificate;
    TokenChoice token{};
};

struct Installed {
    Fit fit;
    CertificateInstallReply reply;
    std::vector<Error> warnings;
    bool isUsable = false;
    std::string reason{};
};

tl::unexpected<Error> doesNotFit(const char* detail) {
    return fail(ErrorCode::badRequest, detail, "does_not_fit");
}

class InstallCommand {
public:
    InstallCommand(CliContext& context, Asker& asker, Tokens& tokens, InterruptWatch& interrupts,
                   const TrustList& trust)
        : m_options(context.options),
          m_language(context.output.language),
          m_trust(trust),
          m_tokens(tokens),
          m_interrupts(interrupts),
          m_dialog(asker, interrupts, context.output.language, context.configuration.usePinPad) {}

    Result<Installed> run() {
        const auto file = readAnswer();
        if (!file) return fail(file.error());
        const auto inventory = listTokens(m_tokens, m_interrupts);
        if (!inventory) return fail(inventory.error());
        auto fit = chooseFit(*inventory, leavesOf(*file));
        if (!fit) return fail(fit.error());
        auto warnings = check(fit->certificate, *file);
        if (!warnings) return fail(warnings.error());
        const auto text = purpose(*fit, *warnings);
        if (const auto agreed = m_dialog.confirm(text + "\n" + goOn()); !agreed) return fail(agreed.error());
        auto pin = m_dialog.askPin(fit->token.info, text);
        if (!pin) return fail(pin.error());
        auto reply = install(*fit, std::move(*pin));
        if (!reply) return fail(reply.error());
        Installed installed{std::move(*fit), std::move(*reply), std::move(*warnings)};
        if (const auto seen = lookAgain(installed); !seen) return fail(seen.error());
        return installed;
    }

private:
    Result<std::vector<Certificate>> readAnswer() const {
        const auto content = readFile(m_options.file, kMaxFileBytes);
        if (content) return certificatesInFile(*content);
        Error error{.code = ErrorCode::invalidRequest, .reason = "file_unreadable"};
        error.detail = content.error().detail;
        error.params["name"] = m_options.file.string();
        return fail(std::move(error));
    }

    /// By the certificates that are on the tokens already; a key that the token made for the request has
    /// none, and the host finds it.
    Result<Fit> chooseFit(const TokenInventory& inventory, const std::vector<Certificate>& leaves) {
        if (leaves.empty())
            return fail(ErrorCode::badRequest, "only CA certificates", "no_certificate_in_file");
        auto tokens = tokenChoices(inventory, m_options.token);
        if (!tokens) return fail(tokens.error());
        const auto entries = assess(inventory, m_trust, SystemClock().now());
        std::vector<Fit> fits;
        for (const auto& leaf : leaves) {
            for (const auto& token : *tokens) {
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
        if (!fits.empty()) return pick(std::move(fits));
        return withoutCertificate(leaves, std::move(*tokens));
    }

    Result<Fit> withoutCertificate(const std::vector<Certificate>& leaves, std::vector<TokenChoice> tokens) {
        std::vector<Fit> fits;
        for (const auto& leaf : leaves)
            if (leaf.mayDigitallySign())
                for (const auto& token : tokens) fits.push_back({leaf, token});
        const auto signing = std::count_if(leaves.begin(), leaves.end(),
                                           [](const auto& each) { return each.mayDigitallySign(); });
        if (signing != 1) return doesNotFit("several certificates, none of them for a key that is known");
        return pick(std::move(fits));
    }

    Result<Fit> pick(std::vector<Fit> fits) {
        std::vector<AskerChoice> choices;
        for (const auto& fit : fits)
            choices.push_back({tokenLineOf(fit.token.info) + "  " + line(fit), fit.token.info.serial});
        const auto index =
            m_dialog.choose(Text{"请选择 USB key:", "Choose a token:"}.of(m_language), choices);
        if (!index) return fail(index.error());
        return std::move(fits.at(*index));
    }

    std::string line(const Fit& fit) const {
        return cardLine(cardFor(AssessedCertificate{.certificate = fit.certificate}), m_language);
    }

    /// One that has expired is of no use to anybody; what is only not trusted here may be elsewhere.
    Result<std::vector<Error>> check(const Certificate& leaf, const std::vector<Certificate>& file) const {
        std::vector<Error> warnings;
        const auto now = SystemClock().now();
        if (const auto dates = checkDates(leaf, now); !dates) {
            if (dates.error().code != ErrorCode::certificateNotYetValid) return fail(dates.error());
            warnings.push_back(dates.error());
            return warnings;
        }
        if (const auto chain = verifyForLogin(leaf, file, m_trust, now); !chain)
            warnings.push_back(chain.error());
        return warnings;
    }

    std::string purpose(const Fit& fit, const std::vector<Error>& warnings) const {
        auto text = tokenLineOf(fit.token.info) + "\n" +
                    Text{"把证书写入这个 USB key:", "Write a certificate to this token: "}.of(m_language) +
                    line(fit);
        for (const auto& warning : warnings)
            text += "\n" + Text{"注意:", "Note: "}.of(m_language) +
                    shownLiterally(sentence(warning, m_language), 400);
        return text;
    }

    std::string goOn() const {
        return Text{"原有的证书和密钥不会改动。继续吗?",
                    "The certificates and keys on it stay as they are. Go on?"}
            .of(m_language);
    }

    Result<CertificateInstallReply> install(const Fit& fit, SecretBytes pin) {
        const auto& info = fit.token.info;
        const CertificateInstallRequest request{
            .token = {info.slot, info.label, info.serial, {}, fit.certificate.der()},
            .isFinalTryAccepted = info.isPinFinalTry};
        CommandId command = 0;
        return await<CertificateInstallReply>(
            m_interrupts,
            [&](const Reply<CertificateInstallReply>& reply) {
                command = m_tokens.installCertificate(fit.token.place.module, request, std::move(pin), reply);
            },
            [&] { m_tokens.cancel(command); });
    }

    /// What is on the token now is the proof.
    Result<void> lookAgain(Installed& installed) {
        const auto inventory = listTokens(m_tokens, m_interrupts);
        if (!inventory) return fail(inventory.error());
        for (const auto& entry : assess(*inventory, m_trust, SystemClock().now())) {
            if (!entry.certificate || !(*entry.certificate == installed.fit.certificate) ||
                !entry.place.isSameToken(installed.fit.token.place))
                continue;
            installed.isUsable = entry.isUsable();
            if (!installed.isUsable) installed.reason = errorInfo(entry.verdict.error().code).name;
            return {};
        }
        return fail(ErrorCode::tokenError, "written, but not listed afterwards", "not_kept");
    }

    const CliOptions& m_options;
    Language m_language;
    const TrustList& m_trust;
    Tokens& m_tokens;
    InterruptWatch& m_interrupts;
    PinDialog m_dialog;
};

Json documentOf(const Installed& installed, Language language) {
    Json document{{"ok", true},
                  {"certificate", installed.fit.certificate.fingerprintHex()},
                  {"token", installed.fit.token.info.label},
                  {"id", toHex(installed.reply.keyId)},
                  {"label", installed.reply.label},
                  {"usable", installed.isUsable},
                  {"warnings", Json::array()}};
    if (!installed.isUsable) document["reason"] = installed.reason;
    for (const auto& warning : installed.warnings) {
        auto json = errorJson(warning, language);
        json.erase("ok");
        document["warnings"].push_back(std::move(json));
    }
    return document;
}

ExitStatus tell(const Installed& installed, const CliOutput& output) {
    if (output.isJson) {
        output.print(documentOf(installed, output.language));
        return ExitStatus::done;
    }
    output.print(Text{"证书已写入 USB key:", "The certificate is on the token: "}.of(output.language) +
                 installed.fit.certificate.fingerprintHex());
    const auto usable = installed.isUsable ? Text{"可用于登录;第一次使用前请绑定:signet register",
                                                  "It can log in; bind it first: signet register"}
                                           : Text{"还不能用于登录,原因见 signet tokens",
                                                  "It cannot log in yet; signet tokens says why"};
    output.print(usable.of(output.language));
    return ExitStatus::done;
}

}  // namespace

ExitStatus runInstallCertificate(CliContext& context) {
    const auto& output = context.output;
    const auto trust = loadTrust(context.configuration);
    if (!trust) return output.fail(trust.error());
    const auto access = openTokenAccess(context);
    if (!access) return output.fail(access.error());
    InterruptWatch interrupts;
    auto tokens = openTokens(access->modules);
    const auto installed = InstallCommand(context, *access->asker, tokens, interrupts, *trust).run();
    if (!installed) return output.fail(installed.error());
    return tell(*installed, output);
}

}  // namespace signet
