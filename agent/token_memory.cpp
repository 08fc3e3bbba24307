// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/token_memory.hpp"

#include <algorithm>
#include <utility>

namespace signet {
namespace {

TokenPlace placeOf(const std::filesystem::path& module, const TokenInfo& token) {
    return {module, token.slot, token.label, token.serial};
}

bool isSameToken(const TokenInfo& a, const TokenInfo& b) {
    return a.label == b.label && a.serial == b.serial;
}

/// The places of those of `tokens` that `others` has not.
std::vector<TokenPlace> missingFrom(const std::vector<Token>& others, const std::vector<Token>& tokens,
                                    const std::filesystem::path& module) {
    std::vector<TokenPlace> places;
    for (const auto& token : tokens) {
        const bool isThere = std::any_of(others.begin(), others.end(), [&](const Token& other) {
            return isSameToken(other.info, token.info);
        });
        if (!isThere) places.push_back(placeOf(module, token.info));
    }
    return places;
}

/// What a person is about to put right, perhaps with the maker's tool and without pulling the key.
bool hasPinTrouble(const TokenListing& listing) {
    return std::ranges::any_of(listing.tokens, [](const Token& token) {
        const auto& info = token.info;
        return info.isPinCountLow || info.isPinFinalTry || info.isPinLocked || info.mustChangePin;
    });
}

}  // namespace

TokenMemory::TokenMemory(const std::vector<std::filesystem::path>& modules) {
    for (const auto& module : modules) m_modules.push_back({.path = module});
}

const TokenListing* TokenMemory::recall(std::size_t module) const {
    const auto& entry = m_modules[module];
    return entry.isFresh ? &*entry.last : nullptr;
}

TokensChange TokenMemory::learn(std::size_t module, const TokenListing& listing, Generation asked) {
    auto& entry = m_modules[module];
    const auto before = entry.last ? std::move(entry.last->tokens) : std::vector<Token>{};
    TokensChange change{.added = missingFrom(before, listing.tokens, entry.path),
                        .removed = missingFrom(listing.tokens, before, entry.path)};
    entry.last = listing;
    entry.isFresh = entry.generation == asked && listing.faults.empty() && !hasPinTrouble(listing);
    return change;
}

void TokenMemory::forget(std::size_t module) {
    ++m_modules[module].generation;
    m_modules[module].isFresh = false;
}

void TokenMemory::forgetAll() {
    for (std::size_t module = 0; module < m_modules.size(); ++module) forget(module);
}

TokensChange TokenMemory::removeReader(std::string_view reader) {
    TokensChange change;
    for (auto& entry : m_modules) {
        if (!entry.last || !entry.last->isPcsc) continue;
        // An answer that is under way may still name it.
        ++entry.generation;
        std::erase_if(entry.last->tokens, [&](const Token& token) {
            if (!isSlotOfReader(token.info.slotDescription, reader)) return false;
            change.removed.push_back(placeOf(entry.path, token.info));
            return true;
        });
    }
    return change;
}

bool TokenMemory::isPcsc(std::size_t module) const {
    const auto& last = m_modules[module].last;
    return last && last->isPcsc;
}

bool TokenMemory::mayUseReaders(std::size_t module) const {
    const auto& last = m_modules[module].last;
    return !last || last->isPcsc || last->tokens.empty();
}

}  // namespace signet
