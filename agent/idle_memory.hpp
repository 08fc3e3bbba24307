// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

namespace signet {

/// Gives memory back that only work needs: freed heap, and the pages of the program and its libraries that
/// are never written to. The kernel still has those in its cache and puts each back with its next use. For a
/// program that now waits, for days perhaps; what comes next is slower by a fraction of a millisecond.
/// Thread: any; other threads may go on. Source: madvise(2), MADV_DONTNEED; malloc_trim(3).
void releaseIdleMemory();

}  // namespace signet
