// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whatever a client sends to the platform: what is accepted has the lengths that the protocol names, what is
// refused never echoes its value, and a cookie is a part of the field that it came in.
#include "platform/bodies.hpp"

#include "base/bytes.hpp"

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

template <class T>
void expectNamed(const Result<T>& parsed) {
    if (parsed) return;
    require(parsed.error().code == ErrorCode::badRequest);
    require(parsed.error().detail.size() < 200);
    require(parsed.error().detail.find_first_of("\r\n") == std::string::npos);
}

void checkBodies(std::string_view body) {
    expectNamed(parsePageStart(body));
    expectNamed(parseAgentStart(body));
    const auto login = parseLoginPost(body);
    expectNamed(login);
    const auto complete = parseCompletePost(body);
    expectNamed(complete);
}

void checkCookie(std::string_view text) {
    HttpRequest request;
    request.fields.emplace_back("cookie", std::string(text));
    for (const auto* name : {"__Host-signet-pre", "__Host-signet-session"}) {
        const auto value = request.cookie(name);
        if (!value) continue;
        require(value->find(';') == std::string_view::npos);
        require(text.find(*value) != std::string_view::npos);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = textOf({data, size});
    checkBodies(text);
    checkCookie(text);
    return 0;
}
