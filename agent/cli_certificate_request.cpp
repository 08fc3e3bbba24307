// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_request_job.hpp"
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/language.hpp"
#include "base/encoding.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace signet {
namespace {

ExitStatus tell(const CertificateRequestMade& made, const CliContext& context) {
    const auto& output = context.output;
    const auto file = context.options.out.string();
    if (output.isJson) {
        output.print(Json{{"ok", true},
                          {"file", file},
                          {"token", made.token.info.label},
                          {"id", toHex(made.reply.keyId)},
                          {"new_key", context.options.newKey.has_value()},
                          {"subject", made.certificate.subject()},
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
    const auto& options = context.options;
    const auto trust = loadTrust(context.configuration);
    if (!trust) return output.fail(trust.error());
    const auto access = openTokenAccess(context);
    if (!access) return output.fail(access.error());
    InterruptWatch interrupts;
    auto tokens = openTokens(access->modules);
    const SystemClock clock;
    CertificateRequestJob job({.tokens = tokens,
                               .asker = *access->asker,
                               .trust = *trust,
                               .clock = clock,
                               .language = output.language,
                               .usePinPad = context.configuration.usePinPad});
    const CertificateRequestWish wish{options.out, options.selection, options.token, options.newKey,
                                      options.subjectFrom};
    const auto made = await<CertificateRequestMade>(
        interrupts, [&](const Reply<CertificateRequestMade>& reply) { job.start(wish, reply); },
        [&] { job.cancel(); });
    if (!made) return output.fail(made.error());
    return tell(*made, context);
}

}  // namespace signet
