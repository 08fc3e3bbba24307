// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "base/hardening.hpp"

#include <QCoreApplication>

#include <sys/stat.h>

#include <iostream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    ::umask(077);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    const QCoreApplication application(argc, argv);
    return signet::runCli(arguments, signet::defaultConfigurationPaths(), std::cout, std::cerr,
                          SIGNET_VERSION);
}
