// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"
#include "ui/choose_file.hpp"
#include "ui/setting_row.hpp"

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace signet {

class Notice;
class SearchTable;

/// The drivers that are configured, to be added and removed; nothing is written here. Thread: main.
class ModulesPanel : public QWidget {
    Q_OBJECT

public:
    explicit ModulesPanel(QWidget* parent = nullptr);

    void setModules(std::vector<std::string> modules, SettingLock lock);
    const std::vector<std::string>& modules() const { return m_modules; }
    /// One that may not be loaded is refused with its cause.
    void add(const QString& path);
    /// The list could not be saved.
    void tellOfSaving(const Error& error);
    void retranslate();
    void setFileChooser(ChooseFile choose) { m_chooseFile = std::move(choose); }

    SearchTable& table() { return *m_table; }
    Notice& notice() { return *m_notice; }
    QPushButton& addButton() { return *m_add; }
    QPushButton& removeButton() { return *m_remove; }

signals:
    void modulesChanged();

private:
    void tell(const Error& error, const std::string& path);
    void fill();
    void removeChosen();

    QLabel* m_hint;
    SearchTable* m_table;
    Notice* m_notice;
    SettingRow* m_buttons;
    QPushButton* m_add;
    QPushButton* m_remove;
    ChooseFile m_chooseFile = chooseFile;
    std::vector<std::string> m_modules{};
};

}  // namespace signet
