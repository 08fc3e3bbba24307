// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <cstddef>

namespace signet {

// What is taken at most, on both ends of the token host and from the module: one number for each, so that
// what one end writes the other end reads. Units: bytes, unless it is a count.

inline constexpr std::size_t kMaxSlots = 256;
inline constexpr std::size_t kMaxCertificatesPerToken = 64;
inline constexpr std::size_t kMaxCertificateBytes = 64 * 1024;
/// CKA_ID, CKA_LABEL, names of tokens.
inline constexpr std::size_t kMaxNameBytes = 1024;
/// Algorithms of one request, each with its statement.
inline constexpr std::size_t kMaxAlgorithms = 16;
/// Ways to make an SM2 signature, and key types, of one request.
inline constexpr std::size_t kMaxSm2Strategies = 64;
inline constexpr std::size_t kMaxSm2KeyTypes = 64;

}  // namespace signet
