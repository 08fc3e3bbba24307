// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/html_wanted.hpp"

#include "platform/weighted_list.hpp"

#include <algorithm>

namespace signet {
namespace {

/// Types are compared without regard to case.
bool isHtml(std::string_view type) {
    constexpr std::string_view kHtml = "text/html";
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return std::equal(type.begin(), type.end(), kHtml.begin(), kHtml.end(),
                      [&](char a, char b) { return lower(a) == b; });
}

bool namesHtml(std::string_view accepted) {
    const auto items = weightedItems(accepted);
    return std::any_of(items.begin(), items.end(),
                       [](const auto& item) { return item.weight > 0 && isHtml(item.name); });
}

}  // namespace

bool isHtmlWanted(const HttpRequest& request) {
    if (request.queryValue("raw") == "1") return false;
    return std::any_of(request.fields.begin(), request.fields.end(),
                       [](const auto& field) { return field.first == "accept" && namesHtml(field.second); });
}

}  // namespace signet
