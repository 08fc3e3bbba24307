// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/accepted_agreements.hpp"
#include "agent/asker_ui.hpp"
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/journal.hpp"
#include "agent/language.hpp"
#include "agent/login_flow.hpp"
#include "agent/prompt_text.hpp"
#include "agent/relay.hpp"
#include "agent/sm2_memory.hpp"
#include "base/encoding.hpp"
#include "certs/revocation.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace signet {
namespace {

/// Everything that one login needs, put together.
class LoginCommand {
public:
    LoginCommand(CliContext& context, Asker& asker, TrustList trust, std::vector<Sm2Profile> profiles,
                 const std::vector<ModuleFile>& modules)
        : m_context(context),
          m_trust(std::move(trust)),
          m_journal(defaultJournalFile()),
          m_journalWriter(m_journal, [this](const Error& error) { warn(error); }),
          m_agreements(defaultAgreementsFile(), [this](const Error& error) { warn(error); }),
          m_sm2(std::move(profiles), defaultSm2MemoryFile(), [this](const Error& error) { warn(error); }),
          m_revocation(m_transport, m_clock, context.configuration.revocation),
          m_checker(m_revocation),
          m_relay([this](std::string_view issuer) { return m_context.configuration.rootsFor(issuer); }),
          m_ui(asker, context.output.language),
          m_tokens(openTokens(modules)) {}

    Result<LoginResult> run(LoginRequest request) {
        LoginFlow flow(ports(), std::move(request));
        auto result = await<LoginResult>(
            m_interrupts, [&](const Reply<LoginResult>& reply) { flow.start(reply); },
            [&] { flow.cancel(); });
        m_ui.close();
        return result;
    }

private:
    LoginPorts ports() {
        return {.ui = m_ui,
                .tokens = m_tokens,
                .platform = m_relay,
                .checker = m_checker,
                .trust = m_trust,
                .clock = m_clock,
                .timers = m_timers,
                .issuers = m_context.configuration.issuers,
                .agreements = &m_agreements,
                .journal = &m_journalWriter,
                .sm2 = &m_sm2,
                .usePinPad = m_context.configuration.usePinPad};
    }

    void warn(const Error& error) const { m_context.output.warn(shownLiterally(error.detail, 1000)); }

    CliContext& m_context;
    TrustList m_trust;
    SystemClock m_clock;
    QtTimers m_timers;
    Journal m_journal;
    JournalWriter m_journalWriter;
    AcceptedAgreementsFile m_agreements;
    Sm2Memory m_sm2;
    HttpRevocationTransport m_transport;
    RevocationChecker m_revocation;
    ThreadedCertificateChecker m_checker;
    Relay m_relay;
    InterruptWatch m_interrupts;
    AskerUi m_ui;
    HostTokens m_tokens;
};

/// The issuer that was named, or the only one. It must be configured: nothing is fetched from any other.
Result<std::string> chosenIssuer(const CliContext& context) {
    const auto& configured = context.configuration.issuers;
    const auto& wanted = context.options.issuer;
    if (wanted.empty()) {
        if (configured.size() == 1) return configured.front();
        return fail(ErrorCode::issuerNotAllowed,
                    std::to_string(configured.size()) + " issuers are configured; say which by --issuer",
                    "issuer_missing");
    }
    if (context.configuration.allowsIssuer(wanted)) return wanted;
    Error error{.code = ErrorCode::issuerNotAllowed, .detail = "not among the configured issuers"};
    error.params["host"] = shownLiterally(wanted);
    return fail(std::move(error));
}

/// --approve names the certificate as the tables show it, the protocol in its own way.
std::string base64UrlOfHex(const std::string& hex) {
    const auto bytes = fromHex(hex);
    return bytes ? toBase64Url(*bytes) : std::string();
}

std::string accountText(const AccountSummary& account, Language language) {
    const Text kind = account.kind == "enterprise" ? Text{"企业", "enterprise"} : Text{"个人", "person"};
    return shownLiterally(account.name) + " (" + kind.of(language) + ")";
}

/// Only ever a hint: the login went through.
void hintAtFactoryPin(const CliOutput& output) {
    output.warn(Text{"口令还是初始口令,请尽快修改:signet pin change",
                     "This PIN is a factory PIN. Change it soon: signet pin change"}
                    .of(output.language));
}

ExitStatus tell(LoginResult result, Purpose purpose, const CliOutput& output) {
    if (result.hasFactoryPin) hintAtFactoryPin(output);
    if (!output.isJson) {
        const auto done = purpose == Purpose::login ? Text{"已登录:", "Logged in: "}
                          : purpose == Purpose::bind ? Text{"已注册并登录:", "Registered and logged in: "}
                                                     : Text{"已批准:", "Approved: "};
        output.print(done.of(output.language) + accountText(result.account, output.language));
        return ExitStatus::done;
    }
    Json document{{"ok", true},
                  {"account", {{"name", result.account.name}, {"kind", result.account.kind}}},
                  {"handoff_redeemed", true},
                  {"session", textOf(result.session.view())},
                  {"certificate", result.certificate.fingerprintHex()},
                  {"elapsed_ms",
                   {{"total", result.durations.total.count()},
                    {"sign", std::chrono::duration<double, std::milli>(result.durations.sign).count()}}}};
    if (result.hasFactoryPin) document["pin_hint"] = "factory_pin";
    output.print(document);
    auto& session = document["session"].get_ref<std::string&>();
    wipe(session.data(), session.size());
    return ExitStatus::done;
}

ExitStatus runFlow(CliContext& context, Purpose purpose) {
    const auto& output = context.output;
    auto issuer = chosenIssuer(context);
    if (!issuer) return output.fail(issuer.error());
    auto trust = loadTrust(context.configuration);
    if (!trust) return output.fail(trust.error());
    auto profiles = loadSm2Profiles(context.configuration.moduleProfiles);
    if (!profiles) return output.fail(profiles.error());
    const auto access = openTokenAccess(context);
    if (!access) return output.fail(access.error());
    LoginRequest request;
    request.issuer = std::move(*issuer);
    request.purpose = purpose;
    request.act = context.options.act;
    request.selection = context.options.selection;
    request.newCertificate = base64UrlOfHex(context.options.approve);
    request.hasAcceptedAgreements = context.options.hasAcceptedAgreements;
    auto result =
        LoginCommand(context, *access->asker, std::move(*trust), std::move(*profiles), access->modules)
            .run(std::move(request));
    if (!result) return output.fail(result.error());
    return tell(std::move(*result), purpose, output);
}

}  // namespace

ExitStatus runLogin(CliContext& context) {
    return runFlow(context, Purpose::login);
}

ExitStatus runRegister(CliContext& context) {
    return runFlow(context, context.options.approve.empty() ? Purpose::bind : Purpose::rebind);
}

}  // namespace signet
