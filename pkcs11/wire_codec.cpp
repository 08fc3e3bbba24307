// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/wire_codec.hpp"

#include <array>

namespace signet::wire {

void Writer::number(std::uint64_t value, std::size_t width) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < width; ++i)
        bytes[i] = static_cast<std::uint8_t>(value >> (8 * (width - 1 - i)));
    m_sink.put(BytesView(bytes).first(width));
}

std::uint64_t Reader::number(std::size_t width) {
    if (m_rest.size() < width) fault();
    if (!m_isGood) return 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = (value << 8) | m_rest[i];
    m_rest = m_rest.subspan(width);
    return value;
}

bool Reader::flag() {
    const auto value = u8();
    if (value > 1) fault();
    return value == 1;
}

BytesView Reader::bytes(std::size_t max) {
    const auto length = u32();
    if (length > max || length > m_rest.size()) fault();
    if (!m_isGood) return {};
    const auto value = m_rest.first(length);
    m_rest = m_rest.subspan(length);
    return value;
}

std::size_t Reader::count(std::size_t max) {
    const auto value = u32();
    if (value > max) fault();
    return m_isGood ? value : 0;
}

void Reader::fault() {
    m_isGood = false;
    m_rest = {};
}

}  // namespace signet::wire
