// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace signet {

/// How many connections there may be, in all and from one address. A full house does not turn the next caller
/// away: the connection that has been waiting longest without a request gives way, so a crowd of slow ones
/// cannot keep anyone out. Thread: any.
class ConnectionCaps {
public:
    using Id = std::uint64_t;
    ConnectionCaps(std::size_t maxInAll, std::size_t maxPerAddress)
        : m_maxInAll(maxInAll), m_maxPerAddress(maxPerAddress) {}

    struct Admission {
        std::optional<Id> id{};      ///< nullopt: everyone is busy, turn it away
        std::optional<Id> victim{};  ///< to be closed
    };
    Admission admit(const std::string& address);
    void setBusy(Id id, bool isBusy);
    void leave(Id id);
    std::size_t count();

private:
    struct Entry {
        Id id;
        std::string address;
        bool isBusy = false;
        bool isGivingWay = false;
    };
    using Entries = std::list<Entry>;  ///< longest waiting first
    std::optional<Id> giveWay(const std::string* address);

    const std::size_t m_maxInAll;
    const std::size_t m_maxPerAddress;
    std::mutex m_mutex;
    Id m_next = 1;
    Entries m_entries;
    std::unordered_map<Id, Entries::iterator> m_byId;
    std::unordered_map<std::string, std::size_t> m_perAddress;
    std::size_t m_givingWay = 0;
};

}  // namespace signet
