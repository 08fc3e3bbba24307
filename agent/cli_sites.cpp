// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_socket.hpp"
#include "agent/approved_sites.hpp"
#include "agent/cli.hpp"
#include "agent/language.hpp"
#include "agent/local_door.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

ApprovedSites openSites(const CliOutput& output) {
    return {defaultApprovedSitesFile(), [&output](const Error& error) { output.warn(error.detail); }};
}

tl::unexpected<Error> unknown(const std::string& origin) {
    Error error{.code = ErrorCode::invalidRequest, .reason = "site_unknown"};
    error.params["name"] = shownLiterally(origin);
    return fail(std::move(error));
}

/// The agent that runs knows best, and closes the site's connections too; without one the file is all there
/// is.
Result<void> revoke(const std::string& origin, const CliOutput& output) {
    const auto answer = tellAgent(defaultAgentSocket(), RevokeOpening{origin});
    if (answer && answer->refusal == ErrorCode::invalidRequest) return unknown(origin);
    if (answer && answer->refusal) return fail(*answer->refusal, "the agent could not do it");
    if (answer) return {};
    if (answer.error().reason != "agent_not_running") return fail(answer.error());
    const auto revoked = openSites(output).revoke(origin);
    if (!revoked) return fail(revoked.error());
    if (!*revoked) return unknown(origin);
    return {};
}

}  // namespace

ExitStatus runListSites(CliContext& context) {
    const auto& output = context.output;
    const auto sites = openSites(output);
    if (output.isJson) {
        output.print(Json{{"ok", true}, {"sites", sites.origins()}});
        return ExitStatus::done;
    }
    for (const auto& origin : sites.origins()) output.print(shownLiterally(origin));
    if (sites.origins().empty())
        output.print(Text{"还没有网站。", "There are none yet."}.of(output.language));
    return ExitStatus::done;
}

ExitStatus runRevokeSite(CliContext& context) {
    const auto& output = context.output;
    const auto& origin = context.options.site;
    if (auto revoked = revoke(origin, output); !revoked) return output.fail(revoked.error());
    if (output.isJson)
        output.print(Json{{"ok", true}});
    else
        output.print(Text{"已撤销。", "Done."}.of(output.language));
    return ExitStatus::done;
}

}  // namespace signet
