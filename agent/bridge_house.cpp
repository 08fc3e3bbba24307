// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_core.hpp"
#include "base/encoding.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace signet {
namespace {

constexpr std::size_t kMaxTickets = 8;
constexpr std::chrono::seconds kLogPause{1};

bool isEqual(const std::string& left, const std::string& right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace

std::string HandOffTickets::issue(std::string target, Time now, std::chrono::seconds life) {
    std::array<std::uint8_t, 32> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return {};
    auto name = toBase64Url(random);
    const std::lock_guard lock(m_mutex);
    removeOld(now);
    if (m_tickets.size() >= kMaxTickets) m_tickets.pop_front();
    m_tickets.push_back({name, std::move(target), now + life});
    return name;
}

void HandOffTickets::removeOld(Time now) {
    m_tickets.remove_if([&](const Ticket& known) { return known.end < now; });
}

std::optional<std::string> HandOffTickets::redeem(const std::string& ticket, Time now) {
    const std::lock_guard lock(m_mutex);
    removeOld(now);
    const auto found = std::find_if(m_tickets.begin(), m_tickets.end(),
                                    [&](const Ticket& known) { return isEqual(known.name, ticket); });
    if (found == m_tickets.end()) return std::nullopt;
    auto target = std::move(found->target);
    m_tickets.erase(found);
    return target;
}

BridgeConnection BridgeHouse::admit() {
    if (m_callers.size() >= options.limits.connections) {
        const auto waiting = std::find_if(m_callers.begin(), m_callers.end(),
                                          [](const auto& row) { return row.second.origin.empty(); });
        if (waiting == m_callers.end()) return 0;
        const auto caller = waiting->second.caller;
        m_callers.erase(waiting);
        caller->close();
    }
    return m_next++;
}

void BridgeHouse::enter(BridgeConnection id, std::shared_ptr<BridgeCaller> caller) {
    m_callers[id].caller = std::move(caller);
}

bool BridgeHouse::settle(BridgeConnection id, const std::string& origin) {
    const auto found = m_callers.find(id);
    if (found == m_callers.end()) return false;
    const auto same = std::count_if(m_callers.begin(), m_callers.end(),
                                    [&](const auto& row) { return row.second.origin == origin; });
    if (static_cast<std::size_t>(same) >= options.limits.connectionsPerOrigin) return false;
    found->second.origin = origin;
    return true;
}

void BridgeHouse::leave(BridgeConnection id) {
    const auto found = m_callers.find(id);
    if (found == m_callers.end()) return;
    const bool wasOpen = !found->second.origin.empty();
    m_callers.erase(found);
    if (wasOpen) onClosed(id);
}

std::shared_ptr<BridgeCaller> BridgeHouse::find(BridgeConnection id) {
    const auto found = m_callers.find(id);
    return found == m_callers.end() ? nullptr : found->second.caller;
}

void BridgeHouse::closeOrigin(const std::string& origin) {
    std::vector<std::shared_ptr<BridgeCaller>> callers;  // Each leaves while it goes.
    for (const auto& [id, entry] : m_callers)
        if (entry.origin == origin) callers.push_back(entry.caller);
    for (const auto& caller : callers) caller->goAway();
}

void BridgeHouse::closeAll() {
    std::vector<std::shared_ptr<BridgeCaller>> callers;
    for (const auto& [id, entry] : m_callers) callers.push_back(entry.caller);
    m_callers.clear();
    for (const auto& caller : callers) caller->close();
}

void BridgeHouse::logRefusal(unsigned status, std::string_view what) {
    if (!m_log) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_loggedAt < kLogPause) {
        ++m_unlogged;
        return;
    }
    m_loggedAt = now;
    std::string line = "bridge: refused, " + std::to_string(status) + " " + std::string(what);
    if (m_unlogged != 0) line += " (and " + std::to_string(m_unlogged) + " more)";
    m_unlogged = 0;
    m_log(line);
}

}  // namespace signet
