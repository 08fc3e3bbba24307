// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What Web eID calls an authentication token: who signed, for a site's own server to verify.
/// Source: Web eID system architecture, "Authentication token format", web-eid:1.0.
struct WebEidToken {
    Certificate certificate;
    Algorithm algorithm;
    Bytes signature;  ///< RSA as it is, ECDSA raw r‖s
};

/// Base64 with padding, 44 to 128 characters of it. Errors: invalidRequest with reason "challenge_nonce".
Result<void> checkWebEidNonce(std::string_view challengeNonce);

/// What Web eID demands of a certificate beside what every login does: keyUsage is there (a site's library
/// refuses one without it), and the key is RSA, P-256 or P-384. Errors: certificateNotForLogin with reason
/// "key_usage_absent"; algNotAllowed with reason "web_eid_sm2" or "key_type".
Result<void> checkWebEidCertificate(const Certificate& leaf);

/// The algorithms for a key, best first: every site knows the first. Empty where Web eID has none (SM2).
std::vector<Algorithm> webEidAlgorithms(KeyType key);

/// What is signed: H(origin) ‖ H(challengeNonce), each as its text, H being the algorithm's hash; signing
/// hashes it once more. 64 bytes, ES384 96. Errors: algNotAllowed for SM2SM3; internalError.
Result<Bytes> webEidMessage(Algorithm algorithm, std::string_view origin, std::string_view challengeNonce);

/// Whether the token says that its certificate's key signed for this origin and nonce. Nothing is said about
/// the certificate. Errors: algNotAllowed, badSignature.
Result<void> verifyWebEidToken(const WebEidToken& token, std::string_view origin,
                               std::string_view challengeNonce);

/// Exactly the five members.
Json webEidTokenJson(const WebEidToken& token);

}  // namespace signet
