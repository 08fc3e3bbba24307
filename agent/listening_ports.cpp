// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/listening_ports.hpp"

#include "agent/tcp_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <system_error>

namespace signet {
namespace {

constexpr std::array<std::uint16_t, 3> kBridgePorts{28617, 28627, 28637};
constexpr std::size_t kMaxRows = 4096;
constexpr std::size_t kMaxTableBytes = std::size_t{4} * 1024 * 1024;
constexpr std::size_t kMaxProcesses = 4096;
constexpr std::string_view kListening = "0A";

template <class T>
std::optional<T> number(std::string_view text, int base) {
    T value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<ListeningPort> listeningPort(const TcpRow& row) {
    const auto colon = row.local.rfind(':');
    if (row.state != kListening || colon == std::string_view::npos) return std::nullopt;
    const auto port = number<std::uint16_t>(row.local.substr(colon + 1), 16);
    if (!port) return std::nullopt;
    return ListeningPort{*port, row.user, row.inode};
}

/// Files below /proc have no size.
std::string readTable(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text(kMaxTableBytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return text;
}

bool holdsSocket(const std::filesystem::path& descriptors, const std::string& link) {
    std::error_code fault;
    for (auto entry = std::filesystem::directory_iterator(descriptors, fault);
         !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault)) {
        std::error_code unreadable;
        if (std::filesystem::read_symlink(entry->path(), unreadable) == link) return true;
    }
    return false;
}

/// Which process has the socket; only those of this user show their descriptors.
std::string programOf(std::uint64_t inode, const std::filesystem::path& proc) {
    const auto link = "socket:[" + std::to_string(inode) + "]";
    std::size_t count = 0;
    std::error_code fault;
    for (auto entry = std::filesystem::directory_iterator(proc, fault);
         !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault)) {
        if (!number<std::uint32_t>(entry->path().filename().string(), 10)) continue;
        if (++count > kMaxProcesses) break;
        if (!holdsSocket(entry->path() / "fd", link)) continue;
        std::string name;
        std::ifstream file(entry->path() / "comm");
        std::getline(file, name);
        return name;
    }
    return {};
}

}  // namespace

std::vector<ListeningPort> parseListeningPorts(std::string_view table) {
    std::vector<ListeningPort> ports;
    for (std::size_t count = 0; count < kMaxRows; ++count) {
        const auto row = takeTcpRow(table);
        if (!row) break;
        if (const auto port = listeningPort(*row)) ports.push_back(*port);
    }
    return ports;
}

std::vector<ListeningPort> listeningPorts(std::span<const std::uint16_t> wanted,
                                          const std::filesystem::path& proc) {
    std::vector<ListeningPort> ports;
    for (const char* name : {"net/tcp", "net/tcp6"}) {
        for (auto& port : parseListeningPorts(readTable(proc / name))) {
            const auto isSame = [&](const ListeningPort& known) { return known.port == port.port; };
            if (std::find(wanted.begin(), wanted.end(), port.port) == wanted.end() ||
                std::any_of(ports.begin(), ports.end(), isSame))
                continue;
            port.program = programOf(port.inode, proc);
            ports.push_back(std::move(port));
        }
    }
    std::sort(ports.begin(), ports.end(), [](const auto& a, const auto& b) { return a.port < b.port; });
    return ports;
}

std::span<const std::uint16_t> bridgePorts() {
    return kBridgePorts;
}

}  // namespace signet
