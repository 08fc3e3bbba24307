// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/signature.hpp"
#include "certs/test_pki/must.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <future>
#include <mutex>

namespace signet {

std::string_view toString(KeyKind kind) {
    switch (kind) {
        case KeyKind::rsa2048:
            return "rsa2048";
        case KeyKind::rsa3072:
            return "rsa3072";
        case KeyKind::p256:
            return "p256";
        case KeyKind::p384:
            return "p384";
        case KeyKind::sm2:
            return "sm2";
    }
    return "";
}

EvpPkeyPtr makeKey(KeyKind kind) {
    EVP_PKEY* key = nullptr;
    switch (kind) {
        case KeyKind::rsa2048:
            key = EVP_RSA_gen(2048);
            break;
        case KeyKind::rsa3072:
            key = EVP_RSA_gen(3072);
            break;
        case KeyKind::p256:
            key = EVP_EC_gen("P-256");
            break;
        case KeyKind::p384:
            key = EVP_EC_gen("P-384");
            break;
        case KeyKind::sm2:
            key = EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2");
            break;
    }
    must(key != nullptr, "key generation");
    return EvpPkeyPtr(key);
}

EvpPkeyPtr sharedKey(KeyKind kind, const std::string& label) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_future<std::shared_ptr<EVP_PKEY>>> keys;
    std::promise<std::shared_ptr<EVP_PKEY>> promise;
    std::shared_future<std::shared_ptr<EVP_PKEY>> future;
    bool isMaker = false;
    {
        const std::scoped_lock lock(mutex);
        auto& entry = keys[std::string(toString(kind)) + "/" + label];
        if (!entry.valid()) {
            entry = promise.get_future().share();
            isMaker = true;
        }
        future = entry;
    }
    if (isMaker) promise.set_value(std::shared_ptr<EVP_PKEY>(makeKey(kind)));
    EVP_PKEY* key = future.get().get();
    EVP_PKEY_up_ref(key);
    return EvpPkeyPtr(key);
}

Signer::Signer(EVP_PKEY* key) : m_context(EVP_MD_CTX_new()) {
    const KeyType type = keyTypeOf(key);
    const EVP_MD* digest = type == KeyType::sm2    ? EVP_sm3()
                           : type == KeyType::p384 ? EVP_sha384()
                                                   : EVP_sha256();
    EVP_PKEY_CTX* options = nullptr;  // belongs to m_context
    must(EVP_DigestSignInit(m_context.get(), &options, digest, nullptr, key) == 1, "signer");
    if (type != KeyType::sm2) return;
    const auto size = static_cast<int>(kSm2DefaultId.size());
    must(EVP_PKEY_CTX_set1_id(options, kSm2DefaultId.data(), size) == 1, "SM2 ID");
}

}  // namespace signet
