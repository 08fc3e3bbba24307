// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Each single PKCS#11 call of a listing, a signature and a change of PIN fails, with every fitting code: a
// named error, nothing left open, and the next login works.
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <set>

namespace signet::test {
namespace {

struct Code {
    const char* name;
    ErrorCode expected;
    /// The functions that may say it; empty: any.
    std::set<std::string> functions{};
};

const std::set<std::string> kPinFunctions{"C_Login", "C_SetPIN"};
const std::set<std::string> kLoginNeeded{"C_SignInit", "C_Sign", "C_FindObjectsInit", "C_FindObjects",
                                         "C_GetAttributeValue"};
const std::set<std::string> kSessionFunctions{
    "C_GetSessionInfo",    "C_Login",        "C_FindObjectsInit",  "C_FindObjects", "C_SignInit", "C_Sign",
    "C_GetAttributeValue", "C_CloseSession", "C_FindObjectsFinal", "C_Logout",      "C_SetPIN"};
const std::set<std::string> kSlotFunctions{"C_GetTokenInfo",     "C_GetSlotInfo",      "C_OpenSession",
                                           "C_GetMechanismList", "C_GetMechanismInfo", "C_CloseAllSessions"};

const std::vector<Code> kCodes{
    {"CKR_GENERAL_ERROR", ErrorCode::tokenError},
    {"CKR_FUNCTION_FAILED", ErrorCode::tokenError},
    {"CKR_HOST_MEMORY", ErrorCode::tokenError},
    {"CKR_ARGUMENTS_BAD", ErrorCode::tokenError},
    {"CKR_CRYPTOKI_NOT_INITIALIZED", ErrorCode::moduleFailed},
    {"CKR_DEVICE_ERROR", ErrorCode::tokenError},
    {"CKR_DEVICE_MEMORY", ErrorCode::tokenError},
    {"CKR_DEVICE_REMOVED", ErrorCode::tokenRemoved},
    {"CKR_TOKEN_NOT_PRESENT", ErrorCode::tokenRemoved},
    {"CKR_TOKEN_NOT_RECOGNIZED", ErrorCode::tokenError},
    {"CKR_FUNCTION_NOT_SUPPORTED", ErrorCode::tokenError},
    {"0x80000004", ErrorCode::tokenError},
    {"CKR_SLOT_ID_INVALID", ErrorCode::tokenRemoved, kSlotFunctions},
    {"CKR_SESSION_HANDLE_INVALID", ErrorCode::tokenRemoved, kSessionFunctions},
    {"CKR_SESSION_CLOSED", ErrorCode::tokenRemoved, kSessionFunctions},
    {"CKR_SESSION_COUNT", ErrorCode::tokenError, {"C_OpenSession"}},
    {"CKR_SESSION_READ_ONLY", ErrorCode::tokenError, {"C_SetPIN"}},
    {"CKR_TOKEN_WRITE_PROTECTED", ErrorCode::tokenError, {"C_OpenSession", "C_SetPIN"}},
    {"CKR_PIN_INCORRECT", ErrorCode::pinIncorrect, kPinFunctions},
    {"CKR_PIN_INVALID", ErrorCode::pinIncorrect, kPinFunctions},
    {"CKR_PIN_LEN_RANGE", ErrorCode::pinIncorrect, kPinFunctions},
    {"CKR_PIN_TOO_WEAK", ErrorCode::badRequest, {"C_SetPIN"}},
    {"CKR_PIN_EXPIRED", ErrorCode::tokenError, kPinFunctions},
    {"CKR_PIN_LOCKED", ErrorCode::pinLocked, kPinFunctions},
    {"CKR_USER_PIN_NOT_INITIALIZED", ErrorCode::tokenError, kPinFunctions},
    {"CKR_USER_ALREADY_LOGGED_IN", ErrorCode::tokenError, {"C_Login"}},
    {"CKR_FUNCTION_CANCELED", ErrorCode::userCancelled, {"C_Login", "C_Sign", "C_SetPIN"}},
    {"CKR_FUNCTION_REJECTED", ErrorCode::userCancelled, {"C_Login", "C_Sign", "C_SetPIN"}},
    {"CKR_USER_NOT_LOGGED_IN", ErrorCode::tokenError, kLoginNeeded},
    {"CKR_KEY_FUNCTION_NOT_PERMITTED", ErrorCode::tokenError, {"C_SignInit"}},
    {"CKR_KEY_HANDLE_INVALID", ErrorCode::tokenError, {"C_SignInit"}},
    {"CKR_MECHANISM_INVALID", ErrorCode::algNotAllowed, {"C_SignInit", "C_GetMechanismInfo"}},
    {"CKR_OBJECT_HANDLE_INVALID", ErrorCode::tokenError, {"C_GetAttributeValue"}},
    {"CKR_ATTRIBUTE_SENSITIVE", ErrorCode::tokenError, {"C_GetAttributeValue"}},
    {"CKR_ATTRIBUTE_TYPE_INVALID", ErrorCode::tokenError, {"C_GetAttributeValue"}},
    {"CKR_BUFFER_TOO_SMALL",
     ErrorCode::tokenError,
     {"C_GetAttributeValue", "C_GetSlotList", "C_GetMechanismList", "C_Sign"}},
    {"CKR_OPERATION_ACTIVE",
     ErrorCode::tokenError,
     {"C_FindObjectsInit", "C_SignInit", "C_Login", "C_Logout", "C_SetPIN"}},
    {"CKR_OPERATION_NOT_INITIALIZED",
     ErrorCode::tokenError,
     {"C_FindObjects", "C_FindObjectsFinal", "C_Login", "C_Sign"}},
    {"CKR_DATA_INVALID", ErrorCode::tokenError, {"C_Sign"}},
    {"CKR_DATA_LEN_RANGE", ErrorCode::tokenError, {"C_Sign"}},
};

/// The codes that one of these functions may say.
std::vector<Code> codesOf(const std::set<std::string>& functions) {
    std::vector<Code> codes;
    std::ranges::copy_if(kCodes, std::back_inserter(codes), [&](const Code& code) {
        return code.functions.empty() || std::ranges::any_of(code.functions, [&](const auto& each) {
                   return functions.contains(each);
               });
    });
    return codes;
}

/// What a command may go on without: what it only tidies up with, and what it only asks for a better message.
const std::set<std::string> kDispensable{
    "C_GetInfo",      "C_GetSlotInfo",      "C_GetSessionInfo",   "C_FindObjectsFinal", "C_Logout",
    "C_CloseSession", "C_CloseAllSessions", "C_GetMechanismInfo", "C_Finalize",         "C_WaitForSlotEvent"};

/// What GoogleTest prints of a parameter.
void PrintTo(const Code& code, std::ostream* stream) {
    *stream << code.name;
}

std::string nameOfCode(const testing::TestParamInfo<Code>& info) {
    return info.param.name;
}

class NthCall : public testing::TestWithParam<Code> {
protected:
    explicit NthCall(const std::vector<std::string>& lines = {}) {
        fake.addToken({.lines = lines}).addKey("01", sharedKey("p256"));
        request = requestFrom(host, Algorithm::es256);
        // What is asked once for a token and remembered must not differ between the rounds.
        EXPECT_TRUE(host.sign(request, secret("123456")));
    }

