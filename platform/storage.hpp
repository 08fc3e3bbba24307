// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/revocation.hpp"
#include "platform/records.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A verified login that wants to be consumed, with everything that is written in the same transaction.
struct ConsumeRequest {
    ChallengeRecord record;
    Bytes bodyHash;
    Bytes handoffHash;
    TimePoint now{};
    TimePoint handoffExpiresAt{};
    /// Written when the identity has no account and the purpose is bind; of any other purpose kind and lookup
    /// only.
    AccountRecord candidate{};
    /// The signer's; state, account and times are the storage's. With purpose bind only: sealedDer.
    CertificateRecord certificate{};
    Bytes sealedEvidence{};             ///< context "evidence/CID"
    std::vector<SharedBytes> proofs{};  ///< OCSP responses and CRLs, each kept once by its SHA-256
    std::string note{};                 ///< for the audit, for example that revocation could not be checked
};

struct ConsumeOutcome {
    enum class Kind { consumed, consumedBefore, used, expired, unknown, refused };
    Kind kind = Kind::unknown;
    ErrorCode refusal = ErrorCode::internalError;  ///< with refused
    std::string reason{};
    AccountRecord account{};  ///< with consumed and consumedBefore
};

struct RedeemRequest {
    std::string challengeId;
    Bytes handoffHash;
    std::string binding;  ///< S256 of the cookie or of the agent's secret; must be the challenge's sid
    bool isAgentStarted = false;
    TimePoint now{};
    Bytes sessionHash;
    TimePoint sessionExpiresAt{};
    std::optional<Bytes>
        retryKey{};  ///< of Idempotency-Key and body: a redemption with the same one is the same
};

enum class RedeemKind { redeemable, redeemed, redeemedBefore, used, expired, unknown, refused };

struct RedeemOutcome {
    using Kind = RedeemKind;  ///< but redeemable
    Kind kind = Kind::unknown;
    ErrorCode refusal = ErrorCode::internalError;
    AccountRecord account{};
};

/// What a redemption would give now.
struct RedeemPreview {
    using Kind = RedeemKind;  ///< but redeemed, redeemedBefore
    Kind kind = Kind::unknown;
    ErrorCode refusal = ErrorCode::internalError;
    AccountRecord account{};
    Challenge challenge{};  ///< with redeemable
};

struct SessionView {
    AccountRecord account;
    Bytes certificate;
    std::string challengeId;
    TimePoint createdAt{};
    TimePoint expiresAt{};
};

/// Where the platform keeps everything; no SQL outside its implementations. Every function is one
/// transaction: it is done as a whole or not at all, also when the process is killed in it, and what was
/// answered survives a loss of power. Thread: any. Errors: internalError with reason "storage".
class Storage {
public:
    virtual ~Storage() = default;

    virtual Result<void> saveChallenge(const ChallengeRecord& record, TimePoint now) = 0;
    virtual Result<std::optional<ChallengeView>> challenge(const std::string& id) = 0;
    /// ISSUED → CONSUMED exactly once under any number of callers, with handoff, evidence, account, consent
    /// and audit.
    virtual Result<ConsumeOutcome> consumeLogin(const ConsumeRequest& request) = 0;
    /// An identical retry: the handoff lives at least until then, if it was not redeemed.
    virtual Result<void> extendHandoff(const std::string& challengeId, TimePoint until) = 0;
    /// CONSUMED → REDEEMED exactly once, with the session.
    virtual Result<RedeemOutcome> redeemLogin(const RedeemRequest& request) = 0;
    /// What redeemLogin would say, without doing it; of the request, what names the session is not read.
    virtual Result<RedeemPreview> previewLogin(const RedeemRequest& request) = 0;

    /// nullopt also when the account may no longer be used or the certificate's binding was revoked.
    virtual Result<std::optional<SessionView>> session(const Bytes& sessionHash, TimePoint now) = 0;
    virtual Result<void> endSession(const Bytes& sessionHash, TimePoint now) = 0;

    /// Keeps every version that was ever in force (R62).
    virtual Result<void> saveDocuments(const std::vector<DocumentRecord>& documents, TimePoint now) = 0;
    virtual Result<std::optional<DocumentRecord>> document(const Bytes& sha256) = 0;

    virtual Result<std::optional<CertificateRecord>> certificate(const Bytes& fingerprint) = 0;
    virtual Result<std::vector<CertificateRecord>> certificates() = 0;
    virtual Result<std::vector<AccountRecord>> accounts() = 0;
    virtual Result<std::vector<ConsentRecord>> consents(const std::string& accountId) = 0;
    virtual Result<std::vector<AuditRecord>> audit() = 0;
    virtual Result<std::optional<Bytes>> evidence(const std::string& challengeId) = 0;
    virtual Result<std::optional<Bytes>> proof(const Bytes& sha256) = 0;
    /// Something worth a row in the audit log that changes nothing else, for example that evidence was read
    /// (R23).
    virtual Result<void> recordEvent(const AuditRecord& record) = 0;
    /// What an officer does; the last is the actor for the audit. False when there is no such row.
    virtual Result<bool> setBinding(const Bytes& fingerprint, BindingState state, TimePoint now) = 0;
    /// Errors: accountTerminated, from which there is no way back.
    virtual Result<bool> setAccountState(const std::string& accountId, AccountState state, TimePoint now) = 0;

    /// Marks what has expired and forgets challenges that nobody used, so that they cannot fill the disk.
    virtual Result<void> sweep(TimePoint now) = 0;
    virtual Result<void> checkReady() = 0;
};

/// "sqlite:FILE". `keyCheck` is Vault::keyCheck: another data key than the one the store was made with is
/// refused. Errors: configurationInvalid.
Result<std::unique_ptr<Storage>> openStorage(std::string_view url, const Bytes& keyCheck);

}  // namespace signet
