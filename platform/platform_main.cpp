// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/hardening.hpp"
#include "platform/program.hpp"

#include <cstdio>
#include <exception>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    try {
        return signet::runPlatform(std::vector<std::string>(argv + 1, argv + argc));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "signet-platform: %s\n", error.what());
        return 1;
    }
}
