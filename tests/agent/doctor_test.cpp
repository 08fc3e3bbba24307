// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor.hpp"

#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

constexpr auto kZh = Language::zh;

std::vector<std::string> codesOf(const Checks& checks) {
    std::vector<std::string> names;
    for (const auto& check : checks) names.push_back(check.name());
    return names;
}

DoctorFacts configured() {
    DoctorFacts facts;
    Configuration configuration;
    configuration.issuers = {"https://a.test"};
    facts.configuration.configuration = configuration;
    facts.hardware.readers = std::vector<CardReader>{};
    facts.hardware.socket = PcscSocket::present;
    facts.trust = TrustList();
    return facts;
}

ModuleFacts moduleFacts(const std::string& path, Result<TokenListing> result,
                        const char* source = "configuration") {
    ModuleFacts fact{.file = {path, source, path}, .library = LibraryFile{.elf = ownElfHead()}};
    fact.listing = ModuleListing{.module = path, .result = std::move(result)};
    return fact;
}

ModuleFacts failing(const char* reason, const char* detail = "") {
    return moduleFacts("/m.so", fail(ErrorCode::moduleFailed, detail, reason));
}

TokenListing listingWith(TokenInfo info) {
    return {.tokens = {{.info = std::move(info)}}};
}

// The table -----------------------------------------------------------------------------------------------

std::string tableOfDocument() {
    std::ostringstream text;
    text << "| code | status | 中文 | English | 怎么办 | what to do | for IT "
            "|\n|---|---|---|---|---|---|---|\n";
    for (const auto& row : checkTable())
        text << "| `" << row.name << "` | " << toString(row.finding) << " | " << row.zh << " | " << row.en
             << " | " << row.adviceZh << " | " << row.adviceEn << " | " << row.meaning << " |\n";
    return text.str();
}

TEST(DoctorTable, everyRow_isWholeAndItsNameUnique) {
    std::set<std::string_view> names;
    for (const auto& row : checkTable()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.zh.empty() || row.en.empty() || row.meaning.empty()) << row.name;
        EXPECT_EQ(row.adviceZh.empty(), row.adviceEn.empty()) << row.name;
        const bool isFault = row.finding == Finding::fault;
        EXPECT_FALSE(isFault && row.adviceEn.empty()) << row.name << ": a fault without a way out";
    }
}

/// The part of docs/doctor.md between the marks says what the table says. SIGNET_UPDATE_DOCS=1 writes it.
TEST(DoctorTable, document_holdsTheTable) {
    const std::string path = std::string(std::getenv("SIGNET_SOURCE")) + "/docs/doctor.md";
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    std::string text = content.str();
    const std::string begin = "<!-- table: begin -->\n";
    const auto from = text.find(begin);
    const auto to = text.find("<!-- table: end -->");
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    const auto start = from + begin.size();
    if (std::getenv("SIGNET_UPDATE_DOCS") != nullptr) {
        text.replace(start, to - start, tableOfDocument());
        std::ofstream(path) << text;
        return;
    }
    EXPECT_EQ(text.substr(start, to - start), tableOfDocument());
}

TEST(DoctorTable, placeholders_areFilled) {
    const auto check =
        makeCheck(moduleMissingLibrary, Language::en, "/m.so", "s", {{"library", "libx.so.1"}});
    EXPECT_EQ(check.sentence, "The module needs libx.so.1, which is not installed.");
    EXPECT_EQ(check.advice, "Install the package that provides libx.so.1.");
    EXPECT_EQ(check.finding, Finding::fault);
    EXPECT_EQ(check.name(), "module_missing_library");
}

