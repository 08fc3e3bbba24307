// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/ui_language.hpp"

#include "agent/language.hpp"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace signet {
namespace {

Language currentLanguage = Language::zh;

QString nameOf(Language language) {
    return language == Language::zh ? QStringLiteral("zh_CN") : QStringLiteral("en");
}

}  // namespace

UiLanguage::UiLanguage(Language language) {
    currentLanguage = language;
    install();
}

UiLanguage::~UiLanguage() {
    QCoreApplication::removeTranslator(&m_own);
    QCoreApplication::removeTranslator(&m_qt);
}

Language UiLanguage::current() {
    return currentLanguage;
}

void UiLanguage::set(Language language) {
    if (language == currentLanguage) return;
    currentLanguage = language;
    install();
}

void UiLanguage::install() {
    QLocale::setDefault(currentLanguage == Language::zh ? QLocale(QLocale::Chinese, QLocale::China)
                                                        : QLocale(QLocale::English));
    for (auto* translator : {&m_qt, &m_own}) QCoreApplication::removeTranslator(translator);
    const auto name = nameOf(currentLanguage);
    if (m_qt.load(QStringLiteral("qtbase_") + name, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_own.load(QStringLiteral(":/signet/words/signet_") + name + QStringLiteral(".qm")))
        QCoreApplication::installTranslator(&m_own);
}

QString shown(std::string_view text, std::size_t maxWidth) {
    return toQt(shownLiterally(text, maxWidth));
}

QString breakable(const QString& text) {
    constexpr int kLongWord = 16;
    constexpr QChar kZeroWidthSpace(0x200B);
    QString broken;
    int run = 0;
    for (const auto c : text) {
        run = c.isSpace() || c.isLowSurrogate() ? 0 : run + 1;
        if (run > kLongWord) {
            broken += kZeroWidthSpace;
            run = 1;
        }
        broken += c;
    }
    return broken;
}

QString buttonText(QString text) {
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string fromQt(const QString& text) {
    return text.toStdString();
}

}  // namespace signet
