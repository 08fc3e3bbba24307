// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/secret.hpp"

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cstring>
#include <new>
#include <utility>

namespace signet {
namespace {

std::size_t wholePages(std::size_t size) {
    static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return (size + page - 1) / page * page;
}

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : m_size(size), m_capacity(wholePages(size)) {
    if (size == 0) return;
    void* memory = ::mmap(nullptr, m_capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    m_data = static_cast<std::uint8_t*>(memory);
    // Locking may be refused by a limit; the bytes are still wiped and still left out of core files.
    (void)::mlock(memory, m_capacity);
    (void)::madvise(memory, m_capacity, MADV_DONTDUMP);
    (void)::madvise(memory, m_capacity, MADV_WIPEONFORK);
}

SecretBytes::SecretBytes(BytesView bytes) : SecretBytes(bytes.size()) {
    if (m_data != nullptr) std::memcpy(m_data, bytes.data(), bytes.size());
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)),
      m_size(std::exchange(other.m_size, 0)),
      m_capacity(std::exchange(other.m_capacity, 0)) {
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    clear();
}

void SecretBytes::shrink(std::size_t size) {
    assert(size <= m_size);
    if (size < m_size) wipe(m_data + size, m_size - size);
    m_size = size;
}

void SecretBytes::clear() {
    if (m_data != nullptr) {
        wipe(m_data, m_capacity);
        (void)::munmap(m_data, m_capacity);
    }
    m_data = nullptr;
    m_size = 0;
    m_capacity = 0;
}

void wipe(void* data, std::size_t size) {
    if (data != nullptr && size != 0) OPENSSL_cleanse(data, size);
}

}  // namespace signet
