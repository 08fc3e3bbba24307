// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

TEST(PinLengths, asTold_orAnythingWhereThatIsNonsense) {
    struct Case {
        std::uint32_t min;
        std::uint32_t max;
        std::size_t shortest;
        std::size_t longest;
    };
    for (const auto& [min, max, shortest, longest] :
         {Case{6, 8, 6, 8}, Case{0, 8, 1, 8}, Case{8, 8, 8, 8}, Case{0, 0, 1, 255}, Case{6, 0, 1, 255},
          Case{9, 8, 1, 255}, Case{4, 1000, 4, 255}, Case{300, 1000, 1, 255}}) {
        SCOPED_TRACE(std::to_string(min) + " " + std::to_string(max));
        const TokenInfo token{.minPinBytes = min, .maxPinBytes = max};
        EXPECT_EQ(pinLengths(token).shortest, shortest);
        EXPECT_EQ(pinLengths(token).longest, longest);
        EXPECT_FALSE(acceptsPinLength(token, shortest - 1));
        EXPECT_TRUE(acceptsPinLength(token, shortest));
        EXPECT_TRUE(acceptsPinLength(token, longest));
        EXPECT_FALSE(acceptsPinLength(token, longest + 1));
    }
}

}  // namespace
}  // namespace signet
