// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "tests/doubles/fake_module_control.hpp"

#include <openssl/evp.h>
#include <p11-kit/pkcs11.h>

#include <map>
#include <memory>
#include <span>
#include <vector>

namespace signet::fake {

/// An object on a token, with the attributes that a caller may read.
struct Object {
    CK_OBJECT_HANDLE handle = 0;
    CK_OBJECT_CLASS objectClass = 0;
    bool isPrivate = false;  ///< found and used after a login only
    bool authenticatesAlways = false;
    std::map<CK_ATTRIBUTE_TYPE, Bytes> attributes{};
    std::shared_ptr<EVP_PKEY> key{};  ///< of a private key; also held by a signature that is under way

    bool matches(std::span<const CK_ATTRIBUTE> wanted) const;
    /// C_GetAttributeValue of the standard, section 5.7: what can be read is read, the first trouble is
    /// returned.
    CK_RV read(std::span<CK_ATTRIBUTE> wanted) const;
};

/// The objects of a slot, read from their files; handles count from 1. Errors: configurationInvalid.
Result<std::vector<Object>> loadObjects(const SlotControl& slot);

}  // namespace signet::fake
