// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QWidget>

#include <filesystem>
#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace signet {

class Notice;
class SearchTable;

/// The sites that may know whether a key is plugged in, each to be revoked after a question. Thread: main.
class SitesPanel : public QWidget {
    Q_OBJECT

public:
    /// `file` is that of ApprovedSites.
    explicit SitesPanel(std::filesystem::path file, QWidget* parent = nullptr);

    void reload();
    void retranslate();

    SearchTable& table() { return *m_table; }
    Notice& notice() { return *m_notice; }
    QPushButton& revokeButton() { return *m_revoke; }

signals:
    /// Who hears it revokes the site before the call returns, and closes its connections.
    void revokeWanted(const std::string& origin);

private:
    void ask(int row);
    void revoke(const std::string& origin);

    const std::filesystem::path m_file;
    QLabel* m_hint;
    SearchTable* m_table;
    Notice* m_notice;
    QPushButton* m_revoke;
    std::vector<std::string> m_origins{};
};

}  // namespace signet
