// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/names.hpp"

#include "certs/openssl.hpp"

#include <openssl/err.h>

#include <algorithm>
#include <string_view>

namespace signet {
namespace {

/// Bytes of the character at the front of `text` that must not be shown as it is; 0 when it may be.
std::size_t hiddenBytes(std::string_view text) {
    const auto at = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    if (at(0) < 0x20 || at(0) == 0x7F) return 1;
    if (at(0) == 0xC2 && at(1) >= 0x80 && at(1) < 0xA0) return 2;   // U+0080 to U+009F
    if (at(0) == 0xD8 && at(1) == 0x9C) return 2;                   // U+061C
    if (at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF) return 3;  // U+FEFF
    if (at(0) != 0xE2) return 0;
    if (at(1) == 0x80 && at(2) >= 0x8B && at(2) <= 0x8F) return 3;  // U+200B to U+200F
    if (at(1) == 0x80 && at(2) >= 0xA8 && at(2) <= 0xAE) return 3;  // U+2028 to U+202E
    if (at(1) == 0x81 && at(2) >= 0xA0 && at(2) <= 0xAF) return 3;  // U+2060 to U+206F
    return 0;
}

void appendEscaped(std::string& out, std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out += '\\';
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
}

std::string onelineAscii(const X509_NAME* name) {
    char* text = X509_NAME_oneline(name, nullptr, 0);
    std::string line = text == nullptr ? "" : text;
    OPENSSL_free(text);
    return line;
}

std::string lastValue(const X509_NAME* name, int nid) {
    int last = -1;
    for (int next = X509_NAME_get_index_by_NID(name, nid, -1); next >= 0;
         next = X509_NAME_get_index_by_NID(name, nid, next))
        last = next;
    if (last < 0) return {};
    return displayable(utf8Text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last))));
}

}  // namespace

std::string displayable(const std::string& utf8) {
    std::string shown;
    shown.reserve(utf8.size());
    std::string_view rest = utf8;
    while (!rest.empty()) {
        const auto hidden = std::min(hiddenBytes(rest), rest.size());
        if (hidden == 0) {
            shown += rest.front();
            rest.remove_prefix(1);
        } else {
            appendEscaped(shown, rest.substr(0, hidden));
            rest.remove_prefix(hidden);
        }
    }
    return shown;
}

std::string utf8Text(const ASN1_STRING* text) {
    unsigned char* utf8 = nullptr;
    const int length = ASN1_STRING_to_UTF8(&utf8, text);
    if (length < 0) {
        ERR_clear_error();
        return {};
    }
    std::string copy(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(length));
    OPENSSL_free(utf8);
    return copy;
}

std::string nameText(const X509_NAME* name) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    constexpr unsigned long kFlags = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (X509_NAME_print_ex(memory.get(), name, 0, kFlags) < 0) {
        ERR_clear_error();
        return onelineAscii(name);
    }
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return displayable(std::string(text, static_cast<std::size_t>(length)));
}

std::string commonName(const X509_NAME* name) {
    for (const int nid : {NID_commonName, NID_organizationName}) {
        auto value = lastValue(name, nid);
        if (!value.empty()) return value;
    }
    return nameText(name);
}

}  // namespace signet
