// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_sections.hpp"

#include "cli_test_folder.hpp"
#include "qt_wait.hpp"
#include "tests/agent/doctor_fixture.hpp"

namespace signet {
namespace {

DoctorFacts wholeFacts() {
    auto facts = configured();
    facts.modules = {moduleFacts("/m.so", listingWith({.label = "lock"}))};
    facts.issuers = {IssuerFacts{.issuer = "https://a.test", .proxy = "direct"},
                     IssuerFacts{.issuer = "https://b.test", .proxy = "direct"}};
    facts.ports = {{.port = 28617, .program = "x"}};
    return facts;
}

std::vector<std::string> pendingTitles(const DoctorPending& pending) {
    std::vector<std::string> titles;
    for (const auto& section : checkSections(wholeFacts(), pending, Language::en)) {
        if (!section.isPending) continue;
        EXPECT_TRUE(section.checks.empty());
        titles.push_back(section.title);
    }
    return titles;
}

TEST(DoctorSections, whole_isCheckAllInItsOrder) {
    Checks checks;
    for (auto& section : checkSections(wholeFacts(), {}, kZh)) {
        EXPECT_FALSE(section.isPending);
        EXPECT_FALSE(section.title.empty());
        checks.insert(checks.end(), section.checks.begin(), section.checks.end());
    }
    EXPECT_EQ(codesOf(checks), codesOf(checkAll(wholeFacts(), kZh)));
    Checks unconfigured;
    for (auto& section : checkSections({}, {}, kZh))
        unconfigured.insert(unconfigured.end(), section.checks.begin(), section.checks.end());
    EXPECT_EQ(codesOf(unconfigured), codesOf(checkAll({}, kZh)));
}

TEST(DoctorSections, pending_judgesNothingTooEarly) {
    using ::testing::ElementsAre;
    EXPECT_THAT(pendingTitles({.modules = true}),
                ElementsAre("USB port", "Card readers", "Drivers", "USB key", "Certificates"));
    EXPECT_THAT(pendingTitles({.readers = true}), ElementsAre("USB port", "Card readers"));
    EXPECT_THAT(pendingTitles({.issuers = {"https://b.test"}}),
                ElementsAre("Certificates", "https://b.test"));
    EXPECT_THAT(pendingTitles({.revocation = true, .ports = true}),
                ElementsAre("Certificates", "Ports for web pages"));
}

/// A computer on which nothing is, so that nothing of this one counts.
DoctorPlaces nowhere(const TestFolder& folder) {
    return {folder / "usb", folder / "dev", folder / "proc", folder / "agent.sock"};
}

TEST(DoctorRun, end_comesAfterStartWithNothingPending) {
    testApplication();
    const TestFolder folder;
    DoctorRun run({.configuration = Configuration{.useP11Kit = false, .useKnownModules = false}},
                  nowhere(folder));
    bool isDone = false;
    run.start({}, [&] { isDone = true; });
    EXPECT_FALSE(isDone);
    ASSERT_TRUE(waitUntil([&] { return isDone; }));
    EXPECT_FALSE(run.pending().isAny());
    EXPECT_FALSE(checkAll(run.facts(), kZh).empty());
}

TEST(DoctorRun, destroyed_callsNothingAnyMore) {
    testApplication();
    const TestFolder folder;
    Configuration configuration{
        .issuers = {"https://localhost:1"}, .useP11Kit = false, .useKnownModules = false};
    bool isDone = false;
    {
        DoctorRun run({.configuration = configuration}, nowhere(folder));
        run.start({}, [&] { isDone = true; });
        EXPECT_EQ(run.pending().issuers.size(), 1U);
        EXPECT_TRUE(run.pending().ports);
    }
    QCoreApplication::processEvents();
    EXPECT_FALSE(isDone);
}

TEST(DoctorRun, timeUp_endsIt) {
    testApplication();
    const TestFolder folder;
    // TEST-NET-1 (RFC 5737): nobody answers.
    Configuration configuration{
        .issuers = {"https://192.0.2.1"}, .useP11Kit = false, .useKnownModules = false};
    DoctorRun run({.configuration = configuration}, nowhere(folder),
                  {.whole = std::chrono::milliseconds(50)});
    int count = 0;
    run.start({}, [&] { ++count; });
    ASSERT_TRUE(waitUntil([&] { return count > 0; }));
    QCoreApplication::processEvents();
    EXPECT_EQ(count, 1);
    EXPECT_FALSE(run.pending().isAny());
    EXPECT_EQ(run.facts().issuers.size(), 1U);
}

/// Its `done` may destroy it.
TEST(DoctorRun, done_mayDestroyIt) {
    testApplication();
    const TestFolder folder;
    auto run = std::make_unique<DoctorRun>(
        ConfigurationFacts{.configuration = fail(ErrorCode::configurationInvalid)}, nowhere(folder));
    run->start({}, [&] { run.reset(); });
    ASSERT_TRUE(waitUntil([&] { return run == nullptr; }));
}

}  // namespace
}  // namespace signet
