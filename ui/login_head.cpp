// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/login_head.hpp"

#include "agent/prompt_text.hpp"
#include "ui/elided_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QLabel>
#include <QVBoxLayout>

namespace signet {

LoginHead::LoginHead(QWidget* parent)
    : QWidget(parent),
      m_host(new ElidedLabel(this)),
      m_purpose(new QLabel(this)),
      m_owner(new ElidedLabel(this)) {
    setRole(*m_host, "host");
    setRole(*m_owner, "muted");
    m_purpose->setTextFormat(Qt::PlainText);
    m_purpose->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    layout->addWidget(m_host);
    layout->addWidget(m_purpose);
    layout->addWidget(m_owner);
}

void LoginHead::setQuestion(const LoginQuestion& question) {
    const auto language = UiLanguage::current();
    m_host->setWholeText(shown(question.host, 253));
    auto withoutOwner = question;
    if (withoutOwner.client) withoutOwner.client->owner.clear();
    m_purpose->setText(breakable(toQt(purposeLine(withoutOwner, language))));
    const auto owner = question.client ? shown(question.client->owner, 60) : QString();
    m_owner->setWholeText(owner.isEmpty() ? QString() : tr("Operated by %1").arg(owner));
    m_owner->setVisible(!owner.isEmpty());
}

}  // namespace signet
