// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QWidget>

namespace signet {

/// A window of ours: its words follow the language, Escape closes it, and it comes back where it was. It is
/// hidden when it is closed, and lives as long as its owner wants. Thread: main.
class Window : public QWidget {
    Q_OBJECT

public:
    explicit Window(QWidget* parent = nullptr);

    /// Shows it, in front.
    void present();

protected:
    /// Sets every text that a reader sees; called once before the window is first shown, and when the
    /// language changes.
    virtual void retranslate() = 0;
    /// The colours are others now.
    virtual void recolour() {}

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool m_isTranslated = false;
};

}  // namespace signet
