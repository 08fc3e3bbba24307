// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <string_view>
#include <vector>

namespace signet {

struct WeightedItem {
    std::string_view name;
    int weight = 0;
};

/// The items of a field such as Accept or Accept-Language, in its order, "a;q=0.5, b" being a with 500 and b
/// with 1000; parameters but q are passed over. Units: `weight` in thousandths, 0 also for what is not a
/// weight. The names are views into `list`. Pure. Source: RFC 9110 sections 12.4.2 and 12.5.1.
std::vector<WeightedItem> weightedItems(std::string_view list);

}  // namespace signet
