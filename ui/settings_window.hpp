// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/approved_sites.hpp"
#include "agent/autostart.hpp"
#include "agent/configuration_edit.hpp"
#include "ui/ui_services.hpp"
#include "ui/window.hpp"

#include <filesystem>
#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace signet {

class ModulesPanel;
class Notice;
class SearchTable;
class SettingRow;
class SitesPanel;

/// Where the settings are that are not in the configuration. Tests set them.
struct SettingsPlaces {
    AutostartPlaces autostart = defaultAutostartPlaces();
    std::filesystem::path sites = defaultApprovedSitesFile();
};

/// The user's settings. Nothing is written before Save; closing restores what was. Thread: main.
class SettingsWindow : public Window {
    Q_OBJECT
    Q_DISABLE_COPY(SettingsWindow)

public:
    /// `services` outlives it.
    explicit SettingsWindow(const UiServices& services, SettingsPlaces places = {},
                            QWidget* parent = nullptr);
    ~SettingsWindow() override;

    bool isChanged() const;
    void save();
    /// What was before the window was opened.
    void restore();

    QTabWidget& tabs() { return *m_tabs; }
    QComboBox& languageBox() { return *m_language; }
    QCheckBox& autostartBox() { return *m_autostart; }
    QCheckBox& pinPadBox() { return *m_pinPad; }
    QLineEdit& portField() { return *m_port; }
    SitesPanel& sites() { return *m_sites; }
    ModulesPanel& modules() { return *m_modules; }
    SearchTable& issuers() { return *m_issuers; }
    Notice& notice() { return *m_notice; }
    QPushButton& saveButton() { return *m_save; }
    QPushButton& cancelButton() { return *m_cancel; }

signals:
    /// At once when another is chosen, and once more when it is taken back.
    void languageChanged(signet::Language language);
    /// Who hears it revokes the site (Resident) before the call returns.
    void revokeWanted(const std::string& origin);
    void restartWanted();

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* generalPage();
    QWidget* issuersPage();
    void layOut();
    void load();
    void showValues();
    void fillIssuers();
    void showButtons();
    void previewLanguage();
    ConfigurationChanges changes() const;
    bool isAutostartChanged() const;
    void showFault(const Error& error);
    void clearFaults();
    void offerRestart();

    const UiServices& m_services;
    const SettingsPlaces m_places;
    QTabWidget* m_tabs;
    QComboBox* m_language;
    QCheckBox* m_autostart;
    QCheckBox* m_pinPad;
    QLineEdit* m_port;
    SettingRow* m_languageRow = nullptr;
    SettingRow* m_autostartRow = nullptr;
    SettingRow* m_pinPadRow = nullptr;
    SettingRow* m_portRow = nullptr;
    SitesPanel* m_sites;
    ModulesPanel* m_modules;
    SearchTable* m_issuers;
    QLabel* m_issuersHint = nullptr;
    Notice* m_notice = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_cancel = nullptr;
    Configuration m_saved;  ///< what the files say
    Language m_languageBefore = Language::zh;
};

}  // namespace signet
