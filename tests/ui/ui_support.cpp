// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/ui/ui_support.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>

namespace signet {
namespace {

/// Not counted: what a scroll area can bring into view.
bool isScrolled(const QWidget& widget) {
    for (const auto* parent = widget.parentWidget(); parent != nullptr; parent = parent->parentWidget())
        if (parent->inherits("QAbstractScrollArea")) return true;
    return false;
}

bool fits(QWidget& widget, const QWidget& window) {
    const QRect inWindow(widget.mapTo(&window, QPoint(0, 0)), widget.size());
    if (!isScrolled(widget) && !window.rect().contains(inWindow)) return false;
    if (widget.inherits("signet::ElidedLabel")) return true;
    if (const auto* label = qobject_cast<QLabel*>(&widget)) {
        if (label->text().isEmpty()) return true;
        const int needed =
            label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        return label->height() >= needed &&
               (label->wordWrap() || label->width() >= label->sizeHint().width());
    }
    return widget.width() >= widget.minimumSizeHint().width() &&
           widget.height() >= widget.minimumSizeHint().height();
}

}  // namespace

bool waitUntil(const std::function<bool()>& isTrue) {
    QElapsedTimer timer;
    timer.start();
    while (!isTrue()) {
        if (timer.elapsed() > 5000) return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 10);
    }
    return true;
}

void shoot(QWidget& window, const QString& name) {
    const auto folder = qEnvironmentVariable("SIGNET_SHOTS");
    if (folder.isEmpty()) return;
    QCoreApplication::processEvents();
    QDir().mkpath(folder);
    window.grab().save(folder + "/" + name + ".png");
}

QStringList cutOff(QWidget& window) {
    QCoreApplication::processEvents();
    QStringList found;
    for (auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window)) continue;
        QString text;
        if (const auto* label = qobject_cast<QLabel*>(widget)) text = label->text();
        if (const auto* button = qobject_cast<QAbstractButton*>(widget)) text = button->text();
        if (text.isEmpty() && qobject_cast<QLineEdit*>(widget) == nullptr) continue;
        if (!fits(*widget, window)) found << text;
    }
    return found;
}

QString visibleText(QWidget& window) {
    QStringList texts{window.windowTitle()};
    for (auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(&window)) continue;
        if (const auto* label = qobject_cast<QLabel*>(widget)) texts << label->text();
        if (const auto* button = qobject_cast<QAbstractButton*>(widget)) texts << button->text();
        if (const auto* field = qobject_cast<QLineEdit*>(widget)) texts << field->text();
    }
    // Without the places where long words may be broken.
    return texts.join('\n').remove(QChar(0x200B));
}

}  // namespace signet
