// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/setting_row.hpp"

#include "ui/theme.hpp"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace signet {
namespace {

QLabel* textLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    setRole(*label, role);
    return label;
}

void setOrHide(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

}  // namespace

SettingLock lockOf(const Configuration& configuration, const std::string& key) {
    if (configuration.isLocked(key)) return SettingLock::policy;
    const auto found = configuration.settings.find(key);
    const bool isGiven = found != configuration.settings.end() &&
                         found->second.front().layer == ConfigurationLayer::commandLine;
    return isGiven ? SettingLock::commandLine : SettingLock::none;
}

SettingRow::SettingRow(QWidget* editor, QWidget* parent)
    : QWidget(parent),
      m_editor(editor),
      m_name(textLabel(this, "strong")),
      m_hint(textLabel(this, "muted")),
      m_lockNote(textLabel(this, "muted")),
      m_fault(textLabel(this, "fault")),
      m_code(textLabel(this, "code")) {
    m_name->setBuddy(editor);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGrid / 2);
    for (QWidget* each :
         {static_cast<QWidget*>(m_name), editor, static_cast<QWidget*>(m_fault),
          static_cast<QWidget*>(m_code), static_cast<QWidget*>(m_lockNote), static_cast<QWidget*>(m_hint)})
        layout->addWidget(each);
}

void SettingRow::setWords(const QString& name, const QString& hint) {
    setOrHide(*m_name, name);
    setOrHide(*m_hint, hint);
    if (!name.isEmpty()) m_editor->setAccessibleName(QString(name).remove(QLatin1Char('&')));
    m_editor->setAccessibleDescription(hint);
    showLock();
}

void SettingRow::setLock(SettingLock lock) {
    m_lock = lock;
    m_editor->setEnabled(lock == SettingLock::none);
    showLock();
}

void SettingRow::setFault(const QString& sentence, const QString& code) {
    setOrHide(*m_fault, sentence);
    setOrHide(*m_code, code);
}

void SettingRow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) showLock();
    QWidget::changeEvent(event);
}

void SettingRow::showLock() {
    switch (m_lock) {
        case SettingLock::none:
            setOrHide(*m_lockNote, {});
            return;
        case SettingLock::policy:
            setOrHide(*m_lockNote, tr("Set by your administrator."));
            break;
        case SettingLock::commandLine:
            setOrHide(*m_lockNote, tr("Set by an option with which Signet was started."));
            break;
    }
    m_editor->setAccessibleDescription(m_lockNote->text());
}

}  // namespace signet
