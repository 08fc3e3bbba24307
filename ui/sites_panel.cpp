// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/sites_panel.hpp"

#include "agent/approved_sites.hpp"
#include "ui/notice.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kOriginColumns = 300;

}  // namespace

SitesPanel::SitesPanel(std::filesystem::path file, QWidget* parent)
    : QWidget(parent),
      m_file(std::move(file)),
      m_hint(new QLabel(this)),
      m_table(new SearchTable(this)),
      m_notice(new Notice(this)),
      m_revoke(new QPushButton(this)) {
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    setRole(*m_hint, "muted");
    m_revoke->setAutoDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_revoke);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addWidget(m_hint);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_notice);
    layout->addLayout(buttons);
    connect(m_table, &SearchTable::currentRowChanged, this, [this](int row) {
        m_revoke->setEnabled(row >= 0);
        if (m_notice->isAsking()) m_notice->clear();
    });
    connect(m_table, &SearchTable::rowActivated, this, &SitesPanel::ask);
    connect(m_revoke, &QPushButton::clicked, this, [this] { ask(m_table->currentRow()); });
}

void SitesPanel::retranslate() {
    m_hint->setText(
        tr("These sites may see whether a USB key is plugged in, because you have logged in there once. "
           "Revoking takes effect at once; the next login there allows it again."));
    m_table->setWords(tr("Sites"), {tr("Site")}, tr("Search the sites"),
                      tr("No site may see your USB key yet. A site is listed here once you have logged in "
                         "there."));
    m_table->setWideColumn(0);
    m_revoke->setText(tr("Re&voke…"));
}

void SitesPanel::reload() {
    m_origins = ApprovedSites(m_file, {}).origins();
    std::sort(m_origins.begin(), m_origins.end());
    m_table->refill([this] {
        for (const auto& origin : m_origins) m_table->addRow({shown(origin, kOriginColumns)});
    });
    m_table->selectRow(0);
    m_revoke->setEnabled(m_table->currentRow() >= 0);
}

void SitesPanel::ask(int row) {
    if (row < 0 || static_cast<std::size_t>(row) >= m_origins.size()) return;
    const auto origin = m_origins[static_cast<std::size_t>(row)];
    m_notice->ask(
        [origin] {
            return tr("Revoke %1? Its connections are closed, and a login there that is under way ends.")
                .arg(shown(origin, kOriginColumns));
        },
        [] { return tr("Revoke this &site"); }, [] { return tr("&Keep this site"); },
        [this, origin] { revoke(origin); });
}

void SitesPanel::revoke(const std::string& origin) {
    emit revokeWanted(origin);
    reload();
    const bool isStillThere = std::find(m_origins.begin(), m_origins.end(), origin) != m_origins.end();
    const auto name = shown(origin, kOriginColumns);
    if (isStillThere)
        m_notice->tell(
            Error{.code = ErrorCode::internalError, .reason = "file_unwritable"},
            [name] { return tr("%1 could not be revoked for good: the list cannot be written.").arg(name); },
            [] { return tr("Make room on the disk, then try again."); });
    else
        m_notice->tell("success", [name] { return tr("%1 has been revoked.").arg(name); });
}

}  // namespace signet
