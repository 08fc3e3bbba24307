// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/theme.hpp"

#include <QApplication>
#include <QFont>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>

namespace signet {
namespace {

const Colours kLight{.window = "#f6f6f4",
                     .surface = "#ffffff",
                     .text = "#1f1f1e",
                     .muted = "#5c5b58",
                     .line = "#cfcdc9",
                     .accent = "#b3342d",
                     .onAccent = "#ffffff",
                     .warning = "#805200",
                     .success = "#1d6b40",
                     .isDark = false};
const Colours kDark{.window = "#1e1e1d",
                    .surface = "#292927",
                    .text = "#ecebe8",
                    .muted = "#b0aea9",
                    .line = "#4a4945",
                    .accent = "#ec8178",
                    .onAccent = "#1e1e1d",
                    .warning = "#e3b457",
                    .success = "#73c999",
                    .isDark = true};
const Colours kHighContrast{.window = "#ffffff",
                            .surface = "#ffffff",
                            .text = "#000000",
                            .muted = "#000000",
                            .line = "#000000",
                            .accent = "#8a0f0a",
                            .onAccent = "#ffffff",
                            .warning = "#5c3900",
                            .success = "#004d22",
                            .isDark = false};

const Colours* current = &kLight;

QPalette paletteOf(const Colours& colours) {
    QPalette palette;
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.surface);
    palette.setColor(QPalette::AlternateBase, colours.window);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::Button, colours.surface);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::ToolTipBase, colours.surface);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.muted);
    palette.setColor(QPalette::Highlight, colours.accent);
    palette.setColor(QPalette::HighlightedText, colours.onAccent);
    palette.setColor(QPalette::Link, colours.accent);
    palette.setColor(QPalette::LinkVisited, colours.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours.muted);
    return palette;
}

constexpr const char* kSheet = R"(
QPushButton { background: @surface; color: @text; border: 1px solid @line; border-radius: 6px; padding: 7px 16px; }
QPushButton:hover { border-color: @muted; }
QPushButton:pressed { background: @window; }
QPushButton:disabled { color: @muted; background: @window; }
QPushButton[role="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[role="primary"]:disabled { background: @window; color: @muted; border-color: @line; }
QPushButton:focus { border: 2px solid @text; padding: 6px 15px; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: 3px 4px; text-align: left; }
QPushButton[role="link"]:focus { border: 1px solid @text; }
QPushButton[role="link"]:disabled { color: @muted; }
QPushButton[role="choice"] { text-align: left; padding: 11px 15px; }
QPushButton[role="choice"]:checked { border: 2px solid @accent; padding: 10px 14px; }
QPushButton[role="choice"]:focus:!checked { border: 2px solid @text; padding: 10px 14px; }
QLineEdit, QPlainTextEdit, QTextBrowser, QComboBox, QSpinBox { background: @surface; color: @text; border: 1px solid @line; border-radius: 6px; padding: 6px 8px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid @accent; padding: 5px 7px; }
QLineEdit:disabled, QComboBox:disabled { color: @muted; background: @window; }
QFrame[role="card"] { background: @surface; border: 1px solid @line; border-radius: 6px; }
QFrame[role="rule"] { background: @line; border: none; max-height: 1px; }
QLabel[role="host"] { font-size: 20px; font-weight: 600; }
QLabel[role="title"] { font-size: 16px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted; font-size: 13px; }
QLabel[role="code"] { color: @muted; font-size: 12px; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="fault"] { color: @accent; font-weight: 600; }
QLabel[role="success"] { color: @success; font-weight: 600; }
QTableView { background: @surface; border: 1px solid @line; border-radius: 6px; gridline-color: @line; }
QTableView:focus { border: 2px solid @accent; }
QHeaderView::section { background: @window; color: @muted; border: none; border-bottom: 1px solid @line; padding: 6px 8px; }
QToolTip { background: @surface; color: @text; border: 1px solid @line; padding: 4px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @muted; border-radius: 3px; background: @surface; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@check); }
QCheckBox::indicator:focus { border: 2px solid @text; }
QCheckBox:focus, QRadioButton:focus { outline: none; border: 1px dotted @text; border-radius: 3px; }
)";

QString sheetOf(const Colours& colours) {
    QString sheet = QString::fromLatin1(kSheet);
    // The longer name first: "@onAccent" before "@accent" does not matter, for they differ from the "@" on.
    const std::pair<const char*, QColor> names[] = {
        {"@window", colours.window},     {"@surface", colours.surface}, {"@text", colours.text},
        {"@muted", colours.muted},       {"@line", colours.line},       {"@accent", colours.accent},
        {"@onAccent", colours.onAccent}, {"@warning", colours.warning}, {"@success", colours.success}};
    for (const auto& [name, colour] : names) sheet.replace(QLatin1String(name), colour.name());
    sheet.replace(QLatin1String("@check"), colours.isDark ? QStringLiteral(":/signet/icons/tick-dark.svg")
                                                          : QStringLiteral(":/signet/icons/tick-light.svg"));
    return sheet;
}

QFont bodyFont(const QFont& systems) {
    QFont font = systems;
    // Who has set a larger font keeps it.
    const int pixels = std::max(kBodyPixels, font.pixelSize());
    font.setPixelSize(pixels);
    auto families = font.families();
    families << QStringLiteral("Noto Sans CJK SC");
    font.setFamilies(families);
    return font;
}

}  // namespace

const Colours& coloursOf(Appearance appearance) {
    switch (appearance) {
        case Appearance::dark:
            return kDark;
        case Appearance::highContrast:
            return kHighContrast;
        case Appearance::automatic:
        case Appearance::light:
            break;
    }
    return kLight;
}

const Colours& colours() {
    return *current;
}

void applyAppearance(QApplication& application, Appearance appearance) {
    const bool isFirst = application.styleSheet().isEmpty();
    if (isFirst) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setFont(bodyFont(QApplication::font()));
    }
    const auto& wanted = coloursOf(appearance);
    if (!isFirst && current == &wanted) return;
    current = &wanted;
    QApplication::setPalette(paletteOf(wanted));
    application.setStyleSheet(sheetOf(wanted));
}

void setRole(QWidget& widget, const char* role) {
    if (widget.property("role").toString() == QLatin1String(role)) return;
    widget.setProperty("role", QString::fromLatin1(role));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

}  // namespace signet
