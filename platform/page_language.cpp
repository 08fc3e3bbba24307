// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_language.hpp"

#include "platform/cookies.hpp"
#include "platform/weighted_list.hpp"

#include <optional>

namespace signet {
namespace {

std::optional<Language> languageNamed(std::string_view name) {
    if (name == "zh") return Language::zh;
    if (name == "en") return Language::en;
    return std::nullopt;
}

/// Of "zh-Hans-CN" the first part says enough.
std::optional<Language> languageOfTag(std::string_view tag) {
    if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-')) return std::nullopt;
    const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
    const char name[] = {lower(tag[0]), lower(tag[1])};
    return languageNamed({name, 2});
}

Language bestIn(std::string_view accepted) {
    if (accepted.find_first_not_of(" \t") == std::string_view::npos) return Language::zh;
    Language best = Language::en;
    int bestWeight = 0;
    for (const auto& [tag, weight] : weightedItems(accepted)) {
        const auto language = languageOfTag(tag);
        if (!language || weight <= bestWeight) continue;
        best = *language;
        bestWeight = weight;
    }
    return best;
}

}  // namespace

PageLanguage pageLanguage(const HttpRequest& request) {
    if (const auto chosen = languageNamed(request.queryValue("lang").value_or(""))) return {*chosen, true};
    if (const auto known = languageNamed(request.cookie(kLanguageCookie).value_or(""))) return {*known};
    return {bestIn(request.field("accept-language").value_or(""))};
}

std::string_view nameOf(Language language) {
    return language == Language::zh ? "zh" : "en";
}

}  // namespace signet
