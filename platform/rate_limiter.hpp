// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace signet {

/// A token bucket for each address: `perSecond` in the long run, ten seconds' worth at once. Its memory is
/// bounded: when there are too many addresses, those with full buckets are forgotten, and they lose nothing
/// by it. Thread: any.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;
    /// Units: events per second; 0 allows everything.
    explicit RateLimiter(unsigned perSecond, std::size_t maxAddresses = 65536)
        : m_perSecond(perSecond), m_maxAddresses(maxAddresses) {}

    bool allows(const std::string& address, Time now = std::chrono::steady_clock::now());

private:
    struct Bucket {
        double tokens = 0;
        Time filledAt{};
    };
    double capacity() const { return m_perSecond * 10.0; }
    void refill(Bucket& bucket, Time now) const;
    void forgetFull(Time now);

    const unsigned m_perSecond;
    const std::size_t m_maxAddresses;
    std::mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets;
};

}  // namespace signet
