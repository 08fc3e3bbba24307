// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/configuration.hpp"

#include <QString>
#include <QWidget>

#include <string>

class QLabel;

namespace signet {

/// Why a setting cannot be changed here.
enum class SettingLock { none, policy, commandLine };
SettingLock lockOf(const Configuration& configuration, const std::string& key);

/// One setting: its name, the widget that changes it, a hint, who has locked it, and why a value was refused.
/// Thread: main.
class SettingRow : public QWidget {
    Q_OBJECT

public:
    /// `editor` becomes part of it.
    explicit SettingRow(QWidget* editor, QWidget* parent = nullptr);

    /// An empty `name`: the editor says it itself.
    void setWords(const QString& name, const QString& hint);
    /// A locked setting is shown and cannot be changed.
    void setLock(SettingLock lock);
    bool isLocked() const { return m_lock != SettingLock::none; }
    /// Empty: none. `code` is for the help desk.
    void setFault(const QString& sentence, const QString& code = {});

protected:
    void changeEvent(QEvent* event) override;

private:
    void showLock();

    QWidget* m_editor;
    QLabel* m_name;
    QLabel* m_hint;
    QLabel* m_lockNote;
    QLabel* m_fault;
    QLabel* m_code;
    SettingLock m_lock = SettingLock::none;
};

}  // namespace signet
