// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/ocsp.hpp"

#include "certs/der_reader.hpp"
#include "certs/openssl.hpp"
#include "certs/revocation_asn1.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace signet {
namespace {

using OcspCertIdPtr = std::unique_ptr<OCSP_CERTID, Free<&OCSP_CERTID_free>>;

constexpr std::chrono::hours kMaxAgeWithoutNextUpdate{1};
constexpr int kMaxResponderCertificates = 4;

tl::unexpected<Error> malformed(const char* part) {
    return unusable("ocsp_malformed", std::string("OCSP: ") + part);
}

template <class Encode, class T>
Bytes encodedBy(Encode encode, T* value) {
    unsigned char* der = nullptr;
    const int length = encode(value, &der);
    if (length <= 0) return {};
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

Result<OcspBasicPtr> basicResponse(BytesView der) {
    const unsigned char* cursor = der.data();
    const OcspResponsePtr response(d2i_OCSP_RESPONSE(nullptr, &cursor, static_cast<long>(der.size())));
    if (!response || cursor != der.data() + der.size()) return malformed("not a response");
    const int status = OCSP_response_status(response.get());
    if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
        return unusable("ocsp_refused", OCSP_response_status_str(status));
    OcspBasicPtr basic(OCSP_response_get1_basic(response.get()));
    if (!basic) return malformed("not a basic response");
    return basic;
}

bool isSignedBy(const OCSP_BASICRESP* basic, EVP_PKEY* key) {
    const auto signedBytes = encodedBy(i2d_OCSP_RESPDATA, OCSP_resp_get0_respdata(basic));
    const auto verified = verifySignedBytes(signedBytes, OCSP_resp_get0_tbs_sigalg(basic),
                                            OCSP_resp_get0_signature(basic), key);
    return verified.has_value();
}

bool isStrongEnough(X509* certificate) {
    int bits = 0;
    return X509_get_signature_info(certificate, nullptr, nullptr, &bits, nullptr) == 1 &&
           bits >= kMinSecurityBits;
}

/// Whether the issuer itself certified this responder, for OCSP signing, and it is within its dates.
bool isDelegate(const Certificate& responder, const Certificate& issuer, TimePoint now) {
    X509* native = responder.native();
    if (X509_NAME_cmp(X509_get_issuer_name(native), X509_get_subject_name(issuer.native())) != 0)
        return false;
    if ((X509_get_extension_flags(native) & EXFLAG_XKUSAGE) == 0) return false;
    if ((X509_get_extended_key_usage(native) & XKU_OCSP_SIGN) == 0) return false;
    if (now < responder.notBefore() || now >= responder.notAfter() || !isStrongEnough(native)) return false;
    const bool isIssued = X509_verify(native, issuer.key()) == 1;
    ERR_clear_error();
    return isIssued;
}

/// The responder's name in the answer says nothing that the signature does not say better.
Result<void> checkSigner(const OCSP_BASICRESP* basic, const Certificate& issuer, TimePoint now) {
    if (isSignedBy(basic, issuer.key())) return {};
    const STACK_OF(X509)* sent = OCSP_resp_get0_certs(basic);
    const int count = std::min(sk_X509_num(sent), kMaxResponderCertificates);
    for (int i = 0; i < count; ++i) {
        const auto responder = Certificate::fromDer(encodedBy(i2d_X509, sk_X509_value(sent, i)));
        if (responder && isDelegate(*responder, issuer, now) && isSignedBy(basic, responder->key()))
            return {};
    }
    return unusable("ocsp_signer", "not signed by the issuer or its responder");
}

/// A CertID may be made with any digest; ours is made again with the answer's.
bool isAbout(const OCSP_SINGLERESP* single, const Certificate& certificate, const Certificate& issuer) {
    // OpenSSL lacks const here; nothing is changed.
    auto* id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
    ASN1_OBJECT* digestOid = nullptr;
    if (OCSP_id_get0_info(nullptr, &digestOid, nullptr, nullptr, id) != 1) return false;
    const EVP_MD* digest = EVP_get_digestbyobj(digestOid);
    if (digest == nullptr) return false;
    const OcspCertIdPtr ours(OCSP_cert_to_id(digest, certificate.native(), issuer.native()));
    return ours && OCSP_id_cmp(ours.get(), id) == 0;
}

OCSP_SINGLERESP* answerAbout(OCSP_BASICRESP* basic, const Certificate& certificate,
                             const Certificate& issuer) {
    for (int i = 0; i < OCSP_resp_count(basic); ++i) {
        OCSP_SINGLERESP* single = OCSP_resp_get0(basic, i);
        if (isAbout(single, certificate, issuer)) return single;
    }
    return nullptr;
}

Result<void> checkNonce(OCSP_BASICRESP* basic, BytesView nonce) {
    const int index = OCSP_BASICRESP_get_ext_by_NID(basic, NID_id_pkix_OCSP_Nonce, -1);
    if (index < 0 || nonce.empty()) return {};
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(OCSP_BASICRESP_get_ext(basic, index));
    DerReader reader({ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))});
    const auto sent = reader.nextIf(V_ASN1_OCTET_STRING);
    if (sent && std::ranges::equal(sent->content, nonce)) return {};
    return unusable("ocsp_nonce", "the answer is to another request");
}

