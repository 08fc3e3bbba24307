// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/weighted_list.hpp"

#include <gtest/gtest.h>

#include <string>

namespace signet {
namespace {

std::string written(std::string_view list) {
    std::string text;
    for (const auto& [name, weight] : weightedItems(list))
        text += (text.empty() ? "" : " ") + std::string(name) + "=" + std::to_string(weight);
    return text;
}

TEST(WeightedList, items_come_in_order_with_their_weights) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {" ", ""},
        {",;,", ""},
        {"a", "a=1000"},
        {"a, b;q=0.5 ,c ; q=0", "a=1000 b=500 c=0"},
        {"a;level=1;q=0.8", "a=800"},
        {"a;Q=0.123", "a=123"},
        {"a;q=0.001;x=2", "a=1"},
        {"a;q=1.000", "a=1000"},
        {"a;q=", "a=0"},
        {"a;q=x", "a=0"},
        {"a;q=0.x", "a=0"},
        {"a;q=-1", "a=0"},
        {"a;q=0.12345", "a=123"},
    };
    for (const auto& [list, items] : cases) EXPECT_EQ(written(list), items) << list;
}

}  // namespace
}  // namespace signet
