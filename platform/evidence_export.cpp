// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/evidence_export.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/json.hpp"
#include "certs/openssl.hpp"
#include "certs/revocation_asn1.hpp"
#include "certs/signature.hpp"
#include "platform/core.hpp"
#include "platform/evidence.hpp"
#include "platform/evidence_script.hpp"

#include <nlohmann/json.hpp>

#include <openssl/pem.h>
#include <sys/stat.h>

namespace signet {
namespace {

using Files = std::map<std::string, std::string>;

std::string derSignature(const Evidence& evidence) {
    if (rawFieldBytes(evidence.algorithm) == 0) return std::string(textOf(evidence.signature));
    const auto der = rawToDer(evidence.signature);
    return der ? std::string(textOf(*der)) : std::string();
}

void addChain(const Evidence& evidence, Files& files) {
    files["leaf.pem"] = evidence.chain.front().toPem();
    files["anchor.pem"] = evidence.chain.back().toPem();
    std::string between;
    for (std::size_t i = 1; i + 1 < evidence.chain.size(); ++i) between += evidence.chain[i].toPem();
    files["chain.pem"] = between;
    files["issuer.pem"] = evidence.chain.size() > 1 ? evidence.chain[1].toPem() : files["anchor.pem"];
}

bool isSignedBy(const OCSP_BASICRESP* basic, EVP_PKEY* key) {
    unsigned char* der = nullptr;
    const int size = i2d_OCSP_RESPDATA(OCSP_resp_get0_respdata(basic), &der);
    if (size <= 0) return false;
    const auto verified =
        verifySignedBytes({der, static_cast<std::size_t>(size)}, OCSP_resp_get0_tbs_sigalg(basic),
                          OCSP_resp_get0_signature(basic), key);
    OPENSSL_free(der);
    return verified.has_value();
}

/// The certificate of the delegated responder that signed; a response may carry others. Empty where the
/// issuer itself did.
std::string responderPem(BytesView response, const Certificate& issuer) {
    const auto* cursor = response.data();
    const OcspResponsePtr parsed(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(response.size())));
    const OcspBasicPtr basic(parsed ? OCSP_response_get1_basic(parsed.get()) : nullptr);
    if (!basic || isSignedBy(basic.get(), issuer.key())) return {};
    const auto* sent = OCSP_resp_get0_certs(basic.get());
    for (int i = 0; i < sk_X509_num(sent); ++i) {
        auto* native = sk_X509_value(sent, i);
        if (!isSignedBy(basic.get(), X509_get0_pubkey(native))) continue;
        const BioPtr pem(BIO_new(BIO_s_mem()));
        char* text = nullptr;
        if (!pem || PEM_write_bio_X509(pem.get(), native) != 1) return {};
        const auto size = BIO_get_mem_data(pem.get(), &text);
        return {text, static_cast<std::size_t>(size)};
    }
    return {};
}

/// The leaf's proof as ocsp.der or crl.der, those of intermediate CAs with a number in front.
Result<void> addProofs(Storage& storage, const Evidence& evidence, Files& files) {
    for (std::size_t i = 0; i < evidence.proofs.size(); ++i) {
        const auto& known = evidence.proofs[i];
        if (known.sha256.empty()) continue;
        auto proof = storage.proof(known.sha256);
        if (!proof) return fail(std::move(proof.error()));
        if (!*proof) return fail(ErrorCode::internalError, "the revocation proof is missing", "storage");
        const bool isCrl = known.kind == RevocationProof::Kind::crl;
        const std::string prefix = i == 0 ? "" : "intermediate-" + std::to_string(i) + "-";
        files[prefix + (isCrl ? "crl.der" : "ocsp.der")] = textOf(**proof);
        // Only the SM2 part of the script needs it by itself.
        const bool isSm2 = evidence.chain.size() > 1 && evidence.chain[1].keyType() == KeyType::sm2;
        if (isCrl || i != 0 || !isSm2) continue;
        if (auto responder = responderPem(**proof, evidence.chain[1]); !responder.empty())
            files["responder.pem"] = std::move(responder);
    }
    return {};
}

/// The texts that the signer agreed to, as the payload names them.
Result<void> addAgreements(Storage& storage, const Evidence& evidence, Files& files) {
    const auto payload = parseStrictJson(evidence.payload);
    if (!payload || !payload->contains("agr")) return {};
    for (const auto& entry : payload->at("agr")) {
        const auto hash = fromBase64Url(entry.value("s256", std::string()));
        if (!hash) continue;
        auto document = storage.document(*hash);
        if (!document) return fail(std::move(document.error()));
        if (*document)
            files["agreement-" + (**document).id + "-" + (**document).version + ".md"] = (**document).text;
    }
    return {};
}

}  // namespace

Result<Files> evidenceFiles(Storage& storage, const Vault& vault, const std::string& challengeId) {
    auto sealed = storage.evidence(challengeId);
    if (!sealed) return fail(std::move(sealed.error()));
    if (!*sealed) return fail(ErrorCode::challengeUnknown, "no login has this challenge id");
    auto text = vault.unseal(**sealed, evidenceContext(challengeId));
    if (!text) return fail(std::move(text.error()));
    auto evidence = decodeEvidence(textOf(*text));
    if (!evidence) return fail(std::move(evidence.error()));
    const auto header = fromBase64Url(evidence->protectedText);
    if (!header) return fail(ErrorCode::internalError, "stored evidence cannot be read", "storage");

    Files files;
    files["protected.json"] = textOf(*header);
    files["payload.json"] = evidence->payload;
    files["signing-input.txt"] = signingInput(evidence->protectedText, evidence->payload);
    files["signature.bin"] = textOf(evidence->signature);
    files["signature.der"] = derSignature(*evidence);
    addChain(*evidence, files);
    if (auto added = addProofs(storage, *evidence, files); !added) return fail(std::move(added.error()));
    if (auto added = addAgreements(storage, *evidence, files); !added) return fail(std::move(added.error()));
    files["verify.sh"] = verifyScript(*evidence);
    files["README.txt"] = evidenceReadme(*evidence);
    return files;
}

Result<void> writeEvidence(const Files& files, const std::filesystem::path& folder) {
    if (auto made = makePrivateFolder(folder); !made) return made;
    for (const auto& [name, content] : files)
        if (auto written = writeFileAtomically(folder / name, content); !written) return written;
    if (::chmod((folder / "verify.sh").c_str(), 0700) != 0)
        return fail(ErrorCode::internalError, "verify.sh: no permission", "file_unwritable");
    return {};
}

}  // namespace signet