    /// The functions that `command` calls, in their order.
    template <class Command>
    std::vector<std::string> sequenceOf(Command command) {
        fake.setFaults({});
        fake.clearLog();
        command();
        std::vector<std::string> functions;
        for (const auto& call : fake.calls()) functions.push_back(call.function);
        return functions;
    }
    void strike(std::size_t n) {
        fake.clearLog();
        fake.setFaults({"any " + std::to_string(n) + " return " + GetParam().name});
    }
    bool isFitting(const std::string& function) const {
        return GetParam().functions.empty() || GetParam().functions.contains(function);
    }
    /// Whether there is another way to the same end: the attributes are asked for one by one, the next
    /// mechanism is taken.
    bool isSurvived(const std::string& function) const {
        const std::string code = GetParam().name;
        if (function == "C_SignInit") return code == "CKR_MECHANISM_INVALID";
        if (function == "C_GetAttributeValue")
            return code.starts_with("CKR_ATTRIBUTE_") || code == "CKR_BUFFER_TOO_SMALL";
        return kDispensable.contains(function);
    }
    /// Without this the loops could pass because nothing happened.
    void expectStruck(std::size_t n) const {
        const auto calls = fake.calls();
        ASSERT_GE(calls.size(), n);
        EXPECT_EQ(calls[n - 1].outcome, GetParam().name);
    }
    /// No session, no search, no signature, no login, unless the process that had them is gone.
    void expectNothingLeftOpen(const TokenHostClient& client, pid_t before) const {
        if (client.processId() != before) return;
        const auto last = fake.calls().back();
        for (const char* field : {"open", "find", "sign", "login"}) EXPECT_EQ(last.number(field), 0) << field;
    }
    void expectNamed(const Error& error) const { expectNamed(error, GetParam().expected); }
    void expectNamed(const Error& error, ErrorCode code) const {
        EXPECT_EQ(error.code, code) << error.detail;
        EXPECT_NE(error.detail.find(GetParam().name), std::string::npos) << error.detail;
        EXPECT_FALSE(sentence(error, Language::zh).empty());
        EXPECT_EQ(sentence(error, Language::en).find('{'), std::string::npos);
    }
    void expectVerifies(const Result<SignReply>& reply) const {
        ASSERT_TRUE(reply) << reply.error().detail;
        EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    }
    void expectLoginWorks(TokenHostClient& client) {
        fake.setFaults({});
        expectVerifies(client.sign(request, secret("123456")));
    }
    /// A signature whose n-th call, one of `function`, is struck.
    void expectSignatureEndsWell(TokenHostClient& client, std::size_t n, const std::string& function) {
        SCOPED_TRACE(std::to_string(n) + " " + function);
        const pid_t before = client.processId();
        strike(n);
        const auto reply = client.sign(request, secret("123456"));
        expectStruck(n);
        if (before != 0) expectNothingLeftOpen(client, before);
        if (function == "C_FindObjectsFinal" && !reply) {
            EXPECT_EQ(reply.error().reason, "operation_active");  // the search that could not be ended
        } else if (isSurvived(function)) {
            expectVerifies(reply);
        } else {
            ASSERT_FALSE(reply);
            expectNamed(reply.error());
        }
        expectLoginWorks(client);
    }
    /// Strikes every call of a signature that has so many logins.
    void expectEveryCallOfASignature(std::size_t logins) {
        const auto sequence = sequenceOf([&] { return host.sign(request, secret("123456")); });
        ASSERT_GT(sequence.size(), 8U);
        ASSERT_EQ(static_cast<std::size_t>(std::ranges::count(sequence, "C_Login")), logins);
        std::size_t rounds = 0;
        for (std::size_t n = 1; n <= sequence.size(); ++n) {
            if (!isFitting(sequence[n - 1])) continue;
            expectSignatureEndsWell(host, n, sequence[n - 1]);
            EXPECT_LE(fake.callsOf("C_Login").size(), 2 * logins);  // with those of the next login
            ++rounds;
        }
        EXPECT_GT(rounds, 0U);
    }

