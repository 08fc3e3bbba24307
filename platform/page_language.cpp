// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_language.hpp"

#include "platform/cookies.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace signet {
namespace {

std::optional<Language> languageNamed(std::string_view name) {
    if (name == "zh") return Language::zh;
    if (name == "en") return Language::en;
    return std::nullopt;
}

/// The part before `mark`; `rest` keeps what follows it.
std::string_view cutAt(std::string_view& rest, char mark) {
    const auto end = std::min(rest.find(mark), rest.size());
    const auto part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return part;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::optional<Language> languageInQuery(std::string_view query) {
    while (!query.empty()) {
        auto value = cutAt(query, '&');
        if (cutAt(value, '=') == "lang") return languageNamed(value);
    }
    return std::nullopt;
}

/// "q=0.8" in thousandths; 1000 where there is none, 0 where it is not a weight.
int weightOf(std::string_view parameters) {
    const auto text = trimmed(parameters);
    if (text.empty()) return 1000;
    if (!text.starts_with("q=") && !text.starts_with("Q=")) return 0;
    if (text.substr(2).starts_with("1")) return 1000;
    if (!text.substr(2).starts_with("0.")) return 0;
    const auto digits = std::string(text.substr(4, 3)) + "000";
    int weight = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + 3, weight);
    return error == std::errc() && end == digits.data() + 3 ? weight : 0;
}

/// Of "zh-Hans-CN" the first part says enough.
std::optional<Language> languageOfTag(std::string_view tag) {
    if (tag.size() < 2 || (tag.size() > 2 && tag[2] != '-')) return std::nullopt;
    const auto lower = [](char c) { return static_cast<char>(c | 0x20); };
    const char name[] = {lower(tag[0]), lower(tag[1])};
    return languageNamed({name, 2});
}

Language bestIn(std::string_view accepted) {
    if (trimmed(accepted).empty()) return Language::zh;
    Language best = Language::en;
    int bestWeight = 0;
    while (!accepted.empty()) {
        auto parameters = cutAt(accepted, ',');
        const auto language = languageOfTag(trimmed(cutAt(parameters, ';')));
        const int weight = weightOf(parameters);
        if (!language || weight <= bestWeight) continue;
        best = *language;
        bestWeight = weight;
    }
    return best;
}

}  // namespace

PageLanguage pageLanguage(const HttpRequest& request) {
    if (const auto chosen = languageInQuery(request.query)) return {*chosen, true};
    if (const auto known = languageNamed(request.cookie(kLanguageCookie).value_or(""))) return {*known};
    return {bestIn(request.field("accept-language").value_or(""))};
}

std::string_view nameOf(Language language) {
    return language == Language::zh ? "zh" : "en";
}

}  // namespace signet
