// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/pcsc_context.hpp"
#include "pkcs11/token_watch.hpp"

#include <functional>
#include <vector>

namespace signet {

/// The readers as they were known last, and what has become of them since.
/// Thread: one at a time.
class ReaderStates {
public:
    using OnEvent = std::function<void(const TokenEvent&)>;

    /// Learns what is there now, without a word.
    /// Errors: as PcscContext::readers().
    Result<void> learn(const PcscContext& context);
    /// Sleeps until something has changed, and tells it. A wait that was cancelled tells nothing and is no
    /// error.
    /// Errors: tokenError with reason "pcsc_absent" or "pcsc_failed": the service has gone.
    Result<void> wait(const PcscContext& context, const OnEvent& onEvent);
    /// Tells the differences between what is known and `now`, which is known from then on. A card that was
    /// swapped between two looks went and came.
    void update(std::vector<CardReader> now, const OnEvent& onEvent);

private:
    std::vector<CardReader> m_readers;
    bool m_isSettling = false;  ///< something has just changed, and more may follow
};

}  // namespace signet
