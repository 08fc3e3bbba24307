// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/sm2_signing.hpp"

#include "pkcs11/signature_form.hpp"
#include "pkcs11/signing_operation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace signet {
namespace {

/// The mechanism of a way; its parameter stays inside.
class Sm2Mechanism {
public:
    explicit Sm2Mechanism(const Sm2Strategy& strategy)
        : m_id(kSm2DefaultId.begin(), kSm2DefaultId.end()), m_mechanism{strategy.mechanism, nullptr, 0} {
        if (!strategy.hasIdParameter) return;
        m_mechanism.pParameter = m_id.data();
        m_mechanism.ulParameterLen = m_id.size();
    }
    Sm2Mechanism(const Sm2Mechanism&) = delete;
    Sm2Mechanism& operator=(const Sm2Mechanism&) = delete;
    ~Sm2Mechanism() = default;
    CK_MECHANISM* get() { return &m_mechanism; }

private:
    Bytes m_id;
    CK_MECHANISM m_mechanism;
};

Bytes inputOf(const Sm2Strategy& strategy, const Sm2Key& key, BytesView message) {
    switch (strategy.input) {
        case Sm2Input::prehashed:
            return sm3(key.za(), message);
        case Sm2Input::message:
            return {message.begin(), message.end()};
        case Sm2Input::zaMessage: {
            Bytes input = key.za();
            input.insert(input.end(), message.begin(), message.end());
            return input;
        }
    }
    return {};
}

/// A slow token makes a signature in half a second, and each costs a key that demands it a PIN.
constexpr int kMaxAttempts = 12;
constexpr int kMaxAttemptsWithPin = 3;

constexpr std::array<std::string_view, 8> kReasonsOfAWay{
    "data_refused", "arguments_refused",      "function_failed",     "general_error",
    "unknown_code", "function_not_supported", "key_not_for_signing", "length_out_of_range"};

/// Whether what C_SignInit or C_Sign answers is about this way, so that another may do better.
bool isAboutTheWay(const Error& error) {
    return error.code == ErrorCode::algNotAllowed || error.code == ErrorCode::signatureInvalid ||
           std::ranges::find(kReasonsOfAWay, error.reason) != kReasonsOfAWay.end();
}

/// What all attempts have in common, and what they have found out.
class Sm2Signing {
public:
    Sm2Signing(const Session& session, const Sm2Key& key, BytesView message, BytesView pin)
        : m_session(session), m_key(key), m_message(message), m_pin(pin) {}

    /// The signature of one way with one key; nullopt: it is none, another way may be.
    Result<std::optional<SignReply>> attempt(const PrivateKeyObject& object, const Sm2Strategy& strategy) {
        SigningOperation operation(m_session, object);
        Sm2Mechanism mechanism(strategy);
        if (const auto begun = operation.begin(mechanism.get()); !begun) return next(begun.error());
        ++m_attempts;
        // Whatever is said to a PIN ends it: it is not sent again for another way.
        if (const auto done = operation.authenticate(m_pin); !done) return fail(done.error());
        auto input = inputOf(strategy, m_key, m_message);
        const auto signature = operation.finish(input);
        if (!signature) return next(signature.error());
        const auto raw = toStatementForm(Algorithm::sm2sm3, {KeyType::sm2, 0}, *signature);
        if (raw && m_key.verifies(m_message, *raw))
            return std::optional(SignReply{0, *raw, operation.duration(), strategy.name});
        m_hasSigned = true;
        m_isWithoutZa = m_isWithoutZa || (raw && m_key.verifiesDigest(sm3(m_message), *raw));
        return std::optional<SignReply>();
    }

    bool mayTryAgain(const PrivateKeyObject& object) const {
        return m_attempts < (object.mustAuthenticateAlways ? kMaxAttemptsWithPin : kMaxAttempts);
    }

    Error failure() const {
        if (m_isWithoutZa)
            return {.code = ErrorCode::signatureInvalid,
                    .reason = "sm2_without_za",
                    .detail = "the token signs SM3(M) without Z_A"};
        if (m_hasSigned || !m_lastRefusal)
            return {.code = ErrorCode::signatureInvalid,
                    .reason = "sm2_no_strategy",
                    .detail = "no known way gave a signature that verifies"};
        return *m_lastRefusal;
    }

private:
    Result<std::optional<SignReply>> next(const Error& error) {
        if (!isAboutTheWay(error)) return fail(error);
        m_lastRefusal = error;
        return std::optional<SignReply>();
    }

    const Session& m_session;
    const Sm2Key& m_key;
    const BytesView m_message;
    const BytesView m_pin;
    int m_attempts = 0;
    bool m_hasSigned = false;
    bool m_isWithoutZa = false;
    std::optional<Error> m_lastRefusal;
};

}  // namespace

Result<SignReply> signSm2(const Session& session, std::span<const PrivateKeyObject> keys,
                          const SignRequest& request, std::size_t index,
                          std::span<const Sm2Strategy> strategies, const Sm2Key& certificateKey,
                          BytesView pin) {
    Sm2Signing signing(session, certificateKey, bytesOf(request.statements[index]), pin);
    for (const auto& strategy : strategies) {
        for (const auto& object : keys) {
            if (!signing.mayTryAgain(object)) return fail(signing.failure());
            auto reply = signing.attempt(object, strategy);
            if (!reply) return fail(reply.error());
            if (!*reply) continue;
            (*reply)->chosen = index;
            return std::move(**reply);
        }
    }
    return fail(signing.failure());
}

}  // namespace signet
