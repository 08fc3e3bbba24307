// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/pkcs11/fault_support.hpp"

#include "base/encoding.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace signet::test {
namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Bytes derFromRaw(const Bytes& raw) {
    const auto half = static_cast<int>(raw.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(), &ECDSA_SIG_free);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(raw.data(), half, nullptr),
                   BN_bin2bn(raw.data() + half, half, nullptr));
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &out);
    Bytes der(out, out + size);
    OPENSSL_free(out);
    return der;
}

char stateOf(const std::filesystem::path& stat, pid_t parent) {
    std::ifstream stream(stat);
    std::string text;
    std::getline(stream, text);
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
    char state = '?';
    pid_t owner = 0;
    fields >> state >> owner;
    return owner == parent ? state : '?';
}

}  // namespace

std::filesystem::path hostProgram() {
    const char* folder = std::getenv("SIGNET_BIN");
    if (folder == nullptr) throw std::runtime_error("SIGNET_BIN is not set");
    return std::filesystem::path(folder) / "signet-token-host";
}

SecretBytes secret(std::string_view pin) {
    return SecretBytes(bytesOf(pin));
}

std::string statementFor(Algorithm algorithm) {
    const std::string header =
        R"({"alg":")" + std::string(toString(algorithm)) + R"(","typ":"signet-login.v1+jws","x5c":["AAAA"]})";
    return toBase64Url(bytesOf(header)) + "." + toBase64Url(bytesOf(R"({"v":"urn:signet:login:v1"})"));
}

SignRequest requestFor(const TokenListing& listing, Algorithm algorithm, std::size_t token,
                       std::size_t certificate) {
    const Token& chosen = listing.tokens.at(token);
    const TokenCertificate& shown = chosen.certificates.at(certificate);
    SignRequest request;
    request.key = {chosen.info.slot, chosen.info.label, chosen.info.serial, shown.id, shown.der};
    request.algorithms = {algorithm};
    request.statements = {statementFor(algorithm)};
    return request;
}

SignRequest requestFrom(TokenHostClient& client, Algorithm algorithm, std::size_t token,
                        std::size_t certificate) {
    const auto listing = client.list();
    if (!listing) throw std::runtime_error("list: " + listing.error().detail);
    return requestFor(*listing, algorithm, token, certificate);
}

bool verifies(const SignRequest& request, const SignReply& reply, const KeyAndCertificate& key) {
    const Algorithm algorithm = request.algorithms.at(reply.chosen);
    const std::string& statement = request.statements.at(reply.chosen);
    const auto* next = key.publicKey.data();
    const KeyPtr publicKey(d2i_PUBKEY(nullptr, &next, static_cast<long>(key.publicKey.size())),
                           &EVP_PKEY_free);
    const DigestContextPtr context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* keyContext = nullptr;
    const EVP_MD* digest = algorithm == Algorithm::es384 ? EVP_sha384() : EVP_sha256();
    if (EVP_DigestVerifyInit(context.get(), &keyContext, digest, nullptr, publicKey.get()) != 1) return false;
    if (algorithm == Algorithm::ps256 &&
        (EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST) != 1))
        return false;
    const bool isEcdsa = algorithm == Algorithm::es256 || algorithm == Algorithm::es384;
    const Bytes signature = isEcdsa ? derFromRaw(reply.signature) : reply.signature;
    const auto bytes = bytesOf(statement);
    return EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size()) ==
           1;
}

Bytes renewedCertificate(EVP_PKEY* publicKey) {
    const KeyPtr issuer(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 4711);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
    const auto* name = reinterpret_cast<const unsigned char*>("Renewed");
    for (auto* each : {X509_get_subject_name(certificate.get()), X509_get_issuer_name(certificate.get())})
        X509_NAME_add_entry_by_txt(each, "CN", MBSTRING_UTF8, name, -1, -1, 0);
    X509_set_pubkey(certificate.get(), publicKey);
    X509_sign(certificate.get(), issuer.get(), EVP_sha256());
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate.get(), &der);
    Bytes bytes(der, der + size);
    OPENSSL_free(der);
    return bytes;
}

Bytes renewedCertificate(const KeyAndCertificate& key) {
    const auto* next = key.publicKey.data();
    const KeyPtr publicKey(d2i_PUBKEY(nullptr, &next, static_cast<long>(key.publicKey.size())),
                           &EVP_PKEY_free);
    return renewedCertificate(publicKey.get());
}

bool eventually(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::yield();
    }
    return true;
}

std::size_t openDescriptors() {
    const std::filesystem::directory_iterator descriptors("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

std::size_t zombies() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc"))
        if (std::isdigit(static_cast<unsigned char>(entry.path().filename().string().front())) != 0 &&
            stateOf(entry.path() / "stat", ::getpid()) == 'Z')
            ++count;
    return count;
}

}  // namespace signet::test
