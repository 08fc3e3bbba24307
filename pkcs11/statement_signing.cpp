// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/statement_signing.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_login.hpp"
#include "pkcs11/signature_form.hpp"

#include <chrono>
#include <utility>

namespace signet {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// An RSA key of 8192 bits.
constexpr std::size_t kMaxSignatureBytes = 1024;

/// A signature that is being made: C_SignInit, perhaps the key's own login, C_Sign. Only the token's time is
/// counted.
class Signing {
public:
    Signing(const Session& session, const PrivateKeyObject& key) : m_session(session), m_key(key) {}

    Result<void> begin(const SigningMethod& method) {
        MechanismArgument mechanism(method);
        const auto start = SteadyClock::now();
        const CK_RV rv = m_session.api().C_SignInit(m_session.handle(), mechanism.get(), m_key.handle);
        m_duration = SteadyClock::now() - start;
        if (rv != CKR_OK) return fail(ckError(rv, "C_SignInit"));
        return {};
    }

    Result<Bytes> finish(Bytes& input) {
        Bytes signature(kMaxSignatureBytes);
        CK_ULONG length = signature.size();
        const auto start = SteadyClock::now();
        const CK_RV rv =
            m_session.api().C_Sign(m_session.handle(), input.data(), input.size(), signature.data(), &length);
        m_duration += SteadyClock::now() - start;
        if (rv != CKR_OK) return fail(ckError(rv, "C_Sign"));
        if (length > signature.size())
            return fail(ErrorCode::signatureInvalid, "C_Sign: a length beyond its buffer",
                        "signature_length");
        signature.resize(length);
        return signature;
    }

    std::chrono::microseconds duration() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(m_duration);
    }

private:
    const Session& m_session;
    const PrivateKeyObject& m_key;
    SteadyClock::duration m_duration{};
};

}  // namespace

Result<SignReply> signStatement(const Session& session, const PrivateKeyObject& object,
                                const SignRequest& request, const CertificateKey& key,
                                std::span<const SigningChoice> choices, BytesView pin) {
    Signing signing(session, object);
    auto choice = choices.begin();
    auto begun = signing.begin(choice->method);
    while (!begun && begun.error().reason == "mechanism_refused" && ++choice != choices.end())
        begun = signing.begin(choice->method);
    if (!begun) return fail(begun.error());
    if (object.mustAuthenticateAlways)
        if (const auto done = Login::forThisOperation(session, pin); !done) return fail(done.error());

    auto input = inputFor(choice->method, request.statements[choice->index]);
    if (!input) return fail(input.error());
    const auto signature = signing.finish(*input);
    if (!signature) return fail(signature.error());
    auto inForm = toStatementForm(choice->method.algorithm, key, *signature);
    if (!inForm) return fail(inForm.error());
    return SignReply{choice->index, std::move(*inForm), signing.duration()};
}

}  // namespace signet
