// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// Issue 3, point 4: one row for each fault of a module that is known from the field, with what a listing and
// a login make of it. After each the module works again, and a module beside it has worked all the time.
#include "tests/pkcs11/fault_support.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace signet::test {
namespace {

using std::chrono::milliseconds;

/// "ok" or "code/reason".
template <class T>
std::string outcomeOf(const Result<T>& result) {
    if (result) return "ok";
    const auto& error = result.error();
    return std::string(errorInfo(error.code).name) + (error.reason.empty() ? "" : "/" + error.reason);
}

/// Its faulty slots, if any, as "; fault code/reason".
std::string outcomeOf(const Result<TokenListing>& listing, std::size_t expectedTokens) {
    if (!listing) return outcomeOf<TokenListing>(listing);
    std::string text = "ok";
    if (listing->tokens.size() != expectedTokens)
        text += ", " + std::to_string(listing->tokens.size()) + " tokens";
    for (const auto& fault : listing->faults)
        text += "; fault " + outcomeOf<void>(Result<void>(fail(fault.error)));
    return text;
}

struct Row {
    const char* name;
    std::vector<std::string> faults;
    const char* listing;
    const char* login;
    /// Lines of the token itself.
    std::vector<std::string> lines{};
};

void PrintTo(const Row& row, std::ostream* stream) {
    *stream << row.name;
}

const std::vector<Row> kRows{
    {"crash", {"C_GetTokenInfo 1+ crash"}, "module_failed/crashed", "module_failed/crashed"},
    {"exit", {"C_GetTokenInfo 1+ exit 0"}, "module_failed/exited", "module_failed/exited"},
    {"exitInTheSignature", {"C_Sign 1 exit 3"}, "ok", "module_failed/exited"},
    {"hang",
     {"C_GetSlotList 1+ hang", "C_SignInit 1+ hang"},
     "module_failed/deadline",
     "module_failed/deadline"},
    {"slow", {"C_GetTokenInfo 1 sleep 300", "C_Sign 1 sleep 300"}, "ok", "ok"},
    {"garbageSignatureLength", {"C_Sign 1+ length 63"}, "ok", "signature_invalid/signature_length"},
    {"garbageSignature", {"C_Sign 1+ corrupt"}, "ok", "ok"},  // the agent verifies: LoginFlow
    {"wrongSlotCount", {"C_GetSlotList 1+ length 4000000000"}, "token_error/length_out_of_range", "ok"},
    {"wrongMechanismCount",
     {"C_GetMechanismList 1+ length 4000000000"},
     "ok",
     "token_error/length_out_of_range"},
    {"slotThatFails",
     {"C_GetTokenInfo 1+ return CKR_FUNCTION_FAILED"},
     "ok, 0 tokens; fault token_error/function_failed",
     "token_error/function_failed"},
    {"generalError",
     {"C_OpenSession 1+ return CKR_GENERAL_ERROR"},
     "ok, 0 tokens; fault token_error/general_error",
     "token_error/general_error"},
    {"vendorCode",
     {"C_OpenSession 1+ return 0x80000004"},
     "ok, 0 tokens; fault token_error/unknown_code",
     "token_error/unknown_code"},
    {"sessionHandleThatDies",
     {"C_FindObjectsInit 1+ return CKR_SESSION_HANDLE_INVALID"},
     "ok, 0 tokens",
     "token_removed/session_closed"},
    {"keyHandleThatDies",
     {"C_SignInit 1+ return CKR_KEY_HANDLE_INVALID"},
     "ok",
     "token_error/key_handle_invalid"},
    {"countThatSaysFinalTry", {}, "ok", "pin_final_try_declined/not_asked", {"flag user-pin-final-try on"}},
    {"countThatSaysLocked", {}, "ok", "pin_locked", {"flag user-pin-locked on"}},
    {"uninitialised", {}, "ok", "token_error/token_not_initialized", {"flag token-initialized off"}},
    {"initialisedAlready", {"C_Initialize 1 after CKR_CRYPTOKI_ALREADY_INITIALIZED"}, "ok", "ok"},
    {"noThreads", {"C_Initialize 1 return CKR_CANT_LOCK"}, "ok", "ok"},
};

class FaultTable : public testing::TestWithParam<Row> {};

TEST_P(FaultTable, eachFault_hasItsNameAndDoesNotOutliveItself) {
    const auto& row = GetParam();
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    FakeModule beside;
    beside.addToken().addKey("01", sharedKey("p256"));
    const HostDeadlines deadlines{.list = milliseconds(1500), .sign = milliseconds(1500)};
    TokenHostClient other(hostProgram(), beside.modulePath());
    const auto request = [&] {
        TokenHostClient client(hostProgram(), fake.modulePath());
        return requestFrom(client, Algorithm::es256);
    }();
    fake.setLines(0, row.lines);
    fake.setFaults(row.faults);
    {
        TokenHostClient client(hostProgram(), fake.modulePath(), deadlines);
        EXPECT_EQ(outcomeOf(client.list(), 1), row.listing);
    }
    fake.setFaults(row.faults);  // counted anew
    TokenHostClient client(hostProgram(), fake.modulePath(), deadlines);
    EXPECT_EQ(outcomeOf(client.sign(request, secret("123456"))), row.login);
    EXPECT_EQ(outcomeOf(other.list(), 1), "ok") << "the module beside it";
    fake.setLines(0, {});
    fake.setFaults({});
    EXPECT_EQ(outcomeOf(client.list(), 1), "ok");
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << outcomeOf(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
}

INSTANTIATE_TEST_SUITE_P(Field, FaultTable, testing::ValuesIn(kRows),
                         [](const auto& each) { return std::string(each.param.name); });

// The rows that are about what is on a token; 64 slots, labels twice, a certificate without its key and one
// of 64 KiB: OddTokens, Reader.
TEST(FaultTable, keyWithoutCertificate_isNoCertificate) {
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"), {.hasCertificate = false});
    TokenHostClient client(hostProgram(), fake.modulePath());
    const auto listing = client.list();
    ASSERT_TRUE(listing);
    ASSERT_EQ(listing->tokens.size(), 1U);
    EXPECT_TRUE(listing->tokens[0].certificates.empty());
}

}  // namespace
}  // namespace signet::test
