// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/trust_list.hpp"

#include "certs/test_pki/test_pki.hpp"
#include "certs/trust_list_description.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace signet {
namespace {

namespace fs = std::filesystem;

class TrustFolder : public testing::Test {
protected:
    TrustFolder() {
        std::string name = (fs::temp_directory_path() / "signet-trust-XXXXXX").string();
        m_folder = ::mkdtemp(name.data());
    }
    ~TrustFolder() override { fs::remove_all(m_folder); }
    TrustFolder(const TrustFolder&) = delete;
    TrustFolder& operator=(const TrustFolder&) = delete;

    void write(const std::string& name, const std::string& content) {
        std::ofstream(m_folder / name) << content;
        ::chmod((m_folder / name).c_str(), 0644);
    }
    const Certificate& ca(CaKind kind = CaKind::p256) { return s_pki->authority(kind).certificate; }
    std::string refusal() {
        const auto loaded = TrustList::load(m_folder);
        EXPECT_FALSE(loaded);
        if (loaded) return {};
        EXPECT_EQ(loaded.error().code, ErrorCode::configurationInvalid);
        return loaded.error().detail;
    }

    static void SetUpTestSuite() { s_pki = new TestPki; }
    static void TearDownTestSuite() {
        delete s_pki;
        s_pki = nullptr;
    }
    inline static TestPki* s_pki = nullptr;
    fs::path m_folder;
};

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_F(TrustFolder, pemWithoutDescription_isALicensedCaByTheDefaults) {
    write("a.pem", ca().toPem());
    const auto list = TrustList::load(m_folder).value();
    ASSERT_EQ(list.issuers().size(), 1U);
    const auto& issuer = list.issuers().front();
    EXPECT_EQ(issuer.certificate, ca());
    EXPECT_EQ(issuer.name, "Signet Test CA p256");
    EXPECT_EQ(issuer.issuerClass, IssuerClass::licensedCa);
    EXPECT_EQ(issuer.revocation, std::nullopt);
    EXPECT_EQ(issuer.identityRule.name, "default");
    EXPECT_EQ(issuer.licensedTo, std::nullopt);
    EXPECT_EQ(list.find(ca()), &issuer);
    EXPECT_EQ(list.find(ca(CaKind::sm2)), nullptr);
}

// R07 R08
TEST_F(TrustFolder, description_givesEverythingThatItSays) {
    write("lock.crt", ca().toPem());
    write("lock.conf",
          "name = 云南示例锁\nclass = lock-issuer\nrevocation = hard-fail\nidentity-rule = subject\n"
          "identity-subject = 2.5.4.11 ^LOCK-([0-9A-Z]{18})$\nidentity-extension = 1.2.3.4\n"
          "licence = ECP53010000001\nlicence-from = 2026-01-01\nlicence-to = 2026-12-31\n"
          "ocsp-url = http://ocsp.example.test/\ncrl-url = http://crl.example.test/a.crl\n");
    const auto issuer = TrustList::load(m_folder).value().issuers().front();
    EXPECT_EQ(issuer.name, "云南示例锁");
    EXPECT_EQ(issuer.issuerClass, IssuerClass::lockIssuer);
    EXPECT_EQ(issuer.revocation, RevocationPolicy::hardFail);
    EXPECT_EQ(issuer.licence, "ECP53010000001");
    EXPECT_EQ(timeText(issuer.licensedFrom.value()), "2025-12-31T16:00:00Z");
    EXPECT_EQ(timeText(issuer.licensedTo.value()), "2026-12-31T15:59:59Z");
    EXPECT_EQ(issuer.ocspUrl, "http://ocsp.example.test/");
    EXPECT_EQ(issuer.crlUrl, "http://crl.example.test/a.crl");
    EXPECT_EQ(issuer.identityRule.onlyKind, SubjectKind::enterprise);
    const auto& sources = issuer.identityRule.sources;
    ASSERT_GT(sources.size(), 2U);
    EXPECT_EQ(sources[0].oid, "2.5.4.11");
    EXPECT_EQ(sources[0].pattern, "^LOCK-([0-9A-Z]{18})$");
    EXPECT_FALSE(sources[0].isFreeText);
    EXPECT_EQ(sources[1].place, IdentitySource::Place::extension);
    EXPECT_EQ(sources[2].oid, "2.5.4.5");
}

// R08
TEST_F(TrustFolder, lockIssuersOwnRule_mapsTheSubjectToItsUscc) {
    write("lock.pem", ca().toPem());
    write("lock.conf", "class = lock-issuer\nidentity-subject = 2.5.4.11 ^LOCK-([0-9A-Z]{18})$\n");
    const auto rule = TrustList::load(m_folder).value().issuers().front().identityRule;
    Profile lock;
    lock.subject = {{"OU", "Lock-91350200MA2YJ1XR9G"}, {"CN", "某公司"}};
    EXPECT_EQ(identityOf(s_pki->issue(lock).certificate, rule).value().number, "91350200MA2YJ1XR9G");
    Profile person;
    person.subject = {{"CN", "王某"}};
    person.idNumber = kTestPersonId;
    EXPECT_EQ(identityOf(s_pki->issue(person).certificate, rule).error().code, ErrorCode::identityMissing);
}

TEST_F(TrustFolder, severalCertificatesInOneFile_shareTheDescription) {
    write("a.pem", ca().toPem() + ca(CaKind::sm2).toPem());
    write("a.conf", "revocation = off\n");
    const auto list = TrustList::load(m_folder).value();
    ASSERT_EQ(list.issuers().size(), 2U);
    for (const auto& issuer : list.issuers()) EXPECT_EQ(issuer.revocation, RevocationPolicy::off);
}

TEST_F(TrustFolder, certificateInTwoFiles_keepsItsOneDescription) {
    write("a-bundle.pem", ca(CaKind::sm2).toPem() + ca().toPem());
    write("b.pem", ca().toPem());
    write("b.conf", "name = described\n");
    const auto list = TrustList::load(m_folder).value();
    EXPECT_EQ(list.issuers().size(), 2U);
    EXPECT_EQ(list.find(ca())->name, "described");
    write("a-bundle.conf", "name = again\n");
    EXPECT_TRUE(contains(refusal(), "b.pem: another description"));
}

TEST_F(TrustFolder, otherFiles_areLeftAlone) {
    write("README", "nothing");
    write("a.pem.orig", "nothing");
    EXPECT_TRUE(TrustList::load(m_folder).value().issuers().empty());
}

TEST_F(TrustFolder, symbolicLinks_areFollowed) {
    const auto elsewhere = fs::path(m_folder) / "store";
    fs::create_directory(elsewhere);
    std::ofstream(elsewhere / "real") << ca().toPem();
    fs::create_symlink(elsewhere / "real", m_folder / "a.pem");
    EXPECT_EQ(TrustList::load(m_folder).value().issuers().size(), 1U);
}

TEST_F(TrustFolder, whatOthersMayWrite_isRefused) {
    write("a.pem", ca().toPem());
    ::chmod((m_folder / "a.pem").c_str(), 0666);
    EXPECT_TRUE(contains(refusal(), "a.pem: every user may write it"));
    ::chmod((m_folder / "a.pem").c_str(), 0644);
    write("a.conf", "name = x\n");
    ::chmod((m_folder / "a.conf").c_str(), 0646);
    EXPECT_TRUE(contains(refusal(), "a.conf: every user may write it"));
    ::chmod((m_folder / "a.conf").c_str(), 0644);
    ::chmod(m_folder.c_str(), 0777);
    EXPECT_TRUE(contains(refusal(), "every user may write it"));
    ::chmod(m_folder.c_str(), 0700);
    EXPECT_TRUE(TrustList::load(m_folder));
}

// R07
TEST_F(TrustFolder, certificateOfNoCa_isRefusedWithItsFile) {
    write("leaf.pem", s_pki->enterprise().certificate.toPem());
    EXPECT_TRUE(contains(refusal(), "leaf.pem: not a CA certificate"));
}

TEST_F(TrustFolder, brokenFiles_areRefusedByName) {
    write("a.pem", "no certificate\n");
    EXPECT_TRUE(contains(refusal(), "a.pem"));
    write("a.pem", std::string(2 * 1024 * 1024, 'x'));
    EXPECT_TRUE(contains(refusal(), "a.pem"));
    fs::remove(m_folder / "a.pem");
    fs::create_symlink(m_folder / "missing", m_folder / "b.pem");
    EXPECT_TRUE(contains(refusal(), "b.pem"));
    fs::remove(m_folder / "b.pem");
    write("c.conf", "name = x\n");
    EXPECT_TRUE(contains(refusal(), "c.conf: describes no certificate"));
}

TEST_F(TrustFolder, missingFolder_isRefused) {
    EXPECT_EQ(TrustList::load(m_folder / "missing").error().code, ErrorCode::configurationInvalid);
}

TEST_F(TrustFolder, merge_keepsTheFirstDescription) {
    TrustedIssuer first{ca(), "first"};
    TrustList list({first});
    TrustedIssuer second{ca(), "second"};
    list.merge(TrustList({second, {ca(CaKind::sm2), "other"}}));
    ASSERT_EQ(list.issuers().size(), 2U);
    EXPECT_EQ(list.find(ca())->name, "first");
}

struct BadLine {
    const char* text;
    int line;
};

TEST_F(TrustFolder, badDescriptions_areRefusedWithFileAndLine) {
    const std::vector<BadLine> cases{
        {"colour = red\n", 1},
        {"name = a\n\nrevocation = sometimes\n", 3},
        {"name =\n", 1},
        {"name = a\nname = b\n", 2},
        {"class = friend\n", 1},
        {"kind = dog\n", 1},
        {"identity-rule = nonsense\n", 1},
        {"identity-extension = x.y\n", 1},
        {"identity-subject = 2.5.4.5 (\n", 1},
        {"identity-subject = 2.5.4.5 no-group\n", 1},
        {"licence-from = 2026-02-30\n", 1},
        {"licence-to = tomorrow\n", 1},
        {"licence-from = 2026-02-02\nlicence-to = 2026-02-01\n", 2},
        {"ocsp-url = https://a.test/\n", 1},
        {"ocsp-url = http://user@a.test/\n", 1},
        {"crl-url = file:///etc/passwd\n", 1},
        {"crl-url = http://\n", 1},
        {"nonsense\n", 1},
    };
    for (const auto& [text, line] : cases) {
        TrustedIssuer issuer{ca()};
        const auto applied = applyDescription(text, "x.conf", issuer);
        ASSERT_FALSE(applied) << text;
        EXPECT_EQ(applied.error().code, ErrorCode::configurationInvalid);
        EXPECT_TRUE(applied.error().detail.starts_with("x.conf:" + std::to_string(line) + ": "))
            << applied.error().detail;
    }
}

TEST_F(TrustFolder, licenceOfOneDay_holdsThatDayInChina) {
    TrustedIssuer issuer{ca()};
    ASSERT_TRUE(applyDescription("licence-from = 2026-02-02\nlicence-to = 2026-02-02\n", "x.conf", issuer));
    EXPECT_EQ(*issuer.licensedTo - *issuer.licensedFrom, std::chrono::seconds(86399));
}

TEST_F(TrustFolder, kind_limitsWhoTheIssuerMayIdentify) {
    TrustedIssuer issuer{ca()};
    ASSERT_TRUE(applyDescription("kind = person\nidentity-extension = 1.2.3.4\n", "x.conf", issuer));
    EXPECT_EQ(issuer.identityRule.onlyKind, SubjectKind::person);
    ASSERT_EQ(issuer.identityRule.sources.size(), 1U);
    EXPECT_EQ(issuer.identityRule.sources[0].kind, SubjectKind::person);
}

}  // namespace
}  // namespace signet
