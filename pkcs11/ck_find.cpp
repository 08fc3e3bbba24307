// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_find.hpp"

#include "pkcs11/ck_error.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace signet {

Result<FindOperation> FindOperation::start(const Session& session, std::span<const CK_ATTRIBUTE> criteria) {
    auto* attributes = const_cast<CK_ATTRIBUTE*>(criteria.data());  // only read by the module
    const CK_RV rv = session.api().C_FindObjectsInit(session.handle(), attributes, criteria.size());
    if (rv != CKR_OK) return fail(ckError(rv, "C_FindObjectsInit"));
    return FindOperation(session);
}

FindOperation::FindOperation(FindOperation&& other) noexcept
    : m_session(std::exchange(other.m_session, nullptr)) {
}

FindOperation::~FindOperation() {
    if (m_session != nullptr) (void)m_session->api().C_FindObjectsFinal(m_session->handle());
}

Result<std::vector<CK_OBJECT_HANDLE>> FindOperation::take(std::size_t max) {
    std::vector<CK_OBJECT_HANDLE> found;
    std::array<CK_OBJECT_HANDLE, 64> batch{};
    while (found.size() < max) {
        const auto wanted = std::min(batch.size(), max - found.size());
        CK_ULONG count = 0;
        const CK_RV rv = m_session->api().C_FindObjects(m_session->handle(), batch.data(), wanted, &count);
        if (rv != CKR_OK) return fail(ckError(rv, "C_FindObjects"));
        if (count > wanted)
            return fail(ErrorCode::tokenError, "C_FindObjects: counts more than it was asked for",
                        "length_out_of_range");
        if (count == 0) break;
        found.insert(found.end(), batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return found;
}

Result<std::vector<CK_OBJECT_HANDLE>> findObjects(const Session& session,
                                                  std::span<const CK_ATTRIBUTE> criteria, std::size_t max) {
    auto search = FindOperation::start(session, criteria);
    if (!search) return fail(search.error());
    return search->take(max);
}

}  // namespace signet
