// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/mechanism.hpp"

#include "pkcs11/ck_error.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

namespace signet {
namespace {

constexpr CK_ULONG kMaxMechanisms = 4096;

constexpr std::array kMethods{
    SigningMethod{Algorithm::rs256, CKM_RSA_PKCS, true},
    SigningMethod{Algorithm::rs256, CKM_SHA256_RSA_PKCS, false},
    SigningMethod{Algorithm::ps256, CKM_RSA_PKCS_PSS, true},
    SigningMethod{Algorithm::ps256, CKM_SHA256_RSA_PKCS_PSS, false},
    SigningMethod{Algorithm::es256, CKM_ECDSA, true},
    SigningMethod{Algorithm::es256, CKM_ECDSA_SHA256, false},
    SigningMethod{Algorithm::es384, CKM_ECDSA, true},
    SigningMethod{Algorithm::es384, CKM_ECDSA_SHA384, false},
};

/// DigestInfo of SHA-256 up to the hash.
/// Source: RFC 8017 section 9.2 note 1.
constexpr std::array<std::uint8_t, 19> kSha256DigestInfo{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                                         0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                                         0x01, 0x05, 0x00, 0x04, 0x20};

struct FreeDigest {
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};
using DigestPtr = std::unique_ptr<EVP_MD, FreeDigest>;

/// Fetched once: in OpenSSL 3.0 each implicit fetch costs more than hashing a statement.
const EVP_MD* digestFor(Algorithm algorithm) {
    static const DigestPtr sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    static const DigestPtr sha384(EVP_MD_fetch(nullptr, "SHA384", nullptr));
    return algorithm == Algorithm::es384 ? sha384.get() : sha256.get();
}

bool isOurs(CK_MECHANISM_TYPE mechanism) {
    return std::any_of(kMethods.begin(), kMethods.end(),
                       [=](const SigningMethod& m) { return m.mechanism == mechanism; });
}

tl::unexpected<Error> wrongCount(CK_ULONG count) {
    return fail(ErrorCode::tokenError, "C_GetMechanismList: " + std::to_string(count) + " mechanisms",
                "length_out_of_range");
}

Result<std::vector<CK_MECHANISM_TYPE>> allMechanisms(const Module& module, CK_SLOT_ID slot) {
    CK_ULONG count = 0;
    CK_RV rv = module.api().C_GetMechanismList(slot, nullptr, &count);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GetMechanismList"));
    if (count > kMaxMechanisms) return wrongCount(count);
    std::vector<CK_MECHANISM_TYPE> mechanisms(count);
    rv = module.api().C_GetMechanismList(slot, mechanisms.data(), &count);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GetMechanismList"));
    if (count > mechanisms.size()) return wrongCount(count);
    mechanisms.resize(count);
    return mechanisms;
}

}  // namespace

std::vector<SigningMethod> methodsFor(Algorithm algorithm) {
    std::vector<SigningMethod> methods;
    for (const auto& method : kMethods)
        if (method.algorithm == algorithm) methods.push_back(method);
    return methods;
}

/// A token that does not describe its mechanism is believed its list.
bool isForSigning(const Module& module, CK_SLOT_ID slot, CK_MECHANISM_TYPE mechanism) {
    CK_MECHANISM_INFO info{};
    const CK_RV rv = module.api().C_GetMechanismInfo(slot, mechanism, &info);
    return rv != CKR_OK || info.flags == 0 || (info.flags & CKF_SIGN) != 0;
}

Result<std::vector<CK_MECHANISM_TYPE>> signingMechanisms(const Module& module, CK_SLOT_ID slot) {
    auto mechanisms = allMechanisms(module, slot);
    if (!mechanisms) return mechanisms;
    std::erase_if(*mechanisms,
                  [&](CK_MECHANISM_TYPE m) { return isOurs(m) && !isForSigning(module, slot, m); });
    return mechanisms;
}

MechanismArgument::MechanismArgument(const SigningMethod& method)
    : m_pss{CKM_SHA256, CKG_MGF1_SHA256, 32}, m_mechanism{method.mechanism, nullptr, 0} {
    if (method.algorithm != Algorithm::ps256) return;
    m_mechanism.pParameter = &m_pss;
    m_mechanism.ulParameterLen = sizeof(m_pss);
}

Result<Bytes> inputFor(const SigningMethod& method, std::string_view statement) {
    const auto bytes = bytesOf(statement);
    if (!method.isHashedHere) return Bytes(bytes.begin(), bytes.end());
    Bytes input;
    if (method.algorithm == Algorithm::rs256)
        input.assign(kSha256DigestInfo.begin(), kSha256DigestInfo.end());
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> hash{};
    unsigned int length = 0;
    const EVP_MD* digest = digestFor(method.algorithm);
    if (digest == nullptr ||
        EVP_Digest(bytes.data(), bytes.size(), hash.data(), &length, digest, nullptr) != 1)
        return fail(ErrorCode::internalError, "OpenSSL cannot hash");
    input.insert(input.end(), hash.begin(), hash.begin() + length);
    return input;
}

}  // namespace signet
