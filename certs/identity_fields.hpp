// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "certs/certificate.hpp"
#include "certs/identity.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The text of an extension's value as CAs write it: a DER string, one inside IdentifyCode's [0] to [2]
/// (EXPLICIT or IMPLICIT) or a SEQUENCE of one, or bare text. Empty where there is none; at most 256 bytes.
/// Thread: any. Source: GM/T 0015 (IdentifyCode).
std::string identityText(BytesView extensionValue);

/// All values of a source's field in a certificate, ready for its pattern: trimmed, upper case, full-width
/// forms as ASCII.
std::vector<std::string> identityValues(const Certificate& certificate, const IdentitySource& source);

/// "1.2.156.10260.4.1.4", "subject serialNumber".
std::string identityFieldName(const IdentitySource& source);

/// The last value of a subject attribute (NID), safe to show, at most 256 bytes; empty where there is none.
std::string subjectText(const Certificate& certificate, int nid);

/// Trims, maps full-width forms (U+FF01 to U+FF5E) to ASCII, and ASCII letters to upper case.
std::string normalisedText(std::string_view text);

}  // namespace signet
