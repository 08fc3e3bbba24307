// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/first_run_page.hpp"

#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QProgressBar>

namespace signet {

FirstRunPage::FirstRunPage(const FirstRunParts& parts, FirstRunFacts& facts, QWidget* parent)
    : QWidget(parent), m_parts(parts), m_facts(facts) {
}

QString FirstRunPage::onwardText() const {
    return tr("&Continue");
}

QProgressBar* busyBar(QWidget* parent) {
    auto* bar = new QProgressBar(parent);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedHeight(kGrid / 2);
    return bar;
}

QString platformName(const std::string& issuer) {
    constexpr std::string_view kScheme = "https://";
    std::string_view name = issuer;
    if (name.starts_with(kScheme)) name.remove_prefix(kScheme.size());
    return shown(name, 253);
}

}  // namespace signet
