// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/settings_window.hpp"

#include "agent/language.hpp"
#include "ui/modules_panel.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/setting_row.hpp"
#include "ui/sites_panel.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QCheckBox>
#include <QCloseEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr QSize kSize{680, 520};
constexpr int kFieldWidth = 32 * kGrid;
/// The values of the box, in its order.
constexpr const char* kLanguages[] = {"", "zh", "en"};

std::vector<std::string> modulesOf(const Configuration& configuration) {
    std::vector<std::string> paths;
    for (const auto& module : configuration.modules) paths.push_back(module.string());
    return paths;
}

int languageIndex(const Configuration& configuration) {
    if (!configuration.language) return 0;
    return *configuration.language == Language::zh ? 1 : 2;
}

QString portText(const Configuration& configuration) {
    return configuration.bridge.port ? QString::number(*configuration.bridge.port) : QString();
}

}  // namespace

SettingsWindow::SettingsWindow(const UiServices& services, SettingsPlaces places, QWidget* parent)
    : Window(parent),
      m_services(services),
      m_places(std::move(places)),
      m_tabs(new QTabWidget(this)),
      m_language(new QComboBox),
      m_autostart(new QCheckBox),
      m_pinPad(new QCheckBox),
      m_port(new QLineEdit),
      m_sites(new SitesPanel(m_places.sites)),
      m_modules(new ModulesPanel),
      m_issuers(new SearchTable),
      m_saved(services.configuration) {
    layOut();
    connect(m_language, &QComboBox::currentIndexChanged, this, [this] {
        previewLanguage();
        showButtons();
    });
    for (auto* box : {m_autostart, m_pinPad})
        connect(box, &QCheckBox::toggled, this, &SettingsWindow::showButtons);
    connect(m_port, &QLineEdit::textChanged, this, [this] {
        m_portRow->setFault({});
        showButtons();
    });
    connect(m_port, &QLineEdit::returnPressed, this, &SettingsWindow::save);
    connect(m_modules, &ModulesPanel::modulesChanged, this, &SettingsWindow::showButtons);
    connect(m_sites, &SitesPanel::revokeWanted, this, &SettingsWindow::revokeWanted);
    connect(m_save, &QPushButton::clicked, this, &SettingsWindow::save);
    connect(m_cancel, &QPushButton::clicked, this, &QWidget::close);
}

SettingsWindow::~SettingsWindow() = default;

QWidget* SettingsWindow::generalPage() {
    auto* page = new QWidget;
    m_languageRow = new SettingRow(m_language, page);
    m_autostartRow = new SettingRow(m_autostart, page);
    m_pinPadRow = new SettingRow(m_pinPad, page);
    m_portRow = new SettingRow(m_port, page);
    m_port->setMaxLength(5);
    for (QWidget* field : {static_cast<QWidget*>(m_language), static_cast<QWidget*>(m_port)})
        field->setMaximumWidth(kFieldWidth);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(2 * kGrid);
    for (auto* row : {m_languageRow, m_autostartRow, m_pinPadRow, m_portRow}) layout->addWidget(row);
    layout->addStretch(1);
    return page;
}

QWidget* SettingsWindow::issuersPage() {
    auto* page = new QWidget;
    m_issuersHint = new QLabel(page);
    m_issuersHint->setTextFormat(Qt::PlainText);
    m_issuersHint->setWordWrap(true);
    setRole(*m_issuersHint, "muted");
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_issuersHint);
    layout->addWidget(m_issuers, 1);
    return page;
}

void SettingsWindow::layOut() {
    resize(kSize);
    m_language->addItems({QString(), QString(), QString()});
    m_tabs->addTab(generalPage(), {});
    m_tabs->addTab(m_sites, {});
    m_tabs->addTab(m_modules, {});
    m_tabs->addTab(issuersPage(), {});
    // After the pages, as the Tab key goes.
    m_notice = new Notice(this);
    m_cancel = new QPushButton(this);
    m_save = new QPushButton(this);
    for (auto* each : {m_save, m_cancel}) each->setAutoDefault(true);
    setRole(*m_save, "primary");
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGrid);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
}

