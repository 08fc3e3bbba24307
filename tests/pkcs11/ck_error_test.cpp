// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_error.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

struct Case {
    CK_RV rv;
    ErrorCode code;
    const char* reason;
};

TEST(CkError, knownCodes_haveTheirCauses) {
    for (const auto& [rv, code, reason] : {
             Case{CKR_PIN_INCORRECT, ErrorCode::pinIncorrect, ""},
             Case{CKR_PIN_LEN_RANGE, ErrorCode::pinIncorrect, "pin_length"},
             Case{CKR_PIN_LOCKED, ErrorCode::pinLocked, ""},
             Case{CKR_DEVICE_REMOVED, ErrorCode::tokenRemoved, "device_removed"},
             Case{CKR_TOKEN_NOT_PRESENT, ErrorCode::tokenRemoved, "token_not_present"},
             Case{CKR_SESSION_HANDLE_INVALID, ErrorCode::tokenRemoved, "session_closed"},
             Case{CKR_FUNCTION_CANCELED, ErrorCode::userCancelled, "token_cancelled"},
             Case{CKR_DEVICE_ERROR, ErrorCode::tokenError, "device_error"},
             Case{CKR_MECHANISM_INVALID, ErrorCode::algNotAllowed, "mechanism_refused"},
             Case{CKR_CRYPTOKI_NOT_INITIALIZED, ErrorCode::moduleFailed, "not_initialized"},
         }) {
        const auto error = ckError(rv, "C_Login");
        EXPECT_EQ(error.code, code) << ckName(rv);
        EXPECT_EQ(error.reason, reason) << ckName(rv);
    }
}

TEST(CkError, detail_namesFunctionAndCode) {
    EXPECT_EQ(ckError(CKR_PIN_INCORRECT, "C_Login").detail, "C_Login: CKR_PIN_INCORRECT (0xa0)");
}

TEST(CkError, locked_hasNoTriesLeft) {
    EXPECT_EQ(ckError(CKR_PIN_LOCKED, "C_Login").triesLeft, 0);
    EXPECT_EQ(ckError(CKR_PIN_INCORRECT, "C_Login").triesLeft, std::nullopt);
}

/// Vendors' codes keep all their bits and are never taken for another code (libp11 cuts 0x80000004 to 0x4).
TEST(CkError, unknownCodes_keepTheirNumberAndAreTokenErrors) {
    EXPECT_EQ(ckError(0x80000004UL, "C_Sign").detail, "C_Sign: 0x80000004");
    EXPECT_EQ(ckError(0xFFFFFFFF800000A4UL, "C_Sign").detail, "C_Sign: 0xffffffff800000a4");
    for (const CK_RV rv : {0x4UL, 0x7FFFFFFFUL, 0x80000004UL, 0x800000A4UL, 0x80000000000000A4UL, ~0UL}) {
        EXPECT_EQ(ckError(rv, "C_Login").code, ErrorCode::tokenError) << rv;
        EXPECT_EQ(ckError(rv, "C_Login").reason, "unknown_code") << rv;
    }
}

/// Only one code of all says "locked" (china.md: a failed query was shown as "locked" by a vendor's tool).
TEST(CkError, nothingElse_isLocked) {
    for (CK_RV rv = 1; rv < 0x300; ++rv)
        EXPECT_EQ(ckError(rv, "C_Login").code == ErrorCode::pinLocked, rv == CKR_PIN_LOCKED) << rv;
}

}  // namespace
}  // namespace signet
