// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity_fields.hpp"

#include "certs/der_reader.hpp"
#include "certs/names.hpp"
#include "certs/openssl.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace signet {
namespace {

using Asn1ObjectPtr = std::unique_ptr<ASN1_OBJECT, Free<&ASN1_OBJECT_free>>;
using Asn1StringPtr = std::unique_ptr<ASN1_STRING, Free<&ASN1_STRING_free>>;

constexpr std::size_t kMaxTextBytes = 256;
constexpr std::size_t kMaxExtensionBytes = 512;
constexpr int kMaxNesting = 3;

/// The one element that fills `der` wholly; nullopt for anything else, bare text among it.
std::optional<DerElement> wholeElement(BytesView der) {
    DerReader reader(der);
    const auto element = reader.next();
    return reader.isAtEnd() ? element : std::nullopt;
}

bool isStringTag(int tag) {
    return tag == V_ASN1_UTF8STRING || tag == V_ASN1_NUMERICSTRING || tag == V_ASN1_PRINTABLESTRING ||
           tag == V_ASN1_T61STRING || tag == V_ASN1_IA5STRING || tag == V_ASN1_VISIBLESTRING ||
           tag == V_ASN1_UNIVERSALSTRING || tag == V_ASN1_BMPSTRING;
}

std::string textOfString(int tag, BytesView content) {
    const Asn1StringPtr string(ASN1_STRING_type_new(tag));
    if (!string || ASN1_STRING_set(string.get(), content.data(), static_cast<int>(content.size())) != 1)
        return {};
    auto text = utf8Text(string.get());
    return text.size() > kMaxTextBytes ? std::string() : text;
}

std::string elementText(BytesView der, int nesting);

/// The text inside an element that only wraps another or is an IMPLICIT string.
std::string innerText(const DerElement& element, int nesting) {
    if (!element.isUniversal && !element.isConstructed)
        return textOfString(V_ASN1_UTF8STRING, element.content);
    const bool isWrapper = element.isConstructed || element.tag == V_ASN1_OCTET_STRING;
    return isWrapper && nesting < kMaxNesting ? elementText(element.content, nesting + 1) : std::string();
}

std::string elementText(BytesView der, int nesting) {
    const auto element = wholeElement(der);
    if (!element) return {};
    if (element->isUniversal && isStringTag(element->tag))
        return textOfString(element->tag, element->content);
    return innerText(*element, nesting);
}

/// One character of full-width ASCII (U+FF01 to U+FF5E, three bytes) at the front of `text`; 0 for anything
/// else.
char fullWidthAscii(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xEF') return 0;
    const auto low = static_cast<unsigned char>(text[2]);
    if (text[1] == '\xBC' && low >= 0x81 && low <= 0xBF) return static_cast<char>(low - 0x81 + '!');
    if (text[1] == '\xBD' && low >= 0x80 && low <= 0x9E) return static_cast<char>(low - 0x80 + '`');
    return 0;
}

std::vector<std::string> extensionValues(X509* certificate, const ASN1_OBJECT* oid) {
    const int index = X509_get_ext_by_OBJ(certificate, oid, -1);
    if (index < 0) return {};
    const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(X509_get_ext(certificate, index));
    const BytesView bytes(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
    return {normalisedText(identityText(bytes))};
}

std::vector<std::string> subjectValues(X509* certificate, const ASN1_OBJECT* oid) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    std::vector<std::string> values;
    for (int i = X509_NAME_get_index_by_OBJ(subject, oid, -1); i >= 0;
         i = X509_NAME_get_index_by_OBJ(subject, oid, i)) {
        const auto text = utf8Text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, i)));
        if (text.size() <= kMaxTextBytes) values.push_back(normalisedText(text));
    }
    return values;
}

/// Cuts after a whole UTF-8 character.
std::string shortened(std::string text) {
    if (text.size() <= kMaxTextBytes) return text;
    std::size_t end = kMaxTextBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text;
}

}  // namespace

std::string normalisedText(std::string_view text) {
    std::string normal;
    while (!text.empty()) {
        const char wide = fullWidthAscii(text);
        const char c = wide != 0 ? wide : text.front();
        normal += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        text.remove_prefix(wide != 0 ? 3 : 1);
    }
    constexpr std::string_view kSpace(" \t\r\n\0", 5);
    const auto first = normal.find_first_not_of(kSpace);
    if (first == std::string::npos) return {};
    return normal.substr(first, normal.find_last_not_of(kSpace) - first + 1);
}

std::string identityText(BytesView extensionValue) {
    if (extensionValue.empty() || extensionValue.size() > kMaxExtensionBytes) return {};
    if (auto text = elementText(extensionValue, 0); !text.empty()) return text;
    // Bare text: what no DER fits, for some CAs write the characters themselves.
    return textOfString(V_ASN1_UTF8STRING, extensionValue);
}

std::vector<std::string> identityValues(const Certificate& certificate, const IdentitySource& source) {
    const Asn1ObjectPtr oid(OBJ_txt2obj(source.oid.c_str(), 1));
    if (!oid) {
        ERR_clear_error();
        return {};
    }
    switch (source.place) {
        case IdentitySource::Place::extension:
            return extensionValues(certificate.native(), oid.get());
        case IdentitySource::Place::subject:
            return subjectValues(certificate.native(), oid.get());
    }
    return {};
}

std::string identityFieldName(const IdentitySource& source) {
    if (source.place == IdentitySource::Place::extension) return source.oid;
    const Asn1ObjectPtr oid(OBJ_txt2obj(source.oid.c_str(), 1));
    const int nid = oid ? OBJ_obj2nid(oid.get()) : NID_undef;
    return std::string("subject ") + (nid == NID_undef ? source.oid.c_str() : OBJ_nid2sn(nid));
}

std::string subjectText(const Certificate& certificate, int nid) {
    const X509_NAME* subject = X509_get_subject_name(certificate.native());
    int last = -1;
    for (int i = X509_NAME_get_index_by_NID(subject, nid, -1); i >= 0;
         i = X509_NAME_get_index_by_NID(subject, nid, i))
        last = i;
    if (last < 0) return {};
    return shortened(displayable(utf8Text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)))));
}

}  // namespace signet
