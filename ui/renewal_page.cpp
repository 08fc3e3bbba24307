// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/renewal_page.hpp"

#include "agent/prompt_text.hpp"
#include "ui/fault_note.hpp"
#include "ui/literal_label.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"
#include "ui/window_asker.hpp"

#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr int kColumnWidth = 70 * kGrid;
constexpr std::size_t kTextColumns = 400;

QString nameOf(NewKeyKind kind) {
    switch (kind) {
        case NewKeyKind::rsa2048:
            return QStringLiteral("RSA 2048");
        case NewKeyKind::rsa3072:
            return QStringLiteral("RSA 3072");
        case NewKeyKind::p256:
            return QStringLiteral("ECDSA P-256");
        case NewKeyKind::p384:
            return QStringLiteral("ECDSA P-384");
    }
    return {};
}

}  // namespace

RenewalPage::RenewalPage(Ports ports, QWidget* parent)
    : QWidget(parent),
      m_ports(std::move(ports)),
      m_title(literalLabel(this, "title")),
      m_subject(literalLabel(this)),
      m_message(literalLabel(this)),
      m_path(selectableLabel(this, "code")),
      m_form(new QWidget(this)),
      m_oldKey(new QRadioButton(m_form)),
      m_newKey(new QRadioButton(m_form)),
      m_kind(new QComboBox(m_form)),
      m_asker(new WindowAsker(this)),
      m_progress(new QProgressBar(this)),
      m_fault(new FaultNote(this)),
      m_back(new QPushButton(this)),
      m_primary(new QPushButton(this)) {
    if (!m_ports.chooseFile) m_ports.chooseFile = &chooseFile;
    build();
    retranslate();
}

RenewalPage::~RenewalPage() {
    m_asker->disconnect(this);
    stop();
}

void RenewalPage::build() {
    buildForm();
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(kColumnWidth);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGrid);
    for (auto* widget : std::initializer_list<QWidget*>{m_title, m_subject, m_fault, m_message, m_path,
                                                        m_form, m_asker, m_progress})
        column->addWidget(widget);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(kGrid);
    column->addSpacing(kGrid);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_back);
    buttons->addStretch();
    buttons->addWidget(m_primary);
    column->addLayout(buttons);
    column->addStretch();
    setRole(*m_primary, "primary");
    for (auto* button : {m_back, m_primary}) button->setAutoDefault(true);  // Enter presses it.

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(middle, 100);
    layout->addStretch(1);
    connect(m_back, &QPushButton::clicked, this, &RenewalPage::onBack);
    connect(m_primary, &QPushButton::clicked, this, &RenewalPage::onPrimary);
    connect(m_asker, &WindowAsker::changed, this, &RenewalPage::onAsker);
}

void RenewalPage::buildForm() {
    auto* layout = new QVBoxLayout(m_form);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid);
    layout->addWidget(m_oldKey, 0, Qt::AlignLeft);
    auto* fresh = new QHBoxLayout;
    fresh->setSpacing(kGrid);
    fresh->addWidget(m_newKey);
    fresh->addWidget(m_kind);
    fresh->addStretch();
    layout->addLayout(fresh);
    for (const auto kind : kNewKeyKinds) m_kind->addItem(nameOf(kind));
    connect(m_newKey, &QRadioButton::toggled, this, &RenewalPage::showForm);
}

// ---- what happens ----

void RenewalPage::startRequest(const TokenRow& row) {
    begin(Task::request, row);
}

void RenewalPage::startInstall(const TokenRow& row) {
    begin(Task::install, row);
}

void RenewalPage::begin(Task task, const TokenRow& row) {
    stop();
    m_task = task;
    m_row = row;
    m_wasStopped = false;
    m_oldKey->setChecked(true);
    if (row.certificate && row.certificate->assessed.certificate) {
        const auto like = newKeyLike(*row.certificate->assessed.certificate);
        m_kind->setCurrentIndex(
            static_cast<int>(std::ranges::find(kNewKeyKinds, like) - kNewKeyKinds.begin()));
    }
    enter(Stage::form);
    m_primary->setFocus();
}

