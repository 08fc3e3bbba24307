// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_report.hpp"
#include "agent/tokens.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"
#include "ui/icons.hpp"

#include <functional>
#include <string>
#include <vector>

namespace signet {

/// What the tray says about the tokens.
struct TokensState {
    bool isKnown = false;  ///< they were listed once
    bool hasToken = false;
    bool wantsAttention = false;  ///< a PIN is locked or at its last try, a driver failed, nothing is usable
    std::vector<std::string> names{};  ///< of the certificates that can be used, for the tool tip
};
TokensState tokensStateOf(const TokensReport& report);
TrayState trayStateOf(bool isConfigured, bool isBusy, const TokensState& tokens);

/// Looks at the tokens once and then whenever one comes or goes, by the events of the readers and never by a
/// timer. Thread: main.
class TokenStatus {
public:
    struct News {
        TokensState state{};
        TokensReport report{};
        TokensChange change{};  ///< empty the first time
    };
    using OnNews = std::function<void(const News&)>;

    /// All outlive this object.
    TokenStatus(Tokens& tokens, const TrustList& trust, const Clock& clock, OnNews onNews);
    ~TokenStatus();
    TokenStatus(const TokenStatus&) = delete;
    TokenStatus& operator=(const TokenStatus&) = delete;

private:
    void look();
    void onListed(const TokenInventory& inventory);

    Tokens& m_tokens;
    const TrustList& m_trust;
    const Clock& m_clock;
    OnNews m_onNews;
    CommandId m_watch = 0;
    CommandId m_list = 0;
    bool m_mustLookAgain = false;
    bool m_isKnown = false;
    std::vector<TokenPlace> m_places;  ///< of the tokens that were there at the last look
};

}  // namespace signet
