// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/factory_pin.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace signet {
namespace {

constexpr std::array<std::string_view, 10> kFactoryPins{
    "0000", "1234", "000000", "111111", "123456", "666666", "888888", "00000000", "11111111", "12345678"};

}  // namespace

bool isFactoryPin(BytesView pin) {
    return std::ranges::any_of(kFactoryPins, [&](std::string_view known) { return textOf(pin) == known; });
}

}  // namespace signet
