// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace signet {

/// A row of /proc/net/tcp or tcp6. Views into the table.
struct TcpRow {
    std::string_view local;   ///< "0100007F:6FC9"
    std::string_view remote;  ///< likewise
    std::string_view state;   ///< "0A": listens
    uid_t user = 0;
    std::uint64_t inode = 0;  ///< 0: its program has closed it
};

/// Takes lines off the front of `table` until one is a row; nullopt: there is none any more.
/// Source: Linux Documentation/networking/proc_net_tcp.rst.
std::optional<TcpRow> takeTcpRow(std::string_view& table);

}  // namespace signet
