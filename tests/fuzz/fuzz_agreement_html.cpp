// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever an agreement holds: its page gets tags of a few names, no attribute that acts, and links of four
// schemes.
#include "base/bytes.hpp"
#include "platform/agreement_html.hpp"

#include <cstdlib>
#include <set>
#include <string>

using namespace signet;

namespace {

const std::set<std::string_view> kTags{"a",      "blockquote", "br",    "code", "em", "h1",    "h2", "h3",
                                       "h4",     "h5",         "h6",    "hr",   "li", "ol",    "p",  "pre",
                                       "strong", "table",      "tbody", "td",   "th", "thead", "tr", "ul"};
const std::set<std::string_view> kAttributes{"align", "class", "href", "start", "title"};

void checkAddress(std::string_view address) {
    const auto end = address.find_first_of(":/?#");
    if (end == std::string_view::npos || address[end] != ':') return;
    std::string scheme(address.substr(0, end));
    for (auto& c : scheme) c = static_cast<char>(c | 0x20);
    if (scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel") std::abort();
}

/// What is between '<' and '>'.
void checkTag(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    const auto name = tag.substr(0, tag.find(' '));
    if (!kTags.contains(name)) std::abort();
    tag.remove_prefix(name.size());
    while (!tag.empty()) {
        const auto open = tag.find("=\"");
        const auto close = open == std::string_view::npos ? open : tag.find('"', open + 2);
        if (close == std::string_view::npos || !kAttributes.contains(tag.substr(1, open - 1))) std::abort();
        if (tag.substr(1, open - 1) == "href") checkAddress(tag.substr(open + 2, close - open - 2));
        tag.remove_prefix(close + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto html = agreementHtml(textOf({data, size}));
    if (!html) return 0;
    std::string_view rest = *html;
    for (auto open = rest.find('<'); open != std::string_view::npos; open = rest.find('<')) {
        const auto close = rest.find('>', open);
        if (close == std::string_view::npos || rest.substr(0, open).find('>') != std::string_view::npos)
            std::abort();
        checkTag(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
    }
    return 0;
}
