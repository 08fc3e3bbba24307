// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/revocation_data.hpp"

#include "certs/test_pki/must.hpp"

#include <openssl/x509v3.h>

namespace signet {
namespace {

using Asn1TimePtr = std::unique_ptr<ASN1_TIME, Free<&ASN1_TIME_free>>;
using Asn1IntegerPtr = std::unique_ptr<ASN1_INTEGER, Free<&ASN1_INTEGER_free>>;
using Asn1EnumeratedPtr = std::unique_ptr<ASN1_ENUMERATED, Free<&ASN1_ENUMERATED_free>>;
using RevokedPtr = std::unique_ptr<X509_REVOKED, Free<&X509_REVOKED_free>>;
using OcspCertIdPtr = std::unique_ptr<OCSP_CERTID, Free<&OCSP_CERTID_free>>;

Asn1TimePtr asn1Time(TimePoint time) {
    Asn1TimePtr value(ASN1_TIME_set(nullptr, time.time_since_epoch().count()));
    must(value != nullptr, "time");
    return value;
}

/// OCSP knows GeneralizedTime only.
Asn1TimePtr generalizedTime(TimePoint time) {
    Asn1TimePtr value(ASN1_GENERALIZEDTIME_set(nullptr, time.time_since_epoch().count()));
    must(value != nullptr, "time");
    return value;
}

void addRevoked(X509_CRL* crl, const RevokedEntry& entry) {
    RevokedPtr revoked(X509_REVOKED_new());
    auto* serial = X509_get_serialNumber(entry.certificate.native());
    must(X509_REVOKED_set_serialNumber(revoked.get(), serial) == 1, "revoked serial number");
    must(X509_REVOKED_set_revocationDate(revoked.get(), asn1Time(entry.at).get()) == 1, "revocation date");
    if (entry.reason >= 0) {
        const Asn1EnumeratedPtr reason(ASN1_ENUMERATED_new());
        must(ASN1_ENUMERATED_set(reason.get(), entry.reason) == 1, "reason");
        must(X509_REVOKED_add1_ext_i2d(revoked.get(), NID_crl_reason, reason.get(), 0, 0) == 1, "reason");
    }
    must(X509_CRL_add0_revoked(crl, revoked.get()) == 1, "revoked entry");
    (void)revoked.release();  // the CRL took it
}

void addCrlExtensions(X509_CRL* crl, const Authority& issuer, long number) {
    const Asn1IntegerPtr value(ASN1_INTEGER_new());
    must(ASN1_INTEGER_set(value.get(), number) == 1, "CRL number");
    must(X509_CRL_add1_ext_i2d(crl, NID_crl_number, value.get(), 0, 0) == 1, "CRL number");
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer.certificate.native(), nullptr, nullptr, crl, 0);
    const X509ExtensionPtr key(
        X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
    must(key != nullptr && X509_CRL_add_ext(crl, key.get(), -1) == 1, "authority key identifier");
}

int ocspStatusValue(OcspStatus status) {
    switch (status) {
        case OcspStatus::good:
            return V_OCSP_CERTSTATUS_GOOD;
        case OcspStatus::revoked:
            return V_OCSP_CERTSTATUS_REVOKED;
        case OcspStatus::unknown:
            return V_OCSP_CERTSTATUS_UNKNOWN;
    }
    return V_OCSP_CERTSTATUS_UNKNOWN;
}

void addEntry(OCSP_BASICRESP* response, const Authority& issuer, const OcspOptions& options,
              const OcspEntry& entry) {
    using namespace std::chrono_literals;
    const OcspCertIdPtr id(
        OCSP_cert_to_id(EVP_sha1(), entry.certificate.native(), issuer.certificate.native()));
    const auto thisUpdate = generalizedTime(options.thisUpdate);
    const auto nextUpdate = options.nextUpdate ? generalizedTime(*options.nextUpdate) : nullptr;
    const bool isRevoked = entry.status == OcspStatus::revoked;
    const auto revokedAt =
        isRevoked ? generalizedTime(entry.revokedAt.value_or(options.thisUpdate - 1h)) : nullptr;
    must(OCSP_basic_add1_status(response, id.get(), ocspStatusValue(entry.status),
                                OCSP_REVOKED_STATUS_KEYCOMPROMISE, revokedAt.get(), thisUpdate.get(),
                                nextUpdate.get()) != nullptr,
         "OCSP entry");
}

Bytes wrapped(int status, OCSP_BASICRESP* basic) {
    const OcspResponsePtr response(OCSP_response_create(status, basic));
    must(response != nullptr, "OCSP response");
    return encoded(&i2d_OCSP_RESPONSE, response.get(), "OCSP response");
}

}  // namespace

Bytes makeCrl(const Authority& issuer, const CrlOptions& options) {
    const X509CrlPtr crl(X509_CRL_new());
    must(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1, "CRL version");
    must(X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer.certificate.native())) == 1,
         "CRL issuer");
    must(X509_CRL_set1_lastUpdate(crl.get(), asn1Time(options.thisUpdate).get()) == 1, "thisUpdate");
    if (options.nextUpdate)
        must(X509_CRL_set1_nextUpdate(crl.get(), asn1Time(*options.nextUpdate).get()) == 1, "nextUpdate");
    for (const auto& entry : options.revoked) addRevoked(crl.get(), entry);
    addCrlExtensions(crl.get(), issuer, options.number);
    must(X509_CRL_sort(crl.get()) == 1, "CRL order");
    must(X509_CRL_sign_ctx(crl.get(), Signer(issuer.key.get()).get()) > 0, "CRL signature");
    return encoded(&i2d_X509_CRL, crl.get(), "CRL");
}

Bytes makeOcspResponse(const Authority& issuer, const OcspOptions& options) {
    const OcspBasicPtr basic(OCSP_BASICRESP_new());
    for (const auto& entry : options.entries) addEntry(basic.get(), issuer, options, entry);
    if (!options.nonce.empty()) {
        Bytes nonce = options.nonce;
        must(OCSP_basic_add1_nonce(basic.get(), nonce.data(), static_cast<int>(nonce.size())) == 1,
             "OCSP nonce");
    }
    const bool isDelegated = options.responder != nullptr;
    X509* certificate = isDelegated ? options.responder->certificate.native() : issuer.certificate.native();
    const Signer signer(isDelegated ? options.responder->key.get() : issuer.key.get());
    const unsigned long flags = isDelegated && options.hasResponderCertificate ? 0 : OCSP_NOCERTS;
    must(OCSP_basic_sign_ctx(basic.get(), certificate, signer.get(), nullptr, flags) == 1, "OCSP signature");
    return wrapped(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get());
}

Bytes makeOcspFailure(int responseStatus) {
    return wrapped(responseStatus, nullptr);
}

}  // namespace signet
