// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/token_status.hpp"

#include "agent/certificate_choice.hpp"

#include <algorithm>
#include <utility>

namespace signet {
namespace {

bool isAmong(const std::vector<TokenPlace>& places, const TokenPlace& place) {
    return std::any_of(places.begin(), places.end(),
                       [&](const auto& other) { return other.isSameToken(place); });
}

TokensChange changeBetween(const std::vector<TokenPlace>& before, const std::vector<TokenPlace>& after) {
    TokensChange change;
    for (const auto& place : after)
        if (!isAmong(before, place)) change.added.push_back(place);
    for (const auto& place : before)
        if (!isAmong(after, place)) change.removed.push_back(place);
    return change;
}

}  // namespace

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
    m_watch = m_tokens.watch([this](const TokensChange&) { look(); });
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
    News news{.report = reportTokens(inventory, m_trust, m_clock.now())};
    std::vector<TokenPlace> places;
    for (const auto& token : news.report.tokens) places.push_back(token.place);
    // What was there before us did not come just now.
    if (std::exchange(m_isKnown, true)) news.change = changeBetween(m_places, places);
    m_places = std::move(places);
    news.state = tokensStateOf(news.report);
    m_onNews(news);
}

}  // namespace signet
