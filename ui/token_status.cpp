// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/token_status.hpp"

#include "agent/certificate_choice.hpp"

#include <algorithm>
#include <utility>

namespace signet {

TokensState tokensStateOf(const TokensReport& report) {
    TokensState state{.isKnown = true, .hasToken = !report.tokens.empty()};
    bool hasUsable = false;
    for (const auto& token : report.tokens) {
        state.wantsAttention = state.wantsAttention || token.info.isPinLocked || token.info.isPinFinalTry;
        for (const auto& certificate : token.certificates) {
            if (!certificate.reason.empty()) continue;
            hasUsable = true;
            state.names.push_back(cardFor(certificate.assessed).name);
        }
    }
    const bool hasFailure = std::any_of(report.modules.begin(), report.modules.end(),
                                        [](const auto& module) { return !module.result; });
    state.wantsAttention = state.wantsAttention || hasFailure || (state.hasToken && !hasUsable);
    return state;
}

TrayState trayStateOf(bool isConfigured, bool isBusy, const TokensState& tokens) {
    if (!isConfigured) return TrayState::notConfigured;
    if (isBusy) return TrayState::busy;
    if (tokens.wantsAttention) return TrayState::attention;
    return tokens.hasToken ? TrayState::token : TrayState::noToken;
}

TokenStatus::TokenStatus(Tokens& tokens, const TrustList& trust, const Clock& clock, OnNews onNews)
    : m_tokens(tokens), m_trust(trust), m_clock(clock), m_onNews(std::move(onNews)) {
    m_watch = m_tokens.watch([this](const TokensChange& change) {
        m_change.added.insert(m_change.added.end(), change.added.begin(), change.added.end());
        m_change.removed.insert(m_change.removed.end(), change.removed.begin(), change.removed.end());
        look();
    });
    look();
}

TokenStatus::~TokenStatus() {
    for (const auto command : {m_watch, m_list})
        if (command != 0) m_tokens.cancel(command);
}

void TokenStatus::look() {
    m_mustLookAgain = m_list != 0;
    if (m_mustLookAgain) return;
    m_list = m_tokens.list({}, [this](const TokenInventory& inventory) { onListed(inventory); });
}

void TokenStatus::onListed(const TokenInventory& inventory) {
    m_list = 0;
    if (m_mustLookAgain) return look();
    // What was there before us did not come just now.
    if (!std::exchange(m_isKnown, true)) m_change = {};
    News news{.report = reportTokens(inventory, m_trust, m_clock.now()),
              .change = std::exchange(m_change, {})};
    news.state = tokensStateOf(news.report);
    m_onNews(news);
}

}  // namespace signet
