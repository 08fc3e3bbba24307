// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_attributes.hpp"

#include "pkcs11/ck_error.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace signet {
namespace {

/// The answers with which the attributes that could be read have been read.
/// Source: PKCS#11 v2.40 section 5.7.
bool isPartial(CK_RV rv) {
    return rv == CKR_OK || rv == CKR_ATTRIBUTE_SENSITIVE || rv == CKR_ATTRIBUTE_TYPE_INVALID ||
           rv == CKR_BUFFER_TOO_SMALL;
}

}  // namespace

AttributeReader::AttributeReader(const std::vector<Wanted>& wanted) {
    for (const auto& one : wanted) m_fields.push_back({one, Bytes(one.expected), std::nullopt});
    m_template.resize(m_fields.size());
}

Result<void> AttributeReader::read(const Session& session, CK_OBJECT_HANDLE object) {
    for (auto& field : m_fields) field.length.reset();
    Indices all(m_fields.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto rv = call(session, object, all, false);
    if (!rv) return fail(rv.error());
    takeLengths(all);
    if (*rv == CKR_OK) return {};
    const auto missing = growable();
    return missing.empty() ? Result<void>{} : readLonger(session, object, missing);
}

Result<CK_RV> AttributeReader::call(const Session& session, CK_OBJECT_HANDLE object, const Indices& fields,
                                    bool onlyLengths) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto& field = m_fields[fields[i]];
        m_template[i] = {field.wanted.type, onlyLengths ? nullptr : field.buffer.data(),
                         onlyLengths ? 0 : field.buffer.size()};
    }
    const CK_RV rv =
        session.api().C_GetAttributeValue(session.handle(), object, m_template.data(), fields.size());
    if (!isPartial(rv)) return fail(ckError(rv, "C_GetAttributeValue"));
    return rv;
}

void AttributeReader::takeLengths(const Indices& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto& field = m_fields[fields[i]];
        // CK_UNAVAILABLE_INFORMATION is the largest number of all.
        if (m_template[i].ulValueLen <= field.buffer.size()) field.length = m_template[i].ulValueLen;
    }
}

AttributeReader::Indices AttributeReader::growable() const {
    Indices fields;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        if (!m_fields[i].length && m_fields[i].buffer.size() < m_fields[i].wanted.max) fields.push_back(i);
    return fields;
}

Result<void> AttributeReader::readLonger(const Session& session, CK_OBJECT_HANDLE object,
                                         const Indices& missing) {
    if (const auto rv = call(session, object, missing, true); !rv) return fail(rv.error());
    Indices longer;
    for (std::size_t i = 0; i < missing.size(); ++i) {
        auto& field = m_fields[missing[i]];
        const CK_ULONG length = m_template[i].ulValueLen;
        if (length <= field.buffer.size() || length > field.wanted.max) continue;
        field.buffer.resize(length);
        longer.push_back(missing[i]);
    }
    if (longer.empty()) return {};
    if (const auto rv = call(session, object, longer, false); !rv) return fail(rv.error());
    takeLengths(longer);
    return {};
}

const AttributeReader::Field* AttributeReader::find(CK_ATTRIBUTE_TYPE type) const {
    const auto field = std::find_if(m_fields.begin(), m_fields.end(),
                                    [type](const Field& f) { return f.wanted.type == type; });
    return field == m_fields.end() || !field->length ? nullptr : &*field;
}

std::optional<BytesView> AttributeReader::value(CK_ATTRIBUTE_TYPE type) const {
    const Field* field = find(type);
    if (field == nullptr) return std::nullopt;
    return BytesView(field->buffer).first(*field->length);
}

std::optional<CK_ULONG> AttributeReader::number(CK_ATTRIBUTE_TYPE type) const {
    const auto bytes = value(type);
    CK_ULONG number = 0;
    if (!bytes || bytes->size() != sizeof(number)) return std::nullopt;
    std::memcpy(&number, bytes->data(), sizeof(number));
    return number;
}

std::optional<bool> AttributeReader::flag(CK_ATTRIBUTE_TYPE type) const {
    const auto bytes = value(type);
    if (!bytes || bytes->size() != sizeof(CK_BBOOL)) return std::nullopt;
    return bytes->front() != CK_FALSE;
}

}  // namespace signet
