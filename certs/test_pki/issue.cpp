// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/test_pki/issue.hpp"

#include "certs/test_pki/must.hpp"

#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

namespace signet {
namespace {

constexpr std::uint8_t kPrintableString = 0x13;
constexpr std::uint8_t kContext0 = 0xA0;

using ObjectPtr = std::unique_ptr<ASN1_OBJECT, Free<&ASN1_OBJECT_free>>;
using OctetStringPtr = std::unique_ptr<ASN1_OCTET_STRING, Free<&ASN1_OCTET_STRING_free>>;

void setSerial(X509* certificate) {
    std::array<unsigned char, 16> bytes{};
    must(RAND_bytes(bytes.data(), bytes.size()) == 1, "random serial number");
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x3F) | 0x40);
    const BignumPtr number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
    must(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr, "serial number");
}

void setSubject(X509* certificate, const std::vector<NamePart>& parts) {
    X509_NAME* name = X509_get_subject_name(certificate);
    for (const auto& part : parts) {
        const int type = part.type == "C" ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
        const auto* value = reinterpret_cast<const unsigned char*>(part.value.data());
        const ObjectPtr object(OBJ_txt2obj(part.type.c_str(), 0));
        must(X509_NAME_add_entry_by_OBJ(name, object.get(), type, value, static_cast<int>(part.value.size()),
                                        -1, 0) == 1,
             part.type.c_str());
    }
}

void setValidity(X509* certificate, const Profile& profile, TimePoint now) {
    const auto start = (now + profile.startsIn).time_since_epoch().count();
    const auto end = (now + profile.endsIn).time_since_epoch().count();
    must(ASN1_TIME_set(X509_getm_notBefore(certificate), start) != nullptr, "notBefore");
    must(ASN1_TIME_set(X509_getm_notAfter(certificate), end) != nullptr, "notAfter");
}

void addConfigured(X509* certificate, X509V3_CTX& context, int nid, const std::string& value) {
    if (value.empty()) return;
    const X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

void addRaw(X509* certificate, const ExtensionPart& part) {
    const ObjectPtr object(OBJ_txt2obj(part.oid.c_str(), 1));
    const OctetStringPtr value(ASN1_OCTET_STRING_new());
    must(ASN1_OCTET_STRING_set(value.get(), part.der.data(), static_cast<int>(part.der.size())) == 1,
         part.oid.c_str());
    const int critical = part.isCritical ? 1 : 0;
    const X509ExtensionPtr extension(
        X509_EXTENSION_create_by_OBJ(nullptr, object.get(), critical, value.get()));
    must(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1, part.oid.c_str());
}

void addExtensions(X509* certificate, const Profile& profile, const IssuerParts& issuer) {
    X509V3_CTX context{};
    X509* above = issuer.certificate == nullptr ? certificate : issuer.certificate;
    X509V3_set_ctx(&context, above, certificate, nullptr, nullptr, 0);
    addConfigured(certificate, context, NID_basic_constraints,
                  profile.isCa ? "critical,CA:TRUE" : "critical,CA:FALSE");
    addConfigured(certificate, context, NID_key_usage, profile.keyUsage);
    addConfigured(certificate, context, NID_ext_key_usage, profile.extendedKeyUsage);
    if (profile.hasKeyIdentifiers) {
        addConfigured(certificate, context, NID_subject_key_identifier, "hash");
        addConfigured(certificate, context, NID_authority_key_identifier, "keyid:always");
    }
    addConfigured(certificate, context, NID_subject_alt_name, profile.subjectAltName);
    if (profile.hasRevocationSources && !issuer.ocspUrl.empty())
        addConfigured(certificate, context, NID_info_access, "OCSP;URI:" + issuer.ocspUrl);
    if (profile.hasRevocationSources && !issuer.crlUrl.empty())
        addConfigured(certificate, context, NID_crl_distribution_points, "URI:" + issuer.crlUrl);
    if (!profile.uscc.empty())
        addRaw(certificate, {"1.2.156.10260.4.1.4", derValue(kPrintableString, bytesOf(profile.uscc))});
    if (!profile.idNumber.empty()) {
        const auto number = derValue(kPrintableString, bytesOf(profile.idNumber));
        addRaw(certificate, {"1.2.156.10260.4.1.1", derValue(kContext0, number)});
    }
    for (const auto& part : profile.extensions) addRaw(certificate, part);
}

/// OpenSSL writes the SM2 algorithm without parameters; this signs once more over the form with NULL.
void signAgainWithNullParams(X509* certificate, EVP_PKEY* key) {
    const X509_ALGOR* outer = nullptr;
    const ASN1_BIT_STRING* signature = nullptr;
    X509_get0_signature(&signature, &outer, certificate);
    for (const X509_ALGOR* algorithm : {outer, X509_get0_tbs_sigalg(certificate)})
        must(X509_ALGOR_set0(const_cast<X509_ALGOR*>(algorithm), OBJ_nid2obj(NID_SM2_with_SM3), V_ASN1_NULL,
                             nullptr) == 1,
             "NULL parameters");
    const auto tbs = encoded(&i2d_re_X509_tbs, certificate, "certificate body");
    const Signer signer(key);
    std::size_t length = 0;
    must(EVP_DigestSign(signer.get(), nullptr, &length, tbs.data(), tbs.size()) == 1, "signature size");
    Bytes value(length);
    must(EVP_DigestSign(signer.get(), value.data(), &length, tbs.data(), tbs.size()) == 1, "signature");
    ASN1_BIT_STRING* target = const_cast<ASN1_BIT_STRING*>(signature);
    must(ASN1_STRING_set(target, value.data(), static_cast<int>(length)) == 1, "signature value");
}

}  // namespace

Bytes derValue(std::uint8_t tag, BytesView content) {
    const auto size = content.size();
    must(size < 0x10000, "DER value of at most 64 KiB");
    Bytes value;
    value.reserve(size + 4);
    value.push_back(tag);
    if (size > 0xFF) {
        value.push_back(0x82);
        value.push_back(static_cast<std::uint8_t>(size >> 8));
    } else if (size > 0x7F) {
        value.push_back(0x81);
    }
    value.push_back(static_cast<std::uint8_t>(size & 0xFF));
    value.insert(value.end(), content.begin(), content.end());
    return value;
}

Certificate makeCertificate(const Profile& profile, EVP_PKEY* key, const IssuerParts& issuer, TimePoint now) {
    const X509Ptr certificate(X509_new());
    must(X509_set_version(certificate.get(), X509_VERSION_3) == 1, "version");
    setSerial(certificate.get());
    setSubject(certificate.get(), profile.subject);
    const X509* above = issuer.certificate == nullptr ? certificate.get() : issuer.certificate;
    must(X509_set_issuer_name(certificate.get(), X509_get_subject_name(above)) == 1, "issuer");
    setValidity(certificate.get(), profile, now);
    must(X509_set_pubkey(certificate.get(), key) == 1, "public key");
    addExtensions(certificate.get(), profile, issuer);
    must(X509_sign_ctx(certificate.get(), Signer(issuer.key).get()) > 0, "certificate signature");
    if (profile.hasNullSignatureParams) signAgainWithNullParams(certificate.get(), issuer.key);
    return must(Certificate::fromDer(encoded(&i2d_X509, certificate.get(), "certificate")),
                "new certificate");
}

}  // namespace signet
