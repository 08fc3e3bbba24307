// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/asker_ui.hpp"
#include "agent/cli.hpp"
#include "agent/cli_interrupt.hpp"
#include "agent/cli_setup.hpp"
#include "agent/language.hpp"
#include "agent/login_parts.hpp"
#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace signet {
namespace {

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

Result<LoginResult> runLoginFlow(LoginParts& parts, Asker& asker, Language language, LoginRequest request) {
    InterruptWatch interrupts;
    AskerUi ui(asker, language);
    LoginFlow flow(parts.ports(ui), std::move(request));
    auto result = await<LoginResult>(
        interrupts, [&](const Reply<LoginResult>& reply) { flow.start(reply); }, [&] { flow.cancel(); });
    ui.close();
    return result;
}

ExitStatus runFlow(CliContext& context, Purpose purpose) {
    const auto& output = context.output;
    auto issuer = chosenIssuer(context);
    if (!issuer) return output.fail(issuer.error());
    auto parts = LoginParts::load(context.configuration, [&output](const Error& error) {
        output.warn(shownLiterally(error.detail, 1000));
    });
    if (!parts) return output.fail(parts.error());
    const auto asker = openAsker(context.options.askpass, output.language);
    if (!asker) return output.fail(asker.error());
    LoginRequest request;
    request.issuer = std::move(*issuer);
    request.purpose = purpose;
    request.act = context.options.act;
    request.selection = context.options.selection;
    request.newCertificate = base64UrlOfHex(context.options.approve);
    request.hasAcceptedAgreements = context.options.hasAcceptedAgreements;
    auto result = runLoginFlow(**parts, **asker, output.language, std::move(request));
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
