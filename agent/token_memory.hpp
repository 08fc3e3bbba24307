// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/tokens.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What each module told last, so that a second listing asks nobody while nothing has happened, and so that
/// an event can be told as what came and what went. Pure: it asks nobody and knows no time.
/// Thread: one at a time.
class TokenMemory {
public:
    /// Counts what may have changed a module's tokens.
    using Generation = std::uint64_t;

    explicit TokenMemory(const std::vector<std::filesystem::path>& modules);

    /// What `module` would answer; nullptr where it must be asked.
    const TokenListing* recall(std::size_t module) const;
    Generation generation(std::size_t module) const { return m_modules[module].generation; }

    /// What a module answered that was asked in the generation `asked`. It is recalled later unless something
    /// happened since, a slot failed, or a PIN is in trouble. Returns how it differs from what was known
    /// before.
    TokensChange learn(std::size_t module, const TokenListing& listing, Generation asked);
    /// Something happened: the module must be asked again.
    void forget(std::size_t module);
    void forgetAll();
    /// A card or reader went, by PC/SC's word. The modules' tokens in it are gone at once, whatever a module
    /// still believes.
    TokensChange removeReader(std::string_view reader);

    /// Whether PC/SC tells of what comes and goes behind this module; false where it is not known yet.
    bool isPcsc(std::size_t module) const;
    /// Whether a card that comes may be behind it: also where it has shown no token yet.
    bool mayUseReaders(std::size_t module) const;

private:
    struct Entry {
        std::filesystem::path path{};
        std::optional<TokenListing> last{};
        bool isFresh = false;
        Generation generation = 0;
    };

    std::vector<Entry> m_modules;
};

}  // namespace signet
