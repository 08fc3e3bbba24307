// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Accounts, their certificates, agreements and what is stored of them.
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace signet::test {
namespace {

Bytes fingerprintOf(const Issued& issued) {
    const auto& fingerprint = issued.certificate.fingerprint();
    return {fingerprint.begin(), fingerprint.end()};
}

json namingCertificate(const Issued& issued) {
    return {{"certificate", toBase64Url(issued.certificate.fingerprint())}};
}

TEST(Accounts, login_without_account_is_unknown_and_bind_makes_one) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), signer)), "account_unknown");
    platform.registerWith(signer);
    EXPECT_EQ(platform.login(platform.startForAgent("login"), signer).status, 200);
    // A second bind with the same certificate is a login.
    EXPECT_EQ(platform.login(platform.startForAgent("bind"), signer).status, 200);
    EXPECT_EQ(platform.storage().accounts()->size(), 1U);
}

// R05: natural persons and organisations, unique by kind and number, also under 50 at once.
TEST(Accounts, fifty_registrations_at_once_make_one_account) {
    TestPlatform platform;
    auto profile = TestPki::profile("enterprise-p256");
    std::vector<std::string> bodies;
    for (int i = 0; i < 50; ++i) {
        const auto signer = sharedPki().issue(profile);  // 50 certificates of one enterprise
        bodies.push_back(platform.signedBody(platform.startForAgent("bind"), signer).dump());
    }
    std::vector<HttpResponse> answers(bodies.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < bodies.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = platform.send("POST", "/agent/v1/logins", bodies[i]); });
    for (auto& thread : threads) thread.join();
    int made = 0;
    for (const auto& answer : answers) {
        made += answer.status == 200 ? 1 : 0;
        EXPECT_EQ(codeOf(answer), answer.status == 200 ? "" : "certificate_not_bound") << answer.body;
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(platform.storage().accounts()->size(), 1U);
    EXPECT_EQ(platform.login(platform.startForAgent("bind"), sharedPki().person()).status, 200);
    EXPECT_EQ(platform.storage().accounts()->size(), 2U);
}

// R27: a renewed certificate of the same identity, approved by a signature of the old one.
TEST(Accounts, renewed_certificate_is_bound_by_the_old_one) {
    TestPlatform platform;
    const auto old = sharedPki().enterprise();
    const auto renewed = sharedPki().renewedEnterprise();
    platform.registerWith(old);
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), renewed)), "certificate_not_bound");
    const auto pending = platform.login(platform.startForAgent("bind"), renewed);
    EXPECT_EQ(pending.status, 403);
    EXPECT_EQ(codeOf(pending), "certificate_not_bound");
    EXPECT_EQ(bodyOf(pending)["reason"], "approval_needed");

    const auto rebind = platform.startForAgent("rebind", namingCertificate(renewed));
    ASSERT_TRUE(rebind.challenge.text);
    EXPECT_NE(rebind.challenge.text->find(renewed.certificate.fingerprintHex()), std::string::npos);
    EXPECT_NE(rebind.challenge.text->find(dateText(renewed.certificate.notAfter())), std::string::npos);
    // The new certificate cannot approve itself.
    EXPECT_EQ(codeOf(platform.login(rebind, renewed)), "certificate_not_bound");
    EXPECT_EQ(platform.login(rebind, old).status, 200);
    EXPECT_EQ(platform.login(platform.startForAgent("login"), renewed).status, 200);
    EXPECT_EQ(platform.login(platform.startForAgent("login"), old).status, 200);
}

// R27: another identity is refused, and an officer is alerted.
TEST(Accounts, other_identity_cannot_approve_a_certificate) {
    TestPlatform platform;
    const auto renewed = sharedPki().renewedEnterprise();
    platform.registerWith(sharedPki().enterprise());
    platform.registerWith(sharedPki().otherEnterprise());
    (void)platform.login(platform.startForAgent("bind"), renewed);
    const auto rebind = platform.startForAgent("rebind", namingCertificate(renewed));
    EXPECT_EQ(codeOf(platform.login(rebind, sharedPki().otherEnterprise())), "act_not_allowed");
    const auto audit = platform.storage().audit();
    EXPECT_TRUE(audit->back().isAlert);
    EXPECT_EQ((**platform.storage().certificate(fingerprintOf(renewed))).state, BindingState::pending);
    const auto none = platform.post(
        "/agent/v1/challenges",
        {{"purpose", "rebind"}, {"sid", s256("x")}, {"certificate", s256("no certificate at all")}});
    EXPECT_EQ(codeOf(none), "certificate_not_bound");
}

