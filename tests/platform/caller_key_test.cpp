// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/caller_key.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace signet::test {
namespace {

TEST(CallerKey, one_customer_has_one_key) {
    const std::pair<const char*, const char*> cases[] = {
        {"192.0.2.7", "192.0.2.7"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
        {"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
        {"2001:db8:1:2::1", "2001:db8:1:2::/64"},
        {"2001:db8:1:3::1", "2001:db8:1:3::/64"},
        {"fe80::1%eth0", "fe80::/64"},
        {"::1", "::/64"},
        {"no address", "no address"},
    };
    for (const auto& [address, key] : cases) EXPECT_EQ(callerKey(address), key) << address;
}

}  // namespace
}  // namespace signet::test
