// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace signet {

/// What every fallible function returns: the value or a named error.
template <class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::tokenError, "CKR_…", "reason")`.
inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {}, std::string reason = {}) {
    Error error;
    error.code = code;
    error.detail = std::move(detail);
    error.reason = std::move(reason);
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace signet