// R28: two certificates of one enterprise at once; revoking one leaves the other and ends its own sessions.
TEST(Accounts, revoking_one_certificate_leaves_the_other) {
    TestPlatform platform;
    const auto first = sharedPki().enterprise();
    const auto second = sharedPki().renewedEnterprise();
    platform.registerWith(first);
    (void)platform.login(platform.startForAgent("bind"), second);
    ASSERT_TRUE(
        *platform.storage().setBinding(fingerprintOf(second), BindingState::active, platform.clock.now()));
    std::vector<HttpFields> sessions;
    for (const auto* signer : {&first, &second}) {
        const auto started = platform.startForAgent("login");
        const auto done = platform.complete(started, platform.login(started, *signer));
        ASSERT_EQ(done.status, 200);
        sessions.push_back({{"cookie", cookieOf(done, "__Host-signet-session")}});
    }
    ASSERT_TRUE(
        *platform.storage().setBinding(fingerprintOf(first), BindingState::revoked, platform.clock.now()));
    EXPECT_EQ(platform.send("GET", "/session", "", sessions[0]).status, 401);
    EXPECT_EQ(platform.send("GET", "/session", "", sessions[1]).status, 200);
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), first)), "certificate_not_bound");
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("bind"), first)), "certificate_not_bound");
    EXPECT_EQ(platform.login(platform.startForAgent("login"), second).status, 200);
}

// R05: one certificate names the enterprise by its organisation code, the next by its USCC.
TEST(Accounts, organisation_code_and_uscc_of_one_enterprise_are_one_account) {
    TestPlatform platform;
    Profile profile;
    profile.subject = {{"C", "CN"}, {"CN", "某公司"}};
    profile.extensions = {{"1.2.156.112562.2.1.1.1", derValue(0x0C, bytesOf("JJ776049653"))}};
    const auto byCode = sharedPki().issue(profile);
    profile.extensions.clear();
    profile.uscc = "91350200776049653A";
    const auto byUscc = sharedPki().issue(profile);
    platform.registerWith(byCode);
    const auto pending = platform.login(platform.startForAgent("bind"), byUscc);
    EXPECT_EQ(codeOf(pending), "certificate_not_bound") << pending.body;
    EXPECT_EQ(bodyOf(pending)["reason"], "approval_needed");
    EXPECT_EQ(platform.storage().accounts()->size(), 1U);
    const json act{{"as", "enterprise"}, {"org", profile.uscc}};
    EXPECT_EQ(platform.login(platform.startForAgent("login", {{"act", act}}), byCode).status, 200);
}

TEST(Accounts, each_account_state_has_its_code) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto id = platform.storage().accounts()->front().id;
    const std::pair<AccountState, const char*> states[] = {{AccountState::restricted, "account_restricted"},
                                                           {AccountState::suspended, "account_suspended"},
                                                           {AccountState::frozen, "account_frozen"},
                                                           {AccountState::terminated, "account_terminated"}};
    for (const auto& [state, code] : states) {
        const auto started = platform.startForAgent("login");
        const auto login = platform.login(started, signer);
        ASSERT_EQ(login.status, 200);
        ASSERT_TRUE(*platform.storage().setAccountState(id, state, platform.clock.now()));
        EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), signer)), code);
        EXPECT_EQ(codeOf(platform.login(platform.startForAgent("bind"), signer)), code);
        EXPECT_EQ(codeOf(platform.complete(started, login)), code);
        if (state == AccountState::terminated) break;  // Nothing comes after it.
        ASSERT_TRUE(*platform.storage().setAccountState(id, AccountState::active, platform.clock.now()));
    }
}

