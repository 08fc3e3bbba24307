// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/certificate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// An http:// address with a host, without user information, printable ASCII, at most 1024 characters.
bool isFetchableUrl(std::string_view url);

/// The addresses of OCSP responders in authorityInfoAccess, of every scheme, in order. Thread: any.
std::vector<std::string> ocspAddresses(const Certificate& certificate);

/// The addresses of complete direct CRLs in cRLDistributionPoints (those for some reasons only or of another
/// issuer are left out), of every scheme, in order. Thread: any.
std::vector<std::string> crlAddresses(const Certificate& certificate);

}  // namespace signet
