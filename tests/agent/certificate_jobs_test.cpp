// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_install_job.hpp"
#include "agent/certificate_request_job.hpp"

#include "certs/test_pki/test_pki.hpp"
#include "tests/doubles/scripted_tokens.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace signet {
namespace {

/// Notes its questions; answers them later, with a yes, a PIN or the first choice.
class LateAsker final : public Asker {
public:
    explicit LateAsker(ScriptedLoop& loop) : m_commands(loop) {}

    void askSecret(const std::string& prompt, Reply<SecretBytes> reply) override {
        note(prompt);
        m_open = m_commands.answer<SecretBytes>(std::move(reply), SecretBytes(bytesOf("123456")));
    }
    void confirm(const std::string& prompt, Reply<bool> reply) override {
        note(prompt);
        m_open = m_commands.answer<bool>(std::move(reply), isYes);
    }
    void confirmAction(const std::string& prompt, const std::string& action, Reply<bool> reply) override {
        actions.push_back(action);
        confirm(prompt, std::move(reply));
    }
    void choose(const std::string& prompt, const std::vector<AskerChoice>&,
                Reply<std::size_t> reply) override {
        note(prompt);
        m_open = m_commands.answer<std::size_t>(std::move(reply), 0);
    }
    void tell(const std::string&) override {}
    bool isPerson() const override { return true; }
    void withdraw() override { m_commands.end(m_open); }
    std::size_t open() const { return m_commands.running(); }

    std::vector<std::string> prompts;
    std::vector<std::string> actions;
    bool isYes = true;

private:
    void note(const std::string& prompt) { prompts.push_back(prompt); }

    ScriptedCommands m_commands;
    CommandId m_open = 0;
};

class CertificateJobsTest : public testing::Test {
protected:
    CertificateJobsTest() {
        char folder[] = "/tmp/signet-jobs-XXXXXX";
        m_folder = ::mkdtemp(folder);
        m_clock.time = pki().now();
        m_tokens.canRenew = true;
        auto& device = m_tokens.addToken("/m.so", "lock", "s1");
        ScriptedTokens::addCertificate(device, issue("enterprise-p256"), "old");
    }
    ~CertificateJobsTest() override { std::filesystem::remove_all(m_folder); }

    static TestPki& pki() {
        static TestPki pki;
        return pki;
    }
    static Issued issue(const std::string& name) {
        auto profile = TestPki::profile(name);
        profile.keyLabel = "jobs";
        return pki().issue(profile);
    }
    RenewalPorts ports() { return {m_tokens, m_asker, m_trust, m_clock, Language::en}; }
    std::filesystem::path out() { return m_folder / "request.pem"; }
    std::filesystem::path answer() {
        std::ofstream(m_folder / "answer.pem") << issue("enterprise-p256").certificate.toPem();
        return m_folder / "answer.pem";
    }
    std::size_t running() { return m_tokens.running() + m_asker.open(); }

    std::filesystem::path m_folder;
    ScriptedLoop m_loop;
    ScriptedTokens m_tokens{m_loop};
    LateAsker m_asker{m_loop};
    TrustList m_trust;
    FakeClock m_clock;
};

TEST_F(CertificateJobsTest, request_asksBeforeANewKeyAndWritesTheFile) {
    CertificateRequestJob job(ports());
    std::optional<Result<CertificateRequestMade>> made;
    job.start({.out = out(), .newKey = NewKeyKind::p256},
              [&](Result<CertificateRequestMade> result) { made = std::move(result); });
    m_loop.runAll();
    ASSERT_TRUE(made && *made);
    EXPECT_EQ((*made)->reply.keyId, Bytes{0x77});
    EXPECT_TRUE(std::filesystem::exists(out()));
    EXPECT_EQ(m_asker.actions, std::vector<std::string>{"Make a new key"});
    EXPECT_EQ(m_asker.prompts.size(), 2U) << "and the PIN";
}

TEST_F(CertificateJobsTest, noAnswer_changesNothing) {
    m_asker.isYes = false;
    CertificateInstallJob install(ports());
    std::optional<Result<CertificateInstalled>> installed;
    install.start({answer()}, [&](Result<CertificateInstalled> result) { installed = std::move(result); });
    m_loop.runAll();
    ASSERT_TRUE(installed);
    EXPECT_EQ(installed->error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(m_tokens.installRequests.empty());
    EXPECT_EQ(m_asker.actions, std::vector<std::string>{"Write the certificate"});
}

TEST_F(CertificateJobsTest, install_looksAtTheTokenAgain) {
    CertificateInstallJob job(ports());
    std::optional<Result<CertificateInstalled>> installed;
    job.start({answer()}, [&](Result<CertificateInstalled> result) { installed = std::move(result); });
    m_loop.runAll();
    ASSERT_TRUE(installed && *installed);
    EXPECT_EQ(m_tokens.listings, 2);
    EXPECT_FALSE((*installed)->isUsable) << "this trust list is empty";
    EXPECT_EQ((*installed)->warnings.size(), 1U);
}

/// Cancelled after the n-th event, for every n: nothing runs, no question is open and no reply comes.
TEST_F(CertificateJobsTest, cancelAtAnyMoment_leavesNothing) {
    for (int n = 0;; ++n) {
        bool hasReplied = false;
        const auto file = m_folder / ("request" + std::to_string(n));
        CertificateRequestJob job(ports());
        job.start({.out = file, .newKey = NewKeyKind::p256},
                  [&](const Result<CertificateRequestMade>&) { hasReplied = true; });
        for (int i = 0; i < n && m_loop.runOne(); ++i) {
        }
        const bool isOver = hasReplied;
        job.cancel();
        EXPECT_EQ(running(), 0U) << n;
        m_loop.runAll();
        EXPECT_EQ(hasReplied, isOver) << n;
        EXPECT_EQ(std::filesystem::exists(file), isOver) << n;
        if (isOver) break;
        ASSERT_LT(n, 20);
    }
}

// Every reply can fail: the job ends with that error, and nothing stays.
TEST_F(CertificateJobsTest, anyFailure_endsTheJobByItsName) {
    for (int n = 0; n < 3; ++n) {
        ScriptedLoop loop;
        ScriptedTokens tokens(loop);
        tokens.canRenew = true;
        ScriptedTokens::addCertificate(tokens.addToken("/m.so", "lock", "s1"), issue("enterprise-p256"),
                                       "old");
        LateAsker asker(loop);
        loop.failReply(n, Error{.code = ErrorCode::timeout});
        std::optional<Result<CertificateInstalled>> installed;
        CertificateInstallJob job({tokens, asker, m_trust, m_clock, Language::en});
        job.start({answer()}, [&](Result<CertificateInstalled> result) { installed = std::move(result); });
        loop.runAll();
        ASSERT_TRUE(installed) << n;
        ASSERT_FALSE(*installed) << n;
        EXPECT_EQ(installed->error().code, ErrorCode::timeout) << n;
        EXPECT_EQ(tokens.running() + asker.open(), 0U) << n;
    }
}

TEST_F(CertificateJobsTest, sm2KeyOfItsOwn_cannotBeRequestedFor) {
    const auto certificate = pki().named("enterprise-sm2").certificate;
    EXPECT_EQ(checkRequestKey(certificate, std::nullopt).error().reason, "sm2_request_unsupported");
    EXPECT_TRUE(checkRequestKey(certificate, NewKeyKind::p256));
    EXPECT_TRUE(checkRequestKey(pki().person().certificate, std::nullopt));
}

}  // namespace
}  // namespace signet