// R02: the consents ended with the account.
TEST(Accounts, terminated_account_stays_terminated) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto id = platform.storage().accounts()->front().id;
    ASSERT_TRUE(*platform.storage().setAccountState(id, AccountState::terminated, platform.clock.now()));
    const auto rows = platform.storage().audit()->size();
    for (const auto state : {AccountState::active, AccountState::restricted, AccountState::frozen}) {
        const auto changed = platform.storage().setAccountState(id, state, platform.clock.now());
        ASSERT_FALSE(changed);
        EXPECT_EQ(changed.error().code, ErrorCode::accountTerminated);
    }
    EXPECT_EQ(platform.storage().accounts()->front().state, AccountState::terminated);
    EXPECT_EQ(platform.storage().audit()->size(), rows);
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), signer)), "account_terminated");
}

// The certificate became active between the challenge and the signature: what was asked for is there already.
TEST(Accounts, rebind_to_an_active_certificate_is_a_login) {
    TestPlatform platform;
    const auto old = sharedPki().enterprise();
    const auto renewed = sharedPki().renewedEnterprise();
    platform.registerWith(old);
    (void)platform.login(platform.startForAgent("bind"), renewed);
    const auto rebind = platform.startForAgent("rebind", namingCertificate(renewed));
    ASSERT_TRUE(
        *platform.storage().setBinding(fingerprintOf(renewed), BindingState::active, platform.clock.now()));
    EXPECT_EQ(platform.login(rebind, old).status, 200);
    EXPECT_EQ(platform.storage().audit()->back().event, "login");
    EXPECT_EQ((**platform.storage().certificate(fingerprintOf(renewed))).boundBy, "officer");
}

// A post that is refused may be sent again and again; the log must not grow by it.
TEST(Accounts, refusal_is_logged_once_for_each_challenge_certificate_and_code) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto rows = [&] { return platform.storage().audit()->size(); };
    const auto first = platform.startForAgent("login");
    for (int i = 0; i < 5; ++i) EXPECT_EQ(codeOf(platform.login(first, signer)), "account_unknown");
    EXPECT_EQ(rows(), 1U);
    EXPECT_EQ(codeOf(platform.login(first, sharedPki().person())), "account_unknown");
    EXPECT_EQ(rows(), 2U) << "another certificate";
    EXPECT_EQ(codeOf(platform.login(platform.startForAgent("login"), signer)), "account_unknown");
    EXPECT_EQ(rows(), 3U) << "another challenge";
    platform.registerWith(signer);
    const auto id = platform.storage().accounts()->front().id;
    ASSERT_TRUE(*platform.storage().setAccountState(id, AccountState::frozen, platform.clock.now()));
    const auto before = rows();
    for (int i = 0; i < 2; ++i) EXPECT_EQ(codeOf(platform.login(first, signer)), "account_frozen");
    EXPECT_EQ(rows(), before + 1) << "another code";
}

// R02: consent evidence, whose hash recomputes from the text that is served; in force until termination.
TEST(Consent, registration_records_each_agreement) {
    TestPlatform platform;
    const auto started = platform.registerWith(sharedPki().enterprise());
    const auto id = platform.storage().accounts()->front().id;
    const auto consents = *platform.storage().consents(id);
    ASSERT_EQ(consents.size(), 2U);
    for (const auto& consent : consents) {
        EXPECT_EQ(consent.verb, "注册");
        EXPECT_EQ(consent.channel, "certificate");
        EXPECT_EQ(consent.challengeId, started.challenge.id);
        EXPECT_EQ(consent.givenAt, platform.clock.now());
        EXPECT_FALSE(consent.effectiveTo);
        const auto text = platform.send("GET", "/agreements/" + consent.agreement.sha256);
        EXPECT_EQ(text.status, 200);
        EXPECT_EQ(s256(text.body), consent.agreement.sha256);
    }
    platform.clock.advance(std::chrono::hours(24));
    ASSERT_TRUE(*platform.storage().setAccountState(id, AccountState::terminated, platform.clock.now()));
    EXPECT_EQ(platform.storage().consents(id)->front().effectiveTo, platform.clock.now());
}

void writeAgreement(const std::filesystem::path& folder, const std::string& version) {
    std::ofstream(folder / ("user-agreement-" + version + ".md"))
        << "---\nid: user-agreement\nversion: " << version << "\ntitle: 用户服务协议\n---\n\n正文 " << version
        << "\n";
}

