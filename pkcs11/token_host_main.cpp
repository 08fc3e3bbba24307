// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-token-host: one PKCS#11 module in a process of its own. Started by TokenHostClient, never by hand.
#include "base/hardening.hpp"
#include "pkcs11/token_host.hpp"

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <string_view>

namespace {

constexpr int kUsage = 2;

std::optional<int> toNumber(std::string_view text) {
    int number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

int sayUsage(std::FILE* stream, int status) {
    std::fputs(
        "usage: signet-token-host SOCKET PARENT MODULE\nStarted by signet and signet-agent, never by hand.\n",
        stream);
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    signet::forbidCoreDumps();
    const std::string_view first = argc == 2 ? argv[1] : "";
    if (first == "--help") return sayUsage(stdout, 0);
    if (first == "--version") return std::puts("signet-token-host " SIGNET_VERSION) < 0 ? 1 : 0;
    const auto socket = argc == 4 ? toNumber(argv[1]) : std::nullopt;
    const auto parent = argc == 4 ? toNumber(argv[2]) : std::nullopt;
    if (!socket || !parent) return sayUsage(stderr, kUsage);
    const int status = signet::serveTokenHost(signet::becomeTokenHost(*socket, *parent), argv[3]);
    // Exit handlers of vendors' libraries are not run: some crash, some hang.
    ::_exit(status);
}