/// The order is part of the contract: a cause stands before what follows from it.
TEST(Doctor, checks_comeInTheOrderOfTheTable) {
    auto facts = configured();
    facts.modules = {moduleFacts("/m.so", listingWith({.label = "lock"}))};
    IssuerFacts issuerFacts{.issuer = "https://a.test", .proxy = "direct"};
    facts.issuers = {issuerFacts};
    facts.ports = {{.port = 28617, .program = "x"}, {.port = 21051}};
    const auto checks = checkAll(facts, kZh);
    const auto groupOf = [](CheckCode code) {
        const auto first = {configuration, usbKey,      pcsc,  p11Kit,    noToken,
                            trust,         certificate, proxy, bridgePort};
        return std::count_if(first.begin(), first.end(), [&](CheckCode begin) { return code >= begin; });
    };
    EXPECT_TRUE(std::is_sorted(checks.begin(), checks.end(), [&](const Check& a, const Check& b) {
        return groupOf(a.code) < groupOf(b.code);
    })) << ::testing::PrintToString(codesOf(checks));
    EXPECT_EQ(checks.size(), 13U);
}

// Configuration -------------------------------------------------------------------------------------------

TEST(DoctorConfiguration, file_isNamedWithItsFault) {
    const auto codeOf = [](const char* reason) {
        return checkConfiguration({.configuration = fail(ErrorCode::configurationInvalid, "d", reason)}, kZh)
            .at(0)
            .code;
    };
    EXPECT_EQ(codeOf(""), configurationInvalid);
    EXPECT_EQ(codeOf("file_writable"), configurationUnsafe);
    EXPECT_EQ(codeOf("policy_unsafe"), policyUnsafe);
    EXPECT_EQ(codeOf("policy_unreadable"), policyUnsafe);
    EXPECT_EQ(codeOf("module_missing"), moduleMissing);
    EXPECT_EQ(codeOf("module_writable"), moduleUnsafe);
    const auto broken = checkConfiguration(
        {.configuration = fail(configurationError("/etc/signet/policy.conf", 3, "unknown key"))}, kZh);
    EXPECT_THAT(broken.at(0).sentence, HasSubstr("policy.conf:3"));
}

TEST(DoctorConfiguration, policy_isToldWithWhatItLocks) {
    Configuration fine;
    EXPECT_EQ(checkConfiguration({.configuration = fine}, kZh).at(0).code, noIssuer);
    fine.issuers = {"https://a.test"};
    fine.settings["revocation"] = {{"off", ConfigurationLayer::policy, "/p", 1}};
    const auto checks = checkConfiguration({.configuration = fine, .files = {"/p"}, .hasPolicy = true}, kZh);
    ASSERT_EQ(checks.size(), 2U);
    EXPECT_THAT(checks[0].seen, HasSubstr("/p"));
    EXPECT_EQ(checks[1].code, policy);
    EXPECT_THAT(checks[1].seen, HasSubstr("revocation"));
}

/// Without a configuration nothing is loaded and nobody asked, but what is plugged in is told.
TEST(DoctorConfiguration, broken_leavesWhatNeedsNone) {
    DoctorFacts facts;
    facts.hardware.usb = {{.vendorId = 0x055C, .productId = 0xDB08}};
    EXPECT_THAT(codesOf(checkAll(facts, kZh)),
                ElementsAre("configuration_invalid", "usb_key", "pcsc_absent", "bridge_port"));
}

// USB and readers -----------------------------------------------------------------------------------------

class DoctorUsb : public ::testing::Test {
protected:
    DoctorUsb() {
        m_facts.hardware.usb = {{.vendorId = 0x055C, .productId = 0xDB08, .interfaceClasses = {8}}};
    }
    Check check() const { return checkUsb(m_facts, Language::en).at(0); }
    void addModule(const std::string& name, TokenListing listing = {.emptySlotCount = 4}) {
        m_facts.modules.push_back(moduleFacts("/opt/" + name, std::move(listing)));
    }
    DoctorFacts m_facts = configured();
};

TEST_F(DoctorUsb, keyWithoutItsModule_namesTheModule) {
    addModule("opensc-pkcs11.so");
    EXPECT_EQ(check().code, usbKeyNoModule);
    EXPECT_EQ(check().finding, Finding::fault);
    EXPECT_THAT(check().advice, HasSubstr("libgm3000_pkcs11.so"));
}

