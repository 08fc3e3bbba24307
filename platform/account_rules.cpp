// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/account_rules.hpp"

namespace signet {
namespace {

using Action = AccountDecision::Action;

AccountDecision refuse(ErrorCode code, std::string_view reason, bool isAlert = false) {
    return {Action::refuse, code, reason, isAlert};
}

AccountDecision decideBind(const AccountFacts& facts) {
    if (!facts.account) return {Action::createAccount};
    if (facts.signer == BindingState::active) return {Action::logIn};
    if (facts.signer == BindingState::revoked)
        return refuse(ErrorCode::certificateNotBound, "binding_revoked", true);
    return {Action::recordPending, ErrorCode::certificateNotBound, "approval_needed"};
}

AccountDecision decideRebind(const AccountFacts& facts) {
    if (facts.targetBelongsElsewhere) return refuse(ErrorCode::actNotAllowed, "other_identity", true);
    if (!facts.target) return refuse(ErrorCode::certificateNotBound, "nothing_pending");
    if (*facts.target == BindingState::revoked)
        return refuse(ErrorCode::certificateNotBound, "binding_revoked", true);
    // An officer, or another signature, was faster: nothing is left to do but the login.
    if (*facts.target == BindingState::active) return {Action::logIn};
    return {Action::activateTarget};
}

}  // namespace

AccountDecision decideAccount(const AccountFacts& facts) {
    if (facts.signerBelongsElsewhere) return refuse(ErrorCode::certificateNotBound, "bound_elsewhere", true);
    if (facts.account)
        if (const auto refusal = refusalOf(*facts.account)) return refuse(*refusal, "account_state");
    if (facts.purpose == Purpose::bind) return decideBind(facts);
    // A stranger who signs to activate someone else's certificate is worth an alert even without an account.
    if (facts.purpose == Purpose::rebind && facts.targetBelongsElsewhere)
        return refuse(ErrorCode::actNotAllowed, "other_identity", true);
    if (!facts.account) return refuse(ErrorCode::accountUnknown, "no_account");
    if (facts.signer != BindingState::active) {
        const bool isRevoked = facts.signer == BindingState::revoked;
        return refuse(ErrorCode::certificateNotBound, isRevoked ? "binding_revoked" : "not_bound");
    }
    if (facts.purpose == Purpose::rebind) return decideRebind(facts);
    return {Action::logIn};
}

}  // namespace signet
