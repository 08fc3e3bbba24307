// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <QLocale>
#include <QString>
#include <QTranslator>

#include <string>
#include <string_view>

namespace signet {

/// The language of the windows: our words and Qt's, changed while the program runs; every open window gets a
/// LanguageChange. Thread: main, with a QApplication.
class UiLanguage {
public:
    explicit UiLanguage(Language language);
    ~UiLanguage();
    UiLanguage(const UiLanguage&) = delete;
    UiLanguage& operator=(const UiLanguage&) = delete;

    /// That of the one that exists; Chinese where there is none.
    static Language current();
    void set(Language language);

private:
    void install();

    QTranslator m_own;
    QTranslator m_qt;
};

/// Text from outside for a label of plain text: literal, on one line, invisible characters escaped, cut after
/// `maxWidth` columns (agent/language.hpp).
QString shown(std::string_view text, std::size_t maxWidth = 80);
/// The same with places where a long word may be broken, for a label that wraps its lines.
QString breakable(const QString& text);
/// The same for a button or a box, where "&" would mark a letter.
QString buttonText(QString text);
QString toQt(std::string_view text);
std::string fromQt(const QString& text);

}  // namespace signet
