// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/native_host.hpp"

#include "agent/agent_socket.hpp"
#include "agent/frame_files.hpp"
#include "agent/frame_relay.hpp"
#include "agent/local_door_messages.hpp"
#include "agent/native_host_messages.hpp"

#include <chrono>
#include <cstdio>

namespace signet {
namespace {

/// For each of the two messages that are waited for before the relay.
constexpr std::chrono::seconds kPatience{10};

Result<void> knock(int agent, const ExtensionOpening& opening) {
    const auto knocked = writeFrame(agent, localOpeningText(opening));
    const auto text = knocked ? readFrame(agent, kPatience) : fail(knocked.error());
    if (!text) return fail(text.error());
    const auto answer = parseLocalAnswer(*text);
    if (!answer) return fail(ErrorCode::internalError, "not the agent's answer", "connection_lost");
    if (!answer->refusal) return {};
    return fail(*answer->refusal, "refused by the agent", std::string(errorInfo(*answer->refusal).name));
}

Result<Fd> openDoor(std::span<const std::string_view> arguments, int in,
                    const std::filesystem::path& agentSocket) {
    const auto extension = extensionFromArguments(arguments);
    if (!extension) return fail(extension.error());
    const auto first = readFrame(in, kPatience);
    if (!first) return fail(first.error());
    const auto origin = originFromFirstMessage(*first);
    if (!origin) return fail(origin.error());
    auto agent = connectAgentSocket(agentSocket);
    if (!agent) return agent;
    if (const auto opened = knock(agent->get(), {*extension, *origin}); !opened) return fail(opened.error());
    return agent;
}

}  // namespace

int runNativeHost(std::span<const std::string_view> arguments, int in, int out,
                  const std::filesystem::path& agentSocket) {
    const auto agent = openDoor(arguments, in, agentSocket);
    if (!agent) {
        const auto& error = agent.error();
        std::fprintf(stderr, "signet-native-host: %s (%s)\n", error.reason.c_str(), error.detail.c_str());
        (void)writeFrame(out, refusalMessage(error));
        return 1;
    }
    if (!writeFrame(out, openMessage())) return 0;
    return relayFrames(in, out, agent->get()) ? 0 : 1;
}

}  // namespace signet
