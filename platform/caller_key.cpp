// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/caller_key.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace signet {
namespace {

constexpr std::size_t kPrefixBytes = 8;
constexpr std::size_t kMappedBytes = 12;

std::string textOf(int family, const void* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, address, text.data(), text.size());
}

}  // namespace

std::string callerKey(const std::string& address) {
    in6_addr parsed{};
    // A link-local address has its interface behind it.
    if (inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), &parsed) != 1) return address;
    auto* bytes = parsed.s6_addr;
    if (IN6_IS_ADDR_V4MAPPED(&parsed)) return textOf(AF_INET, bytes + kMappedBytes);
    std::fill(bytes + kPrefixBytes, bytes + sizeof(parsed.s6_addr), std::uint8_t{0});
    return textOf(AF_INET6, bytes) + "/64";
}

}  // namespace signet