void RenewalPage::stop() {
    m_request.reset();
    m_install.reset();
}

void RenewalPage::enter(Stage stage) {
    m_stage = stage;
    if (stage != Stage::failed) m_fault->clear();
    m_form->setVisible(stage == Stage::form && m_task == Task::request);
    m_progress->setVisible(stage == Stage::working);
    showTexts();
    showForm();
    if (stage == Stage::failed || stage == Stage::done || stage == Stage::working)
        (stage == Stage::working ? m_back : m_primary)->setFocus();
}

std::optional<NewKeyKind> RenewalPage::newKey() const {
    if (!m_newKey->isChecked()) return std::nullopt;
    return kNewKeyKinds.at(static_cast<std::size_t>(m_kind->currentIndex()));
}

void RenewalPage::onPrimary() {
    if (m_stage == Stage::form) return askForFile();
    if (m_stage == Stage::failed) return m_isWorthRetry ? run() : enter(Stage::form);
    if (m_stage == Stage::done) emit ended();
}

void RenewalPage::onBack() {
    if (m_stage == Stage::asking) return m_asker->decline();
    if (m_stage != Stage::working) return emit ended();
    stop();
    m_wasStopped = true;
    enter(Stage::form);
    emit tried();
}

/// A question takes the place of the progress, and gives it back.
void RenewalPage::onAsker() {
    if (m_stage != Stage::asking && m_stage != Stage::working) return;
    enter(m_asker->isAsking() ? Stage::asking : Stage::working);
}

void RenewalPage::askForFile() {
    const bool isToSave = m_task == Task::request;
    FileWish wish;
    wish.isToSave = isToSave;
    wish.title = isToSave ? tr("Where to write the request") : tr("The certificate from the issuer");
    wish.name = isToSave ? QStringLiteral("certificate-request.pem") : QString();
    const auto certificates = tr("Certificates") + QStringLiteral(" (*.pem *.crt *.cer *.der *.p7b *.p7c)");
    if (!isToSave) wish.filters = {certificates, tr("All files") + QStringLiteral(" (*)")};
    m_ports.chooseFile(*this, wish, [this](const QString& path) {
        if (!isVisible() || m_stage != Stage::form) return;
        m_file = QFile::encodeName(path).toStdString();
        run();
    });
}

RenewalPorts RenewalPage::jobPorts() {
    return {m_ports.tokens, *m_asker, m_ports.trust, m_ports.clock, UiLanguage::current(), m_ports.usePinPad};
}

void RenewalPage::run() {
    m_wasStopped = false;
    m_path->setText(shown(m_file.string(), kTextColumns));
    enter(Stage::working);
    if (m_task == Task::install) {
        m_install = std::make_unique<CertificateInstallJob>(jobPorts());
        m_install->start({m_file, m_row.info.label},
                         [this](const Result<CertificateInstalled>& result) { onInstalled(result); });
        return;
    }
    CertificateRequestWish wish{.out = m_file, .token = m_row.info.label, .newKey = newKey()};
    wish.selection.fingerprintHex = m_row.certificate->assessed.certificate->fingerprintHex();
    m_request = std::make_unique<CertificateRequestJob>(jobPorts());
    m_request->start(std::move(wish),
                     [this](const Result<CertificateRequestMade>& result) { onRequested(result); });
}

void RenewalPage::onRequested(const Result<CertificateRequestMade>& made) {
    if (!made) return onFailed(made.error());
    enter(Stage::done);
    emit tried();
}

void RenewalPage::onInstalled(const Result<CertificateInstalled>& installed) {
    if (!installed) return onFailed(installed.error());
    m_installed = *installed;
    enter(Stage::done);
    emit tried();
}

