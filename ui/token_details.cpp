// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/token_details.hpp"

#include "ui/fault_words.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace signet {
namespace {

constexpr std::size_t kTextColumns = 400;
constexpr int kGroup = 16;  ///< of a fingerprint: the first is what logs say

QString inGroups(QString text) {
    for (int i = static_cast<int>(text.size()) / kGroup * kGroup; i > 0; i -= kGroup)
        if (i < text.size()) text.insert(i, ' ');
    return text;
}

QString keyName(const Certificate& certificate) {
    switch (certificate.keyType()) {
        case KeyType::rsa:
            return QStringLiteral("RSA %1").arg(certificate.keyBits());
        case KeyType::p256:
            return QStringLiteral("ECDSA P-256");
        case KeyType::p384:
            return QStringLiteral("ECDSA P-384");
        case KeyType::sm2:
            return QStringLiteral("SM2");
        case KeyType::other:
            break;
    }
    return {};
}

}  // namespace

TokenDetails::TokenDetails(QWidget* parent)
    : QFrame(parent),
      m_name(literalLabel(this, "title")),
      m_state(literalLabel(this)),
      m_way(literalLabel(this)),
      m_code(selectableLabel(this, "code")) {
    setRole(*this, "card");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, kGrid, 2 * kGrid, kGrid);
    layout->setSpacing(kGrid / 2);
    for (auto* label : {m_name, m_state, m_way, m_code}) layout->addWidget(label);
    layout->addSpacing(kGrid / 2);
    for (int line = 0; line < lineCount; ++line) {
        m_names[line] = literalLabel(this, "muted");
        m_names[line]->setWordWrap(false);
        m_names[line]->setAlignment(Qt::AlignTop);
        m_values[line] = selectableLabel(this);
        m_values[line]->setAlignment(Qt::AlignTop);
    }
    const std::vector<std::vector<Line>> rows{
        {identity}, {issuer, validity}, {purpose, pin}, {token}, {fingerprint}};
    for (const auto& lines : rows) {
        auto* row = new QHBoxLayout;
        row->setSpacing(2 * kGrid);
        for (const auto line : lines) {
            row->addWidget(m_names[line]);
            row->addWidget(m_values[line], 1);
        }
        layout->addLayout(row);
    }
    retranslate();
}

void TokenDetails::setRow(const TokenRow* row, TimePoint now) {
    m_row = row == nullptr ? std::nullopt : std::optional(*row);
    m_now = now;
    showRow();
}

void TokenDetails::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QFrame::changeEvent(event);
}

void TokenDetails::retranslate() {
    m_names[identity]->setText(tr("Identity"));
    m_names[issuer]->setText(tr("Issued by"));
    m_names[validity]->setText(tr("Valid"));
    m_names[purpose]->setText(tr("Purpose"));
    m_names[pin]->setText(tr("PIN"));
    m_names[token]->setText(tr("USB key"));
    m_names[fingerprint]->setText(tr("Fingerprint (SHA-256)"));
    setAccessibleName(tr("Details of the chosen certificate"));
    alignNames();
    showRow();
}

/// As a grid would, but with lines that wrap and know their height.
void TokenDetails::alignNames() {
    for (const auto& names : {std::vector{identity, issuer, purpose, token, fingerprint}, {validity, pin}}) {
        int width = 0;
        for (const auto line : names) width = std::max(width, m_names[line]->sizeHint().width());
        for (const auto line : names) m_names[line]->setMinimumWidth(width);
    }
}

void TokenDetails::setLine(Line line, const QString& text) {
    m_values[line]->setText(text.isEmpty() ? QStringLiteral("—") : text);
    m_values[line]->setAccessibleName(m_names[line]->text() + ": " + text);
}

void TokenDetails::showRow() {
    if (!m_row) return;
    showState();
    setLine(token, tokenText());
    setLine(pin, pinText());
    if (m_row->certificate) return showCertificate(*m_row->certificate);
    m_name->setText(shown(m_row->info.label));
    for (const auto line : {identity, issuer, validity, purpose, fingerprint}) setLine(line, {});
}

