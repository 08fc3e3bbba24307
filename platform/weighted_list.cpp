// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/weighted_list.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace signet {
namespace {

/// The part before `mark` without its blanks; `rest` keeps what follows it.
std::string_view takePart(std::string_view& rest, char mark) {
    auto part = rest.substr(0, rest.find(mark));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
    const auto first = part.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return part.substr(first, part.find_last_not_of(" \t") - first + 1);
}

/// "0.8" in thousandths.
int thousandths(std::string_view text) {
    if (text == "1" || text.starts_with("1.0")) return 1000;
    if (text == "1.") return 1000;
    if (!text.starts_with("0.")) return 0;
    const auto digits = std::string(text.substr(2, 3)) + "000";
    int weight = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + 3, weight);
    return error == std::errc() && end == digits.data() + 3 ? weight : 0;
}

int weightIn(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = takePart(parameters, ';');
        if (parameter.starts_with("q=") || parameter.starts_with("Q="))
            return thousandths(parameter.substr(2));
    }
    return 1000;
}

}  // namespace

std::vector<WeightedItem> weightedItems(std::string_view list) {
    std::vector<WeightedItem> items;
    while (!list.empty()) {
        auto item = takePart(list, ',');
        const auto name = takePart(item, ';');
        if (!name.empty()) items.push_back({name, weightIn(item)});
    }
    return items;
}

}  // namespace signet
