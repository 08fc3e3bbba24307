// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "certs/identity.hpp"
#include "certs/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// Forward only, protocol.md section 4.
enum class LoginState { issued, consumed, redeemed, expired };
std::string_view toString(LoginState state);
std::optional<LoginState> loginStateFromName(std::string_view name);

/// What an officer may set (R36); each but `active` has an error code of its own.
enum class AccountState { active, restricted, suspended, frozen, terminated };
std::string_view toString(AccountState state);
std::optional<AccountState> accountStateFromName(std::string_view name);
/// nullopt for `active`.
std::optional<ErrorCode> refusalOf(AccountState state);

/// A certificate of an account: `pending` until a bound one or an officer approves it.
enum class BindingState { pending, active, revoked };
std::string_view toString(BindingState state);
std::optional<BindingState> bindingStateFromName(std::string_view name);

/// The identity number and the name are sealed by the vault; nothing here can be read without the data key.
struct AccountRecord {
    std::string id;
    SubjectKind kind = SubjectKind::enterprise;
    Bytes lookup;        ///< Vault::identityLookup
    Bytes sealedNumber;  ///< context "account/ID/number"
    Bytes sealedName;    ///< context "account/ID/name"
    AccountState state = AccountState::active;
    TimePoint createdAt{};
};

struct CertificateRecord {
    Bytes fingerprint;  ///< SHA-256 of the DER
    std::string accountId;
    BindingState state = BindingState::pending;
    Bytes sealedDer;  ///< context "certificate/HEX/der"
    TimePoint recordedAt{};
    std::optional<TimePoint> boundAt{};
    std::string boundBy{};  ///< "bind", "rebind CID" or "officer"
    std::optional<TimePoint> lastUsedAt{};
};

/// A challenge as it was issued. What the agent reads and what the statement is rebuilt from is `challenge`.
struct ChallengeRecord {
    Challenge challenge;
    std::string origin;  ///< what the statement must name: the page's origin or kAgentOrigin
    bool isAgentStarted = false;
    std::optional<Bytes> target{};  ///< rebind: fingerprint of the certificate to activate
};

/// What the storage knows of a consumed challenge.
struct ConsumedRecord {
    Bytes bodyHash;
    AccountRecord account;
    TimePoint handoffExpiresAt{};
};

struct ChallengeView {
    ChallengeRecord record;
    LoginState state = LoginState::issued;
    std::optional<ConsumedRecord> consumed{};
};

struct ConsentRecord {
    AgreementRef agreement;
    std::string verb;  ///< 注册 or 同意
    TimePoint givenAt{};
    std::string channel;  ///< "certificate"
    std::string challengeId;
    std::optional<TimePoint> effectiveTo{};  ///< nullopt: in force
};

struct DocumentRecord {
    std::string id;
    std::string version;
    std::string title;
    std::string text;
    Bytes sha256;
};

struct AuditRecord {
    std::int64_t sequence = 0;
    TimePoint at{};
    std::string event;
    bool isAlert = false;
    std::string challengeId{};
    std::string accountId{};
    std::string detail{};
};

}  // namespace signet
