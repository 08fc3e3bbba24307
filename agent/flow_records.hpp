// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/login_kind.hpp"
#include "base/clock.hpp"
#include "certs/statement.hpp"
#include "pkcs11/sm2_strategy.hpp"
#include "pkcs11/token.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What was signed, for whom, with which result: one record for each attempt that reached the token. Nothing
/// secret.
struct JournalRecord {
    TimePoint time{};      ///< when the signature was asked for
    std::string issuer{};  ///< empty for Web eID
    std::string origin{};
    LoginKind kind = LoginKind::platform;
    Purpose purpose = Purpose::login;
    std::optional<ClientInfo> client{};
    Act act{};
    std::string certificate{};    ///< SHA-256, hexadecimal
    std::string subjectName{};    ///< of the enterprise or the person, in full
    std::string subjectNumber{};  ///< masked
    std::string challengeId{};
    std::string result{};  ///< "ok" or the code's name
};

/// Thread: main. Never fails the login: an implementation reports its own troubles.
class JournalSink {
public:
    virtual ~JournalSink() = default;
    virtual void record(const JournalRecord& record) = 0;
};

/// Which agreements were accepted on this computer, with which certificate: the account belongs to the
/// identity in it. Thread: main.
class AcceptedAgreements {
public:
    virtual ~AcceptedAgreements() = default;
    /// Empty when nothing is known. `certificate` is the SHA-256 in hexadecimal.
    virtual std::vector<AgreementRef> accepted(std::string_view issuer,
                                               std::string_view certificate) const = 0;
    virtual void accept(std::string_view issuer, std::string_view certificate,
                        const std::vector<AgreementRef>& agreements) = 0;
};

/// The ways in which a token may make SM2 signatures, and what was found out about them.
/// Thread: main.
class Sm2Source {
public:
    virtual ~Sm2Source() = default;
    /// Best first.
    virtual Sm2Ways ways(const std::filesystem::path& module, const TokenInfo& token) const = 0;
    /// The way of this name gave a signature that verified.
    virtual void learn(const std::filesystem::path& module, const TokenInfo& token,
                       const std::string& strategy) = 0;
    /// None did.
    virtual void forget(const std::filesystem::path& module, const TokenInfo& token) = 0;
};

}  // namespace signet
