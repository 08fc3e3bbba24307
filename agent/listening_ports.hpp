// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A TCP port on which somebody listens.
struct ListeningPort {
    std::uint16_t port = 0;
    std::uint32_t user = 0;
    std::uint64_t inode = 0;
    std::string program{};  ///< empty where it is not ours to see
};

/// The listening rows of /proc/net/tcp or tcp6; rows that are none are passed over, those after the 4096th
/// too. Source: Linux Documentation/networking/proc_net_tcp.rst.
std::vector<ListeningPort> parseListeningPorts(std::string_view table);

/// Those of `wanted` that listen, each once, with the program where this user may see it.
std::vector<ListeningPort> listeningPorts(std::span<const std::uint16_t> wanted,
                                          const std::filesystem::path& proc = "/proc");

/// A login helper of another maker: agent/data/other_helpers.txt.
struct OtherHelper {
    std::uint16_t port;
    std::string_view name;
};
std::span<const OtherHelper> otherHelpers();

/// The first ports of the bridge's pairs (protocol.md section 5).
std::span<const std::uint16_t> bridgePorts();

}  // namespace signet
