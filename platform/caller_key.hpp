// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <string>

namespace signet {

/// What counts as one caller for limits: an IPv4 address, also where it comes mapped into IPv6, or the /64 of
/// an IPv6 address, because one customer gets at least so much. Other text stays as it is. Thread: any.
/// Source: RFC 4291 section 2.5.5.2, RFC 6177.
std::string callerKey(const std::string& address);

}  // namespace signet
