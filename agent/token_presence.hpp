// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/tokens.hpp"

#include <functional>
#include <map>
#include <optional>

namespace signet {

/// Whether there is a token at all: the one thing that an approved page may know. The tokens are watched only
/// while somebody asks for it.
/// Thread: main.
class TokenPresence {
public:
    /// `tokens` outlives this object.
    explicit TokenPresence(Tokens& tokens) : m_tokens(tokens) {}
    ~TokenPresence();
    TokenPresence(const TokenPresence&) = delete;
    TokenPresence& operator=(const TokenPresence&) = delete;

    /// Tells once as soon as it is known, and then of every change, until it is cancelled. Never calls before
    /// it returns.
    CommandId watch(std::function<void(bool isPresent)> onChanged);
    void cancel(CommandId watch);

private:
    void look();
    void onListed(const TokenInventory& inventory);
    void stop();

    struct Watcher {
        std::function<void(bool)> onChanged;
        std::optional<bool> told{};
    };
    Tokens& m_tokens;
    std::map<CommandId, Watcher> m_watchers;
    CommandId m_next = 1;
    CommandId m_watch = 0;
    CommandId m_list = 0;
    bool m_mustLookAgain = false;
};

}  // namespace signet
