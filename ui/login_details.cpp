// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/login_details.hpp"

#include "agent/prompt_text.hpp"
#include "ui/certificate_cards.hpp"
#include "ui/elided_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QLabel>
#include <QVBoxLayout>

namespace signet {
namespace {

QLabel* wrapped(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

void setOrHide(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

bool isWebAddress(const std::string& url) {
    return url.rfind("https://", 0) == 0;
}

}  // namespace

LoginDetails::LoginDetails(QWidget* parent)
    : QWidget(parent),
      m_card(new CertificateCardView(this)),
      m_capacity(wrapped(this)),
      m_enterprise(new ElidedLabel(this)),
      m_text(wrapped(this)),
      m_claims(wrapped(this)),
      m_agreements(wrapped(this)) {
    setRole(*m_enterprise, "host");
    setRole(*m_claims, "muted");
    setRole(*m_agreements, "muted");
    m_agreements->setTextFormat(Qt::RichText);
    m_agreements->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    for (auto* part :
         std::initializer_list<QWidget*>{m_capacity, m_enterprise, m_card, m_text, m_claims, m_agreements})
        layout->addWidget(part);
    connect(m_agreements, &QLabel::linkActivated, this, &LoginDetails::linkWanted);
}

void LoginDetails::setQuestion(const LoginQuestion& question, bool hasCard) {
    const auto language = UiLanguage::current();
    m_card->setVisible(hasCard && question.certificate.has_value());
    if (question.certificate) m_card->setCard(*question.certificate);
    setAct(question);
    setOrHide(*m_text, question.text ? breakable(toQt(shownText(*question.text))) : QString());
    setOrHide(*m_claims, question.claims.empty() ? QString() : toQt(claimsLine(question.claims, language)));
    setAgreements(question);
}

void LoginDetails::setAct(const LoginQuestion& question) {
    const auto& act = question.act;
    const bool isSelf = act.as == "self" || act.as.empty();
    setOrHide(*m_capacity, isSelf ? QString() : toQt(capacityLine(act, UiLanguage::current())));
    const auto name = act.name.empty() ? act.org : act.name;
    m_enterprise->setWholeText(isSelf ? QString() : shown(name, 60));
    m_enterprise->setVisible(!isSelf && !name.empty());
}

/// Named in one line, each a link to its text; where they are to be accepted they have boxes of their own.
void LoginDetails::setAgreements(const LoginQuestion& question) {
    QStringList names;
    for (const auto& card : question.agreements) {
        const auto title = shown(card.title.empty() ? card.ref.id : card.title, 32).toHtmlEscaped();
        names << (isWebAddress(card.url)
                      ? QStringLiteral("<a href=\"%1\">%2</a>").arg(toQt(card.url).toHtmlEscaped(), title)
                      : title);
    }
    const auto separator =
        UiLanguage::current() == Language::zh ? QStringLiteral("、") : QStringLiteral(", ");
    setOrHide(*m_agreements,
              names.isEmpty() ? QString() : tr("By signing you confirm: %1").arg(names.join(separator)));
}

}  // namespace signet
