// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_register.hpp"

#include "agent/language.hpp"
#include "ui/certificate_cards.hpp"
#include "ui/elided_label.hpp"
#include "ui/fault_note.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QProgressBar>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

#include <utility>

namespace signet {
namespace {

constexpr std::size_t kTitleColumns = 48;

}  // namespace

RegisterPage::RegisterPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent)
    : FirstRunPage(parts, facts, parent),
      m_where(literalLabel(this, "muted")),
      m_host(new ElidedLabel(this)),
      m_whom(literalLabel(this, "muted")),
      m_card(new CertificateCardView(this)),
      m_accepted(literalLabel(this, "muted")),
      m_say(literalLabel(this)),
      m_bar(busyBar(this)),
      m_fault(new FaultNote(this)),
      m_done(literalLabel(this, "success")),
      m_doneAccount(literalLabel(this, "title")),
      m_next(literalLabel(this)),
      m_open(new QPushButton(this)) {
    setRole(*m_host, "host");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    for (auto* widget : std::initializer_list<QWidget*>{m_whom, m_say, m_fault, m_next})
        widget->setContentsMargins(0, kGrid, 0, 0);
    const std::initializer_list<QWidget*> order{m_done, m_doneAccount, m_where, m_host, m_whom,
                                                m_card, m_accepted,    m_say,   m_bar,  m_fault};
    for (auto* widget : order) layout->addWidget(widget);
    layout->addWidget(m_next);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_open, &QPushButton::clicked, this, [this] { m_parts.openInBrowser(m_facts.issuer + "/"); });
    setState(State::ready);
}

void RegisterPage::enter() {
    if (m_state == State::running) return;
    m_host->setWholeText(platformName(m_facts.issuer));
    if (m_facts.certificate) m_card->setCard(*m_facts.certificate);
    setState(State::ready);
}

void RegisterPage::setState(State state) {
    m_state = state;
    const bool isDone = state == State::done;
    for (auto* widget : std::initializer_list<QWidget*>{m_where, m_host, m_whom, m_card, m_accepted})
        widget->setVisible(!isDone);
    for (auto* widget : std::initializer_list<QWidget*>{m_done, m_doneAccount, m_next, m_open})
        widget->setVisible(isDone);
    m_say->setVisible(state == State::ready || state == State::running);
    m_bar->setVisible(state == State::running);
    m_fault->setVisible(state == State::failed);
    if (state == State::failed) m_fault->setError(*m_error);
    retranslate();
    emit changed();
}

/// Told to go back and read, where what was read is not what holds now, or was not accepted in the end.
bool RegisterPage::mustReadAgain() const {
    return m_state == State::failed &&
           (m_error->code == ErrorCode::agreementOutdated || m_error->reason == "agreements_declined");
}

bool RegisterPage::goOn() {
    if (m_state == State::done) return false;
    if (m_state == State::running) return true;
    if (mustReadAgain())
        emit agreementsChanged();
    else
        start();
    return true;
}

void RegisterPage::start() {
    LoginRequest request;
    request.issuer = m_facts.issuer;
    request.purpose = Purpose::bind;
    request.wantsSession = false;  // nobody here would use it, or end it
    if (m_facts.certificate) request.selection.fingerprintHex = m_facts.certificate->fingerprintHex;
    for (const auto& document : m_facts.accepted) request.acceptedAgreements.push_back(document.reference());
    setState(State::running);
    m_parts.login(std::move(request), [this, life = std::weak_ptr<int>(m_life)](Result<LoginResult> result) {
        if (!life.expired()) onEnded(std::move(result));
    });
}

void RegisterPage::onEnded(Result<LoginResult> result) {
    if (!result) {
        m_error = result.error();
        return setState(State::failed);
    }
    m_account = std::move(result->account);
    setState(State::done);
}

QString RegisterPage::acceptedText() const {
    constexpr Text separator{"、", ", "};
    QStringList titles;
    for (const auto& document : m_facts.accepted)
        titles << tr("\"%1\" (version %2)")
                      .arg(shown(document.published.title, kTitleColumns),
                           shown(document.published.version, kTitleColumns));
    if (titles.isEmpty()) return {};
    return tr("Your signature accepts: %1").arg(titles.join(toQt(separator.of(UiLanguage::current()))));
}

void RegisterPage::nameResult() {
    const auto name = shown(m_account.name, 60);
    m_done->setText(tr("You are registered at %1.").arg(platformName(m_facts.issuer)));
    m_doneAccount->setText(m_account.kind == "enterprise" ? tr("%1 (company account)").arg(name)
                                                          : tr("%1 (personal account)").arg(name));
    m_next->setText(
        tr("From now on you log in to websites with your USB key: keep it plugged in, open the website and "
           "choose to log in with your certificate. Signet then asks you for the PIN."));
    m_open->setText(tr("&Open the platform in the browser"));
}

void RegisterPage::retranslate() {
    m_where->setText(tr("You register at"));
    m_whom->setText(tr("with this certificate"));
    m_accepted->setText(acceptedText());
    m_say->setText(m_state == State::running
                       ? tr("Registering… Answer the questions in the login window. To stop, cancel there.")
                       : tr("After a click on Register, the login window asks for the PIN of your USB key."));
    m_bar->setAccessibleName(tr("Registering"));
    if (m_facts.certificate) m_card->setCard(*m_facts.certificate);
    nameResult();
}

QString RegisterPage::title() const {
    return m_state == State::done ? tr("Done") : tr("Register");
}

QWidget* RegisterPage::news() const {
    switch (m_state) {
        case State::running:
            return m_bar;
        case State::failed:
            return m_fault;
        case State::done:
            return m_done;
        case State::ready:
            break;
    }
    return nullptr;
}

QString RegisterPage::onwardText() const {
    switch (m_state) {
        case State::done:
            return tr("&Close");
        case State::failed:
            return mustReadAgain() ? tr("&Read again") : tr("&Try again");
        case State::ready:
        case State::running:
            break;
    }
    return tr("&Register");
}

}  // namespace signet
