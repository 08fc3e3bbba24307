// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "certs/certificate.hpp"
#include "certs/statement.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// An agreement in the metadata of an issuer.
struct PublishedAgreement {
    std::string id{};
    std::string version{};
    std::string title{};
    std::string sha256{};
    std::string url{};
};

/// Protocol.md section 1. Every address lies under the issuer's own scheme, host and port.
struct IssuerMetadata {
    std::string issuer{};
    std::vector<std::string> origins{};
    std::string challengeEndpoint{};
    std::string loginEndpoint{};
    std::string browserHandoff{};
    std::vector<std::string> algorithms{};
    std::vector<PublishedAgreement> agreements{};
    bool isInMaintenance = false;
    std::string notice{};
    std::string maintenanceUntil{};  ///< RFC 3339, may be empty

    /// {issuer}/login/complete
    std::string completeEndpoint() const { return issuer + "/login/complete"; }
};

/// What an agent-started challenge is asked for.
struct ChallengeWish {
    Purpose purpose = Purpose::login;
    std::string sessionBinding{};  ///< sid
    Act act{};
    /// rebind: base64url SHA-256 of the certificate to be added, member "certificate"; empty otherwise.
    std::string newCertificate{};
};

/// A challenge as it was read, with the connection that it came over.
struct FetchedChallenge {
    Challenge challenge{};
    Sha256 peerCertificate{};  ///< SHA-256 of the TLS server's certificate
};

/// Body of the login post. The same values give the same body, byte for byte.
struct SignedLogin {
    std::string challengeId{};
    std::string protectedHeader{};  ///< base64url
    Bytes signature{};
    ChannelBinding binding{};
    Sha256 peerCertificate{};  ///< that the server must show again, else nothing is sent
};

struct AccountSummary {
    std::string name{};
    std::string kind{};  ///< "enterprise" or "person"
};

struct RelayedLogin {
    SecretBytes handoff{};
    std::chrono::seconds expiresIn{};
    AccountSummary account{};
};

/// Redeems an agent-started login. The views live until the reply or cancel.
struct Completion {
    std::string challengeId{};
    BytesView handoff{};
    BytesView secret{};
    /// Names this attempt (43 characters of base64url): the same key again gets the same answer, so that a
    /// lost one can be asked for again.
    std::string idempotencyKey{};
    Sha256 peerCertificate{};
};

struct CompletionAnswer {
    SecretBytes session{};
    std::optional<AccountSummary> account{};  ///< where the platform repeats it
};

/// A platform, one request a method, nothing retried here. No reply comes before the call returns.
/// Errors of all: platformUnreachable (reason "dns", "refused", "closed", "network", "proxy"), platformTls
/// (reason "tls_name_mismatch", "tls_untrusted", "tls_expired", "tls_failed", "certificate_changed"),
/// timeout, platformError (reason "redirect_refused", "answer_too_large", "answer_malformed",
/// "endpoint_foreign", "issuer_mismatch", "http_STATUS", "unknown_code"), each with params["host"]; and what
/// a problem document says, with isFromPlatform. Thread: main.
class PlatformClient {
public:
    virtual ~PlatformClient() = default;

    virtual CommandId fetchMetadata(const std::string& issuer, Reply<IssuerMetadata> reply) = 0;
    /// Gives the challenge's id.
    virtual CommandId createChallenge(const IssuerMetadata& platform, const ChallengeWish& wish,
                                      Reply<std::string> reply) = 0;
    virtual CommandId fetchChallenge(const IssuerMetadata& platform, const std::string& challengeId,
                                     Reply<FetchedChallenge> reply) = 0;
    virtual CommandId postLogin(const IssuerMetadata& platform, const SignedLogin& login,
                                Reply<RelayedLogin> reply) = 0;
    virtual CommandId complete(const IssuerMetadata& platform, const Completion& completion,
                               Reply<CompletionAnswer> reply) = 0;
    /// The whole text of an agreement (Markdown, UTF-8), whose SHA-256 is the published one. Units: 256 KiB
    /// at most. Errors besides: platformError with reason "endpoint_foreign" (its address is not the
    /// issuer's own, or there is none), "document_changed" (another SHA-256).
    virtual CommandId fetchAgreement(const IssuerMetadata& platform, const PublishedAgreement& agreement,
                                     Reply<std::string> reply) = 0;
    /// Drops a request; its reply is not called.
    virtual void cancel(CommandId command) = 0;
};

}  // namespace signet
