// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "pkcs11/sm2_strategy.hpp"

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

/// What a signature is asked for. Each kind of message has a shape of its own; nothing else is ever signed.
enum class MessageKind : std::uint8_t {
    loginStatement,  ///< the signing input of a login statement
    webEid,          ///< the two hashes that a Web eID authentication token signs
};

struct SignRequest {
    KeyReference key{};
    /// Accepted algorithms, best first; the host takes the first that the token's mechanisms allow.
    std::vector<Algorithm> algorithms{};
    /// The message for every algorithm, in step with `algorithms`: a statement's header names alg, the hashes
    /// of Web eID are those of the algorithm. What has not the shape of its kind is refused here and in the
    /// host.
    std::vector<std::string> statements{};
    /// The user was told that this is the last try of the PIN and wants it. Where the token says so only now,
    /// nothing is sent without it.
    bool isFinalTryAccepted = false;
    /// The ways to try for SM2SM3, best first, and the key types besides CKK_EC; empty where it is not asked
    /// for.
    Sm2Ways sm2{};
    MessageKind kind = MessageKind::loginStatement;
};

struct SignReply {
    std::size_t chosen = 0;                    ///< index into algorithms
    Bytes signature{};                         ///< in the statement's form (raw r‖s, RSA block)
    std::chrono::microseconds signDuration{};  ///< of C_SignInit and C_Sign alone
    std::string sm2Strategy{};                 ///< the name of the way that worked; empty but for SM2
};

struct PinChangeRequest {
    KeyReference token{};             ///< without key and certificate
    bool isFinalTryAccepted = false;  ///< as in SignRequest, for the old PIN
};

}  // namespace signet
