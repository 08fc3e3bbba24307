// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/statement_signing.hpp"

#include "pkcs11/signature_form.hpp"
#include "pkcs11/signing_operation.hpp"

#include <utility>

namespace signet {
namespace {

/// For one Web eID token. One in 240 has a spare zero, so this is enough.
constexpr int kMaxSignatures = 8;

Result<void> begin(SigningOperation& signing, const SigningMethod& method) {
    MechanismArgument mechanism(method);
    return signing.begin(mechanism.get());
}

Result<Bytes> finish(SigningOperation& signing, const SigningChoice& choice, const SignRequest& request,
                     const CertificateKey& key) {
    auto input = inputFor(choice.method, request.statements[choice.index]);
    if (!input) return input;
    const auto signature = signing.finish(*input);
    if (!signature) return signature;
    return toStatementForm(choice.method.algorithm, key, *signature);
}

/// A token whose signatures are the same each time, or that gives only one a login, keeps its first.
Bytes withoutSpareZero(Bytes first, SigningOperation& signing, const SigningChoice& choice,
                       const SignRequest& request, const CertificateKey& key) {
    auto signature = first;
    for (int made = 1; made < kMaxSignatures && hasSpareZero(choice.method.algorithm, signature); ++made) {
        if (!begin(signing, choice.method)) return first;
        auto next = finish(signing, choice, request, key);
        if (!next || *next == signature) return first;
        signature = std::move(*next);
    }
    return signature;
}

}  // namespace

Result<SignReply> signStatement(const Session& session, const PrivateKeyObject& object,
                                const SignRequest& request, const CertificateKey& key,
                                std::span<const SigningChoice> choices, BytesView pin) {
    SigningOperation signing(session, object);
    auto choice = choices.begin();
    auto begun = begin(signing, choice->method);
    while (!begun && begun.error().reason == "mechanism_refused" && ++choice != choices.end())
        begun = begin(signing, choice->method);
    if (!begun) return fail(begun.error());
    if (const auto done = signing.authenticate(pin); !done) return fail(done.error());

    auto signature = finish(signing, *choice, request, key);
    if (!signature) return fail(signature.error());
    if (request.kind == MessageKind::webEid && !object.mustAuthenticateAlways)
        *signature = withoutSpareZero(std::move(*signature), signing, *choice, request, key);
    return SignReply{choice->index, std::move(*signature), signing.duration(), {}};
}

}  // namespace signet
