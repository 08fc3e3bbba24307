// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/der_reader.hpp"

#include <openssl/asn1.h>
#include <openssl/err.h>

#include <ctime>
#include <string>
#include <string_view>

namespace signet {
namespace {

int twoDigits(std::string_view text, std::size_t at) {
    return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

}  // namespace

std::optional<DerElement> DerReader::next() {
    if (m_rest.empty()) return std::nullopt;
    const unsigned char* cursor = m_rest.data();
    long length = 0;
    DerElement element;
    int tagClass = 0;
    const int flags =
        ASN1_get_object(&cursor, &length, &element.tag, &tagClass, static_cast<long>(m_rest.size()));
    constexpr int kError = 0x80;
    constexpr int kIndefinite = 0x01;
    if ((flags & (kError | kIndefinite)) != 0) {
        ERR_clear_error();
        m_rest = {};
        return std::nullopt;
    }
    element.isUniversal = tagClass == V_ASN1_UNIVERSAL;
    element.isConstructed = (flags & V_ASN1_CONSTRUCTED) != 0;
    const auto headBytes = static_cast<std::size_t>(cursor - m_rest.data());
    element.content = m_rest.subspan(headBytes, static_cast<std::size_t>(length));
    element.whole = m_rest.first(headBytes + element.content.size());
    m_rest = m_rest.subspan(element.whole.size());
    return element;
}

std::optional<DerElement> DerReader::nextIf(int universalTag) {
    DerReader ahead = *this;
    const auto element = ahead.next();
    if (!element || !element->is(universalTag)) return std::nullopt;
    *this = ahead;
    return element;
}

std::optional<TimePoint> derTime(const DerElement& element) {
    auto text = std::string(textOf(element.content));
    // RFC 5280 section 4.1.2.5.1: two digits below 50 are of this century.
    if (element.is(V_ASN1_UTCTIME) && text.size() == 13) text.insert(0, text[0] < '5' ? "20" : "19");
    if (!element.is(V_ASN1_UTCTIME) && !element.is(V_ASN1_GENERALIZEDTIME)) return std::nullopt;
    if (text.size() != 15 || text.back() != 'Z') return std::nullopt;
    if (text.find_first_not_of("0123456789") != text.size() - 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{twoDigits(text, 0) * 100 + twoDigits(text, 2)},
                                           std::chrono::month{static_cast<unsigned>(twoDigits(text, 4))},
                                           std::chrono::day{static_cast<unsigned>(twoDigits(text, 6))}};
    if (!date.ok()) return std::nullopt;
    return TimePoint(std::chrono::sys_days(date)) + std::chrono::hours(twoDigits(text, 8)) +
           std::chrono::minutes(twoDigits(text, 10)) + std::chrono::seconds(twoDigits(text, 12));
}

std::optional<TimePoint> timePointOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return TimePoint(std::chrono::seconds(timegm(&parts)));
}

}  // namespace signet
