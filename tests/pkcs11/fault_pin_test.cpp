// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// PINs: wrong, final try, locked, lengths, PIN pads, keys that want a PIN for every signature, change.
// R29 R57
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

namespace signet::test {
namespace {

struct FakePin : testing::Test {
    FakePin() { fake.addToken().addKey("01", sharedKey("p256")); }

    Result<SignReply> sign(std::string_view pin) {
        const auto request = requestFrom(host, Algorithm::es256);
        return host.sign(request, pin.empty() ? SecretBytes() : secret(pin));
    }
    TokenInfo token() {
        const auto listing = host.list();
        return listing ? listing->tokens.at(0).info : TokenInfo{};
    }
    std::vector<std::string> pinsSeen(const std::string& function = "C_Login") const {
        std::vector<std::string> pins;
        for (const auto& call : fake.callsOf(function)) pins.push_back(call.fields.at("pin"));
        return pins;
    }
    static std::string shortHash(std::string_view pin) { return FakeToken::sha256OfPin(pin).substr(0, 16); }

    FakeModule fake;
    TokenHostClient host{hostProgram(), fake.modulePath()};
};

TEST_F(FakePin, right_isSentOnce) {
    ASSERT_TRUE(sign("123456"));
    EXPECT_EQ(pinsSeen(), std::vector{shortHash("123456")});
}

TEST_F(FakePin, wrong_isSentOnceAndCounted) {
    const auto reply = sign("000000");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(reply.error().triesLeft, std::nullopt);  // the token says "fewer than all", not how many
    EXPECT_EQ(pinsSeen(), std::vector{shortHash("000000")});
    EXPECT_TRUE(token().isPinCountLow);
    EXPECT_FALSE(token().isPinFinalTry);
}

TEST_F(FakePin, wrongTwiceOfThree_saysOneTryLeft) {
    ASSERT_FALSE(sign("000000"));
    const auto reply = sign("000001");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(reply.error().triesLeft, 1);
    EXPECT_EQ(sentence(reply.error(), Language::en), "Wrong PIN. 1 tries left.");
    EXPECT_TRUE(token().isPinFinalTry);
    EXPECT_EQ(token().triesLeft, 1);
    EXPECT_EQ(pinsSeen().size(), 2U);
}

/// The flags that the user was asked by are older than the last try: nothing is sent before the user is
/// asked.
TEST_F(FakePin, finalTryThatWasNotAccepted_isNotSpent) {
    auto request = requestFrom(host, Algorithm::es256);
    for (const char* pin : {"000000", "000001"}) ASSERT_FALSE(host.sign(request, secret(pin)));
    fake.clearLog();
    const auto refused = host.sign(request, secret("123456"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::pinFinalTryDeclined);
    EXPECT_EQ(refused.error().reason, "not_asked");
    EXPECT_EQ(refused.error().triesLeft, 1);
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
    request.isFinalTryAccepted = true;
    EXPECT_TRUE(host.sign(request, secret("123456")));
}

TEST_F(FakePin, finalTryOfAPadThatWasNotAccepted_isNotSpent) {
    fake.setLines(0, {"flag protected-path on", "flag user-pin-final-try on"});
    auto request = requestFrom(host, Algorithm::es256);
    const auto refused = host.sign(request, SecretBytes());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::pinFinalTryDeclined);
    EXPECT_TRUE(pinsSeen().empty());
    request.isFinalTryAccepted = true;
    EXPECT_TRUE(host.sign(request, SecretBytes()));
}

TEST_F(FakePin, finalTryOfAChangeThatWasNotAccepted_isNotSpent) {
    fake.setLines(0, {"flag user-pin-final-try on"});
    const auto key = requestFrom(host, Algorithm::es256).key;
    const auto refused = host.changePin({key}, secret("123456"), secret("654321"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::pinFinalTryDeclined);
    EXPECT_EQ(refused.error().reason, "not_asked");
    EXPECT_EQ(refused.error().triesLeft, 1);
    EXPECT_TRUE(pinsSeen("C_SetPIN").empty());
    EXPECT_TRUE(
        host.changePin({.token = key, .isFinalTryAccepted = true}, secret("123456"), secret("654321")));
}

TEST_F(FakePin, tokenWithoutLogin_signsThoughNoPinIsSet) {
    fake.setLines(0, {"flag login-required off", "flag user-pin-initialized off",
                      "flag user-pin-final-try on", "visible-private-keys"});
    const auto request = requestFrom(host, Algorithm::es256);
    const auto reply = host.sign(request, SecretBytes());
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    EXPECT_TRUE(pinsSeen().empty());
}

TEST_F(FakePin, wrongThreeTimesOfThree_isLockedAndNothingMoreIsSent) {
    auto request = requestFrom(host, Algorithm::es256);
    request.isFinalTryAccepted = true;
    for (const char* pin : {"000000", "000001"}) ASSERT_FALSE(host.sign(request, secret(pin)));
    const auto third = host.sign(request, secret("000002"));
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, ErrorCode::pinLocked);
    EXPECT_EQ(third.error().triesLeft, 0);
    const auto fourth = sign("123456");
    ASSERT_FALSE(fourth);
    EXPECT_EQ(fourth.error().code, ErrorCode::pinLocked);
    EXPECT_EQ(pinsSeen().size(), 3U);
    EXPECT_TRUE(token().isPinLocked);
    EXPECT_EQ(token().triesLeft, 0);
}

TEST_F(FakePin, rightAfterWrong_bringsTheTriesBack) {
    ASSERT_FALSE(sign("000000"));
    ASSERT_TRUE(sign("123456"));
    EXPECT_FALSE(token().isPinCountLow);
}

/// Tries survive the module's process, as in a real token: a restart is no way around the counter.
TEST_F(FakePin, triesAreKeptOverACrash) {
    ASSERT_FALSE(sign("000000"));
    fake.setFaults({"C_GetSlotList 1 crash"});
    ASSERT_FALSE(host.list());
    fake.setFaults({});
    EXPECT_TRUE(token().isPinCountLow);
    ASSERT_FALSE(sign("000001"));
    EXPECT_TRUE(token().isPinFinalTry);
}

/// A crash in C_Login must not make anything send the PIN again.
TEST_F(FakePin, crashInLogin_doesNotSendItAgain) {
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setFaults({"C_Login 1 crash"});
    ASSERT_FALSE(host.sign(request, secret("123456")));
    fake.setFaults({});
    ASSERT_TRUE(host.list());
    EXPECT_EQ(fake.callsOf("C_Login").size(), 1U);
}

TEST_F(FakePin, lockedFlag_refusesWithoutSending) {
    fake.setLines(0, {"flag user-pin-locked on"});
    const auto reply = sign("123456");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinLocked);
    EXPECT_TRUE(pinsSeen().empty());
}

/// A module that says "incorrect" for a token it shows as locked: the user must hear "locked".
TEST_F(FakePin, incorrectOnATokenThatIsLockedNow_saysLocked) {
    auto request = requestFrom(host, Algorithm::es256);
    request.isFinalTryAccepted = true;
    fake.setLines(0, {"tries 1"});
    const auto reply = host.sign(request, secret("000000"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinLocked);
}

TEST_F(FakePin, notInitialised_isNamed) {
    fake.setLines(0, {"flag user-pin-initialized off"});
    const auto reply = sign("123456");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::tokenError);
    EXPECT_EQ(reply.error().reason, "pin_not_set");
    EXPECT_TRUE(pinsSeen().empty());
    EXPECT_FALSE(token().isUserPinSet);
}

TEST_F(FakePin, tokenNotInitialised_isListedAsSuch) {
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setLines(0, {"flag token-initialized off"});
    EXPECT_FALSE(token().isInitialized);
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "token_not_initialized");
}

