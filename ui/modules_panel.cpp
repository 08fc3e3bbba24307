// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/modules_panel.hpp"

#include "pkcs11/module_discovery.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kPathColumns = 1000;

}  // namespace

ModulesPanel::ModulesPanel(QWidget* parent)
    : QWidget(parent), m_hint(new QLabel(this)), m_table(new SearchTable(this)), m_notice(new Notice(this)) {
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    setRole(*m_hint, "muted");
    auto* both = new QWidget(this);
    m_add = new QPushButton(both);
    m_remove = new QPushButton(both);
    auto* buttons = new QHBoxLayout(both);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(kGrid);
    for (auto* each : {m_add, m_remove}) {
        each->setAutoDefault(true);
        buttons->addWidget(each);
    }
    buttons->addStretch(1);
    m_buttons = new SettingRow(both, this);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_hint);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_notice);
    layout->addWidget(m_buttons);
    connect(m_table, &SearchTable::currentRowChanged, this,
            [this](int row) { m_remove->setEnabled(row >= 0); });
    connect(m_remove, &QPushButton::clicked, this, &ModulesPanel::removeChosen);
    connect(m_add, &QPushButton::clicked, this, [this] {
        m_notice->clear();
        m_chooseFile(*this,
                     {.title = tr("Choose a driver (PKCS#11 module)"),
                      .name = {},
                      .filters = {tr("Drivers (*.so *.so.*)"), tr("All files (*)")},
                      .isToSave = false},
                     [this](const QString& path) { add(path); });
    });
}

void ModulesPanel::retranslate() {
    m_hint->setText(
        tr("Drivers that the system has registered, and those in the usual places of their makers, "
           "are found without being listed here."));
    m_table->setWords(tr("Drivers"), {tr("Driver")}, tr("Search the drivers"),
                      tr("No driver has been added. Add one if your USB key is not found."));
    m_table->setWideColumn(0);
    m_add->setText(tr("&Add a driver…"));
    m_remove->setText(tr("Re&move the driver"));
    m_buttons->setWords({}, {});
}

void ModulesPanel::setModules(std::vector<std::string> modules, SettingLock lock) {
    m_modules = std::move(modules);
    m_notice->clear();
    m_buttons->setLock(lock);
    fill();
}

void ModulesPanel::fill() {
    m_table->refill([this] {
        for (const auto& module : m_modules) m_table->addRow({shown(module, kPathColumns)});
    });
    m_table->selectRow(static_cast<int>(m_modules.size()) - 1);
    m_remove->setEnabled(m_table->currentRow() >= 0);
}

void ModulesPanel::tellOfSaving(const Error& error) {
    for (const auto& module : m_modules)
        if (const auto checked = checkModulePath(module); !checked) {
            tell(checked.error(), module);
            return;
        }
    tell(error, m_modules.empty() ? std::string() : m_modules.back());
}

void ModulesPanel::add(const QString& path) {
    const auto file = QFile::encodeName(path).toStdString();
    if (const auto checked = checkModulePath(file); !checked) {
        tell(checked.error(), file);
        return;
    }
    if (std::find(m_modules.begin(), m_modules.end(), file) != m_modules.end()) {
        m_notice->tell("muted", [] { return tr("This driver is in the list already."); });
        return;
    }
    m_modules.push_back(file);
    fill();
    emit modulesChanged();
}

void ModulesPanel::tell(const Error& error, const std::string& path) {
    const auto name = shown(path, kPathColumns);
    if (error.reason == "module_missing")
        m_notice->tell(
            error, [name] { return tr("%1 is not a file that is there.").arg(name); },
            [] { return tr("Choose another file, or install the driver again."); });
    else if (error.reason == "module_writable")
        m_notice->tell(
            error, [name] { return tr("%1 was not added: others could change it.").arg(name); },
            [] {
                return tr(
                    "Ask your administrator to correct the owner and the permissions of the file and of "
                    "the folders above it.");
            });
    else if (error.reason == "value_unwritable")
        m_notice->tell(
            error, [name] { return tr("%1 has a name that the settings cannot hold.").arg(name); },
            [] { return tr("Rename the file so that its name has no # and no blank at its ends."); });
    else
        m_notice->tell(error);
}

void ModulesPanel::removeChosen() {
    const int row = m_table->currentRow();
    if (row < 0) return;
    m_modules.erase(m_modules.begin() + row);
    m_notice->clear();
    fill();
    emit modulesChanged();
}

}  // namespace signet
