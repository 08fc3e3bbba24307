// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_objects.hpp"

#include "base/file.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace signet::fake {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

template <class T>
Bytes rawBytes(const T& value) {
    const auto* first = reinterpret_cast<const std::uint8_t*>(&value);
    return {first, first + sizeof value};
}

Bytes truth(bool value) {
    return {static_cast<std::uint8_t>(value ? CK_TRUE : CK_FALSE)};
}

Bytes copyOf(BytesView bytes) {
    return {bytes.begin(), bytes.end()};
}

/// The result of an i2d function, which allocates.
template <class Encode, class T>
Bytes der(Encode encode, T* object) {
    unsigned char* out = nullptr;
    const int length = encode(object, &out);
    Bytes bytes(out, out + std::max(length, 0));
    OPENSSL_free(out);
    return bytes;
}

Bytes number(const EVP_PKEY* key, const char* parameter) {
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, parameter, &value) != 1) return {};
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(value)));
    BN_bn2bin(value, bytes.data());
    BN_free(value);
    return bytes;
}

Bytes curveOf(const EVP_PKEY* key) {
    std::array<char, 64> name{};
    if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size(), nullptr) !=
        1)
        return {};
    return der(&i2d_ASN1_OBJECT, OBJ_nid2obj(OBJ_txt2nid(name.data())));
}

/// CKA_EC_POINT: the point within an OCTET STRING.
Bytes pointOf(const EVP_PKEY* key) {
    std::array<std::uint8_t, 256> point{};
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1)
        return {};
    ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(octets, point.data(), static_cast<int>(size));
    Bytes bytes = der(&i2d_ASN1_OCTET_STRING, octets);
    ASN1_OCTET_STRING_free(octets);
    return bytes;
}

void addKeyAttributes(Object& object, const EVP_PKEY* key, const SlotControl& slot) {
    const bool isRsa = EVP_PKEY_is_a(key, "RSA") == 1;
    const bool isSm2 = EVP_PKEY_is_a(key, "SM2") == 1;
    object.attributes[CKA_KEY_TYPE] = rawBytes<CK_KEY_TYPE>(isRsa   ? CKK_RSA
                                                            : isSm2 ? slot.sm2KeyType.value_or(CKK_EC)
                                                                    : CKK_EC);
    if (!isRsa) {
        object.attributes[CKA_EC_PARAMS] = curveOf(key);
        return;
    }
    object.attributes[CKA_MODULUS] = number(key, OSSL_PKEY_PARAM_RSA_N);
    object.attributes[CKA_PUBLIC_EXPONENT] = number(key, OSSL_PKEY_PARAM_RSA_E);
}

Result<void> fillPrivateKey(Object& object, BytesView bytes, const SlotControl& slot) {
    const auto* next = bytes.data();
    object.key.reset(d2i_AutoPrivateKey(nullptr, &next, static_cast<long>(bytes.size())), &EVP_PKEY_free);
    if (!object.key) return fail(ErrorCode::configurationInvalid, "not a private key");
    addKeyAttributes(object, object.key.get(), slot);
    object.isPrivate = slot.hidesPrivateKeys;
    object.authenticatesAlways = slot.authenticatesAlways;
    object.attributes[CKA_SIGN] = truth(true);
    object.attributes[CKA_SENSITIVE] = truth(true);
    object.attributes[CKA_EXTRACTABLE] = truth(false);
    object.attributes[CKA_ALWAYS_AUTHENTICATE] = truth(slot.authenticatesAlways);
    return {};
}

Result<void> fillPublicKey(Object& object, BytesView bytes, const SlotControl& slot) {
    const auto* next = bytes.data();
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_PUBKEY(nullptr, &next, static_cast<long>(bytes.size())), &EVP_PKEY_free);
    if (!key) return fail(ErrorCode::configurationInvalid, "not a public key");
    addKeyAttributes(object, key.get(), slot);
    object.attributes[CKA_VERIFY] = truth(true);
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1)
        object.attributes[CKA_MODULUS_BITS] =
            rawBytes<CK_ULONG>(static_cast<CK_ULONG>(EVP_PKEY_get_bits(key.get())));
    else
        object.attributes[CKA_EC_POINT] = pointOf(key.get());
    return {};
}

