// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_program.hpp"
#include "base/hardening.hpp"
#include "ui/tray_app.hpp"

#include <QApplication>

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// As it was started, but for a link, which has been followed.
void restart(char** argv) {
    std::vector<char*> arguments;
    for (char** argument = argv; *argument != nullptr; ++argument)
        if (std::string_view(*argument).rfind("signet:", 0) != 0) arguments.push_back(*argument);
    arguments.push_back(nullptr);
    ::execv("/proc/self/exe", arguments.data());
}

}  // namespace

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    ::umask(077);
    ::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    // Its own options are none of ours: Qt gets the program's name only.
    int own = 1;
    const QApplication application(own, argv);
    bool wantsRestart = false;
    const auto openFace =
        [&](const signet::FaceSetting& setting) -> signet::Result<std::unique_ptr<signet::AgentFace>> {
        return std::make_unique<signet::TrayApp>(setting, wantsRestart);
    };
    const int status = signet::runAgent(arguments, signet::defaultConfigurationPaths(), std::cout, std::cerr,
                                        SIGNET_VERSION, openFace);
    if (wantsRestart) restart(argv);
    return status;
}
