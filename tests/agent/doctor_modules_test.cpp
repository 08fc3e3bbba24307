// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/doctor_fixture.hpp"

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

Check moduleCheck(ModuleFacts fact) {
    auto facts = configured();
    facts.modules = {std::move(fact)};
    return checkModules(facts, kZh).at(1);
}

TEST(DoctorModules, failures_areNamedByTheirCause) {
    const std::vector<std::pair<ModuleFacts, CheckCode>> cases{
        {failing("load_failed", "libx.so.1: cannot open shared object file: No such file"),
         moduleMissingLibrary},
        {failing("load_failed", "it has no C_GetFunctionList: not a PKCS#11 module"), moduleNotPkcs11},
        {failing("load_failed", "undefined symbol"), moduleLoadFailed},
        {failing("initialize_failed"), moduleInitializeFailed},
        {failing("crashed", "signal 11"), moduleCrashed},
        {failing("exited"), moduleCrashed},
        {failing("deadline"), moduleHangs},
        {failing("protocol"), moduleFailed},
    };
    for (const auto& [fact, code] : cases) {
        const auto check = moduleCheck(fact);
        EXPECT_EQ(check.code, code) << check.seen;
        EXPECT_EQ(check.finding, Finding::fault);
    }
    EXPECT_THAT(moduleCheck(failing("crashed", "signal 11")).seen,
                HasSubstr("module_failed (crashed): signal 11"));
}

TEST(DoctorModules, fileItself_isSurerThanTheLinkersWords) {
    auto fact = failing("load_failed", "/m.so: cannot open shared object file: No such file");
    fact.library->elf->machine = 183;
    const auto other = moduleCheck(fact);
    EXPECT_EQ(other.code, moduleArchitecture);
    EXPECT_THAT(other.sentence, HasSubstr("arm64"));
    fact.library->elf.reset();
    EXPECT_EQ(moduleCheck(fact).code, moduleNotLibrary);
    fact.library->elf = ownElfHead();
    fact.library->isSkf = true;
    EXPECT_EQ(moduleCheck(fact).code, moduleIsSkf);
}

TEST(DoctorModules, working_isToldWithSlotsTokensAndTime) {
    EXPECT_EQ(moduleCheck(moduleFacts("/m.so", TokenListing{})).code, moduleNoSlot);
    EXPECT_EQ(moduleCheck(moduleFacts("/m.so", TokenListing{.emptySlotCount = 4})).code, moduleNoToken);
    EXPECT_EQ(moduleCheck(moduleFacts("/m.so", listingWith({.isInitialized = false}))).code, moduleNoToken);
    auto fact = moduleFacts("/m.so", listingWith({.label = "lock"}));
    EXPECT_EQ(moduleCheck(fact).code, module);
    EXPECT_THAT(moduleCheck(fact).seen, HasSubstr("1 token(s)"));
    fact.elapsed = std::chrono::seconds(4);
    EXPECT_EQ(moduleCheck(fact).code, moduleSlow);
    fact.listing->result->faults.push_back({.slot = 7, .error = {.code = ErrorCode::tokenError}});
    EXPECT_EQ(moduleCheck(fact).code, moduleSlot);
    EXPECT_THAT(moduleCheck(fact).seen, HasSubstr("slot 7"));
    fact.listing.reset();
    EXPECT_EQ(moduleCheck(fact).finding, Finding::skipped);
}

/// A driver that was merely found does not stand in the way of one that works.
TEST(DoctorModules, foundByTheWay_failsAsAHintWhereAnotherWorks) {
    auto facts = configured();
    facts.modules = {moduleFacts("/a.so", fail(ErrorCode::moduleFailed, "", "crashed"), "p11-kit")};
    EXPECT_EQ(checkModules(facts, kZh).at(1).finding, Finding::fault);
    facts.modules.push_back(moduleFacts("/b.so", listingWith({.label = "lock"})));
    EXPECT_EQ(checkModules(facts, kZh).at(1).finding, Finding::hint);
    facts.modules.front().file.source = "configuration";
    EXPECT_EQ(checkModules(facts, kZh).at(1).finding, Finding::fault);
    facts.modules.clear();
    EXPECT_THAT(codesOf(checkModules(facts, kZh)), ElementsAre("p11_kit", "no_module"));
}

TEST(DoctorModules, leftOut_isAHint) {
    auto facts = configured();
    const auto path = std::pair<const std::string, std::string>{"path", "/opt/x.so"};
    facts.leftOutModules = {
        {.code = ErrorCode::configurationInvalid,
         .reason = "module_writable",
         .detail = "/opt/x.so: others",
         .params = {path}},
        {.code = ErrorCode::configurationInvalid, .reason = "module_missing", .params = {path}}};
    EXPECT_THAT(codesOf(checkModules(facts, kZh)),
                ElementsAre("p11_kit", "no_module", "module_unsafe", "module_missing"));
    EXPECT_EQ(checkModules(facts, kZh).at(2).finding, Finding::hint);
    EXPECT_EQ(checkModules(facts, kZh).at(2).subject, "/opt/x.so");
    facts.modules = {moduleFacts("/m.so", listingWith({.label = "lock"}))};
    EXPECT_THAT(codesOf(checkModules(facts, kZh)), ElementsAre("p11_kit", "module_unsafe", "module"));
}

TEST(DoctorTokens, pin_isToldByItsState) {  // R57
    const auto codeOf = [](TokenInfo info) {
        auto facts = configured();
        facts.modules = {moduleFacts("/m.so", listingWith(std::move(info)))};
        return checkTokens(facts, kZh).at(0).code;
    };
    EXPECT_EQ(codeOf({}), token);
    EXPECT_EQ(codeOf({.isUserPinSet = false}), tokenPinNotSet);
    EXPECT_EQ(codeOf({.mustChangePin = true}), tokenPinMustChange);
    EXPECT_EQ(codeOf({.isPinCountLow = true}), tokenPinCountLow);
    EXPECT_EQ(codeOf({.isPinCountLow = true, .isPinFinalTry = true}), tokenPinFinalTry);
    EXPECT_EQ(codeOf({.isPinFinalTry = true, .isPinLocked = true}), tokenPinLocked);
    EXPECT_EQ(checkTokens(configured(), kZh).at(0).code, noToken);
}

TEST(DoctorTokens, serialNumber_keepsItsEndOnly) {
    auto facts = configured();
    facts.modules = {moduleFacts("/m.so", listingWith({.serial = "9180273645"}))};
    EXPECT_THAT(checkTokens(facts, kZh).at(0).seen, HasSubstr("…3645"));
    EXPECT_THAT(checkTokens(facts, kZh).at(0).seen, ::testing::Not(HasSubstr("918027")));
}

}  // namespace
}  // namespace signet