TEST_F(DoctorUsb, keyThatItsModuleDoesNotSee_namesBoth) {
    addModule("libgm3000_pkcs11.so");
    EXPECT_EQ(check().code, usbKeyUnknownToModule);
    EXPECT_THAT(check().sentence, HasSubstr("055c:db08 (Longmai"));
    EXPECT_THAT(check().sentence, HasSubstr("libgm3000_pkcs11.so sees no token"));
}

TEST_F(DoctorUsb, otherVersionOfTheModule_isTheModule) {
    addModule("libgm3000_pkcs11.so.2.1");
    EXPECT_EQ(check().code, usbKeyUnknownToModule);
}

TEST_F(DoctorUsb, discThatNobodyMayRead_isTheCause) {
    addModule("libgm3000_pkcs11.so");
    m_facts.hardware.discNodes = 1;
    EXPECT_EQ(check().code, usbKeyNotAccessible);
    m_facts.hardware.openDiscNodes = 1;
    EXPECT_EQ(check().code, usbKeyUnknownToModule);
}

TEST_F(DoctorUsb, keyThatIsAToken_isFine) {
    addModule("libother.so", listingWith({.label = "lock"}));
    EXPECT_EQ(check().code, usbKey);
    // A second key that nobody shows is looked at, and a hint only.
    m_facts.hardware.usb.push_back({.vendorId = 0x096E, .productId = 0x0807});
    const auto checks = checkUsb(m_facts, kZh);
    ASSERT_EQ(checks.size(), 2U);
    EXPECT_EQ(checks[1].code, usbKeyNoModule);
    EXPECT_EQ(checks[1].finding, Finding::hint);
}

TEST_F(DoctorUsb, moduleThatFailed_saysSoItself) {
    m_facts.modules = {moduleFacts("/opt/libgm3000_pkcs11.so", fail(ErrorCode::moduleFailed, "", "crashed"))};
    EXPECT_EQ(check().code, usbKey);
}

TEST_F(DoctorUsb, ccidKeyWithoutTheService_needsIt) {
    m_facts.hardware.usb = {{.vendorId = 0x096E, .productId = 0x0807, .interfaceClasses = {0x0B}}};
    m_facts.hardware.readers = fail(ErrorCode::tokenError, "", "pcsc_absent");
    EXPECT_EQ(check().code, usbKeyNeedsPcsc);
}

TEST_F(DoctorUsb, nothingKnown_namesWhatIsThere) {
    m_facts.hardware.usb = {{.vendorId = 0x1D6B, .productId = 0x0002}};
    EXPECT_EQ(check().code, usbNoKey);
    EXPECT_EQ(check().finding, Finding::hint);
    EXPECT_THAT(check().seen, HasSubstr("1d6b:0002"));
    addModule("soft.so", listingWith({.label = "lock"}));
    EXPECT_EQ(check().finding, Finding::fine);
}

TEST(DoctorReaders, service_isNamedWithItsState) {
    auto facts = configured();
    const auto codeFor = [&](PcscSocket socket, const char* reason) {
        facts.hardware.socket = socket;
        facts.hardware.readers = fail(ErrorCode::tokenError, "", reason);
        return checkReaders(facts, kZh).at(0).code;
    };
    EXPECT_EQ(codeFor(PcscSocket::missing, "pcsc_absent"), pcscAbsent);
    EXPECT_EQ(codeFor(PcscSocket::present, "pcsc_absent"), pcscAbsent);
    EXPECT_EQ(codeFor(PcscSocket::forbidden, "pcsc_absent"), pcscNotPermitted);
    EXPECT_EQ(codeFor(PcscSocket::present, "pcsc_failed"), pcscFailed);
    facts.modules = {moduleFacts("/m.so", listingWith({.label = "lock"}))};
    EXPECT_EQ(codeFor(PcscSocket::missing, "pcsc_absent"), pcscNotNeeded);
}

