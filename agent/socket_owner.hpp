// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string_view>

struct sockaddr_storage;

namespace signet {

/// The user who owns the other end of a TCP connection within this computer; `accepted` is our end. Asks the
/// kernel for this one connection (NETLINK_SOCK_DIAG), and reads its table of all where that is not to be
/// had. nullopt: the other end is gone, or not of this computer.
/// Thread: any. Source: sock_diag(7); Linux Documentation/networking/proc_net_tcp.rst.
std::optional<uid_t> ownerOfPeer(int accepted);

/// The same from the table alone.
std::optional<uid_t> ownerOfPeerInTable(int accepted, const std::filesystem::path& proc = "/proc");

/// The user in the row of /proc/net/tcp or tcp6 whose end here is `local` and whose other end is `remote`,
/// both as the table writes them: "0100007F:6FC9". Rows that are none are passed over.
std::optional<uid_t> ownerInTable(std::string_view table, std::string_view local, std::string_view remote);

}  // namespace signet
