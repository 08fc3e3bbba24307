// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace signet {

/// What a `signet:` link may ask for: the user's own login at an issuer. Nothing else is in it, so that no
/// page can plant a challenge.
struct SignetLink {
    std::string issuer;
};

/// Reads "signet://login?issuer=…" (percent-encoded UTF-8, at most 1 KiB); known keys only, each once.
/// Errors: invalidRequest with reason "link". Thread: any. Source: protocol.md section 5; RFC 3986.
Result<SignetLink> parseSignetLink(std::string_view url);

}  // namespace signet
