// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/token_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace signet {
namespace {

ExitStatus tell(const TokensReport& report, const CliOutput& output) {
    auto document = tokensJson(report, output.language);
    if (report.tokens.empty()) {
        if (!output.isJson && !report.modules.empty())
            output.err << tokensText(report, output.language) << std::endl;
        return output.fail(absenceOf({report.modules}), std::move(document));
    }
    if (output.isJson)
        output.print(document);
    else
        output.print(tokensText(report, output.language));
    return ExitStatus::done;
}

}  // namespace

ExitStatus runTokens(CliContext& context) {
    const auto trust = loadTrust(context.configuration);
    if (!trust) return context.output.fail(trust.error());
    const auto modules = findModules(context.configuration);
    if (!modules) return context.output.fail(modules.error());
    InterruptWatch interrupts;
    auto tokens = openTokens(*modules);
    const auto inventory = listTokens(tokens, interrupts);
    if (!inventory) return context.output.fail(inventory.error());
    return tell(reportTokens(*inventory, *trust, SystemClock().now()), context.output);
}

}  // namespace signet
