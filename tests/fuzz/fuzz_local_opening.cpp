// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What a program says first at the agent's socket, and what it is answered: an opening that is read means the
// same when it is written again.
#include "agent/local_door_messages.hpp"
#include "base/bytes.hpp"

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void checkOpening(std::string_view text) {
    const auto opening = parseLocalOpening(text);
    if (!opening) return require(opening.error().reason == "opening");
    const auto written = localOpeningText(*opening);
    const auto again = parseLocalOpening(written);
    require(again && again->index() == opening->index() && localOpeningText(*again) == written);
}

void checkAnswer(std::string_view text) {
    const auto answer = parseLocalAnswer(text);
    if (!answer) return;
    const auto again = parseLocalAnswer(localAnswerText(*answer));
    require(again && again->refusal == answer->refusal && again->port == answer->port &&
            again->tlsPort == answer->tlsPort);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = textOf({data, size});
    checkOpening(text);
    checkAnswer(text);
    return 0;
}
