// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/window.hpp"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QEvent>
#include <QKeyEvent>

namespace signet {
namespace {

/// For Qt a bare widget is no window that a screen reader would read out as it comes up.
QAccessibleInterface* interfaceOf(const QString&, QObject* object) {
    auto* window = qobject_cast<Window*>(object);
    return window == nullptr ? nullptr : new QAccessibleWidget(window, QAccessible::Dialog);
}

void tellScreenReaders() {
    static const bool isInstalled = (QAccessible::installFactory(&interfaceOf), true);
    Q_UNUSED(isInstalled)
}

}  // namespace

Window::Window(QWidget* parent) : QWidget(parent, Qt::Window) {
    tellScreenReaders();
    setWindowIcon(QApplication::windowIcon());
    setAttribute(Qt::WA_QuitOnClose, false);
}

void Window::present() {
    if (isMinimized())
        showNormal();
    else
        show();
    raise();
    activateWindow();
}

void Window::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange && m_isTranslated) retranslate();
    if (event->type() == QEvent::PaletteChange) recolour();
    QWidget::changeEvent(event);
}

void Window::showEvent(QShowEvent* event) {
    if (!std::exchange(m_isTranslated, true)) retranslate();
    QWidget::showEvent(event);
}

void Window::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace signet
