// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/connection_caps.hpp"

#include <algorithm>

namespace signet {

std::optional<ConnectionCaps::Id> ConnectionCaps::giveWay(const std::string* address) {
    const auto victim = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return !entry.isBusy && !entry.isGivingWay && (address == nullptr || entry.address == *address);
    });
    if (victim == m_entries.end()) return std::nullopt;
    victim->isGivingWay = true;
    ++m_givingWay;
    --m_perAddress[victim->address];
    return victim->id;
}

ConnectionCaps::Admission ConnectionCaps::admit(const std::string& address) {
    const std::lock_guard lock(m_mutex);
    Admission admission;
    const auto known = m_perAddress.find(address);
    const bool isAddressFull = known != m_perAddress.end() && known->second >= m_maxPerAddress;
    const bool isHouseFull = m_entries.size() - m_givingWay >= m_maxInAll;
    if (isAddressFull || isHouseFull) {
        admission.victim = giveWay(isAddressFull ? &address : nullptr);
        if (!admission.victim) return admission;
    }
    admission.id = m_next++;
    m_entries.push_back({*admission.id, address});
    m_byId[*admission.id] = std::prev(m_entries.end());
    ++m_perAddress[address];
    return admission;
}

void ConnectionCaps::setBusy(Id id, bool isBusy) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_byId.find(id);
    if (found == m_byId.end()) return;
    found->second->isBusy = isBusy;
    if (!isBusy) m_entries.splice(m_entries.end(), m_entries, found->second);
}

void ConnectionCaps::leave(Id id) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_byId.find(id);
    if (found == m_byId.end()) return;
    const Entry& entry = *found->second;
    if (entry.isGivingWay)
        --m_givingWay;
    else
        --m_perAddress[entry.address];
    if (m_perAddress[entry.address] == 0) m_perAddress.erase(entry.address);
    m_entries.erase(found->second);
    m_byId.erase(found);
}

std::size_t ConnectionCaps::count() {
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

}  // namespace signet