// R63: a statement over the old version is outdated; signing the new one is the renewed consent. R62: both
// stay readable.
TEST(Consent, new_version_needs_a_new_signature) {
    TestPlatform platform([](PlatformSettings& settings) {
        settings.documents = settings.tlsKey.parent_path() / "documents";
        std::filesystem::create_directory(settings.documents);
        writeAgreement(settings.documents, "2026-01");
    });
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto before = platform.startForAgent("login");
    const auto oldHash = before.challenge.agreements.front().sha256;
    writeAgreement(platform.settings.documents, "2026-09");
    platform.restart();
    const auto outdated = platform.login(before, signer);
    EXPECT_EQ(outdated.status, 409);
    EXPECT_EQ(codeOf(outdated), "agreement_outdated");

    const auto after = platform.startForAgent("login");
    EXPECT_EQ(after.challenge.agreements.front().version, "2026-09");
    EXPECT_EQ(platform.login(after, signer).status, 200);
    const auto consents = *platform.storage().consents(platform.storage().accounts()->front().id);
    ASSERT_EQ(consents.size(), 2U);
    EXPECT_EQ(consents.back().verb, "同意");
    std::filesystem::remove(platform.settings.documents / "user-agreement-2026-01.md");
    platform.restart();
    EXPECT_NE(platform.send("GET", "/agreements/" + oldHash).body.find("正文 2026-01"), std::string::npos);
    EXPECT_NE(platform.send("GET", "/agreements/user-agreement").body.find("正文 2026-09"),
              std::string::npos);
}

TEST(Acting, self_and_own_enterprise_only) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    platform.registerWith(signer);
    const auto acting = [&](const json& act) {
        return codeOf(platform.login(platform.startForAgent("login", {{"act", act}}), signer));
    };
    EXPECT_EQ(acting({{"as", "self"}}), "");
    EXPECT_EQ(acting({{"as", "enterprise"}, {"org", std::string(kTestUscc)}}), "");
    EXPECT_EQ(acting({{"as", "enterprise"}, {"org", std::string(kTestOtherUscc)}}), "act_not_allowed");
    EXPECT_EQ(acting({{"as", "legal_rep"}, {"org", std::string(kTestUscc)}}), "act_not_allowed");
    EXPECT_EQ(acting({{"as", "operator"}, {"org", std::string(kTestUscc)}, {"mandate", "m1"}}),
              "act_not_allowed");
    platform.registerWith(sharedPki().person());
    const auto started =
        platform.startForAgent("login", {{"act", {{"as", "enterprise"}, {"org", std::string(kTestUscc)}}}});
    EXPECT_EQ(codeOf(platform.login(started, sharedPki().person())), "act_not_allowed");
}

// R16: nothing that identifies a person, and no handoff or session, is readable in the files.
TEST(Secrecy, database_files_hold_no_number_name_handoff_or_session) {
    TestPlatform platform;
    const auto signer = sharedPki().person();
    const auto started = platform.startForAgent("bind");
    const auto login = platform.login(started, signer);
    const auto done = platform.complete(started, login);
    ASSERT_EQ(done.status, 200);
    (void)platform.login(platform.startForAgent("login"), signer);
    const auto bytes = allBytesIn(platform.folder.path());
    const std::string der(textOf(signer.certificate.der()));
    const std::string secrets[] = {std::string(kTestPersonId),
                                   std::string(kTestPerson),
                                   bodyOf(login)["handoff"],
                                   bodyOf(done)["session"],
                                   started.secret,
                                   der.substr(der.size() / 2, 24),
                                   toBase64(signer.certificate.der()).substr(40, 40)};
    for (const auto& secret : secrets) EXPECT_EQ(bytes.find(secret), std::string::npos) << secret.size();
    // The scan can find what is there in clear.
    EXPECT_NE(bytes.find(started.challenge.id), std::string::npos);
}

TEST(Secrecy, store_of_another_key_is_refused) {
    TestPlatform platform;
    platform.registerWith(sharedPki().enterprise());
    const auto other = Vault::fromKey(Bytes(32, 7));
    const auto opened = openStorage(platform.settings.database, other->keyCheck());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::configurationInvalid);
}

}  // namespace
}  // namespace signet::test
