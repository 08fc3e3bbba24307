// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/certificate.hpp"

#include "base/encoding.hpp"
#include "certs/der_reader.hpp"
#include "certs/names.hpp"
#include "certs/openssl.hpp"
#include "certs/signature.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>

namespace signet {
namespace {

constexpr std::size_t kMaxDerBytes = 64 * 1024;
constexpr std::size_t kMaxPemBytes = 4 * 1024 * 1024;

tl::unexpected<Error> malformed(std::string detail) {
    ERR_clear_error();
    return fail(ErrorCode::badRequest, std::move(detail), "certificate_malformed");
}

/// OpenSSL also reads BER; another encoding of the same certificate would have another fingerprint.
bool isEncodedAs(X509* certificate, BytesView der) {
    unsigned char* encoded = nullptr;
    const int length = i2d_X509(certificate, &encoded);
    const std::unique_ptr<unsigned char, decltype([](unsigned char* p) { OPENSSL_free(p); })> owner(encoded);
    return length >= 0 && static_cast<std::size_t>(length) == der.size() &&
           std::equal(der.begin(), der.end(), encoded);
}

/// Without it OpenSSL verifies the certificate's own signature with an empty ID. The parameters of the
/// algorithm (absent, or NULL as some CAs write) do not matter.
bool setDistinguishingId(X509* certificate) {
    if (X509_get_signature_nid(certificate) != NID_SM2_with_SM3) return true;
    ASN1_OCTET_STRING* id = ASN1_OCTET_STRING_new();
    const auto* text = reinterpret_cast<const unsigned char*>(kSm2DefaultId.data());
    if (id == nullptr || ASN1_OCTET_STRING_set(id, text, static_cast<int>(kSm2DefaultId.size())) != 1) {
        ASN1_OCTET_STRING_free(id);
        return false;
    }
    X509_set0_distinguishing_id(certificate, id);
    return true;
}

}  // namespace

struct Certificate::Parsed {
    Bytes der;
    X509Ptr native;
    Sha256 fingerprint{};
    TimePoint notBefore;
    TimePoint notAfter;
    KeyType keyType = KeyType::other;
};

Sha256 sha256(BytesView bytes) {
    Sha256 hash{};
    SHA256(bytes.data(), bytes.size(), hash.data());
    return hash;
}

Result<Certificate> Certificate::fromDer(BytesView der) {
    if (der.empty() || der.size() > kMaxDerBytes) return malformed("certificate of 0 or over 64 KiB");
    const unsigned char* cursor = der.data();
    X509Ptr native(d2i_X509(nullptr, &cursor, static_cast<long>(der.size())));
    if (!native) return malformed("not an X.509 certificate");
    if (cursor != der.data() + der.size()) return malformed("bytes after the certificate");
    if (!isEncodedAs(native.get(), der)) return malformed("certificate not in DER");
    const auto notBefore = timePointOf(X509_get0_notBefore(native.get()));
    const auto notAfter = timePointOf(X509_get0_notAfter(native.get()));
    if (!notBefore || !notAfter) return malformed("validity is not a time");
    if (!setDistinguishingId(native.get())) return malformed("no memory for the distinguishing ID");
    // Computes and keeps the extension flags now, so that every later use only reads.
    X509_check_purpose(native.get(), -1, 0);
    const KeyType keyType = keyTypeOf(X509_get0_pubkey(native.get()));
    ERR_clear_error();
    return Certificate(std::make_shared<const Parsed>(Parsed{
        .der = Bytes(der.begin(), der.end()),
        .native = std::move(native),
        .fingerprint = sha256(der),
        .notBefore = *notBefore,
        .notAfter = *notAfter,
        .keyType = keyType,
    }));
}

namespace {

struct PemBlock {
    std::string label;
    Bytes content;
};

/// The next block, nullopt at the end of the text. Errors: badRequest for a block that is broken.
Result<std::optional<PemBlock>> nextPemBlock(BIO* source) {
    char* label = nullptr;
    char* header = nullptr;
    unsigned char* content = nullptr;
    long length = 0;
    if (PEM_read_bio(source, &label, &header, &content, &length) != 1) {
        const bool isEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        ERR_clear_error();
        if (isEnd) return std::optional<PemBlock>();
        return malformed("broken PEM block");
    }
    PemBlock block{label, Bytes(content, content + length)};
    OPENSSL_free(label);
    OPENSSL_free(header);
    OPENSSL_clear_free(content, static_cast<std::size_t>(length));
    return std::optional<PemBlock>(std::move(block));
}

}  // namespace

Result<std::vector<Certificate>> Certificate::fromPem(std::string_view pem) {
    if (pem.empty() || pem.size() > kMaxPemBytes) return malformed("PEM text of 0 or over 4 MiB");
    const BioPtr source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    std::vector<Certificate> certificates;
    for (;;) {
        const auto block = nextPemBlock(source.get());
        if (!block) return fail(block.error());
        if (!block->has_value()) break;
        if ((*block)->label != PEM_STRING_X509) continue;
        auto certificate = fromDer((*block)->content);
        if (!certificate) return fail(certificate.error());
        certificates.push_back(std::move(*certificate));
    }
    if (certificates.empty()) return malformed("no certificate in the PEM text");
    return certificates;
}

const Bytes& Certificate::der() const {
    return m_parsed->der;
}

const Sha256& Certificate::fingerprint() const {
    return m_parsed->fingerprint;
}

std::string Certificate::fingerprintHex() const {
    return toHex(m_parsed->fingerprint);
}

std::string Certificate::toPem() const {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(memory.get(), native()) != 1) return {};
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

std::string Certificate::subject() const {
    return nameText(X509_get_subject_name(native()));
}

std::string Certificate::issuer() const {
    return nameText(X509_get_issuer_name(native()));
}

std::string Certificate::subjectCommonName() const {
    return commonName(X509_get_subject_name(native()));
}

std::string Certificate::issuerCommonName() const {
    return commonName(X509_get_issuer_name(native()));
}

std::string Certificate::serialHex() const {
    const BignumPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(native()), nullptr));
    if (!number) return {};
    if (BN_is_zero(number.get())) return "00";
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
    BN_bn2bin(number.get(), bytes.data());
    return (BN_is_negative(number.get()) ? "-" : "") + toHex(bytes);
}

