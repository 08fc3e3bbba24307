// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace signet {

/// Which key on which token. Slot numbers may change between listings, so label and serial are compared
/// before a PIN is sent.
struct KeyReference {
    std::uint64_t slot = 0;
    std::string tokenLabel{};
    std::string tokenSerial{};
    Bytes keyId{};        ///< CKA_ID
    Bytes certificate{};  ///< DER; the host checks that the token still holds it
};

struct SignRequest {
    KeyReference key{};
    /// Accepted algorithms, best first; the host takes the first that the token's mechanisms allow.
    std::vector<Algorithm> algorithms{};
    /// The signing input of the statement for every algorithm, in step with `algorithms` (the header names
    /// alg). What does not begin as a statement does is refused here and in the host: nothing else is ever
    /// signed.
    std::vector<std::string> statements{};
    /// The user was told that this is the last try of the PIN and wants it. Where the token says so only now,
    /// nothing is sent without it.
    bool isFinalTryAccepted = false;
};

struct SignReply {
    std::size_t chosen = 0;                    ///< index into algorithms
    Bytes signature{};                         ///< in the statement's form (raw r‖s, RSA block)
    std::chrono::microseconds signDuration{};  ///< of C_SignInit and C_Sign alone
};

struct PinChangeRequest {
    KeyReference token{};             ///< without key and certificate
    bool isFinalTryAccepted = false;  ///< as in SignRequest, for the old PIN
};

}  // namespace signet
