// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/agreement_html.hpp"

#include <md4c-html.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace signet {
namespace {

/// A character that no text has (U+FDD0), and as a link's address spells it.
constexpr std::string_view kEdge = "\xEF\xB7\x90";
constexpr std::string_view kEdgeInAddress = "%EF%B7%90";
constexpr std::string_view kBlanks = " \t\r\n";

bool isBlank(char c) {
    return kBlanks.find(c) != std::string_view::npos;
}

/// In "**不得转让。**其他" CommonMark ends no bold text: its rules for the sides of a mark (section 6.2)
/// count on blanks between words. With a letter put on those sides that are not blank, they hold for Chinese
/// too.
std::string withEdges(std::string_view text) {
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find("**"); at != std::string_view::npos; at = text.find("**", done)) {
        const auto end = std::min(text.find_first_not_of('*', at), text.size());
        out += text.substr(done, at - done);
        if (at > 0 && !isBlank(text[at - 1]) && text[at - 1] != '\\') out += kEdge;
        out += text.substr(at, end - at);
        if (end < text.size() && !isBlank(text[end])) out += kEdge;
        done = end;
    }
    out += text.substr(std::min(done, text.size()));
    return out;
}

std::string without(std::string_view part, std::string_view text) {
    std::string out;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part)) {
        out += text.substr(0, at);
        text.remove_prefix(at + part.size());
    }
    out += text;
    return out;
}

/// By the scheme, as it is after MD4C has decoded entities; an address without one takes the page's own.
bool isSafeAddress(std::string_view address) {
    constexpr std::array<std::string_view, 4> kSchemes{"https", "http", "mailto", "tel"};
    const auto end = address.find_first_of(":/?#");
    if (end == std::string_view::npos || address[end] != ':') return true;
    std::string scheme(address.substr(0, end));
    for (auto& c : scheme) c = static_cast<char>(c | 0x20);
    return std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
}

std::string_view attributeOf(std::string_view tag, std::string_view opening) {
    const auto at = tag.find(opening);
    if (at == std::string_view::npos) return {};
    const auto value = tag.substr(at + opening.size());
    return value.substr(0, value.find('"'));
}

/// In what MD4C writes, every '<' begins and every '>' ends a tag of its own, and no quote is in a value.
std::string withoutUnsafe(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        const auto open = std::min(html.find('<'), html.size());
        out += html.substr(0, open);
        html.remove_prefix(open);
        const auto close = std::min(html.find('>'), html.size());
        const auto tag = html.substr(0, std::min(close + 1, html.size()));
        html.remove_prefix(tag.size());
        if (tag.starts_with("<img "))
            out += attributeOf(tag, " alt=\"");
        else if (tag.starts_with("<a ") && !isSafeAddress(attributeOf(tag, " href=\"")))
            out += "<a>";
        else
            out += tag;
    }
    return out;
}

void append(const MD_CHAR* text, MD_SIZE size, void* out) {
    static_cast<std::string*>(out)->append(text, size);
}

}  // namespace

Result<std::string> agreementHtml(std::string_view markdown) {
    constexpr unsigned kFlags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS;
    const auto text = withEdges(markdown);
    std::string html;
    if (md_html(text.data(), static_cast<MD_SIZE>(text.size()), append, &html, kFlags, 0) != 0)
        return fail(ErrorCode::internalError, "an agreement cannot be rendered");
    return withoutUnsafe(without(kEdgeInAddress, without(kEdge, html)));
}

}  // namespace signet
