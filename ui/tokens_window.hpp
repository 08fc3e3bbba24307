// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_rows.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"
#include "ui/choose_file.hpp"
#include "ui/window.hpp"

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace signet {

class PinChangeDialog;
class RenewalPage;
class SearchTable;
class TokenDetails;

/// What is plugged in: every certificate with its dates and why it may or may not log in, the modules that
/// failed with their cause, and what can be done with a token. It follows what comes and goes while it is
/// shown; hidden, nothing runs. Thread: main.
class TokensWindow : public Window {
    Q_OBJECT
    Q_DISABLE_COPY(TokensWindow)

public:
    /// All of it outlives the window.
    struct Ports {
        Tokens& tokens;
        const TrustList& trust;
        const Clock& clock;
        bool usePinPad = true;
        ChooseFile chooseFile{};  ///< empty: the desktop's
    };
    explicit TokensWindow(const Ports& ports, QWidget* parent = nullptr);
    ~TokensWindow() override;

signals:
    void selfCheckWanted();

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Column { keyColumn, holderColumn, numberColumn, issuerColumn, untilColumn, stateColumn };

    enum Page { listPage, pinPage, renewalPage };

    QWidget* buildList();
    void addPage(QWidget* page);
    void startWatching();
    void stopWatching();
    void refresh();
    void takeListing(const ModuleListing& listing);
    void takeInventory(TokenInventory inventory);
    void showListing();
    void tellPages();
    void showRows(const TokenRow* chosen);
    void fillTable();
    void showFaults();
    void showStatus();
    void onRowChosen();
    const TokenRow* chosenRow() const;
    QStringList cellsOf(const TokenRow& row) const;
    QString stateText(const TokenRow& row) const;
    QString emptyText() const;
    void changePin();
    void requestRenewal();
    void installCertificate();
    void showList();

    Ports m_ports;
    CommandId m_watch = 0;
    CommandId m_listing = 0;
    bool m_isKnown = false;  ///< all modules have answered once
    bool m_isFilling = false;
    std::vector<ModuleListing> m_modules{};
    std::vector<TokenRow> m_rows{};
    std::vector<QStringList> m_cells{};  ///< as they are shown

    QStackedWidget* m_pages;
    QLabel* m_title;
    QLabel* m_status;
    QVBoxLayout* m_faults;
    SearchTable* m_table;
    TokenDetails* m_details;
    QPushButton* m_changePin;
    QPushButton* m_request;
    QPushButton* m_install;
    QPushButton* m_selfCheck;
    PinChangeDialog* m_pinPage;
    RenewalPage* m_renewalPage;
};

}  // namespace signet
