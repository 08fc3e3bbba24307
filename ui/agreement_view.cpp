// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/agreement_view.hpp"

#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QTextBlockFormat>
#include <QTextCursor>
#include <QTextDocument>

#include <limits>

namespace signet {
namespace {

using Kind = AgreementParagraph::Kind;
constexpr int kItemIndent = 3 * kGrid;
constexpr int kLeastHeight = 6 * kGrid;  ///< where the screen is small and its text large
constexpr int kTopHeadingPixels = 18;
constexpr int kHeadingPixels = 15;
constexpr int kLineHeightPercent = 140;

QTextBlockFormat blockOf(const AgreementParagraph& paragraph) {
    QTextBlockFormat block;
    block.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
    block.setBottomMargin(paragraph.kind == Kind::item ? kGrid / 2 : kGrid);
    if (paragraph.kind == Kind::heading) {
        block.setTopMargin(paragraph.level == 1 ? 0 : kGrid);
        block.setHeadingLevel(paragraph.level);
    }
    if (paragraph.kind == Kind::item) {
        block.setLeftMargin(kItemIndent);
        block.setTextIndent(-kItemIndent);
        block.setTabPositions({QTextOption::Tab(kItemIndent, QTextOption::LeftTab)});
    }
    return block;
}

QTextCharFormat formatOf(const AgreementParagraph& paragraph, bool isBold) {
    QTextCharFormat format;
    const bool isHeading = paragraph.kind == Kind::heading;
    format.setFontWeight(isBold || isHeading ? QFont::Bold : QFont::Normal);
    if (isHeading)
        format.setProperty(QTextFormat::FontPixelSize,
                           paragraph.level == 1 ? kTopHeadingPixels : kHeadingPixels);
    return format;
}

void insert(QTextCursor& cursor, const AgreementParagraph& paragraph) {
    const auto whole = [](std::string_view text) {
        return shown(text, std::numeric_limits<std::size_t>::max());
    };
    if (paragraph.kind == Kind::item)
        cursor.insertText(whole(paragraph.marker) + QLatin1Char('\t'), formatOf(paragraph, false));
    for (const auto& run : paragraph.runs)
        cursor.insertText(whole(run.text), formatOf(paragraph, run.isBold));
}

}  // namespace

AgreementView::AgreementView(QWidget* parent) : QTextBrowser(parent) {
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setMinimumHeight(kLeastHeight);
    document()->setDocumentMargin(2 * kGrid);
}

void AgreementView::setAgreement(const AgreementText& agreement, const QString& name) {
    setAccessibleName(name);
    clear();
    QTextCursor cursor(document());
    bool isFirst = true;
    for (const auto& paragraph : agreement.paragraphs) {
        if (!std::exchange(isFirst, false)) cursor.insertBlock();
        cursor.setBlockFormat(blockOf(paragraph));
        insert(cursor, paragraph);
    }
    moveCursor(QTextCursor::Start);
}

}  // namespace signet