Result<OcspAnswer> answerOf(OCSP_SINGLERESP* single) {
    int reason = -1;
    ASN1_GENERALIZEDTIME* revokedAt = nullptr;
    ASN1_GENERALIZEDTIME* thisUpdate = nullptr;
    ASN1_GENERALIZEDTIME* nextUpdate = nullptr;
    const int status = OCSP_single_get0_status(single, &reason, &revokedAt, &thisUpdate, &nextUpdate);
    const auto from = timePointOf(thisUpdate);
    if (!from || (nextUpdate != nullptr && !timePointOf(nextUpdate))) return malformed("dates");
    OcspAnswer answer;
    answer.thisUpdate = *from;
    answer.nextUpdate = timePointOf(nextUpdate);
    if (status == V_OCSP_CERTSTATUS_GOOD) answer.state = OcspAnswer::State::good;
    if (status == V_OCSP_CERTSTATUS_REVOKED) {
        answer.state = OcspAnswer::State::revoked;
        answer.revokedAt = timePointOf(revokedAt).value_or(*from);
        answer.reason = std::max(reason, 0);
    }
    return answer;
}

Result<void> checkDates(const OcspAnswer& answer, TimePoint now) {
    if (answer.thisUpdate > now + kClockSkew)
        return unusable("answer_not_yet_valid", "the answer is of the future");
    const auto end = answer.nextUpdate.value_or(answer.thisUpdate + kMaxAgeWithoutNextUpdate);
    if (end <= now - kClockSkew) return unusable("answer_expired", "the answer's nextUpdate has passed");
    return {};
}

}  // namespace

Result<Bytes> ocspRequest(const Certificate& certificate, const Certificate& issuer, BytesView nonce) {
    const OcspRequestPtr request(OCSP_REQUEST_new());
    OcspCertIdPtr id(OCSP_cert_to_id(EVP_sha1(), certificate.native(), issuer.native()));
    if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr)
        return fail(ErrorCode::internalError, "no memory for an OCSP request");
    (void)id.release();  // the request owns it now
    Bytes value(nonce.begin(), nonce.end());
    if (!value.empty() &&
        OCSP_request_add1_nonce(request.get(), value.data(), static_cast<int>(value.size())) != 1)
        return fail(ErrorCode::internalError, "no memory for an OCSP request");
    return encodedBy(i2d_OCSP_REQUEST, request.get());
}

Result<OcspAnswer> readOcspResponse(Bytes der, const Certificate& certificate, const Certificate& issuer,
                                    BytesView nonce, TimePoint now) {
    if (der.empty() || der.size() > kMaxOcspBytes) return malformed("0 or over 64 KiB");
    const auto basic = basicResponse(der);
    if (!basic) return fail(basic.error());
    if (auto isSigned = checkSigner(basic->get(), issuer, now); !isSigned) return fail(isSigned.error());
    if (auto fits = checkNonce(basic->get(), nonce); !fits) return fail(fits.error());
    OCSP_SINGLERESP* single = answerAbout(basic->get(), certificate, issuer);
    if (single == nullptr)
        return unusable("ocsp_other_certificate", "the answer is not about this certificate");
    auto answer = answerOf(single);
    if (!answer) return answer;
    if (auto dates = checkDates(*answer, now); !dates) return fail(dates.error());
    answer->der = SharedBytes(std::move(der));
    return answer;
}

}  // namespace signet
