// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_presence.hpp"

#include <algorithm>
#include <vector>

namespace signet {

TokenPresence::~TokenPresence() {
    stop();
}

CommandId TokenPresence::watch(std::function<void(bool)> onChanged) {
    if (m_watch == 0) m_watch = m_tokens.watch([this](const TokensChange&) { look(); });
    const auto id = m_next++;
    m_watchers[id].onChanged = std::move(onChanged);
    look();
    return id;
}

void TokenPresence::cancel(CommandId watch) {
    m_watchers.erase(watch);
    if (m_watchers.empty()) stop();
}

void TokenPresence::look() {
    // One at a time: listings that nobody waits for would stand in the modules' way.
    if (m_list != 0) {
        m_mustLookAgain = true;
        return;
    }
    m_list = m_tokens.list({}, [this](const TokenInventory& inventory) {
        m_list = 0;
        if (std::exchange(m_mustLookAgain, false)) return look();
        onListed(inventory);
    });
}

void TokenPresence::onListed(const TokenInventory& inventory) {
    const bool isPresent = std::any_of(
        inventory.modules.begin(), inventory.modules.end(),
        [](const ModuleListing& module) { return module.result && !module.result->tokens.empty(); });
    std::vector<CommandId> news;  // A watcher may cancel itself or another.
    for (const auto& [id, watcher] : m_watchers)
        if (watcher.told != isPresent) news.push_back(id);
    for (const auto id : news) {
        const auto found = m_watchers.find(id);
        if (found == m_watchers.end()) continue;
        found->second.told = isPresent;
        const auto tell = found->second.onChanged;
        tell(isPresent);
    }
}

void TokenPresence::stop() {
    m_mustLookAgain = false;
    for (auto* command : {&m_watch, &m_list})
        if (*command != 0) m_tokens.cancel(std::exchange(*command, 0));
}

}  // namespace signet
