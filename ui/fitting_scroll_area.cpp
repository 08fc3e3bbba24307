// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/fitting_scroll_area.hpp"

#include "ui/theme.hpp"

#include <QEvent>

#include <algorithm>

namespace signet {

FittingScrollArea::FittingScrollArea(QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int FittingScrollArea::heightForWidth(int width) const {
    const auto* content = widget();
    if (content == nullptr) return 0;
    return content->hasHeightForWidth() ? content->heightForWidth(width) : content->sizeHint().height();
}

QSize FittingScrollArea::sizeHint() const {
    const auto width = widget() == nullptr ? 0 : widget()->sizeHint().width();
    return {width, heightForWidth(std::max(width, this->width()))};
}

QSize FittingScrollArea::minimumSizeHint() const {
    return {0, std::min(heightForWidth(width()), 6 * kGrid)};
}

bool FittingScrollArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace signet