TEST(DoctorReaders, readers_areToldWithTheirCards) {
    auto facts = configured();
    EXPECT_THAT(codesOf(checkReaders(facts, kZh)), ElementsAre("pcsc_no_reader"));
    facts.hardware.readers =
        std::vector<CardReader>{{.name = "empty"},
                                {.name = "mute", .isCardPresent = true, .isCardMute = true},
                                {.name = "busy", .isCardPresent = true, .isCardInUse = true},
                                {.name = "known to nobody", .isCardPresent = true, .atr = {0x3B, 0x02}}};
    const auto checks = checkReaders(facts, kZh);
    EXPECT_THAT(codesOf(checks),
                ElementsAre("pcsc", "reader_no_card", "card_mute", "card_in_use", "card_unknown_to_modules"));
    EXPECT_THAT(checks.back().seen, HasSubstr("3b02"));
    EXPECT_EQ(checks.back().subject, "known to nobody");
    facts.modules = {
        moduleFacts("/m.so", listingWith({.slotDescription = "known to nobody", .label = "lock"}))};
    EXPECT_THAT(codesOf(checkReaders(facts, kZh)),
                ElementsAre("pcsc", "reader", "card_mute", "card_in_use", "reader"));
}

/// A token elsewhere does not make the card known, but nothing stands in its way either.
TEST(DoctorReaders, cardBesideAnotherToken_isAHintUnlessAModuleMayShowIt) {
    auto facts = configured();
    facts.hardware.readers = std::vector<CardReader>{{.name = "R", .isCardPresent = true, .atr = {0x3B}}};
    facts.modules = {
        moduleFacts("/soft.so", listingWith({.slotDescription = "SoftHSM slot", .label = "lock"}))};
    EXPECT_EQ(checkReaders(facts, kZh).at(1).code, cardUnknownToModules);
    EXPECT_EQ(checkReaders(facts, kZh).at(1).finding, Finding::hint);
    facts.modules.at(0).listing->result->isPcsc = true;
    EXPECT_EQ(checkReaders(facts, kZh).at(1).code, reader);
}

// Modules and tokens --------------------------------------------------------------------------------------

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

// Certificates --------------------------------------------------------------------------------------------

class DoctorCertificates : public ::testing::Test {
protected:
    DoctorCertificates() {
        std::vector<TrustedIssuer> issuers;
        for (auto& trusted : m_pki.trusted()) issuers.push_back({.certificate = trusted});
        m_facts.trust = TrustList(std::move(issuers));
        m_facts.now = m_pki.now();
    }
    void plugIn(const char* name, bool hasKey = true) {
        TokenCertificate object{
            .label = name, .der = m_pki.named(name).certificate.der(), .hasPrivateKey = hasKey};
        m_facts.modules = {
            moduleFacts("/m.so", TokenListing{.tokens = {{.info = {}, .certificates = {object}}}})};
    }
    std::vector<std::string> codes() const { return codesOf(checkCertificates(m_facts, kZh)); }
    /// A platform whose clock shows `now` when ours shows m_facts.now.
    void setPlatformClock(TimePoint now) {
        FetchedChallenge challenge;
        challenge.challenge.issuedAt = now;
        IssuerFacts issuerFacts{.issuer = "https://a.test"};
        issuerFacts.challenge = challenge;
        issuerFacts.challengeRead = m_facts.now;
        m_facts.issuers = {issuerFacts};
    }
    TestPki m_pki;
    DoctorFacts m_facts = configured();
};

TEST_F(DoctorCertificates, dates_areToldInTime) {  // R57
    plugIn("enterprise-p256");
    EXPECT_THAT(codes(), ElementsAre("certificate"));
    m_facts.now = m_pki.enterprise().certificate.notAfter() - std::chrono::days(5);
    EXPECT_THAT(codes(), ElementsAre("certificate_expires_soon"));
}

TEST_F(DoctorCertificates, reasons_haveCodesOfTheirOwn) {
    plugIn("enterprise-p256", false);
    EXPECT_THAT(codes(), ElementsAre("no_private_key", "no_certificate"));
    plugIn("untrusted");
    EXPECT_THAT(codes(), ElementsAre("certificate_untrusted", "no_certificate"));
    plugIn("encryption-only");
    EXPECT_THAT(codes(), ElementsAre("certificate_not_for_login", "no_certificate"));
    plugIn("expired");
    EXPECT_THAT(codes(), ElementsAre("certificate_expired", "no_certificate"));
    plugIn("not-yet-valid");
    EXPECT_THAT(codes(), ElementsAre("certificate_not_yet_valid", "no_certificate"));
}

