// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What signet-native-host reads of the browser and of the agent: frames, and the browser's first messages in
// them.
#include "agent/frames.hpp"
#include "agent/native_host_messages.hpp"

#include <array>
#include <cstdlib>

using namespace signet;

namespace {

void checkBody(std::string_view body) {
    const auto again = encodeFrame(body);
    if (!again || **firstFrame(bytesOf(*again)) != body) std::abort();
    if (const auto origin = originFromFirstMessage(body); origin && (origin->empty() || origin->size() > 300))
        std::abort();
    const auto extension = extensionFromArguments(std::array<std::string_view, 2>{"", body});
    if (extension && extension->empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    BytesView rest(data, size);
    for (;;) {
        const auto frame = firstFrame(rest);
        if (!frame || !*frame) return 0;
        if ((*frame)->empty() || (*frame)->size() > kMaxFrameBytes) std::abort();
        checkBody(**frame);
        rest = rest.subspan(kFrameHeadBytes + (*frame)->size());
    }
}
