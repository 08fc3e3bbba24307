// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A profile of SM2 ways, which an administrator may write.
#include "base/bytes.hpp"
#include "pkcs11/limits.hpp"
#include "pkcs11/sm2_strategy.hpp"

#include <cstdlib>

using namespace signet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto profile = parseSm2Profile(textOf(BytesView(data, size)), "fuzz.conf");
    if (!profile) {
        if (profile.error().detail.find("fuzz.conf") == std::string::npos) std::abort();
        return 0;
    }
    if (profile->name.empty() || profile->strategies.empty()) std::abort();
    const auto ways = sm2Ways(std::span(&*profile, 1), "m.so", "maker", profile->strategies.back().name);
    if (ways.strategies.empty() || ways.strategies.size() > kMaxSm2Strategies) std::abort();
    if (!ways.strategies.front().isSameWay(profile->strategies.back())) std::abort();
    return 0;
}