void SettingsWindow::retranslate() {
    setWindowTitle(tr("Settings"));
    const QString titles[] = {tr("&General"), tr("Si&tes"), tr("&Drivers"), tr("&Platforms")};
    for (int i = 0; i < m_tabs->count(); ++i) m_tabs->setTabText(i, titles[i]);
    // Each language in its own words: who cannot read the present one must find the other.
    const QString languages[] = {tr("As the desktop"), QStringLiteral("中文"), QStringLiteral("English")};
    for (int i = 0; i < m_language->count(); ++i) m_language->setItemText(i, languages[i]);
    m_languageRow->setWords(tr("&Language"), {});
    m_autostart->setText(tr("&Start Signet when I log in to this computer"));
    m_autostartRow->setWords({}, {});
    m_pinPad->setText(tr("Enter the PI&N on the card reader where it has a keypad"));
    m_pinPadRow->setWords({}, {});
    m_portRow->setWords(tr("P&ort for web pages"),
                        tr("Leave it empty unless another program needs the usual ports "
                           "28617, 28627 and 28637."));
    m_port->setPlaceholderText(tr("Automatic"));
    m_issuersHint->setText(
        tr("Logins are made for these platforms only. They are set in the configuration file."));
    m_issuers->setWords(
        tr("Platforms"), {tr("Platform"), tr("Set in")}, tr("Search the platforms"),
        tr("No platform is configured. Ask your administrator, or write issuer = https://… into "
           "the configuration file."));
    m_issuers->setWideColumn(0);
    m_sites->retranslate();
    m_modules->retranslate();
    fillIssuers();
    m_save->setText(tr("Sa&ve"));
    m_cancel->setMinimumWidth(0);
    int widest = 0;
    for (const auto& text : {tr("&Cancel"), tr("&Close")}) {
        m_cancel->setText(text);
        widest = std::max(widest, m_cancel->sizeHint().width());
    }
    m_cancel->setMinimumWidth(widest);
    showButtons();
}

void SettingsWindow::showEvent(QShowEvent* event) {
    Window::showEvent(event);
    if (event->spontaneous()) return;
    m_languageBefore = UiLanguage::current();
    m_notice->clear();
    load();
    m_language->setFocus();
}

void SettingsWindow::closeEvent(QCloseEvent* event) {
    restore();
    Window::closeEvent(event);
}

void SettingsWindow::load() {
    auto now = loadConfiguration(m_services.paths, m_services.configFile,
                                 commandLineLayer(m_services.configuration));
    m_saved = now ? std::move(*now) : m_services.configuration;
    showValues();
    m_sites->reload();
    m_sites->notice().clear();
    if (!now)
        m_notice->tell(now.error());
    else if (needsRestart(m_services.configuration, m_saved))
        offerRestart();
}

void SettingsWindow::showValues() {
    const QSignalBlocker quiet(m_language);
    m_language->setCurrentIndex(languageIndex(m_saved));
    m_autostart->setChecked(isAutostartOn(m_places.autostart));
    m_pinPad->setChecked(m_saved.usePinPad);
    m_port->setText(portText(m_saved));
    m_modules->setModules(modulesOf(m_saved), lockOf(m_saved, "module"));
    m_languageRow->setLock(lockOf(m_saved, "language"));
    m_pinPadRow->setLock(lockOf(m_saved, "pin.pad"));
    m_portRow->setLock(lockOf(m_saved, "bridge.port"));
    clearFaults();
    fillIssuers();
    showButtons();
}

