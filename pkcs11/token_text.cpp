// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_text.hpp"

#include <iconv.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace signet {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

BytesView withoutPadding(BytesView text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == 0)) text = text.first(text.size() - 1);
    return text;
}

/// Bytes of the UTF-8 character that begins with `lead`, 0 when none does.
std::size_t widthOf(std::uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
}

/// Length of the UTF-8 character at the front, 0 when there is none.
/// Source: RFC 3629 section 4.
std::size_t utf8Length(BytesView text) {
    const auto lead = text[0];
    const auto length = widthOf(lead);
    if (length < 2) return length;
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((text[i] & 0xC0) != 0x80) return 0;
    const bool isOverlong = (lead == 0xE0 && text[1] < 0xA0) || (lead == 0xF0 && text[1] < 0x90);
    const bool isSurrogate = lead == 0xED && text[1] >= 0xA0;
    const bool isTooHigh = lead == 0xF4 && text[1] >= 0x90;
    return isOverlong || isSurrogate || isTooHigh ? 0 : length;
}

/// Number of bytes at the front that are UTF-8.
std::size_t utf8Prefix(BytesView text) {
    std::size_t position = 0;
    while (position < text.size()) {
        const auto length = utf8Length(text.subspan(position));
        if (length == 0) break;
        position += length;
    }
    return position;
}

/// A label of fixed width may end in the middle of a character. Only after another character of several bytes
/// is that surely UTF-8.
bool endsInCutCharacter(BytesView text, std::size_t prefix) {
    const auto rest = text.subspan(prefix);
    const bool isCut = rest.size() < widthOf(rest[0]);
    return isCut && std::any_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(prefix),
                                [](std::uint8_t byte) { return byte >= 0x80; });
}

std::optional<std::string> fromGb18030(BytesView text) {
    const iconv_t converter = ::iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // no converters installed
    std::string in(textOf(text));
    std::string out(in.size() * 4, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t fromLeft = in.size();
    std::size_t toLeft = out.size();
    const auto converted = ::iconv(converter, &from, &fromLeft, &to, &toLeft);
    ::iconv_close(converter);
    if (converted == static_cast<std::size_t>(-1)) return std::nullopt;
    out.resize(out.size() - toLeft);
    return out;
}

std::string withReplacements(BytesView text) {
    std::string out;
    while (!text.empty()) {
        const auto length = utf8Length(text);
        if (length == 0)
            out += kReplacement;
        else
            out += textOf(text.first(length));
        text = text.subspan(length == 0 ? 1 : length);
    }
    return out;
}

}  // namespace

std::string tokenText(BytesView padded) {
    const auto text = withoutPadding(padded);
    const auto prefix = utf8Prefix(text);
    if (prefix == text.size() || endsInCutCharacter(text, prefix))
        return std::string(textOf(withoutPadding(text.first(prefix))));
    if (const auto converted = fromGb18030(text))
        return std::string(textOf(withoutPadding(bytesOf(*converted))));
    return withReplacements(text);
}

}  // namespace signet
