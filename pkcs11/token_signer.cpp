// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_signer.hpp"

#include "pkcs11/ck_login.hpp"
#include "pkcs11/ck_token.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/statement_check.hpp"
#include "pkcs11/token_check.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxRememberedTokens = 64;

}  // namespace

Result<SignReply> TokenSigner::sign(const SignRequest& request, BytesView pin) {
    if (const auto checked = checkSignRequest(request); !checked) return fail(checked.error());
    const auto token = checkToken(m_module, request.key);
    if (!token) return fail(token.error());
    if (const auto checked = checkPinLength(*token, pin); !checked) return fail(checked.error());
    if (asksForPin(*token, pin))
        if (const auto checked = checkFinalTry(*token, request.isFinalTryAccepted); !checked)
            return fail(checked.error());
    const auto key = keyOfCertificate(request.key.certificate);
    if (!key) return fail(key.error());
    const auto ways = choices(request, *key, *token);
    if (!ways) return fail(nameRemoval(m_module, token->slot, ways.error()));
    auto reply = signOn(*token, request, *key, *ways, pin);
    if (!reply) return fail(explainRefusal(m_module, token->slot, reply.error()));
    return reply;
}

Result<std::vector<SigningChoice>> TokenSigner::choices(const SignRequest& request, const CertificateKey& key,
                                                        const TokenInfo& token) {
    const auto mechanisms = mechanismsOf(token);
    if (!mechanisms) return fail(mechanisms.error());
    std::vector<SigningChoice> found;
    bool isAnyFitting = false;
    for (std::size_t i = 0; i < request.algorithms.size(); ++i) {
        if (!fits(request.algorithms[i], key.type)) continue;
        isAnyFitting = true;
        for (const auto& method : methodsFor(request.algorithms[i]))
            if (std::find(mechanisms->begin(), mechanisms->end(), method.mechanism) != mechanisms->end())
                found.push_back({i, method});
    }
    if (!found.empty()) return found;
    const std::string type(toString(key.type));
    if (!isAnyFitting)
        return fail(ErrorCode::algNotAllowed, "no accepted algorithm for a key of type " + type, "key_type");
    return fail(ErrorCode::algNotAllowed, "the token has no mechanism for a key of type " + type,
                "mechanism_missing");
}

Result<std::vector<CK_MECHANISM_TYPE>> TokenSigner::mechanismsOf(const TokenInfo& token) {
    for (const auto& known : m_mechanisms)
        if (known.slot == token.slot && known.serial == token.serial && known.model == token.model)
            return known.types;
    auto types = signingMechanisms(m_module, token.slot);
    if (!types) return types;
    if (m_mechanisms.size() >= kMaxRememberedTokens) m_mechanisms.clear();
    m_mechanisms.push_back({token.model, token.serial, token.slot, *types});
    return types;
}

Result<SignReply> TokenSigner::signOn(const TokenInfo& token, const SignRequest& request,
                                      const CertificateKey& key, const std::vector<SigningChoice>& choices,
                                      BytesView pin) {
    const auto session = Session::open(m_module, token.slot);
    if (!session) return fail(session.error());
    if (const auto found = findCertificate(*session, request.key.keyId, request.key.certificate); !found)
        return fail(found.error());
    std::optional<Login> login;
    if (!pin.empty() || token.isLoginRequired) {
        auto done = Login::user(*session, pin);
        if (!done) return fail(done.error());
        login.emplace(std::move(*done));
    }
    const auto object = findPrivateKey(*session, request.key.keyId, key.type);
    if (!object) return fail(object.error());
    return signStatement(*session, *object, request, key, choices, pin);
}

}  // namespace signet
