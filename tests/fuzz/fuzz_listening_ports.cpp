// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the self-check reads of the system: the table of listening ports and the head of a library.
#include "agent/listening_ports.hpp"
#include "pkcs11/library_file.hpp"

#include <cstdlib>

using namespace signet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes(data, size);
    if (parseListeningPorts(textOf(bytes)).size() > 4096) std::abort();
    if (const auto head = parseElfHead(bytes); head && architectureName(*head).empty()) std::abort();
    Error error;
    error.detail = std::string(textOf(bytes));
    const auto failure = loadFailureOf(error);
    if (failure.cause == LoadFailure::Cause::missingLibrary && failure.library.empty()) std::abort();
    return 0;
}
