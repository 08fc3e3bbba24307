// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/key_match.hpp"

#include "pkcs11/ck_attributes.hpp"
#include "pkcs11/ck_find.hpp"
#include "pkcs11/limits.hpp"
#include "pkcs11/public_key.hpp"
#include "pkcs11/token_text.hpp"

#include <array>
#include <utility>
#include <vector>

namespace signet {
namespace {

constexpr std::size_t kMaxObjects = 256;

Bytes copyOf(std::optional<BytesView> value) {
    return value ? Bytes(value->begin(), value->end()) : Bytes{};
}

Result<std::vector<CK_OBJECT_HANDLE>> objectsOf(const Session& session, CK_OBJECT_CLASS objectClass) {
    const std::array criteria{criterion(CKA_CLASS, objectClass)};
    return findObjects(session, criteria, kMaxObjects);
}

bool isSameKey(const PublicNumbers& wanted, BytesView certificate) {
    const auto key = publicKeyOf(certificate);
    if (!key) return false;
    const auto numbers = publicNumbersOf(**key);
    return !(numbers.modulus.empty() && numbers.point.empty()) && numbers.modulus == wanted.modulus &&
           numbers.point == wanted.point;
}

std::vector<AttributeReader::Wanted> wantedOf(CK_OBJECT_CLASS objectClass) {
    std::vector<AttributeReader::Wanted> wanted{{CKA_ID, 64, kMaxNameBytes}, {CKA_LABEL, 128, kMaxNameBytes}};
    if (objectClass == CKO_CERTIFICATE)
        wanted.push_back({CKA_VALUE, 4096, kMaxCertificateBytes});
    else
        wanted.insert(wanted.end(), {{CKA_MODULUS, 512, 1024}, {CKA_EC_POINT, 160, 512}});
    return wanted;
}

Result<KeyMatch> matchWithin(const Session& session, CK_OBJECT_CLASS objectClass,
                             const PublicNumbers& wanted) {
    const auto handles = objectsOf(session, objectClass);
    if (!handles) return fail(handles.error());
    AttributeReader reader(wantedOf(objectClass));
    for (const auto handle : *handles) {
        if (const auto read = reader.read(session, handle); !read) return fail(read.error());
        const auto nothing = BytesView{};
        const bool isSame =
            isModulusOf(wanted, reader.value(CKA_MODULUS).value_or(nothing)) ||
            isPointOf(wanted, reader.value(CKA_EC_POINT).value_or(nothing)) ||
            (objectClass == CKO_CERTIFICATE && isSameKey(wanted, reader.value(CKA_VALUE).value_or(nothing)));
        const auto id = copyOf(reader.value(CKA_ID));
        if (isSame && !id.empty())
            return KeyMatch{id, tokenText(reader.value(CKA_LABEL).value_or(nothing)), false};
    }
    return KeyMatch{};
}

Result<bool> hasPrivateKey(const Session& session, Bytes id) {
    CK_OBJECT_CLASS objectClass = CKO_PRIVATE_KEY;
    const std::array criteria{criterion(CKA_CLASS, objectClass), CK_ATTRIBUTE{CKA_ID, id.data(), id.size()}};
    const auto handles = findObjects(session, criteria, 1);
    if (!handles) return fail(handles.error());
    return !handles->empty();
}

}  // namespace

Result<KeyMatch> matchKey(const Session& session, BytesView certificate) {
    const auto key = publicKeyOf(certificate);
    if (!key) return fail(key.error());
    const auto wanted = publicNumbersOf(**key);
    for (const auto objectClass : {CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKO_CERTIFICATE}) {
        auto match = matchWithin(session, objectClass, wanted);
        if (!match) return match;
        if (match->id.empty()) continue;
        const auto isThere = hasPrivateKey(session, match->id);
        if (!isThere) return fail(isThere.error());
        match->hasPrivateKey = *isThere;
        return match;
    }
    return KeyMatch{};
}

}  // namespace signet
