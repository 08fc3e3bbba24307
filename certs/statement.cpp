// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/statement.hpp"

#include "base/encoding.hpp"
#include "certs/json_member.hpp"
#include "certs/signature.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

constexpr std::size_t kMaxHeaderBytes = 64 * 1024;
constexpr std::size_t kMaxCertificates = 8;

tl::unexpected<Error> malformed(std::string detail) {
    return fail(ErrorCode::badRequest, std::move(detail), "header_malformed");
}

Result<Json> headerJson(std::string_view base64url) {
    if (base64url.size() > kMaxHeaderBytes) return malformed("protected header over 64 KiB");
    const auto bytes = fromBase64Url(base64url);
    if (!bytes) return malformed("protected header is not base64url");
    auto json = parseStrictJson(textOf(*bytes));
    if (!json) return malformed("protected header: " + json.error().detail);
    if (!json->is_object() || json->size() != 3) return malformed("protected header: not the three members");
    // One statement has one form, so that evidence and repeated posts compare byte for byte.
    if (canonicalJson(*json) != textOf(*bytes)) return malformed("protected header: not canonical");
    return json;
}

Result<Algorithm> headerAlgorithm(const Json& header) {
    const auto* name = textMember(header, "alg");
    if (name == nullptr) return malformed("protected header: alg");
    const auto algorithm = algorithmFromName(*name);
    if (!algorithm) return fail(ErrorCode::algNotAllowed, "algorithm not known", "algorithm_unknown");
    return *algorithm;
}

Result<std::vector<Certificate>> headerChain(const Json& header, const CertificateSource& source) {
    const auto found = header.find("x5c");
    if (found == header.end() || !found->is_array() || found->empty() || found->size() > kMaxCertificates)
        return malformed("protected header: x5c");
    std::vector<Certificate> chain;
    for (const auto& entry : *found) {
        const auto* text = entry.get_ptr<const std::string*>();
        if (text == nullptr) return malformed("protected header: x5c");
        const auto der = fromBase64(*text);
        if (!der) return malformed("protected header: x5c is not base64");
        auto certificate = source(*der);
        if (!certificate) return fail(certificate.error());
        chain.push_back(std::move(*certificate));
    }
    return chain;
}

Json actJson(const Act& act) {
    Json json{{"as", act.as}};
    if (!act.org.empty()) json["org"] = act.org;
    if (!act.mandate.empty()) json["mandate"] = act.mandate;
    return json;
}

}  // namespace

Json agreementsJson(const std::vector<AgreementRef>& agreements) {
    Json list = Json::array();
    for (const auto& agreement : agreements)
        list.push_back({{"id", agreement.id}, {"ver", agreement.version}, {"s256", agreement.sha256}});
    return list;
}

std::string encodeProtected(Algorithm algorithm, const std::vector<Certificate>& chain) {
    Json certificates = Json::array();
    for (const auto& certificate : chain) certificates.push_back(toBase64(certificate.der()));
    const Json header{
        {"alg", toString(algorithm)}, {"typ", kStatementType}, {"x5c", std::move(certificates)}};
    return toBase64Url(bytesOf(canonicalJson(header)));
}

Result<ProtectedHeader> decodeProtected(std::string_view base64url) {
    return decodeProtected(base64url, &Certificate::fromDer);
}

Result<ProtectedHeader> decodeProtected(std::string_view base64url, const CertificateSource& source) {
    const auto header = headerJson(base64url);
    if (!header) return fail(header.error());
    const auto* type = textMember(*header, "typ");
    if (type == nullptr || *type != kStatementType) return malformed("protected header: typ");
    const auto algorithm = headerAlgorithm(*header);
    if (!algorithm) return fail(algorithm.error());
    auto chain = headerChain(*header, source);
    if (!chain) return fail(chain.error());
    return ProtectedHeader{*algorithm, std::move(*chain)};
}

std::string statementPayload(const Challenge& challenge, std::string_view origin,
                             const ChannelBinding& binding, const Certificate& leaf) {
    Json payload{
        {"act", actJson(challenge.act)},
        {"agr", agreementsJson(challenge.agreements)},
        {"aud", challenge.audience},
        {"cb", {{"type", binding.type}, {"data", binding.data}}},
        {"cid", challenge.id},
        {"client", challenge.client ? challenge.client->id : std::string()},
        {"exp", challenge.expiresAt.time_since_epoch().count()},
        {"iat", challenge.issuedAt.time_since_epoch().count()},
        {"nonce", challenge.nonce},
        {"origin", origin},
        {"purpose", toString(challenge.purpose)},
        {"req", challenge.request},
        {"sid", challenge.sessionBinding},
        {"v", kStatementVersion},
        {"x5t", toBase64Url(leaf.fingerprint())},
    };
    if (challenge.text) payload["txn"] = toBase64Url(sha256(bytesOf(*challenge.text)));
    return canonicalJson(payload);
}

std::string signingInput(std::string_view protectedBase64url, std::string_view payload) {
    return std::string(protectedBase64url) + "." + toBase64Url(bytesOf(payload));
}

Result<void> verifyStatement(const ProtectedHeader& header, std::string_view protectedBase64url,
                             std::string_view payload, BytesView signature) {
    if (header.chain.empty()) return malformed("protected header without a certificate");
    const std::string input = signingInput(protectedBase64url, payload);
    return verifySignature(header.algorithm, header.chain.front().key(), bytesOf(input), signature);
}

}  // namespace signet