TEST_F(FakePin, toBeChanged_isFlagged) {
    fake.setLines(0, {"flag user-pin-to-be-changed on"});
    EXPECT_TRUE(token().mustChangePin);
}

TEST_F(FakePin, lengthOutOfRange_isNotSent) {
    fake.setLines(0, {"pin-length 6 8"});
    EXPECT_EQ(token().minPinBytes, 6U);
    EXPECT_EQ(token().maxPinBytes, 8U);
    for (const char* pin : {"12345", "123456789"}) {
        const auto reply = sign(pin);
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
        EXPECT_EQ(reply.error().reason, "pin_length");
    }
    EXPECT_TRUE(pinsSeen().empty());
    EXPECT_FALSE(token().isPinCountLow);
    EXPECT_TRUE(sign("123456"));
}

TEST_F(FakePin, pad_getsNoPin) {
    fake.setLines(0, {"flag protected-path on", "pad accept"});
    EXPECT_TRUE(token().hasProtectedPath);
    EXPECT_TRUE(sign(""));
    EXPECT_EQ(pinsSeen(), std::vector<std::string>{"none"});
}

TEST_F(FakePin, padCancelled_isCancelled) {
    fake.setLines(0, {"flag protected-path on", "pad cancel"});
    const auto reply = sign("");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::userCancelled);
    EXPECT_EQ(pinsSeen(), std::vector<std::string>{"none"});
}

TEST_F(FakePin, padWrong_isIncorrectAndCounted) {
    fake.setLines(0, {"flag protected-path on", "pad wrong", "tries 2"});
    const auto reply = sign("");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(reply.error().triesLeft, 1);
}

TEST_F(FakePin, noPinWithoutAPad_isRefusedBeforeTheToken) {
    const auto reply = sign("");
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_TRUE(pinsSeen().empty());
}

