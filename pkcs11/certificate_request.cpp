// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/certificate_request.hpp"

#include "pkcs11/certificate_key.hpp"
#include "pkcs11/ck_login.hpp"
#include "pkcs11/key_generation.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/libp11_key.hpp"
#include "pkcs11/pkcs10.hpp"
#include "pkcs11/public_key.hpp"
#include "pkcs11/token_check.hpp"

#include <optional>
#include <utility>

namespace signet {
namespace {

/// Before the PIN is sent: libp11 can do no other.
Result<void> checkKeyKind(const CertificateRequest& request) {
    const auto key = keyOfCertificate(request.key.certificate);
    if (!key) return fail(key.error());
    if (request.newKey) return {};
    if (key->type == KeyType::sm2)
        return fail(ErrorCode::algNotAllowed, "libp11 cannot sign with an SM2 key",
                    "sm2_request_unsupported");
    if (key->type == KeyType::other)
        return fail(ErrorCode::algNotAllowed, "no RSA key and none of P-256 or P-384", "key_type");
    return {};
}

Result<NewKeyPair> existingKey(const KeyReference& key) {
    auto publicKey = publicKeyOf(key.certificate);
    if (!publicKey) return fail(publicKey.error());
    return NewKeyPair{key.keyId, std::move(*publicKey)};
}

Error withKeptKey(Error error, const CertificateRequest& request) {
    if (request.newKey) error.detail += "; the new key pair stays on the token";
    return error;
}

Result<CertificateRequestReply> requestOn(const Module& module, const std::filesystem::path& path,
                                          const TokenInfo& token, const CertificateRequest& request,
                                          const BytesView& pin, Libp11Key& signer) {
    const auto access = request.newKey ? Session::Access::readWrite : Session::Access::readOnly;
    const auto session = Session::open(module, token.slot, access);
    if (!session) return fail(session.error());
    if (!request.newKey)
        if (const auto found = findCertificate(*session, request.key.keyId, request.key.certificate); !found)
            return fail(found.error());
    std::optional<Login> login;
    if (asksForPin(token, pin)) {
        auto done = Login::user(*session, pin);
        if (!done) return fail(done.error());
        login.emplace(std::move(*done));
    }
    const auto key =
        request.newKey ? generateKeyPair(*session, *request.newKey, token.label) : existingKey(request.key);
    if (!key) return fail(key.error());
    const auto draft = draftRequest(request.key.certificate, key->publicKey.get());
    if (!draft) return fail(withKeptKey(draft.error(), request));
    const auto opened = signer.open(path, token.slot, key->id, pin);
    if (!opened) return fail(withKeptKey(opened.error(), request));
    auto der = finishRequest(draft->get(), *opened);
    if (!der) return fail(withKeptKey(der.error(), request));
    return CertificateRequestReply{std::move(*der), key->id};
}

}  // namespace

Result<CertificateRequestReply> requestCertificate(const Module& module, const std::filesystem::path& path,
                                                   const CertificateRequest& request, BytesView pin) {
    if (const auto checked = checkKeyKind(request); !checked) return fail(checked.error());
    const auto token = checkToken(module, request.key);
    if (!token) return fail(token.error());
    if (const auto checked = checkPinLength(*token, pin); !checked) return fail(checked.error());
    if (asksForPin(*token, pin))
        if (const auto checked = checkFinalTry(*token, request.isFinalTryAccepted); !checked)
            return fail(checked.error());
    Libp11Key signer;  // finalises the module when it goes: the cause of an error is asked for before
    auto reply = requestOn(module, path, *token, request, pin, signer);
    if (!reply) return fail(explainRefusal(module, token->slot, reply.error()));
    return reply;
}

}  // namespace signet
