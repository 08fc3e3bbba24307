// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "ui/window.hpp"

#include <string>

class QLabel;
class QPushButton;

namespace signet {

class SearchTable;

/// What this program is, its version, and the licences of what it is linked with (R52). Thread: main.
class AboutWindow : public Window {
    Q_OBJECT

public:
    explicit AboutWindow(std::string version, QWidget* parent = nullptr);

    SearchTable& components() { return *m_components; }

protected:
    void retranslate() override;

private:
    const std::string m_version;
    QLabel* m_icon;
    QLabel* m_name;
    QLabel* m_versionLabel;
    QLabel* m_sentence;
    QLabel* m_licence;
    SearchTable* m_components;
    QPushButton* m_close;
};

}  // namespace signet
