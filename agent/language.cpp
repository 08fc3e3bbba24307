// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/language.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>

namespace signet {
namespace {

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

/// Invisible, or changes what others look like: controls, line separators, zero-width and bidirectional
/// formatting, tags.
constexpr std::array kNeverShown{Range{0x00, 0x1F},     Range{0x7F, 0x9F},      Range{0xAD, 0xAD},
                                 Range{0x061C, 0x061C}, Range{0x180E, 0x180E},  Range{0x200B, 0x200F},
                                 Range{0x2028, 0x202E}, Range{0x2060, 0x206F},  Range{0xFEFF, 0xFEFF},
                                 Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE0FFF}};

constexpr std::array kTwoColumns{Range{0x1100, 0x115F}, Range{0x2E80, 0xA4CF},   Range{0xAC00, 0xD7A3},
                                 Range{0xF900, 0xFAFF}, Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
                                 Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

template <std::size_t size>
bool isIn(const std::array<Range, size>& ranges, std::uint32_t point) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range& range) { return point >= range.first && point <= range.last; });
}

struct Decoded {
    std::uint32_t point = 0;
    std::size_t bytes = 0;  ///< 0: not UTF-8
};

/// The first code point, by the table of RFC 3629 section 4.
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const auto lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {};
    std::uint32_t point = lead & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        point = point << 6 | (byte(i) & 0x3F);
    }
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const bool isSurrogate = point >= 0xD800 && point <= 0xDFFF;
    if (point < kLeast.at(bytes) || point > 0x10FFFF || isSurrogate) return {};
    return {point, bytes};
}

std::string escaped(const char* form, std::uint32_t number) {
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), form, static_cast<unsigned>(number));
    return buffer.data();
}

/// RFC 8259 section 7; beyond the basic plane two surrogates.
std::string jsonEscape(std::uint32_t point) {
    if (point < 0x10000) return escaped("\\u%04x", point);
    const auto offset = point - 0x10000;
    return escaped("\\u%04x", 0xD800 + (offset >> 10)) + escaped("\\u%04x", 0xDC00 + (offset & 0x3FF));
}

/// One step of shownLiterally: what is shown, its width and how much of the text it stands for.
struct Shown {
    std::string text;
    std::size_t columns;
    std::size_t bytes;
};

Shown showFirst(std::string_view text) {
    const auto [point, bytes] = decode(text);
    if (bytes == 0) {
        auto form = escaped("\\x{%02X}", static_cast<std::uint8_t>(text.front()));
        return {form, form.size(), 1};
    }
    if (isIn(kNeverShown, point)) {
        auto form = escaped("\\u{%04X}", point);
        return {form, form.size(), bytes};
    }
    return {std::string(text.substr(0, bytes)), isIn(kTwoColumns, point) ? 2U : 1U, bytes};
}

}  // namespace

std::optional<std::string> processEnvironment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr) return std::nullopt;
    return value;
}

Language chooseLanguage(std::optional<Language> configured, const EnvironmentLookup& environment) {
    if (configured) return *configured;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto value = environment(name);
        if (!value || value->empty()) continue;
        const auto language = value->substr(0, value->find_first_of("_.@-"));
        return language == "zh" || language == "C" || language == "POSIX" ? Language::zh : Language::en;
    }
    return Language::zh;
}

std::string withoutInvisible(std::string_view json) {
    std::string printed;
    printed.reserve(json.size());
    while (!json.empty()) {
        const auto [point, bytes] = decode(json);
        const auto length = std::max<std::size_t>(bytes, 1);
        if (bytes != 0 && point >= 0x7F && isIn(kNeverShown, point))
            printed += jsonEscape(point);
        else
            printed += json.substr(0, length);
        json.remove_prefix(length);
    }
    return printed;
}

std::string shownLiterally(std::string_view text, std::size_t maxWidth) {
    std::string shown;
    std::size_t columns = 0;
    std::size_t kept = 0;  // bytes of `shown` that leave room for the ellipsis
    while (!text.empty()) {
        const auto next = showFirst(text);
        if (columns + next.columns > maxWidth) return shown.substr(0, kept) + "…";
        shown += next.text;
        columns += next.columns;
        if (columns < maxWidth) kept = shown.size();
        text.remove_prefix(next.bytes);
    }
    return shown;
}

}  // namespace signet
