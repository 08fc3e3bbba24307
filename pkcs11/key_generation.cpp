// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/key_generation.hpp"

#include "pkcs11/ck_attributes.hpp"
#include "pkcs11/ck_error.hpp"
#include "pkcs11/ck_find.hpp"
#include "pkcs11/public_key.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace signet {
namespace {

constexpr std::size_t kIdBytes = 16;

struct KindInfo {
    NewKeyKind kind;
    std::string_view name;
    CK_ULONG rsaBits;   ///< 0: an EC key
    const char* curve;  ///< as OpenSSL names it
    std::array<std::uint8_t, 10> curveOid;
    std::size_t curveOidBytes;
};

constexpr std::array kKinds{
    KindInfo{NewKeyKind::rsa2048, "rsa2048", 2048, nullptr, {}, 0},
    KindInfo{NewKeyKind::rsa3072, "rsa3072", 3072, nullptr, {}, 0},
    KindInfo{NewKeyKind::p256,
             "p256",
             0,
             "P-256",
             {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07},
             10},
    KindInfo{NewKeyKind::p384, "p384", 0, "P-384", {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}, 7}};

const KindInfo& infoOf(NewKeyKind kind) {
    return *std::find_if(kKinds.begin(), kKinds.end(), [kind](const auto& row) { return row.kind == kind; });
}

/// The templates of both halves; the pointers stay inside.
class KeyTemplates {
public:
    KeyTemplates(const KindInfo& kind, const Bytes& id, const std::string& label)
        : m_id(id),
          m_label(label.begin(), label.end()),
          m_bits(kind.rsaBits),
          m_curve(kind.curveOid.begin(),
                  kind.curveOid.begin() + static_cast<std::ptrdiff_t>(kind.curveOidBytes)) {
        publicHalf = {flag(CKA_TOKEN, m_yes), flag(CKA_PRIVATE, m_no), flag(CKA_VERIFY, m_yes),
                      bytes(CKA_ID, m_id), bytes(CKA_LABEL, m_label)};
        privateHalf = {flag(CKA_TOKEN, m_yes),      flag(CKA_PRIVATE, m_yes), flag(CKA_SENSITIVE, m_yes),
                       flag(CKA_EXTRACTABLE, m_no), flag(CKA_SIGN, m_yes),    bytes(CKA_ID, m_id),
                       bytes(CKA_LABEL, m_label)};
        if (m_bits == 0) {
            publicHalf.push_back(bytes(CKA_EC_PARAMS, m_curve));
        } else {
            publicHalf.push_back(criterion(CKA_MODULUS_BITS, m_bits));
            publicHalf.push_back(bytes(CKA_PUBLIC_EXPONENT, m_exponent));
        }
    }
    KeyTemplates(const KeyTemplates&) = delete;
    KeyTemplates& operator=(const KeyTemplates&) = delete;

    std::vector<CK_ATTRIBUTE> publicHalf;
    std::vector<CK_ATTRIBUTE> privateHalf;

private:
    static CK_ATTRIBUTE flag(CK_ATTRIBUTE_TYPE type, CK_BBOOL& value) { return criterion(type, value); }
    static CK_ATTRIBUTE bytes(CK_ATTRIBUTE_TYPE type, Bytes& value) {
        return {type, value.data(), value.size()};
    }

    CK_BBOOL m_yes = CK_TRUE;
    CK_BBOOL m_no = CK_FALSE;
    Bytes m_id;
    Bytes m_label;
    CK_ULONG m_bits;
    Bytes m_curve;
    Bytes m_exponent{0x01, 0x00, 0x01};
};

Result<KeyHandle> readPublicKey(const Session& session, CK_OBJECT_HANDLE handle, const KindInfo& kind) {
    constexpr std::size_t kMaxNumber = 1024;
    AttributeReader reader(
        {{CKA_MODULUS, 512, kMaxNumber}, {CKA_PUBLIC_EXPONENT, 8, 64}, {CKA_EC_POINT, 160, 512}});
    if (const auto read = reader.read(session, handle); !read) return fail(read.error());
    if (kind.rsaBits == 0) return ecPublicKey(kind.curve, reader.value(CKA_EC_POINT).value_or(BytesView{}));
    return rsaPublicKey(reader.value(CKA_MODULUS).value_or(BytesView{}),
                        reader.value(CKA_PUBLIC_EXPONENT).value_or(BytesView{}));
}

}  // namespace

std::string_view toString(NewKeyKind kind) {
    return infoOf(kind).name;
}

std::optional<NewKeyKind> newKeyKindFromName(std::string_view name) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& row) { return row.name == name; });
    if (found == kKinds.end()) return std::nullopt;
    return found->kind;
}

Result<NewKeyPair> generateKeyPair(const Session& session, NewKeyKind kind, const std::string& label) {
    if (session.api().C_GenerateKeyPair == nullptr)
        return fail(ckError(CKR_FUNCTION_NOT_SUPPORTED, "C_GenerateKeyPair"));
    NewKeyPair pair{Bytes(kIdBytes), nullptr};
    if (RAND_bytes(pair.id.data(), static_cast<int>(pair.id.size())) != 1)
        return fail(ErrorCode::internalError, "no random numbers");
    const auto& info = infoOf(kind);
    KeyTemplates halves(info, pair.id, label);
    CK_MECHANISM mechanism{info.rsaBits == 0 ? CKM_EC_KEY_PAIR_GEN : CKM_RSA_PKCS_KEY_PAIR_GEN, nullptr, 0};
    CK_OBJECT_HANDLE publicHandle = CK_INVALID_HANDLE;
    CK_OBJECT_HANDLE privateHandle = CK_INVALID_HANDLE;
    const CK_RV rv = session.api().C_GenerateKeyPair(
        session.handle(), &mechanism, halves.publicHalf.data(), halves.publicHalf.size(),
        halves.privateHalf.data(), halves.privateHalf.size(), &publicHandle, &privateHandle);
    if (rv != CKR_OK) return fail(ckError(rv, "C_GenerateKeyPair"));
    auto key = readPublicKey(session, publicHandle, info);
    if (!key) return fail(key.error());
    pair.publicKey = std::move(*key);
    return pair;
}

}  // namespace signet
