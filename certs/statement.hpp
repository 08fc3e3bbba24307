// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

inline constexpr std::string_view kStatementVersion = "urn:signet:login:v1";
inline constexpr std::string_view kStatementType = "signet-login.v1+jws";
inline constexpr std::string_view kAgentOrigin = "signet:agent";

enum class Purpose { login, bind, rebind, cancel, freeze, stepUp };
std::string_view toString(Purpose purpose);
std::optional<Purpose> purposeFromName(std::string_view name);

/// Whom the user acts as. `as` is self, legal_rep, operator or enterprise.
struct Act {
    std::string as = "self";
    std::string org{};      ///< USCC; empty for self
    std::string name{};     ///< shown, never signed
    std::string mandate{};  ///< may be empty
};

struct AgreementRef {
    std::string id;
    std::string version;
    std::string sha256;  ///< base64url of the text's SHA-256, as in "s256"
};

struct ClientInfo {
    std::string id;
    std::string name;
    std::string owner;
};

/// The challenge of protocol.md section 2, as the platform recorded it and the agent read it.
struct Challenge {
    Purpose purpose = Purpose::login;
    std::string audience;  ///< aud: the issuer
    std::string id;        ///< cid
    std::string nonce;
    TimePoint issuedAt;
    TimePoint expiresAt;
    std::optional<ClientInfo> client{};
    std::string request{};         ///< req
    std::string sessionBinding{};  ///< sid
    Act act{};
    std::vector<AgreementRef> agreements{};
    std::vector<std::string> claims{};
    std::vector<std::string> issuers{};  ///< base64url SHA-256 of CA certificates
    std::vector<Algorithm> algorithms{};
    std::optional<std::string> text{};  ///< txn
};

/// Strict in both directions: unknown members, wrong types, wrong lengths of cid, nonce and sid, a life over
/// 120 s are refused
/// (`req` and `sid` are "" or 43 characters of base64url). Algorithms that this version does not know are
/// skipped. Errors: platformError with reason "challenge_malformed" and the member's name in `detail`.
Result<Challenge> parseChallenge(std::string_view json);
Json challengeJson(const Challenge& challenge);
/// The member "agr", the same in challenges and in payloads.
Json agreementsJson(const std::vector<AgreementRef>& agreements);

/// What ties the statement to the TLS connection: type "tls-server-end-point" or "none".
struct ChannelBinding {
    std::string type = "none";
    std::string data{};  ///< base64url SHA-256 of the server's certificate
};

struct ProtectedHeader {
    Algorithm algorithm;
    std::vector<Certificate> chain;  ///< x5c, leaf first
};

/// {"alg","typ","x5c"}, canonical, base64url. x5c carries leaf and intermediates, no root.
std::string encodeProtected(Algorithm algorithm, const std::vector<Certificate>& chain);
/// Strict: exactly these three members in canonical form, 1 to 8 certificates, 64 KiB. Errors: badRequest
/// with reason "header_malformed" or "certificate_malformed", algNotAllowed.
Result<ProtectedHeader> decodeProtected(std::string_view base64url);

/// Gives the certificate of a DER, for example from a cache; Certificate::fromDer is one.
using CertificateSource = std::function<Result<Certificate>(BytesView der)>;
/// The same with certificates from `source`, because parsing one costs more than verifying with it. Errors:
/// as above and `source`'s.
Result<ProtectedHeader> decodeProtected(std::string_view base64url, const CertificateSource& source);

/// The payload of section 3 (canonical JSON), from the challenge, never from what came with the signature.
std::string statementPayload(const Challenge& challenge, std::string_view origin,
                             const ChannelBinding& binding, const Certificate& leaf);

/// ASCII(BASE64URL(protected) || "." || BASE64URL(payload)).
std::string signingInput(std::string_view protectedBase64url, std::string_view payload);

/// Verifies the detached JWS: `header` is what decodeProtected made of `protectedBase64url`, `payload` is
/// rebuilt by the verifier. Errors: algNotAllowed when the algorithm does not fit the leaf's key,
/// badSignature. Source: RFC 7515 appendix F.
Result<void> verifyStatement(const ProtectedHeader& header, std::string_view protectedBase64url,
                             std::string_view payload, BytesView signature);

}  // namespace signet
