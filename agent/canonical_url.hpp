// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <string_view>

namespace signet {

/// An https URL in canonical form without query and without a slash at its end:
/// "https://uc.example.test:8443/uc".
bool isCanonicalIssuer(std::string_view url);
/// An origin as browsers serialise it: https, or http of this computer itself. Source: RFC 6454 section 6.2.
bool isCanonicalOrigin(std::string_view origin);
/// Scheme, host and port of a canonical issuer or origin.
std::string_view originOf(std::string_view url);
/// The host of a canonical issuer or origin, for messages.
std::string_view hostOf(std::string_view url);

}  // namespace signet
