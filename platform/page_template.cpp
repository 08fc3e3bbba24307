// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_template.hpp"

#include "certs/names.hpp"

#include <algorithm>
#include <cassert>

namespace signet {
namespace {

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// Where a text of so many characters ends.
std::size_t bytesOfCharacters(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if (!isContinuation(text[at]) && characters-- == 0) break;
    return at;
}

/// Reads a template from front to end.
class Filler {
public:
    Filler(const PageValues& values, const std::function<std::string(std::string_view)>& words)
        : m_values(values), m_words(words) {}

    std::string fill(std::string_view text) const {
        std::string out;
        while (!text.empty()) {
            const auto open = std::min(text.find("{{"), text.size());
            out += text.substr(0, open);
            text.remove_prefix(open);
            if (!text.empty()) out += fillTag(text);
        }
        return out;
    }

private:
    std::string valueOf(std::string_view name) const {
        const auto found = m_values.find(name);
        return found != m_values.end() ? found->second : m_words(name);
    }

    /// `text` begins with a tag; it and what belongs to it is taken away.
    std::string fillTag(std::string_view& text) const {
        const auto close = text.find("}}");
        assert(close != std::string_view::npos);
        auto tag = text.substr(2, close - 2);
        text.remove_prefix(close + 2);
        const char mark = tag.empty() ? '!' : tag.front();
        if (mark == '!') {
            if (text.starts_with('\n')) text.remove_prefix(1);
            return {};
        }
        if (mark == '#' || mark == '^') return fillSection(tag.substr(1), mark == '#', text);
        if (mark == '&') return valueOf(tag.substr(1));
        return escapeHtml(valueOf(tag));
    }

    std::string fillSection(std::string_view name, bool isWanted, std::string_view& text) const {
        const auto endTag = "{{/" + std::string(name) + "}}";
        const auto end = text.find(endTag);
        assert(end != std::string_view::npos);
        const auto inner = text.substr(0, end);
        text.remove_prefix(end + endTag.size());
        return valueOf(name).empty() == isWanted ? std::string() : fill(inner);
    }

    const PageValues& m_values;
    const std::function<std::string(std::string_view)>& m_words;
};

}  // namespace

std::string escapeHtml(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string shownName(const std::string& utf8, std::size_t maxCharacters) {
    // Cut first, so that a name without end costs nothing.
    const auto kept = bytesOfCharacters(utf8, maxCharacters);
    auto shown = displayable(utf8.substr(0, kept));
    if (kept < utf8.size()) shown += "…";
    return shown;
}

std::string fillTemplate(std::string_view text, const PageValues& values,
                         const std::function<std::string(std::string_view)>& words) {
    return Filler(values, words).fill(text);
}

}  // namespace signet
