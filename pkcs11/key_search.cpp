// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/key_search.hpp"

#include "pkcs11/ck_attributes.hpp"
#include "pkcs11/ck_find.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace signet {
namespace {

/// Objects of one class that share a CKA_ID: two for a pair of signing and encryption certificate, seldom
/// more.
constexpr std::size_t kMaxSameId = 16;

Result<std::vector<CK_OBJECT_HANDLE>> objectsWithId(const Session& session, CK_OBJECT_CLASS objectClass,
                                                    const Bytes& id) {
    auto* idBytes = const_cast<std::uint8_t*>(id.data());  // only read by the module
    const std::array criteria{criterion(CKA_CLASS, objectClass), CK_ATTRIBUTE{CKA_ID, idBytes, id.size()}};
    return findObjects(session, criteria, kMaxSameId);
}

bool isKind(std::optional<CK_ULONG> keyType, KeyType type, const std::vector<std::uint64_t>& sm2KeyTypes) {
    if (!keyType) return true;
    if (type == KeyType::sm2 && *keyType != CKK_EC)
        return *keyType >= CKK_VENDOR_DEFINED ||
               std::ranges::find(sm2KeyTypes, *keyType) != sm2KeyTypes.end();
    return *keyType == (type == KeyType::rsa ? CKK_RSA : CKK_EC);
}

}  // namespace

Result<void> findCertificate(const Session& session, const Bytes& id, BytesView der) {
    const auto handles = objectsWithId(session, CKO_CERTIFICATE, id);
    if (!handles) return fail(handles.error());
    AttributeReader reader({{CKA_VALUE, der.size(), der.size()}});
    for (const auto handle : *handles) {
        if (const auto read = reader.read(session, handle); !read) return fail(read.error());
        const auto value = reader.value(CKA_VALUE);
        if (value && std::equal(value->begin(), value->end(), der.begin(), der.end())) return {};
    }
    return fail(ErrorCode::noCertificate, "the token does not hold the certificate any more",
                "certificate_gone");
}

Result<std::vector<PrivateKeyObject>> findPrivateKeys(const Session& session, const Bytes& id, KeyType type,
                                                      const std::vector<std::uint64_t>& sm2KeyTypes) {
    const auto handles = objectsWithId(session, CKO_PRIVATE_KEY, id);
    if (!handles) return fail(handles.error());
    AttributeReader reader({{CKA_KEY_TYPE, sizeof(CK_ULONG), sizeof(CK_ULONG)},
                            {CKA_SIGN, sizeof(CK_BBOOL), sizeof(CK_BBOOL)},
                            {CKA_ALWAYS_AUTHENTICATE, sizeof(CK_BBOOL), sizeof(CK_BBOOL)}});
    std::vector<PrivateKeyObject> keys;
    for (const auto handle : *handles) {
        if (const auto read = reader.read(session, handle); !read) return fail(read.error());
        const bool isFitting = isKind(reader.number(CKA_KEY_TYPE), type, sm2KeyTypes);
        if (isFitting && reader.flag(CKA_SIGN).value_or(true))
            keys.push_back({handle, reader.flag(CKA_ALWAYS_AUTHENTICATE).value_or(false)});
        if (!keys.empty() && type != KeyType::sm2) break;
    }
    if (!keys.empty()) return keys;
    return fail(ErrorCode::noCertificate, "no private key of this CKA_ID that may sign", "key_missing");
}

}  // namespace signet
