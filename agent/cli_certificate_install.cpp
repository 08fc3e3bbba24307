// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_install_job.hpp"
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/language.hpp"
#include "agent/token_report.hpp"
#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace signet {
namespace {

Json documentOf(const CertificateInstalled& installed, Language language) {
    Json document{{"ok", true},
                  {"certificate", installed.certificate.fingerprintHex()},
                  {"token", installed.token.info.label},
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

ExitStatus tell(const CertificateInstalled& installed, const CliOutput& output) {
    if (output.isJson) {
        output.print(documentOf(installed, output.language));
        return ExitStatus::done;
    }
    output.print(Text{"证书已写入 USB key:", "The certificate is on the token: "}.of(output.language) +
                 installed.certificate.fingerprintHex());
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
    const SystemClock clock;
    CertificateInstallJob job({.tokens = tokens,
                               .asker = *access->asker,
                               .trust = *trust,
                               .clock = clock,
                               .language = output.language,
                               .usePinPad = context.configuration.usePinPad});
    const CertificateInstallWish wish{context.options.file, context.options.token};
    const auto installed = await<CertificateInstalled>(
        interrupts, [&](const Reply<CertificateInstalled>& reply) { job.start(wish, reply); },
        [&] { job.cancel(); });
    if (!installed) return output.fail(installed.error());
    return tell(*installed, output);
}

}  // namespace signet
