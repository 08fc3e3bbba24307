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

/// Its faulty slots, if any, as "; fault code/reason".
std::string listingOutcome(const Result<TokenListing>& listing, std::size_t expectedTokens) {
    if (!listing) return outcomeOf(listing);
    std::string text = "ok";
    if (listing->tokens.size() != expectedTokens)
        text += ", " + std::to_string(listing->tokens.size()) + " tokens";
    for (const auto& token : listing->tokens)
        if (token.leftOutCertificates > 0)
            text += ", " + std::to_string(token.leftOutCertificates) + " left out";
    for (const auto& fault : listing->faults) text += "; fault " + outcomeOf(Result<void>(fail(fault.error)));
    return text;
}

struct Row {
    const char* name;
    std::vector<std::string> faults;
    const char* listing;
    const char* login;
    /// Lines of the token itself.
    std::vector<std::string> lines{};
    /// What is there beside the one token with its key.
    void (*addition)(FakeModule&) = nullptr;
    /// Which certificate logs in.
    std::size_t certificate = 0;
    milliseconds deadline{1500};
};

void addSixtyThreeSlots(FakeModule& fake) {
    for (unsigned long slot = 1; slot < 64; ++slot)
        fake.addToken({.slot = slot, .serial = std::to_string(slot)});
}

void addTokenOfTheSameLabel(FakeModule& fake) {
    fake.addToken({.slot = 7, .serial = "7"}).addKey("01", sharedKey("rsa2048"));
}

void addCertificateWithoutKey(FakeModule& fake) {
    fake.addKey("02", sharedKey("rsa2048"), {.hasPrivateKey = false, .hasPublicKey = false});
}

void addKeyWithoutCertificate(FakeModule& fake) {
    fake.addKey("02", sharedKey("rsa2048"), {.hasCertificate = false});
}

void addCertificateOf(FakeModule& fake, std::size_t bytes) {
    const KeyAndCertificate large{{}, {}, Bytes(bytes, 1)};
    fake.addKey("02", large, {.hasPrivateKey = false, .hasPublicKey = false});
}

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
    {"slow",
     {"C_GetTokenInfo 1 sleep 3000", "C_Sign 1 sleep 3000"},
     "ok",
     "ok",
     {},
     nullptr,
     0,
     milliseconds(30'000)},
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
    {"sixtyFourSlots", {}, "ok, 64 tokens", "ok", {}, addSixtyThreeSlots},
    {"sameLabelTwice", {}, "ok, 2 tokens", "ok", {}, addTokenOfTheSameLabel},
    {"certificateWithoutKey", {}, "ok", "no_certificate/key_missing", {}, addCertificateWithoutKey, 1},
    {"keyWithoutCertificate", {}, "ok", "ok", {}, addKeyWithoutCertificate},
    {"certificateOf64KiB", {}, "ok", "ok", {}, [](FakeModule& f) { addCertificateOf(f, 64 * 1024); }},
    {"certificateOver64KiB",
     {},
     "ok, 1 left out",
     "ok",
     {},
     [](FakeModule& f) { addCertificateOf(f, 64 * 1024 + 1); }},
};

class FaultTable : public testing::TestWithParam<Row> {};

TEST_P(FaultTable, eachFault_hasItsNameAndDoesNotOutliveItself) {
    const auto& row = GetParam();
    FakeModule fake;
    fake.addToken().addKey("01", sharedKey("p256"));
    if (row.addition != nullptr) row.addition(fake);
    FakeModule beside;
    beside.addToken().addKey("01", sharedKey("p256"));
    const HostDeadlines deadlines{.list = row.deadline, .sign = row.deadline};
    TokenHostClient other(hostProgram(), beside.modulePath());
    const auto requestOf = [&](std::size_t certificate) {
        TokenHostClient client(hostProgram(), fake.modulePath());
        return requestFrom(client, certificate == 0 ? Algorithm::es256 : Algorithm::rs256, 0, certificate);
    };
    const auto request = requestOf(0);
    const auto chosen = requestOf(row.certificate);
    fake.setLines(0, row.lines);
    fake.setFaults(row.faults);
    {
        TokenHostClient client(hostProgram(), fake.modulePath(), deadlines);
        EXPECT_EQ(listingOutcome(client.list(), 1), row.listing);
    }
    fake.setFaults(row.faults);  // counted anew
    TokenHostClient client(hostProgram(), fake.modulePath(), deadlines);
    EXPECT_EQ(outcomeOf(client.sign(chosen, secret("123456"))), row.login);
    EXPECT_EQ(listingOutcome(other.list(), 1), "ok") << "the module beside it";
    fake.setLines(0, {});
    fake.setFaults({});
    EXPECT_EQ(listingOutcome(client.list(), 1), row.addition == nullptr ? "ok" : row.listing);
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_TRUE(reply) << outcomeOf(reply) << reply.error().detail;
    EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
}

INSTANTIATE_TEST_SUITE_P(Field, FaultTable, testing::ValuesIn(kRows),
                         [](const auto& each) { return std::string(each.param.name); });

/// Beside the row of that name: a token with nothing but a key.
TEST(FaultTable, keyAlone_isNoCertificate) {
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