/// Who says no knows it.
void RenewalPage::onFailed(const Error& error) {
    if (error.code == ErrorCode::userCancelled) {
        enter(Stage::form);
        m_primary->setFocus();
        return;
    }
    m_fault->setError(error);
    m_isWorthRetry = errorInfo(error.code).mayRetry;
    enter(Stage::failed);
    emit tried();
}

// ---- what is shown ----

void RenewalPage::retranslate() {
    m_oldKey->setText(tr("For the &key that the certificate has"));
    m_newKey->setText(tr("For a &new key, made on this USB key:"));
    m_kind->setAccessibleName(tr("Kind of the new key"));
    m_progress->setAccessibleName(tr("The USB key is working"));
    showTexts();
    showForm();
}

void RenewalPage::showTexts() {
    const bool isRequest = m_task == Task::request;
    m_title->setText(isRequest ? tr("Request a renewal") : tr("Install a certificate"));
    m_asker->setAction(isRequest ? tr("Make the request") : tr("Write the certificate"));
    auto subject = shown(m_row.info.label) + "  " + shown(maskedSerial(m_row.info.serial));
    if (isRequest && m_row.certificate)
        subject = toQt(cardLine(cardFor(m_row.certificate->assessed), UiLanguage::current()));
    m_subject->setText(subject);
    m_subject->setVisible(m_stage != Stage::asking);  // The question names it.
    m_message->setText(messageText());
    m_message->setVisible(!m_message->text().isEmpty());
    setRole(*m_message, m_stage == Stage::done ? "success" : m_wasStopped ? "warning" : "");
    m_path->setVisible(m_stage == Stage::done && isRequest);
}

QString RenewalPage::messageText() const {
    const bool isRequest = m_task == Task::request;
    switch (m_stage) {
        case Stage::form:
            if (m_wasStopped) return tr("Stopped. What the USB key had begun may be done: look at the list.");
            return isRequest
                       ? tr("A request is written to a file. Send the file to your certificate issuer; "
                            "install "
                            "the certificate that it sends back in this window.")
                       : tr("Choose the file that your certificate issuer sent. The certificate is written "
                            "beside its key; what is on the USB key stays as it is.");
        case Stage::working:
            return tr("The USB key is working. Leave it plugged in.");
        case Stage::done:
            if (isRequest)
                return tr("The request has been written. Send this file to your certificate issuer:");
            if (m_installed && m_installed->isUsable)
                return tr(
                    "The certificate is on the USB key and can log in. Bind it to your account before you "
                    "use it for the first time.");
            return tr("The certificate is on the USB key, but it cannot log in yet. The list says why.");
        case Stage::asking:
        case Stage::failed:
            break;
    }
    return {};
}

/// What cannot be requested is said before a file is chosen for it.
void RenewalPage::showForm() {
    m_kind->setEnabled(m_newKey->isChecked());
    bool isPossible = true;
    if (m_stage == Stage::form && m_task == Task::request && m_row.certificate &&
        m_row.certificate->assessed.certificate) {
        const auto checked = checkRequestKey(*m_row.certificate->assessed.certificate, newKey());
        isPossible = checked.has_value();
        if (checked)
            m_fault->clear();
        else
            m_fault->setError(checked.error());
    }
    m_primary->setEnabled(isPossible);
    showButtons();
}

void RenewalPage::showButtons() {
    m_back->setVisible(m_stage != Stage::asking && m_stage != Stage::done);
    m_back->setText(m_stage == Stage::working ? tr("Stop") : tr("Back to the list"));
    m_primary->setVisible(m_stage == Stage::form || m_stage == Stage::failed || m_stage == Stage::done);
    m_primary->setText(m_stage == Stage::failed  ? tr("Try again")
                       : m_stage == Stage::done  ? tr("Back to the list")
                       : m_task == Task::request ? tr("Choose where to write it…")
                                                 : tr("Choose the file…"));
}

void RenewalPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void RenewalPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return onBack();
    QWidget::keyPressEvent(event);
}

}  // namespace signet
