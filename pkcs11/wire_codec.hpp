// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace signet::wire {

/// Where encoded bytes go: a buffer of any kind, or nothing but a count, so that a frame with a PIN is
/// allocated once with its right size.
class Sink {
public:
    virtual ~Sink() = default;
    virtual void put(BytesView bytes) = 0;
};

/// Writes the primitives of a message.
class Writer {
public:
    explicit Writer(Sink& sink) : m_sink(sink) {}

    void u8(std::uint8_t value) { number(value, 1); }
    void u32(std::uint32_t value) { number(value, 4); }
    void u64(std::uint64_t value) { number(value, 8); }
    void flag(bool value) { u8(value ? 1 : 0); }
    void bytes(BytesView value) {
        u32(static_cast<std::uint32_t>(value.size()));
        m_sink.put(value);
    }
    void text(std::string_view value) { bytes(bytesOf(value)); }

private:
    void number(std::uint64_t value, std::size_t width);

    Sink& m_sink;
};

/// Reads them again. After the first fault every value is empty and isGood() is false, so a decoder looks
/// once, at its end; counts are capped by the reader of the count, so that a fault cannot make a long loop.
class Reader {
public:
    explicit Reader(BytesView bytes) : m_rest(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }
    /// Only 0 and 1 are good.
    bool flag();
    BytesView bytes(std::size_t max);
    std::string text(std::size_t max) { return std::string(textOf(bytes(max))); }
    /// A number of elements that follow.
    std::size_t count(std::size_t max);

    void fault();
    bool isGood() const { return m_isGood; }
    /// Good, and nothing is left.
    bool isComplete() const { return m_isGood && m_rest.empty(); }

private:
    std::uint64_t number(std::size_t width);

    BytesView m_rest;
    bool m_isGood = true;
};

}  // namespace signet::wire
