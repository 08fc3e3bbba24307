// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_program.hpp"
#include "agent/tray_program.hpp"
#include "base/hardening.hpp"

#include <QCoreApplication>

#include <sys/stat.h>

#include <csignal>
#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    ::umask(077);
    ::signal(SIGPIPE, SIG_IGN);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    const QCoreApplication application(argc, argv);
    const auto openFace = [argv](const signet::FaceSetting& setting) {
        const bool isAsker = setting.options.isHeadless || setting.options.askpass.has_value();
        return isAsker ? signet::openAskerFace(setting) : signet::becomeTray(argv);
    };
    return signet::runAgent(arguments, signet::defaultConfigurationPaths(), std::cout, std::cerr,
                            SIGNET_VERSION, openFace);
}
