// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The RAII types over a real SoftHSM in this process.
#include "pkcs11/ck_session.hpp"

#include "pkcs11/ck_attributes.hpp"
#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_find.hpp"
#include "pkcs11/ck_login.hpp"
#include "pkcs11/ck_token.hpp"
#include "tests/doubles/fake_module_fixture.hpp"

#include <gtest/gtest.h>

#include <array>

namespace signet {
namespace {

struct OneToken : testing::Test {
    OneToken() : module(start()), slot(slotsWithToken(module)->at(0)) {}

    Module start() {
        store.addToken({.label = "one"});
        return std::move(*Module::load(test::SoftHsmStore::modulePath()));
    }
    CK_SESSION_INFO infoOf(const Session& session) const {
        CK_SESSION_INFO info{};
        EXPECT_EQ(session.api().C_GetSessionInfo(session.handle(), &info), CKR_OK);
        return info;
    }
    CK_TOKEN_INFO tokenInfo() const {
        CK_TOKEN_INFO info{};
        EXPECT_EQ(module.api().C_GetTokenInfo(slot, &info), CKR_OK);
        return info;
    }

    test::SoftHsmStore store;
    Module module;
    CK_SLOT_ID slot;
};

TEST_F(OneToken, session_isClosedAtItsEnd) {
    CK_SESSION_HANDLE handle = 0;
    {
        const auto session = Session::open(module, slot);
        ASSERT_TRUE(session);
        handle = session->handle();
    }
    CK_SESSION_INFO info{};
    EXPECT_EQ(module.api().C_GetSessionInfo(handle, &info), CKR_SESSION_HANDLE_INVALID);
}

TEST_F(OneToken, movedSession_isClosedOnce) {
    auto session = Session::open(module, slot);
    ASSERT_TRUE(session);
    const Session moved = std::move(*session);
    EXPECT_EQ(infoOf(moved).state, CKS_RO_PUBLIC_SESSION);
}

TEST_F(OneToken, access_isReadOnlyUnlessAskedFor) {
    EXPECT_EQ(infoOf(*Session::open(module, slot)).flags & CKF_RW_SESSION, 0U);
    EXPECT_NE(infoOf(*Session::open(module, slot, Session::Access::readWrite)).flags & CKF_RW_SESSION, 0U);
}

TEST_F(OneToken, login_isEndedAtItsEnd) {
    const auto session = Session::open(module, slot);
    ASSERT_TRUE(session);
    {
        const auto login = Login::user(*session, bytesOf("123456"));
        ASSERT_TRUE(login);
        EXPECT_EQ(infoOf(*session).state, CKS_RO_USER_FUNCTIONS);
    }
    EXPECT_EQ(infoOf(*session).state, CKS_RO_PUBLIC_SESSION);
}

TEST_F(OneToken, wrongPin_isPinIncorrectAndLeavesNoLogin) {
    const auto session = Session::open(module, slot);
    const auto login = Login::user(*session, bytesOf("000000"));
    ASSERT_FALSE(login);
    EXPECT_EQ(login.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(infoOf(*session).state, CKS_RO_PUBLIC_SESSION);
}

/// A login that something else left behind does not make a wrong PIN right.
TEST_F(OneToken, stateOfAnEarlierLogin_doesNotCount) {
    const auto left = Session::open(module, slot);
    std::array<CK_UTF8CHAR, 6> pin{'1', '2', '3', '4', '5', '6'};
    ASSERT_EQ(module.api().C_Login(left->handle(), CKU_USER, pin.data(), pin.size()), CKR_OK);
    const auto session = Session::open(module, slot);
    const auto login = Login::user(*session, bytesOf("000000"));
    ASSERT_FALSE(login);
    EXPECT_EQ(login.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(infoOf(*session).state, CKS_RO_PUBLIC_SESSION);
}

TEST_F(OneToken, search_isEndedOnEveryPath) {
    const auto session = Session::open(module, slot);
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    const std::array criteria{criterion(CKA_CLASS, objectClass)};
    {
        const auto search = FindOperation::start(*session, criteria);
        ASSERT_TRUE(search);
        const auto second = FindOperation::start(*session, criteria);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().reason, "operation_active");
    }
    EXPECT_TRUE(FindOperation::start(*session, criteria));
}

TEST_F(OneToken, search_stopsAtItsLimit) {
    const auto& key = test::sharedKey("p256");
    for (const char* id : {"01", "02", "03"}) store.importCertificate("one", id, key.certificate);
    const auto session = Session::open(module, slot);
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    const std::array criteria{criterion(CKA_CLASS, objectClass)};
    EXPECT_EQ(findObjects(*session, criteria, 64)->size(), 3U);
    EXPECT_EQ(findObjects(*session, criteria, 2)->size(), 2U);
}

struct Attributes : OneToken {
    CK_OBJECT_HANDLE certificate(const Session& session, std::size_t valueBytes) {
        value.assign(valueBytes, 0x42);
        CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
        CK_CERTIFICATE_TYPE type = CKC_X_509;
        CK_BBOOL no = CK_FALSE;
        std::array<std::uint8_t, 1> subject{0x30};
        std::array attributes{criterion(CKA_CLASS, objectClass), criterion(CKA_CERTIFICATE_TYPE, type),
                              criterion(CKA_TOKEN, no), criterion(CKA_SUBJECT, subject),
                              CK_ATTRIBUTE{CKA_VALUE, value.data(), value.size()}};
        CK_OBJECT_HANDLE handle = 0;
        EXPECT_EQ(
            session.api().C_CreateObject(session.handle(), attributes.data(), attributes.size(), &handle),
            CKR_OK);
        return handle;
    }

    Bytes value;
};

TEST_F(Attributes, valueThatFits_isRead) {
    const auto session = Session::open(module, slot);
    AttributeReader reader({{CKA_CERTIFICATE_TYPE, 8, 8}, {CKA_VALUE, 4096, 65536}});
    ASSERT_TRUE(reader.read(*session, certificate(*session, 1000)));
    EXPECT_EQ(reader.number(CKA_CERTIFICATE_TYPE), CKC_X_509);
    ASSERT_TRUE(reader.value(CKA_VALUE));
    EXPECT_TRUE(std::equal(value.begin(), value.end(), reader.value(CKA_VALUE)->begin(),
                           reader.value(CKA_VALUE)->end()));
}

TEST_F(Attributes, valueLongerThanTheBuffer_isReadToo) {
    const auto session = Session::open(module, slot);
    AttributeReader reader({{CKA_CERTIFICATE_TYPE, 8, 8}, {CKA_VALUE, 100, 65536}});
    ASSERT_TRUE(reader.read(*session, certificate(*session, 65536)));
    EXPECT_EQ(reader.value(CKA_VALUE)->size(), 65536U);
    EXPECT_EQ(reader.number(CKA_CERTIFICATE_TYPE), CKC_X_509);
    ASSERT_TRUE(reader.read(*session, certificate(*session, 50)));
    EXPECT_EQ(reader.value(CKA_VALUE)->size(), 50U);
}

TEST_F(Attributes, valueOverItsCap_countsAsNotThere) {
    const auto session = Session::open(module, slot);
    AttributeReader reader({{CKA_CERTIFICATE_TYPE, 8, 8}, {CKA_VALUE, 4096, 65536}});
    ASSERT_TRUE(reader.read(*session, certificate(*session, 65537)));
    EXPECT_FALSE(reader.value(CKA_VALUE));
    EXPECT_EQ(reader.number(CKA_CERTIFICATE_TYPE), CKC_X_509);
}

TEST_F(Attributes, attributeThatTheObjectLacks_countsAsNotThere) {
    const auto session = Session::open(module, slot);
    AttributeReader reader(
        {{CKA_ALWAYS_AUTHENTICATE, 1, 1}, {CKA_MODULUS, 16, 4096}, {CKA_VALUE, 4096, 65536}});
    ASSERT_TRUE(reader.read(*session, certificate(*session, 10)));
    EXPECT_FALSE(reader.flag(CKA_ALWAYS_AUTHENTICATE));
    EXPECT_FALSE(reader.value(CKA_MODULUS));
    EXPECT_EQ(reader.value(CKA_VALUE)->size(), 10U);
}

TEST_F(Attributes, handleThatIsNone_isAnError) {
    const auto session = Session::open(module, slot);
    AttributeReader reader({{CKA_VALUE, 4096, 65536}});
    const auto read = reader.read(*session, 12345);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().reason, "object_handle_invalid");
}

TEST(TokenFlags, eachFlag_isTold) {
    struct Case {
        CK_FLAGS flag;
        bool TokenInfo::*member;
    };
    for (const auto& [flag, member] : {Case{CKF_TOKEN_INITIALIZED, &TokenInfo::isInitialized},
                                       Case{CKF_USER_PIN_INITIALIZED, &TokenInfo::isUserPinSet},
                                       Case{CKF_USER_PIN_TO_BE_CHANGED, &TokenInfo::mustChangePin},
                                       Case{CKF_USER_PIN_COUNT_LOW, &TokenInfo::isPinCountLow},
                                       Case{CKF_USER_PIN_FINAL_TRY, &TokenInfo::isPinFinalTry},
                                       Case{CKF_USER_PIN_LOCKED, &TokenInfo::isPinLocked},
                                       Case{CKF_PROTECTED_AUTHENTICATION_PATH, &TokenInfo::hasProtectedPath},
                                       Case{CKF_LOGIN_REQUIRED, &TokenInfo::isLoginRequired}}) {
        CK_TOKEN_INFO info{};
        EXPECT_FALSE(toTokenInfo(info, 1).*member) << flag;
        info.flags = flag;
        EXPECT_TRUE(toTokenInfo(info, 1).*member) << flag;
    }
}

TEST(TokenFlags, triesLeft_areToldOnlyWhereTheFlagsTellThem) {
    CK_TOKEN_INFO info{};
    EXPECT_EQ(toTokenInfo(info, 1).triesLeft, std::nullopt);
    info.flags = CKF_USER_PIN_COUNT_LOW;
    EXPECT_EQ(toTokenInfo(info, 1).triesLeft, std::nullopt);
    info.flags |= CKF_USER_PIN_FINAL_TRY;
    EXPECT_EQ(toTokenInfo(info, 1).triesLeft, 1);
    info.flags |= CKF_USER_PIN_LOCKED;
    EXPECT_EQ(toTokenInfo(info, 1).triesLeft, 0);
}

TEST(TokenFlags, pinLengthsThatAreNotTold_areZero) {
    CK_TOKEN_INFO info{};
    for (const CK_ULONG unknown : {CK_UNAVAILABLE_INFORMATION, CK_ULONG{0xFFFFFFFF}, CK_ULONG{0}}) {
        info.ulMaxPinLen = unknown;
        EXPECT_EQ(toTokenInfo(info, 1).maxPinBytes, 0U) << unknown;
    }
    info.ulMaxPinLen = 16;
    EXPECT_EQ(toTokenInfo(info, 1).maxPinBytes, 16U);
}

}  // namespace
}  // namespace signet
