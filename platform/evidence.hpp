// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"
#include "certs/revocation.hpp"
#include "certs/statement.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What was known of one certificate's revocation.
struct EvidenceProof {
    RevocationProof::Kind kind = RevocationProof::Kind::none;
    std::string note{};
    Bytes sha256{};  ///< of the OCSP response or CRL in the storage; empty when there is none
};

/// What proves one login (R26): enough to verify it without this program.
struct Evidence {
    std::string challengeId;
    std::string protectedText;  ///< base64url, as it was sent
    std::string payload;        ///< as it was rebuilt
    Bytes signature;            ///< as it was sent
    Algorithm algorithm = Algorithm::es256;
    std::vector<Certificate> chain;  ///< leaf first, anchor last
    TimePoint verifiedAt{};
    std::vector<EvidenceProof> proofs{};  ///< the leaf's first, then those of intermediate CAs
};

/// The leaf's, or one of kind none.
EvidenceProof leafProof(const Evidence& evidence);

/// For the sealed column, and back. Errors: internalError.
std::string encodeEvidence(const Evidence& evidence);
Result<Evidence> decodeEvidence(std::string_view text);

}  // namespace signet
