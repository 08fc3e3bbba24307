// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/idle_memory.hpp"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace signet {
namespace {

/// Segments that are mapped from a file without the right to write hold nothing that is not in the file; what
/// the linker relocates is in the others.
int releaseReadOnlySegments(dl_phdr_info* object, std::size_t, void*) {
    const auto pageBytes = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    for (ElfW(Half) i = 0; i < object->dlpi_phnum; ++i) {
        const auto& segment = object->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
        const auto start = object->dlpi_addr + segment.p_vaddr;
        // Whole pages of this segment alone.
        const auto first = (start + pageBytes - 1) / pageBytes * pageBytes;
        const auto end = (start + segment.p_filesz) / pageBytes * pageBytes;
        if (first >= end) continue;
        // Best effort: where it is refused (locked pages, the kernel's own code) all stays as it was.
        (void)::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED);
    }
    return 0;
}

}  // namespace

void releaseIdleMemory() {
    ::malloc_trim(0);
    ::dl_iterate_phdr(&releaseReadOnlySegments, nullptr);
}

}  // namespace signet
