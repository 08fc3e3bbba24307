// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace signet {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_copy_assignable_v<SecretBytes>);

TEST(SecretBytes, moved_leavesTheSourceEmpty) {
    SecretBytes first(bytesOf("123456"));
    SecretBytes second(std::move(first));
    EXPECT_TRUE(first.isEmpty());  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(textOf(second.view()), "123456");
    first = std::move(second);
    EXPECT_EQ(textOf(first.view()), "123456");
    EXPECT_EQ(second.data(), nullptr);  // NOLINT(bugprone-use-after-move)
}

TEST(SecretBytes, shrunk_wipesTheRest) {
    SecretBytes secret(bytesOf("123456"));
    const std::uint8_t* data = secret.data();
    secret.shrink(2);
    EXPECT_EQ(secret.size(), 2U);
    EXPECT_EQ(data[0], '1');
    for (int i = 2; i < 6; ++i) EXPECT_EQ(data[i], 0);
}

TEST(SecretBytes, cleared_isEmpty) {
    SecretBytes secret(bytesOf("123456"));
    secret.clear();
    EXPECT_TRUE(secret.isEmpty());
    EXPECT_TRUE(SecretBytes(std::size_t{0}).isEmpty());
}

TEST(Wipe, memory_isZero) {
    char text[] = "secret";
    wipe(text, sizeof text);
    for (const char c : text) EXPECT_EQ(c, 0);
}

}  // namespace
}  // namespace signet
