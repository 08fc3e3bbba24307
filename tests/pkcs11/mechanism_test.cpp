// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/mechanism.hpp"

#include "base/encoding.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

/// SHA-256 of "abc", FIPS 180-2 appendix B.1.
constexpr const char* kSha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Mechanism, softwareHash_comesFirst) {
    const auto methods = methodsFor(Algorithm::rs256);
    ASSERT_EQ(methods.size(), 2U);
    EXPECT_EQ(methods[0].mechanism, CKM_RSA_PKCS);
    EXPECT_TRUE(methods[0].isHashedHere);
    EXPECT_EQ(methods[1].mechanism, CKM_SHA256_RSA_PKCS);
    EXPECT_FALSE(methods[1].isHashedHere);
}

TEST(Mechanism, sm2_hasNoMethodWithoutAProfile) {
    EXPECT_TRUE(methodsFor(Algorithm::sm2sm3).empty());
}

TEST(Mechanism, input_isDigestInfoForPkcs1) {
    const auto input = inputFor(methodsFor(Algorithm::rs256)[0], "abc");
    ASSERT_TRUE(input);
    EXPECT_EQ(toHex(*input), std::string("3031300d060960864801650304020105000420") + kSha256OfAbc);
}

TEST(Mechanism, input_isTheHashForPssAndEcdsa) {
    EXPECT_EQ(toHex(*inputFor(methodsFor(Algorithm::ps256)[0], "abc")), kSha256OfAbc);
    EXPECT_EQ(toHex(*inputFor(methodsFor(Algorithm::es256)[0], "abc")), kSha256OfAbc);
    EXPECT_EQ(inputFor(methodsFor(Algorithm::es384)[0], "abc")->size(), 48U);
}

TEST(Mechanism, input_isTheStatementWhereTheTokenHashes) {
    EXPECT_EQ(textOf(*inputFor(methodsFor(Algorithm::es256)[1], "abc")), "abc");
}

TEST(Mechanism, pss_hasSaltAsLongAsTheHash) {
    MechanismArgument argument(methodsFor(Algorithm::ps256)[0]);
    ASSERT_EQ(argument.get()->ulParameterLen, sizeof(CK_RSA_PKCS_PSS_PARAMS));
    const auto* parameters = static_cast<const CK_RSA_PKCS_PSS_PARAMS*>(argument.get()->pParameter);
    EXPECT_EQ(parameters->hashAlg, CKM_SHA256);
    EXPECT_EQ(parameters->mgf, static_cast<CK_ULONG>(CKG_MGF1_SHA256));
    EXPECT_EQ(parameters->sLen, 32U);
}

}  // namespace
}  // namespace signet