TimePoint Certificate::notBefore() const {
    return m_parsed->notBefore;
}

TimePoint Certificate::notAfter() const {
    return m_parsed->notAfter;
}

KeyType Certificate::keyType() const {
    return m_parsed->keyType;
}

int Certificate::keyBits() const {
    return key() == nullptr ? 0 : EVP_PKEY_get_bits(key());
}

bool Certificate::mayDigitallySign() const {
    if ((X509_get_extension_flags(native()) & EXFLAG_INVALID) != 0) return false;
    return (X509_get_key_usage(native()) & KU_DIGITAL_SIGNATURE) != 0;
}

bool Certificate::hasKeyUsage() const {
    return (X509_get_extension_flags(native()) & EXFLAG_KUSAGE) != 0;
}

bool Certificate::mayAuthenticateClients() const {
    if ((X509_get_extension_flags(native()) & EXFLAG_INVALID) != 0) return false;
    return (X509_get_extended_key_usage(native()) & XKU_SSL_CLIENT) != 0;
}

bool Certificate::isCa() const {
    // 1: basicConstraints says so; the other non-zero answers are guesses for certificates without it.
    return X509_check_ca(native()) == 1;
}

bool Certificate::isSelfIssued() const {
    return (X509_get_extension_flags(native()) & EXFLAG_SI) != 0;
}

X509* Certificate::native() const {
    return m_parsed->native.get();
}

EVP_PKEY* Certificate::key() const {
    return X509_get0_pubkey(native());
}

bool isIssuedBy(X509* subject, X509* issuer) {
    const int named = X509_check_issued(issuer, subject);
    const bool isNamed = named == X509_V_OK || named == X509_V_ERR_KEYUSAGE_NO_CERTSIGN;
    EVP_PKEY* key = X509_get0_pubkey(issuer);
    const bool isIssued = isNamed && isCheapToUse(key) && X509_verify(subject, key) == 1;
    ERR_clear_error();
    return isIssued;
}

namespace {

std::string formatted(TimePoint time, const char* format) {
    const std::time_t seconds = time.time_since_epoch().count();
    std::tm parts{};
    if (gmtime_r(&seconds, &parts) == nullptr) return {};
    std::array<char, 64> text{};
    return std::string(text.data(), std::strftime(text.data(), text.size(), format, &parts));
}

}  // namespace

std::string dateText(TimePoint time) {
    return formatted(time, "%Y-%m-%d");
}

std::string timeText(TimePoint time) {
    return formatted(time, "%Y-%m-%dT%H:%M:%SZ");
}

}  // namespace signet