void SettingsWindow::fillIssuers() {
    m_issuers->refill([this] {
        const auto found = m_saved.settings.find("issuer");
        if (found == m_saved.settings.end()) return;
        for (const auto& setting : found->second) {
            const auto place = setting.layer == ConfigurationLayer::policy ? tr("Your administrator's policy")
                                                                           : shown(setting.origin(), 120);
            m_issuers->addRow({shown(setting.value, 260), place});
        }
    });
}

ConfigurationChanges SettingsWindow::changes() const {
    ConfigurationChanges changed;
    if (const int index = m_language->currentIndex(); index != languageIndex(m_saved)) {
        const std::string value = kLanguages[index];
        changed["language"] = value.empty() ? std::vector<std::string>() : std::vector{value};
    }
    if (m_pinPad->isChecked() != m_saved.usePinPad)
        changed["pin.pad"] = {m_pinPad->isChecked() ? "yes" : "no"};
    if (const auto port = m_port->text().trimmed(); port != portText(m_saved))
        changed["bridge.port"] = port.isEmpty() ? std::vector<std::string>() : std::vector{fromQt(port)};
    if (m_modules->modules() != modulesOf(m_saved)) changed["module"] = m_modules->modules();
    return changed;
}

bool SettingsWindow::isAutostartChanged() const {
    return m_autostart->isChecked() != isAutostartOn(m_places.autostart);
}

bool SettingsWindow::isChanged() const {
    return !changes().empty() || isAutostartChanged();
}

void SettingsWindow::showButtons() {
    const bool isDirty = isChanged();
    m_save->setEnabled(isDirty);
    m_cancel->setText(isDirty ? tr("&Cancel") : tr("&Close"));
}

void SettingsWindow::previewLanguage() {
    const int index = m_language->currentIndex();
    const auto language = index == 0   ? chooseLanguage(std::nullopt)
                          : index == 1 ? Language::zh
                                       : Language::en;
    if (language != UiLanguage::current()) emit languageChanged(language);
}

void SettingsWindow::restore() {
    showValues();
    if (UiLanguage::current() != m_languageBefore) emit languageChanged(m_languageBefore);
}

void SettingsWindow::save() {
    if (!isChanged()) return;
    clearFaults();
    m_notice->clear();
    if (const auto wanted = changes(); !wanted.empty()) {
        auto saved = saveConfiguration(m_services.paths, m_services.configFile,
                                       commandLineLayer(m_services.configuration), wanted);
        if (!saved) {
            showFault(saved.error());
            return;
        }
        m_saved = std::move(*saved);
    }
    m_languageBefore = UiLanguage::current();
    if (auto set = setAutostart(m_places.autostart, m_autostart->isChecked()); !set) {
        m_tabs->setCurrentIndex(0);
        m_autostartRow->setFault(
            tr("Starting with the session could not be changed: the file cannot be written."),
            shown(set.error().detail, 200));
        showButtons();
        return;
    }
    showValues();
    if (needsRestart(m_services.configuration, m_saved))
        offerRestart();
    else
        close();
}

void SettingsWindow::offerRestart() {
    m_notice->offer(
        "strong", [] { return tr("The settings are saved. Signet uses them once it has restarted."); },
        [] { return tr("&Restart Signet now"); }, [this] { emit restartWanted(); });
}

void SettingsWindow::clearFaults() {
    for (auto* row : {m_languageRow, m_autostartRow, m_pinPadRow, m_portRow}) row->setFault({});
}

void SettingsWindow::showFault(const Error& error) {
    const auto found = error.params.find("key");
    const auto key = found == error.params.end() ? std::string() : found->second;
    const auto code = shown(error.detail, 200);
    if (key == "bridge.port") {
        m_tabs->setCurrentIndex(0);
        m_portRow->setFault(tr("A port is a number from 0 to 65534. Nothing was saved."), code);
        m_port->setFocus();
    } else if (key == "module") {
        m_tabs->setCurrentWidget(m_modules);
        m_modules->tellOfSaving(error);
    } else {
        m_notice->tell(error);
    }
}

}  // namespace signet
