// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/tcp_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace signet {
namespace {

/// sl, local, remote, state, queues, timer, retransmits, uid, timeout, inode.
constexpr std::size_t kColumns = 10;
constexpr std::string_view kBlanks = " \t\r";

std::string_view takeWord(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
    const auto word = line.substr(0, line.find_first_of(kBlanks));
    line.remove_prefix(word.size());
    return word;
}

template <class T>
bool isNumber(std::string_view text, T& value) {
    const auto* end = text.data() + text.size();
    const auto [last, fault] = std::from_chars(text.data(), end, value);
    return fault == std::errc() && last == end;
}

std::optional<TcpRow> parseRow(std::string_view line) {
    std::array<std::string_view, kColumns> columns{};
    for (auto& column : columns) column = takeWord(line);
    TcpRow row{columns[1], columns[2], columns[3]};
    if (!isNumber(columns[7], row.user) || !isNumber(columns[9], row.inode)) return std::nullopt;
    return row;
}

}  // namespace

std::optional<TcpRow> takeTcpRow(std::string_view& table) {
    while (!table.empty()) {
        const auto line = table.substr(0, table.find('\n'));
        table.remove_prefix(std::min(line.size() + 1, table.size()));
        if (const auto row = parseRow(line)) return row;
    }
    return std::nullopt;
}

}  // namespace signet
