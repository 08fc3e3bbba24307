// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agreement_documents.hpp"

#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

namespace signet {
namespace {

using Documents = std::vector<AgreementDocument>;

struct Reading {
    ScriptedLoop loop;
    ScriptedPlatform platform{loop, kIssuer};
    std::optional<Result<Documents>> result;
    std::unique_ptr<AgreementDocuments> documents = std::make_unique<AgreementDocuments>(platform);

    Reading() {
        platform.metadata.agreements.clear();
        platform.challenge.agreements.clear();
    }
    void publishBoth() {
        platform.publish("privacy-policy", "2026-09", "隐私政策",
                         "---\nid: privacy-policy\nversion: 2026-09\n---\n# P\n\n1. **p**\n");
        platform.publish("user-agreement", "2026-10", "用户服务协议", "# U\n\nu\n");
    }
    void load() {
        result.reset();
        documents->load(kIssuer, [this](Result<Documents> r) { result = std::move(r); });
        EXPECT_FALSE(result) << "never before the call returns";
    }
    std::string failure() {
        load();
        loop.runAll();
        return !result ? "no reply" : *result ? "no failure" : nameOf(result->error());
    }
};

// R01, R41
TEST(AgreementDocuments, all_areReadInTheirOrder) {
    Reading reading;
    reading.publishBoth();
    reading.load();
    reading.loop.runAll();
    ASSERT_TRUE(reading.result && *reading.result);
    const auto& documents = **reading.result;
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0].published.title, "隐私政策");
    EXPECT_EQ(documents[0].text.paragraphs.at(1).runs, (std::vector<TextRun>{{"p", true}}));
    EXPECT_EQ(documents[1].reference().version, "2026-10");
    for (std::size_t i = 0; i < 2; ++i)
        EXPECT_EQ(documents[i].reference().sha256, reading.platform.challenge.agreements[i].sha256);
    EXPECT_EQ(reading.platform.running(), 0U);
}

TEST(AgreementDocuments, none_areNoError) {
    Reading reading;
    EXPECT_EQ(reading.failure(), "no failure");
    EXPECT_TRUE((*reading.result)->empty());
}

TEST(AgreementDocuments, textThatIsNotThePublishedOne_isNotShown) {
    Reading reading;
    reading.publishBoth();
    reading.platform.documents.begin()->second += " ";
    EXPECT_EQ(reading.failure(), "platform_error/document_changed");
}

TEST(AgreementDocuments, headOfAnotherDocument_isRefused) {
    for (const std::string head : {"id: other\nversion: 1", "id: ua\nversion: 2"}) {
        Reading reading;
        reading.platform.publish("ua", "1", "U", "---\n" + head + "\n---\ntext\n");
        EXPECT_EQ(reading.failure(), "platform_error/document_malformed") << head;
        EXPECT_EQ(reading.result->error().params.at("host"), "uc.example.test");
    }
}

TEST(AgreementDocuments, moreThanCanBeShown_areRefused) {
    Reading reading;
    for (std::size_t i = 0; i <= kMaxListed; ++i)
        reading.platform.publish("d" + std::to_string(i), "1", "D", "text");
    EXPECT_EQ(reading.failure(), "platform_error/question_too_long");
}

TEST(AgreementDocuments, maintenance_isSaid) {
    Reading reading;
    reading.platform.metadata.isInMaintenance = true;
    reading.platform.metadata.maintenanceUntil = "2026-11-25T00:00:00Z";
    EXPECT_EQ(reading.failure(), "maintenance");
}

TEST(AgreementDocuments, everyReply_mayFail) {
    for (int n = 0; n < 3; ++n) {
        Reading reading;
        reading.publishBoth();
        reading.loop.failReply(n, {.code = ErrorCode::platformUnreachable, .reason = "refused"});
        EXPECT_EQ(reading.failure(), "platform_unreachable/refused") << n;
        EXPECT_EQ(reading.platform.running(), 0U);
        EXPECT_EQ(reading.failure(), "no failure") << "the next time works";
    }
}

TEST(AgreementDocuments, cancel_endsItSilently) {
    for (int steps = 0; steps < 3; ++steps) {
        Reading reading;
        reading.publishBoth();
        reading.load();
        for (int i = 0; i < steps; ++i) reading.loop.runOne();
        reading.documents.reset();
        reading.loop.runAll();
        EXPECT_FALSE(reading.result) << steps;
        EXPECT_EQ(reading.platform.running(), 0U);
    }
}

}  // namespace
}  // namespace signet
