// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"
#include "certs/statement.hpp"
#include "platform/records.hpp"

#include <optional>
#include <string_view>

namespace signet {

/// What the storage found for a verified signature, inside the transaction that consumes it.
struct AccountFacts {
    Purpose purpose = Purpose::login;
    std::optional<AccountState> account{};  ///< of the signer's identity
    std::optional<BindingState> signer{};   ///< of the signer's certificate
    bool signerBelongsElsewhere = false;    ///< bound to an account of another identity
    std::optional<BindingState> target{};   ///< rebind: of the certificate to activate
    bool targetBelongsElsewhere = false;    ///< rebind: the target is another account's
};

/// What follows from it (R05, R27, R28).
struct AccountDecision {
    enum class Action { refuse, createAccount, logIn, recordPending, activateTarget };
    Action action = Action::refuse;
    ErrorCode refusal = ErrorCode::internalError;  ///< with refuse and recordPending
    std::string_view reason{};
    bool isAlert = false;  ///< someone tries to bind what is not theirs: an officer should look
};

/// The platform's rules for accounts and their certificates, without any input or output.
AccountDecision decideAccount(const AccountFacts& facts);

}  // namespace signet
