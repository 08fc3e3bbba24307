// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_signer.hpp"

#include "pkcs11/ck_login.hpp"
#include "pkcs11/ck_token.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/sm2_signing.hpp"
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
    const auto key = keyOf(request.key.certificate);
    if (!key) return fail(key.error());
    auto reply =
        key->type == KeyType::sm2 ? signSm2On(*token, request, pin) : signOn(*token, request, *key, pin);
    if (!reply) return fail(explainRefusal(m_module, token->slot, reply.error()));
    return reply;
}

Result<CertificateKey> TokenSigner::keyOf(const Bytes& certificate) {
    if (!m_lastCertificate.empty() && m_lastCertificate == certificate) return m_lastKey;
    const auto key = keyOfCertificate(certificate);
    if (!key) return key;
    m_lastCertificate = certificate;
    m_lastKey = *key;
    return key;
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

Result<SignReply> TokenSigner::loggedIn(const TokenInfo& token, const SignRequest& request, KeyType type,
                                        BytesView pin, const Make& make) {
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
    const auto keys = findPrivateKeys(*session, request.key.keyId, type, request.sm2.keyTypes);
    if (!keys) return fail(keys.error());
    return make(*session, *keys);
}

Result<SignReply> TokenSigner::signOn(const TokenInfo& token, const SignRequest& request,
                                      const CertificateKey& key, BytesView pin) {
    const auto ways = choices(request, key, token);
    if (!ways) return fail(ways.error());
    return loggedIn(token, request, key.type, pin, [&](const Session& session, const auto& keys) {
        return signStatement(session, keys.front(), request, key, *ways, pin);
    });
}

/// The ways of the request whose mechanisms the token lists.
Result<std::vector<Sm2Strategy>> TokenSigner::sm2Strategies(const SignRequest& request,
                                                            const TokenInfo& token) {
    const auto mechanisms = mechanismsOf(token);
    if (!mechanisms) return fail(mechanisms.error());
    auto strategies = request.sm2.strategies;
    std::erase_if(strategies, [&](const Sm2Strategy& strategy) {
        return std::ranges::find(*mechanisms, strategy.mechanism) == mechanisms->end() ||
               !isForSigning(m_module, token.slot, strategy.mechanism);
    });
    if (!strategies.empty()) return strategies;
    return fail(ErrorCode::algNotAllowed, "the token has no known mechanism for an SM2 key",
                "sm2_no_mechanism");
}

Result<SignReply> TokenSigner::signSm2On(const TokenInfo& token, const SignRequest& request, BytesView pin) {
    const auto asked = std::ranges::find(request.algorithms, Algorithm::sm2sm3);
    if (asked == request.algorithms.end())
        return fail(ErrorCode::algNotAllowed, "no accepted algorithm for a key of type sm2", "key_type");
    const auto index = static_cast<std::size_t>(asked - request.algorithms.begin());
    const auto key = Sm2Key::fromCertificate(request.key.certificate);
    if (!key) return fail(key.error());
    const auto strategies = sm2Strategies(request, token);
    if (!strategies) return fail(strategies.error());
    auto reply = loggedIn(token, request, KeyType::sm2, pin, [&](const Session& session, const auto& keys) {
        return signSm2(session, keys, request, index, *strategies, *key, pin);
    });
    if (reply || reply.error().code != ErrorCode::signatureInvalid) return reply;
    // A token that went while ways were tried has failed them all.
    if (const auto still = checkToken(m_module, request.key); !still) return fail(still.error());
    return reply;
}

}  // namespace signet