/// The key wants its own login between C_SignInit and C_Sign: the one typed PIN serves both.
TEST_F(FakePin, keyThatAuthenticatesAlways_signs) {
    fake.setLines(0, {"always-authenticate"});
    const auto request = requestFrom(host, Algorithm::es256);
    const auto reply = host.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    const auto logins = fake.callsOf("C_Login");
    ASSERT_EQ(logins.size(), 2U);
    EXPECT_EQ(logins[0].fields.at("user"), "user");
    EXPECT_EQ(logins[1].fields.at("user"), "context");
    EXPECT_EQ(logins[1].fields.at("pin"), shortHash("123456"));
}

TEST_F(FakePin, wrongWithAKeyThatAuthenticatesAlways_costsOneTry) {
    fake.setLines(0, {"always-authenticate"});
    ASSERT_FALSE(sign("000000"));
    EXPECT_EQ(pinsSeen().size(), 1U);
}

TEST_F(FakePin, padWithAKeyThatAuthenticatesAlways_asksTwice) {
    fake.setLines(0, {"flag protected-path on", "always-authenticate"});
    EXPECT_TRUE(sign(""));
    EXPECT_EQ(pinsSeen(), (std::vector<std::string>{"none", "none"}));
}

TEST_F(FakePin, change_needsTheOldAndIsKept) {
    const auto request = requestFrom(host, Algorithm::es256);
    ASSERT_TRUE(host.changePin({request.key}, secret("123456"), secret("654321")));
    EXPECT_EQ(pinsSeen("C_SetPIN"), std::vector{shortHash("123456")});
    EXPECT_TRUE(sign("654321"));
    EXPECT_FALSE(sign("123456"));
    EXPECT_EQ(fake.calls().back().number("open"), 0);
}

TEST_F(FakePin, changeWithAWrongOldPin_isIncorrectAndCounted) {
    const auto request = requestFrom(host, Algorithm::es256);
    const auto changed = host.changePin({request.key}, secret("000000"), secret("654321"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(fake.callsOf("C_SetPIN").size() + fake.callsOf("C_Login").size(), 1U);
    EXPECT_TRUE(token().isPinCountLow);
    EXPECT_TRUE(sign("123456"));
}

TEST_F(FakePin, changeToABadLength_isRefusedWithoutSending) {
    fake.setLines(0, {"pin-length 6 8"});
    const auto request = requestFrom(host, Algorithm::es256);
    for (const char* pin : {"1", "123456789"}) {
        const auto changed = host.changePin({request.key}, secret("123456"), secret(pin));
        ASSERT_FALSE(changed);
        EXPECT_EQ(changed.error().code, ErrorCode::badRequest);
        EXPECT_EQ(changed.error().reason, "pin_length");
    }
    EXPECT_TRUE(fake.callsOf("C_SetPIN").empty());
    EXPECT_TRUE(fake.callsOf("C_Login").empty());
}

TEST_F(FakePin, changeOnAPad_getsNoPin) {
    fake.setLines(0, {"flag protected-path on", "pad accept"});
    const auto key = requestFrom(host, Algorithm::es256).key;
    const auto changed = host.changePin({key}, SecretBytes(), SecretBytes());
    ASSERT_TRUE(changed) << changed.error().detail;
    EXPECT_EQ(pinsSeen("C_SetPIN"), std::vector<std::string>{"none"});
}

TEST_F(FakePin, wrongOldPinOnAPad_isIncorrectAndCounted) {
    fake.setLines(0, {"flag protected-path on", "pad wrong", "tries 2"});
    const auto key = requestFrom(host, Algorithm::es256).key;
    const auto changed = host.changePin({key}, SecretBytes(), SecretBytes());
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(changed.error().triesLeft, 1);
    EXPECT_EQ(pinsSeen("C_SetPIN").size(), 1U);
}

TEST_F(FakePin, changeCancelledOnAPad_isCancelledAndCostsNoTry) {
    fake.setLines(0, {"flag protected-path on", "pad cancel"});
    const auto key = requestFrom(host, Algorithm::es256).key;
    const auto changed = host.changePin({key}, SecretBytes(), SecretBytes());
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::userCancelled);
    EXPECT_FALSE(token().isPinCountLow);
}

/// One PIN typed, the other on the reader: no token can do that, and nothing is sent.
TEST_F(FakePin, changeHalfOnAPad_isRefused) {
    fake.setLines(0, {"flag protected-path on"});
    const auto key = requestFrom(host, Algorithm::es256).key;
    const auto changed = host.changePin({key}, secret("123456"), SecretBytes());
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::badRequest);
    EXPECT_TRUE(pinsSeen("C_SetPIN").empty());
}

TEST_F(FakePin, changeOfALockedPin_saysLocked) {
    const auto request = requestFrom(host, Algorithm::es256);
    fake.setLines(0, {"flag user-pin-locked on"});
    const auto changed = host.changePin({request.key}, secret("123456"), secret("654321"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::pinLocked);
    EXPECT_TRUE(fake.callsOf("C_SetPIN").empty());
}

}  // namespace
}  // namespace signet::test