/// What is not a certificate is kept all the same: some tokens hold rubbish, and a listing has to live with
/// it.
Result<void> fillCertificate(Object& object, BytesView bytes) {
    object.attributes[CKA_CERTIFICATE_TYPE] = rawBytes<CK_CERTIFICATE_TYPE>(CKC_X_509);
    object.attributes[CKA_VALUE] = copyOf(bytes);
    const auto* next = bytes.data();
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &next, static_cast<long>(bytes.size())), &X509_free);
    if (!certificate) return {};
    object.attributes[CKA_SUBJECT] = der(&i2d_X509_NAME, X509_get_subject_name(certificate.get()));
    object.attributes[CKA_ISSUER] = der(&i2d_X509_NAME, X509_get_issuer_name(certificate.get()));
    object.attributes[CKA_SERIAL_NUMBER] = der(&i2d_ASN1_INTEGER, X509_get_serialNumber(certificate.get()));
    return {};
}

Result<Object> loadObject(const ObjectFile& file, const SlotControl& slot) {
    const auto content = readFile(file.file, kMaxFileBytes);
    if (!content) return fail(content.error());
    Object object;
    Result<void> filled;
    switch (file.kind) {
        case ObjectFile::Kind::privateKey:
            object.objectClass = CKO_PRIVATE_KEY;
            filled = fillPrivateKey(object, bytesOf(*content), slot);
            break;
        case ObjectFile::Kind::publicKey:
            object.objectClass = CKO_PUBLIC_KEY;
            filled = fillPublicKey(object, bytesOf(*content), slot);
            break;
        case ObjectFile::Kind::certificate:
            object.objectClass = CKO_CERTIFICATE;
            filled = fillCertificate(object, bytesOf(*content));
            break;
    }
    if (!filled) return fail(filled.error());
    object.attributes[CKA_CLASS] = rawBytes(object.objectClass);
    object.attributes[CKA_TOKEN] = truth(true);
    object.attributes[CKA_PRIVATE] = truth(object.isPrivate);
    object.attributes[CKA_ID] = file.id;
    object.attributes[CKA_LABEL] = copyOf(bytesOf(file.label));
    return object;
}

/// One attribute of a template; CKR_OK where it was read or only its length was asked.
CK_RV readOne(const std::map<CK_ATTRIBUTE_TYPE, Bytes>& attributes, CK_ATTRIBUTE& wanted) {
    const auto found = attributes.find(wanted.type);
    if (found == attributes.end()) {
        wanted.ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return wanted.type == CKA_PRIVATE_EXPONENT ? CKR_ATTRIBUTE_SENSITIVE : CKR_ATTRIBUTE_TYPE_INVALID;
    }
    const Bytes& value = found->second;
    const bool fits = wanted.pValue == nullptr || wanted.ulValueLen >= value.size();
    if (fits && wanted.pValue != nullptr && !value.empty())
        std::memcpy(wanted.pValue, value.data(), value.size());
    wanted.ulValueLen = fits ? value.size() : CK_UNAVAILABLE_INFORMATION;
    return fits ? CKR_OK : CKR_BUFFER_TOO_SMALL;
}

}  // namespace

bool Object::matches(std::span<const CK_ATTRIBUTE> wanted) const {
    return std::all_of(wanted.begin(), wanted.end(), [this](const CK_ATTRIBUTE& each) {
        const auto found = attributes.find(each.type);
        const auto* first = static_cast<const std::uint8_t*>(each.pValue);
        return found != attributes.end() &&
               std::ranges::equal(found->second, BytesView(first, each.ulValueLen));
    });
}

CK_RV Object::read(std::span<CK_ATTRIBUTE> wanted) const {
    CK_RV first = CKR_OK;
    for (auto& each : wanted) {
        const CK_RV rv = readOne(attributes, each);
        if (first == CKR_OK) first = rv;
    }
    return first;
}

Result<std::vector<Object>> loadObjects(const SlotControl& slot) {
    std::vector<Object> objects;
    for (const auto& file : slot.objects) {
        auto object = loadObject(file, slot);
        if (!object) return fail(object.error());
        object->handle = objects.size() + 1;
        objects.push_back(std::move(*object));
    }
    return objects;
}

}  // namespace signet::fake
