// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/bench/token_store.hpp"

#include "tests/bench/token_bench.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>
#include <string>

namespace signet::bench {
namespace {

CK_BBOOL yes = CK_TRUE;
CK_BBOOL no = CK_FALSE;

/// The P-256 OID as CKA_EC_PARAMS.
std::array<std::uint8_t, 10> p256{0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

template <class T>
CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, T& value) {
    return {type, &value, sizeof(value)};
}

CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, Bytes& bytes) {
    return {type, bytes.data(), bytes.size()};
}

CK_UTF8CHAR* utf8(std::string& text) {
    return reinterpret_cast<CK_UTF8CHAR*>(text.data());
}

/// The scalar of a P-256 key.
Bytes scalarOf(const Bytes& pkcs8) {
    const auto* next = pkcs8.data();
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        d2i_AutoPrivateKey(nullptr, &next, static_cast<long>(pkcs8.size())), &EVP_PKEY_free);
    BIGNUM* number = nullptr;
    EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number);
    Bytes scalar(32);
    BN_bn2binpad(number, scalar.data(), static_cast<int>(scalar.size()));
    BN_clear_free(number);
    return scalar;
}

Bytes subjectOf(const Bytes& certificate) {
    const auto* next = certificate.data();
    const std::unique_ptr<X509, decltype(&X509_free)> parsed(
        d2i_X509(nullptr, &next, static_cast<long>(certificate.size())), &X509_free);
    unsigned char* out = nullptr;
    const int size = i2d_X509_NAME(X509_get_subject_name(parsed.get()), &out);
    Bytes subject(out, out + size);
    OPENSSL_free(out);
    return subject;
}

void addCertificate(const CK_FUNCTION_LIST& api, CK_SESSION_HANDLE session, Bytes id,
                    test::KeyAndCertificate key) {
    CK_OBJECT_CLASS objectClass = CKO_CERTIFICATE;
    CK_CERTIFICATE_TYPE type = CKC_X_509;
    Bytes subject = subjectOf(key.certificate);
    std::array wanted{attribute(CKA_CLASS, objectClass),
                      attribute(CKA_CERTIFICATE_TYPE, type),
                      attribute(CKA_TOKEN, yes),
                      attribute(CKA_PRIVATE, no),
                      attribute(CKA_ID, id),
                      attribute(CKA_SUBJECT, subject),
                      attribute(CKA_VALUE, key.certificate)};
    CK_OBJECT_HANDLE handle = 0;
    must(api.C_CreateObject(session, wanted.data(), wanted.size(), &handle), "C_CreateObject (certificate)");
}

void addPrivateKey(const CK_FUNCTION_LIST& api, CK_SESSION_HANDLE session, Bytes id,
                   const test::KeyAndCertificate& key) {
    CK_OBJECT_CLASS objectClass = CKO_PRIVATE_KEY;
    CK_KEY_TYPE type = CKK_EC;
    Bytes scalar = scalarOf(key.key);
    std::array wanted{attribute(CKA_CLASS, objectClass), attribute(CKA_KEY_TYPE, type),
                      attribute(CKA_TOKEN, yes),         attribute(CKA_PRIVATE, yes),
                      attribute(CKA_SIGN, yes),          attribute(CKA_ID, id),
                      attribute(CKA_EC_PARAMS, p256),    attribute(CKA_VALUE, scalar)};
    CK_OBJECT_HANDLE handle = 0;
    must(api.C_CreateObject(session, wanted.data(), wanted.size(), &handle), "C_CreateObject (private key)");
}

/// SoftHSM shows one slot without a token, always the last of its list.
CK_SLOT_ID freeSlot(const CK_FUNCTION_LIST& api) {
    std::vector<CK_SLOT_ID> slots(1024);
    CK_ULONG count = slots.size();
    must(api.C_GetSlotList(CK_FALSE, nullptr, &count), "C_GetSlotList");
    count = slots.size();
    must(api.C_GetSlotList(CK_FALSE, slots.data(), &count), "C_GetSlotList");
    return slots.at(count - 1);
}

void initialize(const CK_FUNCTION_LIST& api, CK_SLOT_ID slot, std::size_t number, std::string& soPin) {
    std::string label = "bench " + std::to_string(number);
    label.resize(32, ' ');
    must(api.C_InitToken(slot, utf8(soPin), soPin.size(), utf8(label)), "C_InitToken");
}

}  // namespace

void fillStore(const CK_FUNCTION_LIST& api, std::size_t count,
               const std::vector<test::KeyAndCertificate>& keys) {
    std::string soPin = "12345678";
    std::string pin = "123456";
    for (std::size_t number = 0; number < count; ++number) {
        const CK_SLOT_ID slot = freeSlot(api);
        initialize(api, slot, number, soPin);
        CK_SESSION_HANDLE session = 0;
        must(api.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session),
             "C_OpenSession");
        must(api.C_Login(session, CKU_SO, utf8(soPin), soPin.size()), "C_Login (SO)");
        must(api.C_InitPIN(session, utf8(pin), pin.size()), "C_InitPIN");
        must(api.C_Logout(session), "C_Logout");
        must(api.C_Login(session, CKU_USER, utf8(pin), pin.size()), "C_Login");
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const Bytes id{static_cast<std::uint8_t>(i + 1)};
            addCertificate(api, session, id, keys[i]);
            addPrivateKey(api, session, id, keys[i]);
        }
        must(api.C_CloseSession(session), "C_CloseSession");
    }
}

}  // namespace signet::bench
