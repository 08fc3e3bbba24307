// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/tokens_window.hpp"

#include "tests/ui/tokens_fixture.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QLineEdit>

namespace signet {
namespace {

QString window(const char* source, int n = -1) {
    return said("signet::TokensWindow", source, n);
}

QString details(const char* source, int n = -1) {
    return said("signet::TokenDetails", source, n);
}

bool has(const QString& text, const QString& part) {
    return text.contains(part);
}

QString zh(const Error& error) {
    return toQt(sentence(error, Language::zh));
}

TEST_F(TokensWindowTest, certificate_hasItsLineAndItsDetails) {
    addKey();
    auto& shown = open();
    ASSERT_EQ(rowCount(), 1);
    EXPECT_EQ(cell(0, 0), QString::fromUtf8("企业锁 · …1234"));
    EXPECT_EQ(cell(0, 1), toQt(kTestEnterprise));
    EXPECT_EQ(cell(0, 2), toQt(maskedNumber(kTestUscc)));
    EXPECT_EQ(cell(0, 5), QString::fromUtf8("✓ ") + window("Can log in"));
    const auto& certificate = pki().enterprise().certificate;
    EXPECT_TRUE(has(cell(0, 4), toQt(dateText(certificate.notAfter()))));
    EXPECT_TRUE(has(text(), details("It can be used to log in.")));
    EXPECT_TRUE(has(text().remove(' '), toQt(certificate.fingerprintHex())));
    EXPECT_TRUE(has(text(), "1.2.156.10260.4.1.4")) << "the field that names the identity";
    EXPECT_FALSE(has(text(), toQt(kTestUscc))) << "masked everywhere";
    EXPECT_FALSE(has(text(), "3205A0001234"));
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_usable");
}

TEST_F(TokensWindowTest, eachCertificate_saysWhyItCannotBeUsed) {
    auto& device = addKey();
    addCertificate(device, "expired");
    addCertificate(device, "encryption-only");
    addCertificate(device, "person", false);
    device.certificates.push_back({.label = "broken", .der = {0x30, 0x03, 0x02}, .hasPrivateKey = true});
    auto& shown = open();
    ASSERT_EQ(rowCount(), 5);
    EXPECT_TRUE(has(cell(1, 5), toQt(dateText(pki().expired().certificate.notAfter()))));
    EXPECT_TRUE(
        has(cell(2, 5), zh({.code = ErrorCode::certificateNotForLogin, .reason = "encryption_only"})));
    EXPECT_TRUE(has(cell(3, 5), QString::fromUtf8("没有这张证书的私钥")));
    EXPECT_TRUE(has(cell(4, 5), QString::fromUtf8("证书内容损坏")));
    shown.findChild<SearchTable*>()->selectRow(2);
    EXPECT_TRUE(has(text(), "certificate_not_for_login"));
    EXPECT_TRUE(has(text(), details("Encryption")));
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_unusable");
    shown.resize(1024, 600);
    shown.findChild<SearchTable*>()->selectRow(4);
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_damaged");
}

TEST_F(TokensWindowTest, endThatIsNear_isCountedInDays) {
    addKey();
    m_clock.time = pki().enterprise().certificate.notAfter() - std::chrono::hours(24 * 37 + 1);
    open();
    EXPECT_TRUE(has(cell(0, 4), "37"));
    EXPECT_TRUE(has(cell(0, 5), QString::fromUtf8("✓")));
    shoot(*m_window, "tokens_expiring");
}

TEST_F(TokensWindowTest, nothingPluggedIn_saysWhatToDoAndThenShowsTheKey) {
    addKey();
    pull();
    auto& shown = open();
    EXPECT_TRUE(
        has(text(), window("No USB key is plugged in.\nPlug it in: it appears here by itself within a few "
                           "seconds. If it does not, run the self-check.")));
    EXPECT_FALSE(button(window("Change the &PIN"))->isEnabled());
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_empty");
    QSignalSpy spy(&shown, &TokensWindow::selfCheckWanted);
    press(window("Run the &self-check"));
    EXPECT_EQ(spy.count(), 1);

    plug();
    EXPECT_EQ(rowCount(), 1);
    EXPECT_TRUE(button(window("Change the &PIN"))->isEnabled());
}

TEST_F(TokensWindowTest, noDriver_isSaid) {
    open();
    EXPECT_TRUE(
        has(text(), window("No driver for USB keys was found on this computer. Install the one that came "
                           "with your USB key, then run the self-check.")));
    shoot(*m_window, "tokens_no_driver");
}

TEST_F(TokensWindowTest, failedModule_hasItsCauseAndAdvice) {  // never just "no key"
    addKey("", "/usr/lib/broken.so");
    m_tokens.modules[0].failure = Error{.code = ErrorCode::moduleFailed, .reason = "load_failed"};
    m_tokens.modules[0].failure->params["module"] = "broken.so";
    auto& shown = open();
    EXPECT_TRUE(has(text(), zh(*m_tokens.modules[0].failure)));
    EXPECT_TRUE(has(text(), "module_failed: load_failed  /usr/lib/broken.so"));
    EXPECT_FALSE(has(text(), "signet doctor")) << "a command line is no advice for a window";
    EXPECT_FALSE(
        has(text(), window("No USB key is plugged in.\nPlug it in: it appears here by itself within a few "
                           "seconds. If it does not, run the self-check.")));
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_failed");

    m_tokens.modules[0].failure.reset();
    m_tokens.announce({});
    settle();
    EXPECT_FALSE(has(text(), "module_failed")) << "it goes when the module answers";
}

TEST_F(TokensWindowTest, slowModule_doesNotHoldUpTheOthers) {
    addKey();
    addKey("", "/usr/lib/slow.so");
    m_tokens.modules[1].isHanging = true;
    open();
    EXPECT_EQ(rowCount(), 1);
    EXPECT_TRUE(has(text(), window("Looking for USB keys…")));
    shoot(*m_window, "tokens_looking");
}

TEST_F(TokensWindowTest, hiddenWindow_asksNothing) {
    addKey();
    auto& shown = open();
    EXPECT_EQ(m_tokens.watching(), 1U);
    shown.close();
    EXPECT_EQ(m_tokens.watching(), 0U);
    const int before = m_tokens.listings;
    m_tokens.announce({});
    settle();
    EXPECT_EQ(m_tokens.listings, before);
    shown.present();
    EXPECT_EQ(m_tokens.watching(), 1U);
    EXPECT_EQ(m_tokens.listings, before + 1);
    shown.close();
    EXPECT_EQ(m_tokens.running(), 0U);
}

TEST_F(TokensWindowTest, closedWhileModulesAnswer_endsTheListing) {
    addKey();
    m_tokens.modules[0].isHanging = true;
    open();
    EXPECT_EQ(m_tokens.running(), 1U);
    m_window.reset();
    EXPECT_EQ(m_tokens.running(), 0U);
    EXPECT_EQ(m_tokens.watching(), 0U);
}

TEST_F(TokensWindowTest, chosenLine_staysChosenWhenOthersComeAndGo) {
    addKey();
    auto& second = m_tokens.addToken("/usr/lib/b.so", "second", "99998888");
    addCertificate(second, "person");
    open();
    m_window->findChild<SearchTable*>()->selectRow(1);
    ASSERT_TRUE(has(text(), toQt(kTestPerson)));
    m_tokens.removeToken(0);
    settle();
    ASSERT_EQ(rowCount(), 1);
    EXPECT_EQ(m_window->findChild<SearchTable*>()->currentRow(), 0);
    EXPECT_EQ(cell(0, 1), toQt(kTestPerson));
}

TEST_F(TokensWindowTest, tokenWithoutCertificates_isThere) {
    addKey("");
    open();
    ASSERT_EQ(rowCount(), 1);
    EXPECT_TRUE(has(cell(0, 5), window("No certificate on this USB key")));
    EXPECT_TRUE(has(text(), details("There is no certificate on this USB key.")));
    EXPECT_EQ(cutOff(*m_window), QStringList());
    shoot(*m_window, "tokens_no_certificate");
}

TEST_F(TokensWindowTest, lockedPin_isTheStateOfItsCertificates) {
    auto& device = addKey();
    device.info.isPinLocked = true;
    device.info.triesLeft = 0;
    open();
    EXPECT_TRUE(has(cell(0, 5), window("The PIN is locked")));
    EXPECT_TRUE(has(text(), zh({.code = ErrorCode::pinLocked})));
}

TEST_F(TokensWindowTest, certificatesOfIssuers_haveNoLine) {
    auto& device = addKey();
    device.certificates.push_back({.label = "ca", .der = pki().authority(CaKind::p256).certificate.der()});
    open();
    EXPECT_EQ(rowCount(), 1);
    EXPECT_TRUE(has(text(), details("It also holds %n certificate(s) of issuers.",
                                    static_cast<int>(device.certificates.size()) - 1)));
}

TEST_F(TokensWindowTest, search_leavesWhatFits) {
    auto& device = addKey();
    addCertificate(device, "person");
    auto& shown = open();
    auto& field = shown.findChild<SearchTable*>()->searchField();
    field.setText(toQt(kTestPerson));
    EXPECT_EQ(rowCount(), 1);
    EXPECT_EQ(cell(0, 1), toQt(kTestPerson));
    field.clear();
    EXPECT_EQ(rowCount(), 2);
}

TEST_F(TokensWindowTest, hostileNames_areShownLiterally) {
    auto& device = addKey();
    device.info.label = "<b>a</b>\x1b[2J\n\xe2\x80\xae";
    open();
    EXPECT_TRUE(has(cell(0, 0), "<b>a</b>\\u{001B}[2J\\u{000A}"));
    for (auto* label : m_window->findChildren<QLabel*>())
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << label->text().toStdString();
}

TEST_F(TokensWindowTest, language_changesWhileItIsOpen) {
    auto& device = addKey();
    device.certificates.clear();
    addCertificate(device, "expired");
    auto& shown = open();
    UiLanguage language(Language::en);
    tellLanguage();
    EXPECT_TRUE(has(cell(0, 5), "This certificate expired"));
    EXPECT_TRUE(has(text(), "This certificate expired"));
    EXPECT_EQ(cutOff(shown), QStringList());
    shoot(shown, "tokens_english");
    language.set(Language::zh);
    tellLanguage();
    EXPECT_TRUE(has(cell(0, 5), QString::fromUtf8("到期")));
    EXPECT_EQ(cutOff(shown), QStringList());
}

TEST_F(TokensWindowTest, everyControl_hasAName) {
    addKey();
    auto& shown = open();
    EXPECT_FALSE(table().accessibleName().isEmpty());
    EXPECT_FALSE(shown.findChild<SearchTable*>()->searchField().accessibleName().isEmpty());
    bool isFieldNamed = false;
    for (auto* label : shown.findChildren<QLabel*>())
        isFieldNamed = isFieldNamed || has(label->accessibleName(), "1.2.156.10260.4.1.4");
    EXPECT_TRUE(isFieldNamed);
}

TEST_F(TokensWindowTest, smallScreen_scrolls) {
    auto& device = addKey();
    addCertificate(device, "expired");
    auto& shown = open();
    for (const auto& size : {QSize(1024, 600), QSize(683, 400), QSize(512, 300)}) {
        shown.resize(size);
        QCoreApplication::processEvents();
        EXPECT_EQ(shown.size(), size);
        EXPECT_EQ(cutOff(shown), QStringList());
        shoot(shown, QStringLiteral("tokens_%1x%2").arg(size.width()).arg(size.height()));
    }
}

TEST_F(TokensWindowTest, everyAppearance_isReadable) {
    auto& device = addKey();
    addCertificate(device, "expired");
    auto& application = *qobject_cast<QApplication*>(QCoreApplication::instance());
    auto& shown = open();
    shown.findChild<SearchTable*>()->selectRow(1);
    for (const auto& [name, appearance] :
         {std::pair{"dark", Appearance::dark}, std::pair{"contrast", Appearance::highContrast},
          std::pair{"light", Appearance::light}}) {
        applyAppearance(application, appearance);
        EXPECT_EQ(cutOff(shown), QStringList()) << name;
        shoot(shown, QStringLiteral("tokens_") + name);
    }
}

TEST_F(TokensWindowTest, whatComesAndGoes_leavesTheFocusWhereItIs) {
    addKey();
    auto& second = m_tokens.addToken("/usr/lib/b.so", "second", "99998888");
    addCertificate(second, "person");
    auto& shown = open();
    table().setFocus();
    pull(1);
    EXPECT_EQ(shown.focusWidget(), &table());
    plug(1);
    EXPECT_EQ(rowCount(), 2);
    EXPECT_EQ(shown.focusWidget(), &table());
}

// Enter on a line leads to what can be done with it.
TEST_F(TokensWindowTest, enterOnALine_goesToItsActions) {
    addKey();
    auto& shown = open();
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Return);
    EXPECT_EQ(shown.focusWidget(), button(window("Change the &PIN")));
}

}  // namespace
}  // namespace signet
