// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "base/hardening.hpp"

#include <QCoreApplication>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

/// In builds with LeakSanitizer only: Qt does not wait until the thread of its connections has quite ended,
/// and what OpenSSL keeps for a thread that is just ending looks lost.
void waitForThreads() {
#if defined(__SANITIZE_ADDRESS__)
    using std::filesystem::directory_iterator;
    for (int i = 0; i < 2000; ++i) {
        std::error_code ignored;
        if (std::distance(directory_iterator("/proc/self/task", ignored), directory_iterator()) <= 1) return;
        ::usleep(1000);
    }
#endif
}

}  // namespace

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    ::umask(077);
    const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
    const QCoreApplication application(argc, argv);
    const int status =
        signet::runCli(arguments, signet::defaultConfigurationPaths(), std::cout, std::cerr, SIGNET_VERSION);
    waitForThreads();
    return status;
}
