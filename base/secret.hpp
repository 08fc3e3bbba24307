// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"

#include <cstddef>
#include <string_view>

namespace signet {

/// Bytes that must not stay: move-only, kept out of swap and core files, wiped at the end of their life.
/// It has no stream operator and no copy on purpose. Its memory is one mapping of its own, never moved.
class SecretBytes {
public:
    SecretBytes() = default;
    /// Units: bytes. The content is zero until written through data().
    explicit SecretBytes(std::size_t size);
    /// Copies `bytes`; the caller wipes its own.
    explicit SecretBytes(BytesView bytes);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    std::uint8_t* data() { return m_data; }
    const std::uint8_t* data() const { return m_data; }
    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    BytesView view() const { return {m_data, m_size}; }

    /// Makes it shorter and wipes the rest. Bug if `size` is larger.
    void shrink(std::size_t size);
    /// Wipes and gives the memory back.
    void clear();

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;  ///< whole pages
};

/// Overwrites memory in a way that the compiler keeps.
void wipe(void* data, std::size_t size);

}  // namespace signet
