// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/about_window.hpp"

#include "base/licences.hpp"
#include "ui/search_table.hpp"
#include "ui/theme.hpp"
#include "ui/ui_language.hpp"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace signet {
namespace {

constexpr QSize kSize{720, 520};
constexpr int kIconSize = 6 * kGrid;

QLabel* textLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setRole(*label, role);
    return label;
}

}  // namespace

AboutWindow::AboutWindow(std::string version, QWidget* parent)
    : Window(parent),
      m_version(std::move(version)),
      m_icon(new QLabel(this)),
      m_name(textLabel(this, "host")),
      m_versionLabel(textLabel(this, "muted")),
      m_sentence(textLabel(this, "body")),
      m_licence(textLabel(this, "muted")),
      m_components(new SearchTable(this)),
      m_close(new QPushButton(this)) {
    resize(kSize);
    m_icon->setPixmap(QIcon(QStringLiteral(":/signet/icons/seal.svg")).pixmap(kIconSize));
    m_icon->setFixedSize(kIconSize, kIconSize);
    m_close->setAutoDefault(true);
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_versionLabel);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * kGrid);
    head->addWidget(m_icon);
    head->addLayout(names, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * kGrid, 2 * kGrid, 2 * kGrid, 2 * kGrid);
    layout->setSpacing(kGrid);
    layout->addLayout(head);
    layout->addSpacing(kGrid);
    layout->addWidget(m_sentence);
    layout->addSpacing(kGrid);
    layout->addWidget(m_licence);
    layout->addWidget(m_components, 1);
    layout->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    m_components->refill([this] {
        for (const auto& component : signet::components())
            if (component.isInAgent)
                m_components->addRow({toQt(component.name), toQt(component.licence), toQt(component.holder),
                                      toQt(component.site)});
    });
}

void AboutWindow::retranslate() {
    setWindowTitle(tr("About Signet"));
    m_name->setText(tr("Signet"));
    m_icon->setAccessibleName(tr("Signet"));
    m_versionLabel->setText(tr("Version %1").arg(shown(m_version)));
    m_sentence->setText(
        tr("Signet logs you in to the platforms of the construction trade with the certificate on "
           "your USB key."));
    m_licence->setText(
        tr("Free software under the Apache License 2.0, by the Signet authors. It is linked with "
           "these components:"));
    m_components->setWords(tr("Components and their licences"),
                           {tr("Component"), tr("Licence"), tr("Holder"), tr("Address")},
                           tr("Search the components"), {});
    m_components->setWideColumn(3);
    m_components->setColumnLimit(2, 24 * kGrid);
    m_close->setText(tr("&Close"));
}

}  // namespace signet
