// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/certificate_install.hpp"

#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_find.hpp"
#include "pkcs11/ck_login.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/key_match.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/openssl_handles.hpp"
#include "pkcs11/token_check.hpp"

#include <openssl/err.h>

#include <array>
#include <optional>
#include <utility>

namespace signet {
namespace {

template <class T, class Encode>
Bytes encoded(Encode encode, const T* value) {
    unsigned char* der = nullptr;
    const int size = encode(value, &der);
    if (size <= 0) return {};
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

/// The parts of a certificate that a certificate object repeats.
struct Parts {
    Bytes subject;
    Bytes issuer;
    Bytes serial;
};

Result<Parts> partsOf(BytesView der) {
    const auto* position = der.data();
    const CertificateHandle parsed(d2i_X509(nullptr, &position, static_cast<long>(der.size())));
    ERR_clear_error();
    if (!parsed || position != der.data() + der.size())
        return fail(ErrorCode::noCertificate, "the certificate cannot be read", "certificate_malformed");
    return Parts{encoded(&i2d_X509_NAME, X509_get_subject_name(parsed.get())),
                 encoded(&i2d_X509_NAME, X509_get_issuer_name(parsed.get())),
                 encoded(&i2d_ASN1_INTEGER, X509_get0_serialNumber(parsed.get()))};
}

tl::unexpected<Error> alreadyThere() {
    return fail(ErrorCode::badRequest, "the certificate is on the token already", "already_installed");
}

Result<void> checkNotThere(const Session& session, BytesView certificate) {
    Bytes value(certificate.begin(), certificate.end());
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    const std::array criteria{criterion(CKA_CLASS, objectClass),
                              CK_ATTRIBUTE{CKA_VALUE, value.data(), value.size()}};
    const auto handles = findObjects(session, criteria, 1);
    if (!handles) return fail(handles.error());
    if (handles->empty()) return {};
    return alreadyThere();
}

Result<void> write(const Session& session, Bytes id, std::string label, Bytes certificate) {
    if (session.api().C_CreateObject == nullptr)
        return fail(ckError(CKR_FUNCTION_NOT_SUPPORTED, "C_CreateObject"));
    auto parts = partsOf(certificate);
    if (!parts) return fail(parts.error());
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    const auto bytes = [](CK_ATTRIBUTE_TYPE name, auto& value) {
        return CK_ATTRIBUTE{name, value.data(), value.size()};
    };
    std::array attributes{criterion(CKA_CLASS, objectClass),
                          criterion(CKA_CERTIFICATE_TYPE, type),
                          criterion(CKA_TOKEN, yes),
                          criterion(CKA_PRIVATE, no),
                          bytes(CKA_ID, id),
                          bytes(CKA_LABEL, label),
                          bytes(CKA_SUBJECT, parts->subject),
                          bytes(CKA_ISSUER, parts->issuer),
                          bytes(CKA_SERIAL_NUMBER, parts->serial),
                          bytes(CKA_VALUE, certificate)};
    CK_OBJECT_HANDLE handle = CK_INVALID_HANDLE;
    const CK_RV rv =
        session.api().C_CreateObject(session.handle(), attributes.data(), attributes.size(), &handle);
    if (rv != CKR_OK) return fail(ckError(rv, "C_CreateObject"));
    return {};
}

tl::unexpected<Error> noKey(const KeyMatch& match) {
    if (match.id.empty())
        return fail(ErrorCode::badRequest, "no key on the token has the certificate's public key",
                    "does_not_fit");
    return fail(ErrorCode::noCertificate, "the private key of this certificate is not on the token",
                "key_missing");
}

Result<CertificateInstallReply> installOn(const Module& module, const TokenInfo& token,
                                          const Bytes& certificate, BytesView pin) {
    const auto session = Session::open(module, token.slot, Session::Access::readWrite);
    if (!session) return fail(session.error());
    if (const auto checked = checkNotThere(*session, certificate); !checked) return fail(checked.error());
    std::optional<Login> login;
    if (asksForPin(token, pin)) {
        auto done = Login::user(*session, pin);
        if (!done) return fail(done.error());
        login.emplace(std::move(*done));
    }
    const auto match = matchKey(*session, certificate);
    if (!match) return fail(match.error());
    if (!match->hasPrivateKey) return noKey(*match);
    // Not every token searches by value.
    if (findCertificate(*session, match->id, certificate)) return alreadyThere();
    const auto label = match->label.empty() ? token.label : match->label;
    if (const auto written = write(*session, match->id, label, certificate); !written)
        return fail(written.error());
    if (const auto seen = findCertificate(*session, match->id, certificate); !seen) return fail(seen.error());
    return CertificateInstallReply{match->id, label};
}

}  // namespace

Result<CertificateInstallReply> installCertificate(const Module& module,
                                                   const CertificateInstallRequest& request, BytesView pin) {
    if (const auto parts = partsOf(request.token.certificate); !parts) return fail(parts.error());
    const auto token = checkToken(module, request.token);
    if (!token) return fail(token.error());
    if (const auto checked = checkPinLength(*token, pin); !checked) return fail(checked.error());
    if (asksForPin(*token, pin))
        if (const auto checked = checkFinalTry(*token, request.isFinalTryAccepted); !checked)
            return fail(checked.error());
    auto reply = installOn(module, *token, request.token.certificate, pin);
    if (!reply) return fail(explainRefusal(module, token->slot, reply.error()));
    return reply;
}

}  // namespace signet
