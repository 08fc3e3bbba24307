// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/ck_session.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace signet {

/// Reads the same attributes of many objects, each object with one C_GetAttributeValue into buffers that
/// stay. Where that answers with anything but CKR_OK, each attribute is read alone: only of one that was
/// asked for alone is it sure that its value is the object's own. Lengths are never trusted: a value over its
/// cap, or one that the module says is longer than the buffer it was given, counts as not there.
class AttributeReader {
public:
    struct Wanted {
        CK_ATTRIBUTE_TYPE type;
        std::size_t expected;  ///< bytes of the buffer for the first try
        std::size_t max;       ///< bytes at most
    };
    explicit AttributeReader(const std::vector<Wanted>& wanted);

    /// Errors: what C_GetAttributeValue says, except that an attribute is missing, secret or too long.
    Result<void> read(const Session& session, CK_OBJECT_HANDLE object);

    /// Of the object that was read last; valid until the next read().
    std::optional<BytesView> value(CK_ATTRIBUTE_TYPE type) const;
    std::optional<CK_ULONG> number(CK_ATTRIBUTE_TYPE type) const;
    std::optional<bool> flag(CK_ATTRIBUTE_TYPE type) const;
    /// The object has one, and it is over its cap.
    bool isTooLong(CK_ATTRIBUTE_TYPE type) const;

private:
    struct Field {
        Wanted wanted;
        Bytes buffer;
        std::optional<std::size_t> length;
        bool isTooLong = false;
    };
    Result<CK_RV> call(const Session& session, CK_OBJECT_HANDLE object, std::span<Field> fields);
    Result<CK_RV> callTemplate(const Session& session, CK_OBJECT_HANDLE object, std::size_t count);
    void takeLengths(std::span<Field> fields);
    Result<void> readAlone(const Session& session, CK_OBJECT_HANDLE object, Field& field);
    const Field* find(CK_ATTRIBUTE_TYPE type) const;

    std::vector<Field> m_fields;
    std::vector<CK_ATTRIBUTE> m_template;
};

}  // namespace signet
