// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/certificate_file.hpp"

#include "base/encoding.hpp"
#include "certs/openssl.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <string>

namespace signet {
namespace {

using Pkcs7Ptr = std::unique_ptr<PKCS7, Free<&PKCS7_free>>;
using Found = Result<std::vector<Certificate>>;

constexpr std::size_t kMaxCertificates = 16;
constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

tl::unexpected<Error> none(const char* detail) {
    ERR_clear_error();
    return fail(ErrorCode::badRequest, detail, "no_certificate_in_file");
}

Found ofPkcs7(BytesView der) {
    const auto* position = der.data();
    const Pkcs7Ptr message(d2i_PKCS7(nullptr, &position, static_cast<long>(der.size())));
    if (!message || PKCS7_type_is_signed(message.get()) != 1 || message->d.sign == nullptr)
        return none("neither a certificate nor PKCS#7");
    std::vector<Certificate> found;
    auto* stack = message->d.sign->cert;
    for (int i = 0; i < sk_X509_num(stack) && found.size() < kMaxCertificates; ++i) {
        unsigned char* encoded = nullptr;
        const int size = i2d_X509(sk_X509_value(stack, i), &encoded);
        if (size <= 0) continue;
        auto certificate = Certificate::fromDer({encoded, static_cast<std::size_t>(size)});
        OPENSSL_free(encoded);
        if (!certificate) return fail(certificate.error());
        found.push_back(std::move(*certificate));
    }
    if (found.empty()) return none("the PKCS#7 holds no certificate");
    return found;
}

Found ofDer(BytesView der) {
    if (auto certificate = Certificate::fromDer(der)) return std::vector{std::move(*certificate)};
    return ofPkcs7(der);
}

struct FreePem {
    void operator()(void* text) const { OPENSSL_free(text); }
};

Found ofPem(std::string_view content) {
    const BioPtr memory(BIO_new_mem_buf(content.data(), static_cast<int>(content.size())));
    std::vector<Certificate> found;
    while (found.size() < kMaxCertificates) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* data = nullptr;
        long size = 0;
        if (PEM_read_bio(memory.get(), &name, &header, &data, &size) != 1) break;
        const std::unique_ptr<char, FreePem> nameOwner(name);
        const std::unique_ptr<char, FreePem> headerOwner(header);
        const std::unique_ptr<unsigned char, FreePem> dataOwner(data);
        const std::string_view kind(name);
        const bool isMessage = kind == "PKCS7" || kind == "CMS";
        if (!isMessage && kind != "CERTIFICATE" && kind != "X509 CERTIFICATE") continue;
        auto more = ofDer({data, static_cast<std::size_t>(size)});
        if (!more) return more;
        std::move(more->begin(), more->end(), std::back_inserter(found));
    }
    if (found.empty()) return none("no CERTIFICATE and no PKCS7 in the PEM");
    if (found.size() > kMaxCertificates)
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(kMaxCertificates), found.end());
    ERR_clear_error();
    return found;
}

}  // namespace

Found certificatesInFile(std::string_view content) {
    if (content.size() > kMaxBytes) return none("too large for an answer");
    if (content.find("-----BEGIN ") != std::string_view::npos) return ofPem(content);
    auto found = ofDer(bytesOf(content));
    if (!found) {
        std::string compact(content);
        std::erase_if(compact, [](unsigned char c) { return std::isspace(c) != 0; });
        if (const auto der = fromBase64(compact)) found = ofDer(*der);
    }
    ERR_clear_error();
    return found;
}

}  // namespace signet