/// "certificate not yet valid because the clock is wrong": the combination is named.
TEST_F(DoctorCertificates, wrongClock_isTheCauseWhereThePlatformsClockFits) {
    plugIn("enterprise-p256");
    const auto right = m_facts.now;
    m_facts.now = m_pki.enterprise().certificate.notBefore() - std::chrono::days(400);
    setPlatformClock(right);
    EXPECT_THAT(codes(), ElementsAre("clock_hides_certificate", "no_certificate"));
    setPlatformClock(m_facts.now);
    EXPECT_THAT(codes(), ElementsAre("certificate_not_yet_valid", "no_certificate"));
    m_facts.now = m_pki.enterprise().certificate.notAfter() + std::chrono::days(1);
    setPlatformClock(right);
    EXPECT_THAT(codes(), ElementsAre("clock_hides_certificate", "no_certificate"));
}

TEST_F(DoctorCertificates, revocation_isTold) {
    plugIn("enterprise-p256");
    const auto id = m_pki.enterprise().certificate.fingerprintHex();
    m_facts.revocation = {{id, fail(ErrorCode::certificateRevoked, "", "key_compromise")}};
    EXPECT_THAT(codes(), ElementsAre("certificate_revoked", "no_certificate"));
    m_facts.revocation = {{id, fail(ErrorCode::revocationUnknown, "", "source_timeout")}};
    EXPECT_THAT(codes(), ElementsAre("revocation_unknown", "no_certificate"));
    m_facts.revocation = {{id, RevocationProof{.note = "soft_fail: source_timeout"}}};
    EXPECT_THAT(codes(), ElementsAre("revocation_unknown"));
    m_facts.revocation = {{id, RevocationProof{.kind = RevocationProof::Kind::ocsp}}};
    EXPECT_THAT(codes(), ElementsAre("certificate"));
}

TEST_F(DoctorCertificates, trust_isEmptyExpiredOrBroken) {
    EXPECT_EQ(checkTrust(TrustList(), TimePoint(), kZh).at(0).code, trustEmpty);
    EXPECT_EQ(checkTrust(fail(ErrorCode::configurationInvalid), TimePoint(), kZh).at(0).code, trustInvalid);
    const TrustList one({{.certificate = m_pki.root(CaKind::p256).certificate}});
    EXPECT_THAT(checkTrust(one, m_pki.now(), kZh).at(0).seen, HasSubstr("1 CA(s), 0 of them expired"));
    EXPECT_THAT(checkTrust(one, m_pki.now() + std::chrono::years(100), kZh).at(0).seen,
                HasSubstr("1 of them expired"));
}

// Platforms and ports -------------------------------------------------------------------------------------

class DoctorIssuer : public ::testing::Test {
protected:
    CheckCode codeFor(ErrorCode code, const char* reason, const char* detail = "") {
        m_facts.metadata = fail(code, detail, reason);
        return checkIssuer(m_facts, kZh).at(1).code;
    }
    IssuerFacts m_facts{.issuer = "https://a.test", .proxy = "http://p.test:3128"};
};

TEST_F(DoctorIssuer, connection_isNamedByItsFault) {
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "dns"), nameNotFound);
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "refused"), issuerUnreachable);
    EXPECT_EQ(codeFor(ErrorCode::platformUnreachable, "proxy"), proxyUnreachable);
    EXPECT_THAT(checkIssuer(m_facts, kZh).at(1).sentence, HasSubstr("p.test:3128"));
    EXPECT_EQ(codeFor(ErrorCode::timeout, "request"), issuerTimeout);
    EXPECT_EQ(codeFor(ErrorCode::platformError, "answer_malformed"), platformError);
}

TEST_F(DoctorIssuer, tls_isNamedByItsFault) {
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_name_mismatch"), tlsNameMismatch);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_expired", "The certificate has expired"), tlsExpired);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_expired", "The certificate is not yet valid"),
              tlsNotYetValid);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_failed"), tlsFailed);
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsUntrusted);
}

