// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

// What was read before the login began, and what is signed.
#include "agent/agreement_documents.hpp"
#include "base/encoding.hpp"
#include "tests/agent/login_flow_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

std::vector<AgreementRef> refsOf(const std::vector<AgreementDocument>& documents) {
    std::vector<AgreementRef> refs;
    for (const auto& document : documents) refs.push_back(document.reference());
    return refs;
}

/// A person who has read both agreements and wants to register.
struct Reader : Desktop {
    Reader() {
        platform.metadata.agreements.clear();
        platform.challenge.agreements.clear();
        platform.publish("privacy-policy", "2026-09", "隐私政策", "# P\n\n1. **p**\n");
        platform.publish("user-agreement", "2026-09", "用户服务协议", "# U\n\nu\n");
        AgreementDocuments documents(platform);
        documents.load(kIssuer, [this](Result<std::vector<AgreementDocument>> read) {
            ASSERT_TRUE(read);
            request.acceptedAgreements = refsOf(*read);
        });
        loop.runAll();
        request.purpose = Purpose::bind;
    }
};

// R01, R02: what was ticked in the window is what the signature accepts, by version and hash of the very
// text.
TEST(LoginFlowAccepted, documentsThatWereRead_areSignedWithoutAnotherQuestion) {
    Reader reader;
    reader.run();
    ASSERT_TRUE(reader.isLoggedIn());
    EXPECT_TRUE(reader.ui.confirmations.empty());
    // The platform verified the signature over its own record of the challenge, whose agreements these are.
    ASSERT_EQ(reader.platform.consumed, 1);
    const auto& named = reader.platform.challenge.agreements;
    ASSERT_EQ(named.size(), 2U);
    const auto payload = reader.tokens.signRequests.at(0).statements.at(0);
    const auto text = fromBase64Url(payload.substr(payload.find('.') + 1));
    ASSERT_TRUE(text);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(named[i].sha256, reader.request.acceptedAgreements[i].sha256);
        EXPECT_EQ(named[i].sha256,
                  toBase64Url(sha256(
                      bytesOf(reader.platform.documents[kIssuer + "/agreements/" + named[i].sha256]))));
        EXPECT_NE(textOf(*text).find("{\"id\":\"" + named[i].id + "\",\"s256\":\"" + named[i].sha256 +
                                     "\",\"ver\":\"2026-09\"}"),
                  std::string_view::npos)
            << textOf(*text);
    }
    // And on this computer.
    const auto kept =
        reader.agreements.accepted(kIssuer, sharedPki().enterprise().certificate.fingerprintHex());
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[1].sha256, named[1].sha256);
}

// R01: a document that changed after it was read is not accepted unread.
TEST(LoginFlowAccepted, documentThatChangedSince_isAskedAgain) {
    const std::vector<std::function<void(std::vector<AgreementRef>&)>> rows{
        [](auto& agreements) { agreements[0].sha256 = std::string(43, 'Z'); },
        [](auto& agreements) { agreements[1].version = "2026-10"; },
        [](auto& agreements) { agreements[1].id = "another"; },
        [](auto& agreements) {
            agreements.push_back({"third", "1", std::string(43, 'Y')});
        }};
    for (const auto& change : rows) {
        Reader reader;
        change(reader.platform.challenge.agreements);
        reader.ui.confirms = false;
        reader.run();
        EXPECT_EQ(nameOf(reader.error()), "user_cancelled/agreements_declined");
        EXPECT_EQ(reader.ui.confirmations, std::vector{Confirmation::agreements});
        EXPECT_TRUE(reader.nothingWasSigned());
        EXPECT_TRUE(reader.agreements.known.empty());
    }
}

TEST(LoginFlowAccepted, moreThanIsSigned_needsNoQuestion) {
    Reader reader;
    reader.platform.challenge.agreements.pop_back();
    reader.run();
    EXPECT_TRUE(reader.isLoggedIn());
    EXPECT_TRUE(reader.ui.confirmations.empty());
}

}  // namespace
}  // namespace signet
