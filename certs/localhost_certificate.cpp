// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/localhost_certificate.hpp"

#include "certs/openssl.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <span>
#include <utility>

namespace signet {
namespace {

struct Extension {
    int nid;
    const char* value;
};

constexpr std::array kAuthorityExtensions{
    Extension{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
    Extension{NID_key_usage, "critical,keyCertSign"}, Extension{NID_ext_key_usage, "serverAuth"},
    Extension{NID_name_constraints,
              "critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"
              "permitted;IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF"},
    Extension{NID_subject_key_identifier, "hash"}};
constexpr std::array kServerExtensions{
    Extension{NID_basic_constraints, "critical,CA:FALSE"},
    Extension{NID_key_usage, "critical,digitalSignature"},
    Extension{NID_ext_key_usage, "serverAuth"},
    Extension{NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1"},
    Extension{NID_subject_key_identifier, "hash"},
    Extension{NID_authority_key_identifier, "keyid:always"}};

/// A clock that is a little behind must not find the certificate to lie in the future.
constexpr std::chrono::hours kBackdated{24};

bool setSerial(X509* certificate) {
    std::array<unsigned char, 16> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
    random[0] &= 0x7F;
    const BignumPtr number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setName(X509* certificate, const std::string& name) {
    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1;
}

bool setValidity(X509* certificate, TimePoint now) {
    const auto start = (now - kBackdated).time_since_epoch().count();
    const auto end = (now + kLocalhostLife).time_since_epoch().count();
    return ASN1_TIME_set(X509_getm_notBefore(certificate), start) != nullptr &&
           ASN1_TIME_set(X509_getm_notAfter(certificate), end) != nullptr;
}

bool addExtensions(X509* certificate, X509* issuer, std::span<const Extension> extensions) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    for (const auto& row : extensions) {
        const X509ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, row.nid, row.value));
        if (!extension || X509_add_ext(certificate, extension.get(), -1) != 1) return false;
    }
    return true;
}

/// `issuer` is null for the authority itself.
X509Ptr issue(const std::string& name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuerKey,
              std::span<const Extension> extensions, TimePoint now) {
    X509Ptr certificate(X509_new());
    if (!certificate) return nullptr;
    auto* const above = issuer == nullptr ? certificate.get() : issuer;
    const bool isMade = X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                        setSerial(certificate.get()) && setName(certificate.get(), name) &&
                        X509_set_issuer_name(certificate.get(), X509_get_subject_name(above)) == 1 &&
                        setValidity(certificate.get(), now) && X509_set_pubkey(certificate.get(), key) == 1 &&
                        addExtensions(certificate.get(), above, extensions) &&
                        X509_sign(certificate.get(), issuerKey, EVP_sha256()) > 0;
    return isMade ? std::move(certificate) : nullptr;
}

/// Two computers, and two pairs of one computer, must not be confused in a list of authorities.
std::string authorityName() {
    std::array<unsigned char, 4> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return {};
    std::string name = "Signet localhost ";
    constexpr const char* kDigits = "0123456789abcdef";
    for (const auto byte : random) {
        name += kDigits[byte >> 4];
        name += kDigits[byte & 15];
    }
    return name;
}

Result<Certificate> certificateOf(X509* certificate) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate, &der);
    if (size <= 0) return fail(ErrorCode::internalError, "i2d_X509");
    auto made = Certificate::fromDer(BytesView(der, static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    return made;
}

/// In memory of OpenSSL's that is wiped.
SecretBytes keyText(EVP_PKEY* key) {
    const BioPtr memory(BIO_new(BIO_s_secmem()));
    if (!memory ||
        PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    SecretBytes copy(BytesView(reinterpret_cast<const std::uint8_t*>(text), static_cast<std::size_t>(size)));
    OPENSSL_cleanse(text, static_cast<std::size_t>(size));
    return copy;
}

}  // namespace

Result<LocalhostCertificate> makeLocalhostCertificate(TimePoint now) {
    const EvpPkeyPtr authorityKey(EVP_EC_gen("P-256"));
    EvpPkeyPtr serverKey(EVP_EC_gen("P-256"));
    const auto name = authorityName();
    if (!authorityKey || !serverKey || name.empty()) return fail(ErrorCode::internalError, "EVP_EC_gen");
    const auto authority =
        issue(name, authorityKey.get(), nullptr, authorityKey.get(), kAuthorityExtensions, now);
    if (!authority) return fail(ErrorCode::internalError, "the localhost authority could not be made");
    const auto server =
        issue("localhost", serverKey.get(), authority.get(), authorityKey.get(), kServerExtensions, now);
    if (!server) return fail(ErrorCode::internalError, "the localhost certificate could not be made");
    auto above = certificateOf(authority.get());
    if (!above) return fail(above.error());
    auto below = certificateOf(server.get());
    if (!below) return fail(below.error());
    LocalhostCertificate made{std::move(*above), std::move(*below), keyText(serverKey.get())};
    if (made.key.isEmpty()) return fail(ErrorCode::internalError, "the localhost key could not be written");
    return made;
}

}  // namespace signet
