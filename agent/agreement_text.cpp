// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agreement_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace signet {
namespace {

constexpr std::string_view kFence = "---";
constexpr std::string_view kBold = "**";
constexpr std::string_view kBlanks = " \t";

tl::unexpected<Error> malformed(std::string detail) {
    return fail(ErrorCode::platformError, std::move(detail), "document_malformed");
}

/// How many bytes the character at the start has; 0 where it is none. Source: RFC 3629, section 4.
std::size_t characterBytes(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = at(0);
    if (first < 0x80) return 1;
    const std::size_t bytes = first >= 0xC2 && first <= 0xDF   ? 2
                              : first >= 0xE0 && first <= 0xEF ? 3
                              : first >= 0xF0 && first <= 0xF4 ? 4
                                                               : 0;
    if (bytes == 0 || text.size() < bytes) return 0;
    for (std::size_t i = 1; i < bytes; ++i)
        if ((at(i) & 0xC0U) != 0x80) return 0;
    const auto second = at(1);
    const bool isOverlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool isNone = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
    return isOverlong || isNone ? 0 : bytes;
}

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const auto bytes = characterBytes(text);
        if (bytes == 0) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// The next line without its end, "\n" or "\r\n"; it is taken off the text.
std::string_view takeLine(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// A head is taken off the text; where its end is missing there is none.
void takeHead(std::string_view& text, AgreementText& agreement) {
    auto rest = text;
    if (takeLine(rest) != kFence) return;
    AgreementText head;
    const std::array<std::pair<std::string_view, std::string AgreementText::*>, 3> members{
        {{"id", &AgreementText::id}, {"version", &AgreementText::version}, {"date", &AgreementText::date}}};
    while (!rest.empty()) {
        const auto line = takeLine(rest);
        if (line == kFence) {
            agreement = std::move(head);
            text = rest;
            return;
        }
        const auto colon = line.find(": ");
        for (const auto& [name, member] : members)
            if (colon != std::string_view::npos && line.substr(0, colon) == name)
                head.*member = trimmed(line.substr(colon + 2));
    }
}

/// How a line begins, and what is left of it.
struct Opening {
    AgreementParagraph paragraph;
    std::string_view rest;
};

std::optional<Opening> headingOf(std::string_view line) {
    const auto level = line.find_first_not_of('#');
    if (level == 0 || level > 6 || level == std::string_view::npos || line[level] != ' ') return std::nullopt;
    return Opening{{.kind = AgreementParagraph::Kind::heading, .level = static_cast<int>(level)},
                   trimmed(line.substr(level))};
}

std::optional<Opening> itemOf(std::string_view line) {
    const auto digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const bool isNumbered = digits > 0 && digits <= 3 && line.size() > digits + 1 &&
                            (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
    if (isNumbered)
        return Opening{
            {.kind = AgreementParagraph::Kind::item, .marker = std::string(line.substr(0, digits + 1))},
            trimmed(line.substr(digits + 2))};
    const bool isPlain =
        line.size() > 1 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ';
    if (!isPlain) return std::nullopt;
    return Opening{{.kind = AgreementParagraph::Kind::item, .marker = "•"}, trimmed(line.substr(2))};
}

/// Lines of one paragraph become one; no blank comes between two Chinese characters.
void join(std::string& text, std::string_view line) {
    const auto isPlain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!text.empty() && !line.empty() && (isPlain(text.back()) || isPlain(line.front()))) text += ' ';
    text += line;
}

/// Where the next mark is that can open (a character follows it) or close (one precedes it) bold text.
/// Source: CommonMark 0.31, section 6.2, without its finer rules.
std::size_t findMark(std::string_view text, std::size_t from, bool opens) {
    const auto isSpace = [&](std::size_t i) { return text[i] == ' ' || text[i] == '*'; };
    for (auto at = text.find(kBold, from); at != std::string_view::npos; at = text.find(kBold, at + 1)) {
        const auto after = at + kBold.size();
        if (opens ? after < text.size() && !isSpace(after) : at > from && !isSpace(at - 1)) return at;
    }
    return std::string_view::npos;
}

/// A mark without its partner is a text like any other.
std::vector<TextRun> runsOf(std::string_view text) {
    std::vector<TextRun> runs;
    const auto add = [&](std::string_view piece, bool isBold) {
        if (!piece.empty()) runs.push_back({std::string(piece), isBold});
    };
    while (!text.empty()) {
        const auto open = findMark(text, 0, true);
        const auto inside = open + kBold.size();
        const auto close = open == std::string_view::npos ? open : findMark(text, inside, false);
        if (close == std::string_view::npos) {
            add(text, false);
            break;
        }
        add(text.substr(0, open), false);
        add(text.substr(inside, close - inside), true);
        text.remove_prefix(close + kBold.size());
    }
    return runs;
}

/// Puts lines together to paragraphs.
class Paragraphs {
public:
    void add(std::string_view whole) {
        const auto line = trimmed(whole);
        if (line.empty()) return end();
        if (auto heading = headingOf(line)) {
            begin(std::move(*heading));
            return end();
        }
        if (auto item = itemOf(line)) return begin(std::move(*item));
        join(m_text, line);
    }
    std::vector<AgreementParagraph> take() {
        end();
        return std::move(m_all);
    }

private:
    void begin(Opening opening) {
        end();
        m_next = std::move(opening.paragraph);
        m_text = opening.rest;
    }
    void end() {
        auto paragraph = std::exchange(m_next, {});
        const auto text = std::exchange(m_text, {});
        if (text.empty() && paragraph.kind == AgreementParagraph::Kind::text) return;
        paragraph.runs = runsOf(text);
        m_all.push_back(std::move(paragraph));
    }

    AgreementParagraph m_next;
    std::string m_text;
    std::vector<AgreementParagraph> m_all;
};

}  // namespace

Result<AgreementText> parseAgreement(std::string_view markdown) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (!isUtf8(markdown)) return malformed("not UTF-8");
    if (markdown.starts_with(kMark)) markdown.remove_prefix(kMark.size());
    AgreementText agreement;
    takeHead(markdown, agreement);
    Paragraphs paragraphs;
    while (!markdown.empty()) paragraphs.add(takeLine(markdown));
    agreement.paragraphs = paragraphs.take();
    if (agreement.paragraphs.empty()) return malformed("no text");
    return agreement;
}

}  // namespace signet
