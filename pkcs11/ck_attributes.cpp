// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/ck_attributes.hpp"

#include "pkcs11/ck_error.hpp"

#include <algorithm>
#include <cstring>

namespace signet {
namespace {

/// The answers with which the attributes that could be read should have been read. Not every module does it:
/// some leave value and length of the others as they were, which then look like what the object before had.
/// Source: PKCS#11 v2.40 section 5.7.
bool isPartial(CK_RV rv) {
    return rv == CKR_OK || rv == CKR_ATTRIBUTE_SENSITIVE || rv == CKR_ATTRIBUTE_TYPE_INVALID ||
           rv == CKR_BUFFER_TOO_SMALL;
}

}  // namespace

AttributeReader::AttributeReader(const std::vector<Wanted>& wanted) {
    for (const auto& one : wanted) m_fields.push_back({one, Bytes(one.expected), std::nullopt, false});
    m_template.resize(m_fields.size());
}

Result<void> AttributeReader::read(const Session& session, CK_OBJECT_HANDLE object) {
    for (auto& field : m_fields) {
        field.length.reset();
        field.isTooLong = false;
    }
    const auto rv = call(session, object, m_fields);
    if (!rv) return fail(rv.error());
    if (*rv == CKR_OK) {
        takeLengths(m_fields);
        return {};
    }
    for (auto& field : m_fields)
        if (const auto done = readAlone(session, object, field); !done) return done;
    return {};
}

/// Errors: what is not partial. What is partial is returned.
Result<CK_RV> AttributeReader::call(const Session& session, CK_OBJECT_HANDLE object,
                                    std::span<Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i)
        m_template[i] = {fields[i].wanted.type, fields[i].buffer.data(), fields[i].buffer.size()};
    return callTemplate(session, object, fields.size());
}

Result<CK_RV> AttributeReader::callTemplate(const Session& session, CK_OBJECT_HANDLE object,
                                            std::size_t count) {
    const CK_RV rv = session.api().C_GetAttributeValue(session.handle(), object, m_template.data(), count);
    if (!isPartial(rv)) return fail(ckError(rv, "C_GetAttributeValue"));
    return rv;
}

void AttributeReader::takeLengths(std::span<Field> fields) {
    for (std::size_t i = 0; i < fields.size(); ++i)
        // CK_UNAVAILABLE_INFORMATION is the largest number of all.
        if (m_template[i].ulValueLen <= fields[i].buffer.size()) fields[i].length = m_template[i].ulValueLen;
}

Result<void> AttributeReader::readAlone(const Session& session, CK_OBJECT_HANDLE object, Field& field) {
    auto rv = call(session, object, {&field, 1});
    if (!rv) return fail(rv.error());
    if (*rv == CKR_BUFFER_TOO_SMALL) {
        m_template[0] = {field.wanted.type, nullptr, 0};
        rv = callTemplate(session, object, 1);
        if (!rv) return fail(rv.error());
        const CK_ULONG length = m_template[0].ulValueLen;
        field.isTooLong = *rv == CKR_OK && length != CK_UNAVAILABLE_INFORMATION && length > field.wanted.max;
        if (*rv != CKR_OK || length <= field.buffer.size() || length > field.wanted.max) return {};
        field.buffer.resize(length);
        rv = call(session, object, {&field, 1});
        if (!rv) return fail(rv.error());
    }
    if (*rv == CKR_OK) takeLengths({&field, 1});
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

bool AttributeReader::isTooLong(CK_ATTRIBUTE_TYPE type) const {
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [type](const Field& f) { return f.wanted.type == type && f.isTooLong; });
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