void TokenDetails::showState() {
    const auto language = UiLanguage::current();
    const auto& report = m_row->certificate;
    m_way->clear();
    m_code->clear();
    setRole(*m_state, "fault");
    switch (stateOf(*m_row)) {
        case TokenRowState::usable:
            setRole(*m_state, "success");
            m_state->setText(tr("It can be used to log in."));
            break;
        case TokenRowState::pinLocked: {
            const Error error{.code = ErrorCode::pinLocked};
            m_state->setText(toQt(sentence(error, language)));
            m_code->setText(toQt(errorInfo(error.code).name));
            break;
        }
        case TokenRowState::unusable: {
            const auto& error = report->assessed.verdict.error();
            m_state->setText(shown(reasonSentence(*report, language), kTextColumns));
            // Of the certificates that are not there the advice is to look here.
            if (error.code != ErrorCode::noCertificate) m_way->setText(adviceText(error, language));
            const auto detail = report->detail.empty() ? "" : ": " + report->detail;
            m_code->setText(shown(report->reason + detail, kTextColumns));
            break;
        }
        case TokenRowState::noCertificate:
            m_state->setText(tr("There is no certificate on this USB key."));
            m_way->setText(
                tr("Ask your certificate issuer for one, or install the certificate file that it sent."));
            break;
    }
    m_way->setVisible(!m_way->text().isEmpty());
    m_code->setVisible(!m_code->text().isEmpty());
}

void TokenDetails::showCertificate(const CertificateReport& report) {
    const auto card = cardFor(report.assessed);
    m_name->setText(shown(card.name));
    setLine(identity, identityText(report));
    const auto& certificate = report.assessed.certificate;
    if (!certificate) {
        for (const auto line : {issuer, validity, purpose, fingerprint}) setLine(line, {});
        return;
    }
    setLine(issuer, shown(card.issuerName));
    setLine(validity,
            tr("from %1 to %2")
                .arg(toQt(dateText(certificate->notBefore())), expiryText(certificate->notAfter(), m_now)));
    setLine(purpose, purposeText(*certificate));
    setLine(fingerprint, inGroups(toQt(certificate->fingerprintHex())));
}

QString TokenDetails::expiryText(TimePoint notAfter, TimePoint now) {
    const auto date = toQt(dateText(notAfter));
    if (notAfter <= now) return tr("%1 (expired)").arg(date);
    const auto days = daysUntilExpiry(notAfter, now);
    if (!days) return date;
    if (*days == 0) return tr("%1 (less than a day left)").arg(date);
    return tr("%1 (expires in %n day(s))", "", *days).arg(date);
}

QString TokenDetails::identityText(const CertificateReport& report) const {
    const auto& found = report.identity;
    if (!found) return tr("The certificate names no number of an enterprise or a person.");
    const auto kind = found->kind == SubjectKind::enterprise ? tr("Enterprise") : tr("Person");
    auto text = tr("%1 %2, from the certificate's field %3")
                    .arg(kind, toQt(maskedNumber(found->number)), shown(found->field));
    if (!found->checkDigitFits)
        text += "\n" + tr("The number's check digit does not fit. This is only a hint.");
    return text;
}

QString TokenDetails::purposeText(const Certificate& certificate) const {
    const auto name = keyName(certificate);
    const auto key = name.isEmpty() ? QString() : QStringLiteral(" · ") + name;
    switch (purposeOf(certificate)) {
        case CertificatePurpose::login:
            return tr("Logging in and signing") + key;
        case CertificatePurpose::otherSigning:
            return tr("Signing, but not for logging in") + key;
        case CertificatePurpose::encryption:
            return tr("Encryption") + key;
        case CertificatePurpose::authority:
            return tr("Certificate of an issuer") + key;
    }
    return {};
}

QString TokenDetails::tokenText() const {
    const auto& info = m_row->info;
    QStringList parts{shown(info.label)};
    for (const auto& part : {info.manufacturer, info.model})
        if (!part.empty()) parts << shown(part);
    if (!info.serial.empty()) parts << shown(maskedSerial(info.serial));
    auto text = parts.join(QStringLiteral(" · "));
    if (m_row->authorityCount > 0)
        text += "\n" + tr("It also holds %n certificate(s) of issuers.", "",
                          static_cast<int>(m_row->authorityCount));
    if (m_row->leftOutCertificates > 0)
        text += "\n" + tr("%n certificate(s) are too large or too many and are not shown.", "",
                          static_cast<int>(m_row->leftOutCertificates));
    return text;
}

QString TokenDetails::pinText() const {
    const auto& info = m_row->info;
    QStringList parts;
    if (info.isPinLocked)
        parts << tr("It is locked.");
    else if (!info.isUserPinSet)
        parts << tr("It is not set yet.");
    else if (info.triesLeft)
        parts << tr("%n try(ies) left.", "", *info.triesLeft);
    else if (info.isPinFinalTry)
        parts << tr("Only one try is left.");
    else if (info.isPinCountLow)
        parts << tr("A wrong one was entered before.");
    if (info.mustChangePin) parts << tr("It must be changed first.");
    if (info.hasProtectedPath) parts << tr("It is entered on the reader.");
    return parts.join(UiLanguage::current() == Language::zh ? QString() : QStringLiteral(" "));
}

}  // namespace signet
