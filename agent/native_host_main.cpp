// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-native-host: carries messages between the browser's extension and the agent. Started by the browser,
// one process for each connection of a page.
#include "agent/agent_socket.hpp"
#include "agent/native_host.hpp"
#include "base/hardening.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>
#include <vector>

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    std::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string_view> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    if (arguments.size() == 1 && arguments[0] == "--help") {
        std::puts("usage: signet-native-host EXTENSION\nStarted by the browser, never by hand.");
        return 0;
    }
    if (arguments.size() == 1 && arguments[0] == "--version") {
        std::puts("signet-native-host " SIGNET_VERSION);
        return 0;
    }
    return signet::runNativeHost(arguments, STDIN_FILENO, STDOUT_FILENO, signet::defaultAgentSocket());
}
