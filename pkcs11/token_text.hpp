// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

#include <cstddef>
#include <string>

namespace signet {

/// A text as tokens write them: padding (spaces, NUL) cut off, UTF-8. What is no UTF-8 is taken for GB18030,
/// as older Chinese tokens write their labels; what is neither gets U+FFFD for each bad byte.
std::string tokenText(BytesView padded);

template <std::size_t N>
std::string tokenText(const unsigned char (&padded)[N]) {
    return tokenText(BytesView(padded, N));
}

}  // namespace signet
