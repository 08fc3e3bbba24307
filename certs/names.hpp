// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <openssl/types.h>

#include <string>

namespace signet {

/// The whole name in RFC 2253 form, UTF-8, safe to show: control and direction-changing characters are
/// escaped as \XX. A name whose strings are not what their types say comes out as ASCII with \xHH.
std::string nameText(const X509_NAME* name);

/// The last commonName, else the last organizationName, else the whole name; UTF-8, safe to show.
std::string commonName(const X509_NAME* name);

/// A string of a certificate as UTF-8, unescaped; empty when it is not valid in its type.
std::string utf8Text(const ASN1_STRING* text);

/// Escapes control characters (C0, DEL, C1) and the characters that change the direction of text as \XX for
/// each byte.
std::string displayable(const std::string& utf8);

}  // namespace signet
