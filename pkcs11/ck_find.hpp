// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace signet {

/// A running search for objects; C_FindObjectsFinal at its end, on every path.
class FindOperation {
public:
    /// Errors: what C_FindObjectsInit says. The session must outlive the search.
    static Result<FindOperation> start(const Session& session, std::span<const CK_ATTRIBUTE> criteria);
    FindOperation(FindOperation&& other) noexcept;
    FindOperation& operator=(FindOperation&&) = delete;
    FindOperation(const FindOperation&) = delete;
    FindOperation& operator=(const FindOperation&) = delete;
    ~FindOperation();

    /// Up to `max` handles, fetched in batches; what is beyond is left out.
    /// Errors: what C_FindObjects says; tokenError with reason "length_out_of_range" when the module counts
    /// wrongly.
    Result<std::vector<CK_OBJECT_HANDLE>> take(std::size_t max);

private:
    explicit FindOperation(const Session& session) : m_session(&session) {}

    const Session* m_session;
};

/// A whole search: start, take, end.
Result<std::vector<CK_OBJECT_HANDLE>> findObjects(const Session& session,
                                                  std::span<const CK_ATTRIBUTE> criteria, std::size_t max);

/// An attribute that points to `value`, for a search.
template <class T>
CK_ATTRIBUTE criterion(CK_ATTRIBUTE_TYPE type, T& value) {
    return {type, &value, sizeof(value)};
}

}  // namespace signet
