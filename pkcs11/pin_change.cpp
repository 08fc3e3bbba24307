// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/pin_change.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/token_check.hpp"

#include <utility>

namespace signet {
namespace {

Result<void> checkNewPin(const TokenInfo& token, BytesView oldPin, BytesView newPin) {
    auto checked = checkPinLength(token, newPin);
    if (checked && oldPin.empty() == newPin.empty()) return {};
    Error error = checked ? Error{} : checked.error();
    error.code = ErrorCode::badRequest;
    error.reason = "pin_length";
    return fail(std::move(error));
}

/// C_SetPIN compares the old PIN first; these answers are about the new one.
Error errorOfSetPin(CK_RV rv) {
    auto error = ckError(rv, "C_SetPIN");
    if (rv == CKR_PIN_INVALID || rv == CKR_PIN_LEN_RANGE) error.code = ErrorCode::badRequest;
    return error;
}

CK_RV callSetPin(const Session& session, BytesView oldPin, BytesView newPin) {
    // PKCS#11 does not write to PINs, its C signature only lacks the const.
    auto* oldBytes = oldPin.empty() ? nullptr : const_cast<std::uint8_t*>(oldPin.data());
    auto* newBytes = newPin.empty() ? nullptr : const_cast<std::uint8_t*>(newPin.data());
    return session.api().C_SetPIN(session.handle(), oldBytes, oldPin.size(), newBytes, newPin.size());
}

}  // namespace

Result<void> changePin(const Module& module, const PinChangeRequest& request, BytesView oldPin,
                       BytesView newPin) {
    const auto token = checkToken(module, request.token);
    if (!token) return fail(token.error());
    if (const auto checked = checkPinLength(*token, oldPin); !checked) return checked;
    if (const auto checked = checkNewPin(*token, oldPin, newPin); !checked) return checked;
    if (const auto checked = checkFinalTry(*token, request.isFinalTryAccepted); !checked) return checked;
    const auto session = Session::open(module, token->slot, Session::Access::readWrite);
    if (!session) return fail(explainRefusal(module, token->slot, session.error()));
    const CK_RV rv = callSetPin(*session, oldPin, newPin);
    if (rv != CKR_OK) return fail(explainRefusal(module, token->slot, errorOfSetPin(rv)));
    return {};
}

}  // namespace signet
