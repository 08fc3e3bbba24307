// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/certificate_cards.hpp"

#include "certs/certificate.hpp"
#include "ui/elided_label.hpp"
#include "ui/fault_words.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QButtonGroup>
#include <QLabel>
#include <QVBoxLayout>

namespace signet {
namespace {

/// Two lines in a button, neither of which asks for more room than there is.
class CardButton : public QPushButton {
public:
    CardButton(QString name, QString details, QWidget* parent)
        : QPushButton(parent), m_name(std::move(name)), m_details(std::move(details)) {
        setCheckable(true);
        setAutoExclusive(true);  // one of several, as screen readers tell it
        setRole(*this, "choice");
        setAccessibleName(m_name + QStringLiteral(", ") + m_details);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setText(buttonText(m_name + QLatin1Char('\n') + m_details));
    }
    QSize minimumSizeHint() const override { return {0, QPushButton::minimumSizeHint().height()}; }

protected:
    void resizeEvent(QResizeEvent* event) override {
        QPushButton::resizeEvent(event);
        const int room = width() - 4 * kGrid;
        setText(buttonText(fontMetrics().elidedText(m_name, Qt::ElideMiddle, room) + QLatin1Char('\n') +
                           fontMetrics().elidedText(m_details, Qt::ElideMiddle, room)));
    }

private:
    const QString m_name;
    const QString m_details;
};

}  // namespace

QString cardDetails(const CertificateCard& card) {
    const bool isZh = UiLanguage::current() == Language::zh;
    QStringList parts;
    if (!card.number.empty()) parts << shown(card.number, 40);
    parts << shown(card.issuerName, 40);
    const auto date = toQt(dateText(card.notAfter));
    parts << (isZh ? date + QStringLiteral(" 到期") : QStringLiteral("valid until ") + date);
    return parts.join(QStringLiteral("   "));
}

CertificateCardView::CertificateCardView(QWidget* parent)
    : QFrame(parent), m_name(new ElidedLabel(this)), m_details(new ElidedLabel(this)) {
    setRole(*this, "card");
    setRole(*m_name, "strong");
    setRole(*m_details, "muted");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, kGrid + kGrid / 2, 2 * kGrid, kGrid + kGrid / 2);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(m_name);
    layout->addWidget(m_details);
}

void CertificateCardView::setCard(const CertificateCard& card) {
    m_name->setWholeText(shown(card.name, 60));
    m_details->setWholeText(cardDetails(card));
    setAccessibleName(m_name->wholeText() + QStringLiteral(", ") + m_details->wholeText());
}

CertificateChoice::CertificateChoice(QWidget* parent)
    : QWidget(parent),
      m_layout(new QVBoxLayout(this)),
      m_group(new QButtonGroup(this)),
      m_more(new QPushButton(this)),
      m_others(new QWidget(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(kGrid);
    m_group->setExclusive(true);
    setRole(*m_more, "link");
    m_more->setCheckable(true);
    m_layout->addWidget(m_more, 0, Qt::AlignLeft);
    m_layout->addWidget(m_others);
    new QVBoxLayout(m_others);
    m_others->layout()->setContentsMargins(0, 0, 0, 0);
    m_others->hide();
    connect(m_more, &QPushButton::toggled, this, [this](bool isOpen) {
        m_others->setVisible(isOpen);
        emit resized();
    });
    connect(m_group, &QButtonGroup::idToggled, this, [this] { emit changed(); });
}

void CertificateChoice::setCards(const std::vector<CertificateCard>& cards,
                                 const std::vector<RefusedCard>& refused) {
    m_cards = cards;
    m_refused = refused;
    m_more->setChecked(false);
    clear();
    for (int i = 0; i < static_cast<int>(m_cards.size()); ++i) addCard(i);
    for (const auto& each : m_refused) addRefused(each);
    m_more->setText(tr("Others that cannot be used now (%1)").arg(m_refused.size()));
    m_more->setVisible(!m_refused.empty());
}

void CertificateChoice::retranslate() {
    const int before = chosen();
    const bool isOpen = m_more->isChecked();
    const auto cards = m_cards;
    const auto refused = m_refused;
    setCards(cards, refused);
    if (auto* button = m_group->button(before)) button->setChecked(true);
    m_more->setChecked(isOpen);
}

int CertificateChoice::chosen() const {
    return m_group->checkedId();
}

void CertificateChoice::choose(int index) {
    if (auto* button = m_group->button(index)) button->setChecked(true);
}

void CertificateChoice::clear() {
    for (auto* button : m_group->buttons()) {
        m_group->removeButton(button);
        delete button;
    }
    qDeleteAll(m_others->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void CertificateChoice::addCard(int index) {
    const auto& card = m_cards[static_cast<std::size_t>(index)];
    auto* button = new CardButton(shown(card.name, 60), cardDetails(card), this);
    m_group->addButton(button, index);
    m_layout->insertWidget(index, button);
    button->show();
}

void CertificateChoice::addRefused(const RefusedCard& refused) {
    auto* name = new ElidedLabel(m_others);
    name->setWholeText(shown(refused.card.name, 60) + QStringLiteral("   ") + cardDetails(refused.card));
    auto* reason = new QLabel(faultText(refused.reason, UiLanguage::current()), m_others);
    reason->setTextFormat(Qt::PlainText);
    reason->setWordWrap(true);
    setRole(*name, "muted");
    setRole(*reason, "warning");
    m_others->layout()->addWidget(name);
    m_others->layout()->addWidget(reason);
    name->show();
    reason->show();
}

}  // namespace signet
