// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/rate_limiter.hpp"

#include <algorithm>
#include <iterator>

namespace signet {

void RateLimiter::refill(Bucket& bucket, Time now) const {
    const std::chrono::duration<double> passed = now - bucket.filledAt;
    bucket.tokens = std::min(capacity(), bucket.tokens + passed.count() * m_perSecond);
    bucket.filledAt = now;
}

void RateLimiter::forgetFull(Time now) {
    for (auto it = m_buckets.begin(); it != m_buckets.end();) {
        refill(it->second, now);
        it = it->second.tokens >= capacity() ? m_buckets.erase(it) : std::next(it);
    }
}

bool RateLimiter::allows(const std::string& address, Time now) {
    if (m_perSecond == 0) return true;
    const std::lock_guard lock(m_mutex);
    auto found = m_buckets.find(address);
    if (found == m_buckets.end()) {
        if (m_buckets.size() >= m_maxAddresses) forgetFull(now);
        if (m_buckets.size() >= m_maxAddresses) return false;
        found = m_buckets.emplace(address, Bucket{capacity(), now}).first;
    }
    refill(found->second, now);
    if (found->second.tokens < 1) return false;
    found->second.tokens -= 1;
    return true;
}

}  // namespace signet