    FakeModule fake;
    TokenHostClient host{hostProgram(), fake.modulePath()};
    SignRequest request;
};

const std::set<std::string> kSignFunctions{"C_GetTokenInfo", "C_OpenSession",      "C_GetSessionInfo",
                                           "C_Login",        "C_FindObjectsInit",  "C_FindObjects",
                                           "C_SignInit",     "C_FindObjectsFinal", "C_GetAttributeValue",
                                           "C_Sign",         "C_Logout",           "C_CloseSession"};

class NthCallOfASignature : public NthCall {};

TEST_P(NthCallOfASignature, struck_endsNamedAndTheNextLoginWorks) {
    expectEveryCallOfASignature(1);
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfASignature, testing::ValuesIn(codesOf(kSignFunctions)), nameOfCode);

/// With the key's own login between C_SignInit and C_Sign.
class NthCallWithTwoLogins : public NthCall {
protected:
    NthCallWithTwoLogins() : NthCall({"always-authenticate"}) {}
};

TEST_P(NthCallWithTwoLogins, struck_endsNamedAndTheNextLoginWorks) {
    expectEveryCallOfASignature(2);
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallWithTwoLogins, testing::ValuesIn(codesOf(kSignFunctions)), nameOfCode);

/// A host that has not seen the token yet asks for its mechanisms.
class NthCallOfAFreshHost : public NthCall {
protected:
    static inline const std::set<std::string> kFunctions{"C_GetMechanismList", "C_GetMechanismInfo"};
    TokenHostClient freshHost() const { return {hostProgram(), fake.modulePath()}; }
};

TEST_P(NthCallOfAFreshHost, struck_endsNamedAndTheNextLoginWorks) {
    const auto sequence = sequenceOf([&] { return freshHost().sign(request, secret("123456")); });
    std::size_t rounds = 0;
    for (std::size_t n = 1; n <= sequence.size(); ++n) {
        const std::string& function = sequence[n - 1];
        if (!kFunctions.contains(function) || !isFitting(function)) continue;
        auto fresh = freshHost();
        expectSignatureEndsWell(fresh, n, function);
        ++rounds;
    }
    EXPECT_GT(rounds, 0U);
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfAFreshHost,
                         testing::ValuesIn(codesOf({"C_GetMechanismList", "C_GetMechanismInfo"})),
                         nameOfCode);

class NthCallOfAListing : public NthCall {};

TEST_P(NthCallOfAListing, struck_endsNamedAndTheNextLoginWorks) {
    const auto sequence = sequenceOf([&] { return host.list(); });
    ASSERT_GT(sequence.size(), 8U);
    std::size_t rounds = 0;
    for (std::size_t n = 1; n <= sequence.size(); ++n) {
        const std::string& function = sequence[n - 1];
        if (!isFitting(function)) continue;
        SCOPED_TRACE(std::to_string(n) + " " + function);
        const pid_t before = host.processId();
        strike(n);
        const auto faulty = host.list();
        expectStruck(n);
        expectNothingLeftOpen(host, before);
        if (!faulty) {
            EXPECT_EQ(function, "C_GetSlotList");
            expectNamed(faulty.error());
        } else if (function == "C_FindObjectsFinal" && !faulty->faults.empty()) {
            EXPECT_EQ(faulty->faults[0].error.reason, "operation_active");
        } else if (isSurvived(function)) {
            ASSERT_EQ(faulty->tokens.size(), 1U);
            ASSERT_EQ(faulty->tokens[0].certificates.size(), 1U);
            EXPECT_EQ(faulty->tokens[0].certificates[0].der, sharedKey("p256").certificate);
        } else if (GetParam().expected == ErrorCode::tokenRemoved) {
            EXPECT_TRUE(faulty->tokens.empty());  // it is gone, which is no fault of its slot
        } else {
            ASSERT_EQ(faulty->faults.size(), 1U);
            expectNamed(faulty->faults[0].error);
        }
        expectLoginWorks(host);
        ++rounds;
    }
    EXPECT_GT(rounds, 0U);
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfAListing,
                         testing::ValuesIn(codesOf({"C_GetSlotList", "C_GetTokenInfo", "C_OpenSession",
                                                    "C_FindObjectsInit", "C_FindObjects",
                                                    "C_FindObjectsFinal", "C_GetAttributeValue",
                                                    "C_CloseSession"})),
                         nameOfCode);

class NthCallOfAChange : public NthCall {
protected:
    Result<void> change() { return host.changePin({request.key}, secret("123456"), secret("654321")); }
    /// What C_SetPIN says of a PIN's form is about the new one.
    ErrorCode expectedOf(const std::string& function) const {
        const std::string code = GetParam().name;
        const bool isForm = code == "CKR_PIN_INVALID" || code == "CKR_PIN_LEN_RANGE";
        return function == "C_SetPIN" && isForm ? ErrorCode::badRequest : GetParam().expected;
    }
};

TEST_P(NthCallOfAChange, struck_endsNamedAndTheNextLoginWorks) {
    const auto sequence = sequenceOf([&] { return change(); });
    ASSERT_GT(sequence.size(), 3U);
    fake.forgetPins();
    std::size_t rounds = 0;
    for (std::size_t n = 1; n <= sequence.size(); ++n) {
        const std::string& function = sequence[n - 1];
        if (!isFitting(function)) continue;
        SCOPED_TRACE(std::to_string(n) + " " + function);
        const pid_t before = host.processId();
        strike(n);
        const auto changed = change();
        expectStruck(n);
        expectNothingLeftOpen(host, before);
        EXPECT_LE(fake.callsOf("C_SetPIN").size(), 1U);
        if (isSurvived(function)) {
            EXPECT_TRUE(changed) << changed.error().detail;
            fake.forgetPins();
        } else {
            ASSERT_FALSE(changed);
            expectNamed(changed.error(), expectedOf(function));
        }
        expectLoginWorks(host);  // with the old PIN
        ++rounds;
    }
    EXPECT_GT(rounds, 0U);
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallOfAChange,
                         testing::ValuesIn(codesOf({"C_GetTokenInfo", "C_OpenSession", "C_SetPIN",
                                                    "C_CloseSession"})),
                         nameOfCode);

/// From one call on nothing works any more, as when the driver has lost its device: also what tidies up
/// fails.
class NthCallAndLater : public NthCall {};

TEST_P(NthCallAndLater, ofASignature_endsNamedAndTheNextLoginWorks) {
    const auto sequence = sequenceOf([&] { return host.sign(request, secret("123456")); });
    for (std::size_t n = 1; n <= sequence.size(); ++n) {
        SCOPED_TRACE(std::to_string(n) + " " + sequence[n - 1]);
        fake.clearLog();
        fake.setFaults({"any " + std::to_string(n) + "+ return " + GetParam().name});
        const auto reply = host.sign(request, secret("123456"));
        expectStruck(n);
        const bool isTidyingOnly =
            std::all_of(sequence.begin() + static_cast<std::ptrdiff_t>(n) - 1, sequence.end(),
                        [](const auto& function) { return kDispensable.contains(function); });
        EXPECT_EQ(reply.has_value(), isTidyingOnly);
        if (!reply) expectNamed(reply.error());
        expectLoginWorks(host);
        EXPECT_EQ(fake.calls().back().number("login"), 0);
    }
}

INSTANTIATE_TEST_SUITE_P(Codes, NthCallAndLater, testing::ValuesIn(codesOf({})), nameOfCode);

/// The calls of a start: the module cannot be used, and says so; it is tried again with the next command.
TEST(NthCallOfAStart, everyCode_isModuleFailed) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    for (const char* function : {"C_GetFunctionList", "C_Initialize"}) {
        for (const char* code : {"CKR_GENERAL_ERROR", "CKR_HOST_MEMORY", "CKR_DEVICE_ERROR", "CKR_CANT_LOCK",
                                 "CKR_ARGUMENTS_BAD", "CKR_FUNCTION_FAILED", "CKR_FUNCTION_NOT_SUPPORTED",
                                 "CKR_CRYPTOKI_NOT_INITIALIZED", "0x80000004"}) {
            SCOPED_TRACE(std::string(function) + " " + code);
            TokenHostClient host(hostProgram(), fake.modulePath());
            // Every time: a module that refuses threads is asked again without.
            fake.setFaults({std::string(function) + " 1+ return " + code});
            const auto listing = host.list();
            ASSERT_FALSE(listing);
            EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
            EXPECT_NE(listing.error().detail.find(code), std::string::npos) << listing.error().detail;
            fake.setFaults({});
            EXPECT_TRUE(host.list());
        }
    }
}

/// The module says "failed" and has done it all the same: what it has then must not stay, above all not the
/// login.
TEST(NthCallThatSucceedsInSecret, sign_leavesNothingOpen) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    TokenHostClient host(hostProgram(), fake.modulePath());
    const auto request = requestFrom(host, Algorithm::es256);
    for (const char* function : {"C_Login", "C_SignInit", "C_Sign", "C_FindObjectsInit", "C_FindObjects"}) {
        SCOPED_TRACE(function);
        const pid_t before = host.processId();
        fake.setFaults({std::string(function) + " 1 after CKR_DEVICE_ERROR"});
        fake.clearLog();
        const auto reply = host.sign(request, secret("123456"));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::tokenError);
        if (host.processId() == before) {
            const auto last = fake.calls().back();
            EXPECT_EQ(last.number("open"), 0);
            EXPECT_EQ(last.number("login"), 0);
        }
        fake.setFaults({});
        EXPECT_TRUE(host.sign(request, secret("123456")));
    }
}

}  // namespace
}  // namespace signet::test
