// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/statement_signing.hpp"

#include "pkcs11/signature_form.hpp"
#include "pkcs11/signing_operation.hpp"

#include <utility>

namespace signet {
namespace {

Result<void> begin(SigningOperation& signing, const SigningMethod& method) {
    MechanismArgument mechanism(method);
    return signing.begin(mechanism.get());
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

    auto input = inputFor(choice->method, request.statements[choice->index]);
    if (!input) return fail(input.error());
    const auto signature = signing.finish(*input);
    if (!signature) return fail(signature.error());
    auto inForm = toStatementForm(choice->method.algorithm, key, *signature);
    if (!inForm) return fail(inForm.error());
    return SignReply{choice->index, std::move(*inForm), signing.duration(), {}};
}

}  // namespace signet
