// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_module.hpp"

#include <string_view>
#include <vector>

namespace signet {

/// One way to make a signature of the statement on a token.
struct SigningMethod {
    Algorithm algorithm;
    CK_MECHANISM_TYPE mechanism;
    bool isHashedHere;  ///< the token gets the digest (for RS256: the DigestInfo), else the statement itself
};

/// The ways for an algorithm, best first: a hash made here keeps the message to the token short. Empty for
/// SM2SM3: its mechanisms are vendors' numbers (sm2_strategy.hpp).
std::vector<SigningMethod> methodsFor(Algorithm algorithm);

/// The mechanisms of a token, without those of the standard of which it says that they do not sign.
/// Errors: what C_GetMechanismList says; tokenError with reason "length_out_of_range".
Result<std::vector<CK_MECHANISM_TYPE>> signingMechanisms(const Module& module, CK_SLOT_ID slot);

/// Whether a mechanism signs, as far as the token tells.
bool isForSigning(const Module& module, CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism);

/// A CK_MECHANISM with its parameter; pointers stay inside, so it is neither copied nor moved.
class MechanismArgument {
public:
    explicit MechanismArgument(const SigningMethod& method);
    MechanismArgument(const MechanismArgument&) = delete;
    MechanismArgument& operator=(const MechanismArgument&) = delete;
    ~MechanismArgument() = default;
    CK_MECHANISM* get() { return &m_mechanism; }

private:
    CK_RSA_PKCS_PSS_PARAMS m_pss;
    CK_MECHANISM m_mechanism;
};

/// What C_Sign gets for a statement.
/// Errors: internalError when OpenSSL has no such hash.
Result<Bytes> inputFor(const SigningMethod& method, std::string_view statement);

}  // namespace signet