TEST_F(DoctorIssuer, interception_isSuspectedByNameOrByTheSystemsTrust) {
    m_facts.peer = PeerFacts{"a.test", "Our own CA", true};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsUntrusted);
    m_facts.hasOwnRoots = true;
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
    m_facts.peer = PeerFacts{"a.test", "ZSCALER Intermediate", false};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
    m_facts.peer = PeerFacts{"a.test", "深信服 SSL", false};
    EXPECT_EQ(codeFor(ErrorCode::platformTls, "tls_untrusted"), tlsIntercepted);
}

TEST_F(DoctorIssuer, answering_isFineSlowOrInMaintenance) {
    m_facts.metadata = IssuerMetadata();
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, issuer);
    m_facts.elapsed = std::chrono::seconds(4);
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, issuerSlow);
    m_facts.metadata->isInMaintenance = true;
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(1).code, maintenance);
}

TEST_F(DoctorIssuer, clock_isHeldAgainstThePlatforms) {
    FetchedChallenge challenge;
    challenge.challenge.issuedAt = TimePoint(std::chrono::seconds(1790000000));
    const auto at = [&](int seconds) {
        m_facts.challenge = challenge;
        m_facts.challengeRead = challenge.challenge.issuedAt + std::chrono::seconds(seconds);
        return checkIssuer(m_facts, kZh).at(2);
    };
    EXPECT_EQ(at(60).code, clock);
    EXPECT_EQ(at(-61).code, clockOff);
    EXPECT_THAT(at(-600).sentence, HasSubstr("10 分钟"));
    m_facts.challenge = fail(ErrorCode::timeout);
    EXPECT_EQ(checkIssuer(m_facts, kZh).at(2).finding, Finding::skipped);
}

TEST(DoctorPorts, bridge_isFreeTakenInPartOrWhole) {
    auto facts = configured();
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
    facts.ports = {{.port = 28617, .program = "signet-agent"}, {.port = 28618, .program = "signet-agent"}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
    facts.ports = {{.port = 28618, .user = 1001}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port_taken"));
    EXPECT_THAT(checkPorts(facts, kZh).at(0).seen, HasSubstr("28618 (of user 1001)"));
    facts.ports = {{.port = 28618}, {.port = 28627}, {.port = 28637, .program = "x"}};
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_ports_taken"));
    facts.configuration.configuration->bridge.port = 4000;
    EXPECT_THAT(codesOf(checkPorts(facts, kZh)), ElementsAre("bridge_port"));
}

TEST(DoctorPorts, helperOnTwoPorts_isToldOnce) {
    auto facts = configured();
    facts.ports = {{.port = 21051, .program = "XTXAppS"}, {.port = 21061}, {.port = 51245}};
    const auto checks = checkPorts(facts, kZh);
    EXPECT_THAT(codesOf(checks), ElementsAre("bridge_port", "other_helper", "other_helper"));
    EXPECT_THAT(checks[1].sentence, HasSubstr("BJCA XTXApp 数字认证(端口 21051)"));
    EXPECT_THAT(checks[2].sentence, HasSubstr("Longmai"));
}

// Output --------------------------------------------------------------------------------------------------

TEST(Doctor, output_isOneDocumentOrLines) {
    const std::vector<Check> checks{{token, Finding::fine, "s", "m", "", "x\x1b"},
                                    {noToken, Finding::fault, "", "n", "do", ""}};
    const auto json = doctorJson(checks, kZh);
    EXPECT_EQ(json["ok"], false);
    EXPECT_EQ(json["checks"][1], Json({{"code", "no_token"},
                                       {"status", "fault"},
                                       {"subject", ""},
                                       {"message", "n"},
                                       {"advice", "do"},
                                       {"seen", ""}}));
    const auto text = doctorText(checks, kZh);
    EXPECT_THAT(text, HasSubstr("✗ n\n    → do\n    (no_token)"));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_FALSE(hasFault({{token, Finding::hint}}));
}

}  // namespace
}  // namespace signet
