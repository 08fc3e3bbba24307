// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/idle_memory.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <thread>

namespace signet {
namespace {

/// Pages of files that are mapped into this process now.
std::uint64_t filePages() {
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    std::uint64_t shared = 0;
    std::ifstream("/proc/self/statm") >> size >> resident >> shared;
    return shared;
}

std::uint64_t sumOfDigits(std::uint64_t number) {
    std::uint64_t sum = 0;
    for (; number != 0; number /= 10) sum += number % 10;
    return sum;
}

}  // namespace

TEST(IdleMemory, releaseIdleMemory_afterWork_fewerPagesOfFilesAreMapped) {
    const auto before = filePages();
    releaseIdleMemory();
    EXPECT_LT(filePages(), before);
}

TEST(IdleMemory, releaseIdleMemory_whileAnotherThreadWorks_itGoesOnRightly) {
    std::atomic<bool> isOver = false;
    std::atomic<int> faults = 0;
    std::thread worker([&] {
        while (!isOver)
            if (sumOfDigits(98'765'432'101) != 46) ++faults;
    });
    for (int i = 0; i < 200; ++i) releaseIdleMemory();
    isOver = true;
    worker.join();
    EXPECT_EQ(faults, 0);
}

}  // namespace signet
