// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"

#include <openssl/types.h>

#include <optional>

namespace signet {

/// One element of a DER text.
struct DerElement {
    int tag = 0;
    bool isUniversal = true;  ///< else context-specific
    bool isConstructed = false;
    BytesView content{};
    BytesView whole{};  ///< with tag and length
    bool is(int universalTag) const { return isUniversal && tag == universalTag; }
};

/// Walks over the elements that stand one after the other in a DER text, without copying. Thread: one at a
/// time.
class DerReader {
public:
    explicit DerReader(BytesView der) : m_rest(der) {}
    bool isAtEnd() const { return m_rest.empty(); }
    /// The next element; nullopt at the end and where there is no well-formed one.
    std::optional<DerElement> next();
    /// The next element if it has this universal tag, else nullopt without moving on.
    std::optional<DerElement> nextIf(int universalTag);

private:
    BytesView m_rest;
};

/// UTCTime and GeneralizedTime of RFC 5280 (with seconds, Z). `element` is the whole one.
std::optional<TimePoint> derTime(const DerElement& element);
std::optional<TimePoint> timePointOf(const ASN1_TIME* time);

}  // namespace signet
