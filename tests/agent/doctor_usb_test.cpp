// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/doctor_fixture.hpp"

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using enum CheckCode;

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

}  // namespace
}  // namespace signet
