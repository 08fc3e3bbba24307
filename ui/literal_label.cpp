// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/literal_label.hpp"

#include "ui/theme.hpp"

namespace signet {

QLabel* literalLabel(QWidget* parent, const char* role) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    if (role != nullptr) setRole(*label, role);
    return label;
}

QLabel* selectableLabel(QWidget* parent, const char* role) {
    auto* label = literalLabel(parent, role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

}  // namespace signet
