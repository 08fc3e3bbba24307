// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/evidence.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace signet {
namespace {

using Kind = RevocationProof::Kind;
constexpr std::array<std::pair<Kind, const char*>, 3> kKinds{
    {{Kind::none, "none"}, {Kind::ocsp, "ocsp"}, {Kind::crl, "crl"}}};
constexpr JsonLimits kLimits{1024 * 1024, 8, 4096};

const char* nameOf(Kind kind) {
    return kKinds.at(static_cast<std::size_t>(kind)).second;
}

tl::unexpected<Error> broken() {
    return fail(ErrorCode::internalError, "stored evidence cannot be read", "storage");
}

Result<std::vector<Certificate>> chainFrom(const Json& list) {
    std::vector<Certificate> chain;
    for (const auto& entry : list) {
        auto der = fromBase64(entry.get<std::string>());
        if (!der) return broken();
        auto certificate = Certificate::fromDer(*der);
        if (!certificate) return broken();
        chain.push_back(std::move(*certificate));
    }
    if (chain.empty()) return broken();
    return chain;
}

EvidenceProof proofFrom(const Json& entry) {
    EvidenceProof proof;
    for (const auto& [kind, name] : kKinds)
        if (entry.at("kind") == name) proof.kind = kind;
    proof.note = entry.at("note");
    proof.sha256 = fromBase64Url(entry.at("sha256").get<std::string>()).value_or(Bytes{});
    return proof;
}

}  // namespace

EvidenceProof leafProof(const Evidence& evidence) {
    return evidence.proofs.empty() ? EvidenceProof{} : evidence.proofs.front();
}

std::string encodeEvidence(const Evidence& evidence) {
    Json chain = Json::array();
    for (const auto& certificate : evidence.chain) chain.push_back(toBase64(certificate.der()));
    Json proofs = Json::array();
    for (const auto& proof : evidence.proofs)
        proofs.push_back(
            {{"kind", nameOf(proof.kind)}, {"note", proof.note}, {"sha256", toBase64Url(proof.sha256)}});
    return Json{{"v", 1},
                {"cid", evidence.challengeId},
                {"protected", evidence.protectedText},
                {"payload", evidence.payload},
                {"signature", toBase64Url(evidence.signature)},
                {"alg", toString(evidence.algorithm)},
                {"chain", std::move(chain)},
                {"verified_at", evidence.verifiedAt.time_since_epoch().count()},
                {"proofs", std::move(proofs)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Evidence> decodeEvidence(std::string_view text) {
    auto json = parseStrictJson(text, kLimits);
    if (!json) return broken();
    try {
        auto chain = chainFrom(json->at("chain"));
        if (!chain) return fail(std::move(chain.error()));
        Evidence evidence;
        evidence.chain = std::move(*chain);
        evidence.challengeId = json->at("cid");
        evidence.protectedText = json->at("protected");
        evidence.payload = json->at("payload");
        evidence.signature = fromBase64Url(json->at("signature").get<std::string>()).value_or(Bytes{});
        evidence.algorithm = algorithmFromName(json->at("alg").get<std::string>()).value_or(Algorithm::es256);
        evidence.verifiedAt = TimePoint(std::chrono::seconds(json->at("verified_at").get<std::int64_t>()));
        for (const auto& entry : json->at("proofs")) evidence.proofs.push_back(proofFrom(entry));
        return evidence;
    } catch (const Json::exception&) {
        return broken();
    }
}

}  // namespace signet
