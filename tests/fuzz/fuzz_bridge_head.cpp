// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The head of a request, read as agent/bridge_http.cpp reads it: whoever is let in has one Host that is
// ours and one Origin of the policy, and the answer to everyone else is a function of the status alone.
#include "agent/bridge_answers.hpp"
#include "agent/bridge_rules.hpp"
#include "base/bytes.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace signet;
namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t kHeadBytes = 8 * 1024;  ///< BridgeLimits::headBytes
const BridgePolicy kPolicy{{"https://uc.example.test", "chrome-extension://abc"}, 28617};

void require(bool holds) {
    if (!holds) std::abort();
}

std::string_view viewOf(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

std::size_t countOf(const BridgeHead& head, std::string_view name) {
    return static_cast<
        std::size_t>(std::count_if(head.fields.begin(), head.fields.end(), [&](const auto& field) {
        return boost::beast::iequals({field.first.data(), field.first.size()}, {name.data(), name.size()});
    }));
}

std::string_view valueOf(const BridgeHead& head, std::string_view name) {
    for (const auto& [known, value] : head.fields)
        if (boost::beast::iequals({known.data(), known.size()}, {name.data(), name.size()})) return value;
    return {};
}

void checkAdmission(const BridgeHead& head, const BridgeAdmission& admission) {
    constexpr std::array<std::string_view, 3> kHosts{"127.0.0.1:28617", "localhost:28617", "[::1]:28617"};
    require(head.isHttp11 && countOf(head, "Host") == 1);
    require(std::find(kHosts.begin(), kHosts.end(), valueOf(head, "Host")) != kHosts.end());
    require(countOf(head, "Transfer-Encoding") == 0);
    require(countOf(head, "Content-Length") == 0 || valueOf(head, "Content-Length") == "0");
    if (admission.wish == BridgeWish::handOff) {
        require(countOf(head, "Origin") == 0 && admission.origin.empty() && admission.ticket.size() == 43);
        require(head.method == "GET" && head.target == "/v1/open/" + admission.ticket);
        return;
    }
    require(countOf(head, "Origin") == 1 && valueOf(head, "Origin") == admission.origin);
    require(std::find(kPolicy.origins.begin(), kPolicy.origins.end(), admission.origin) !=
            kPolicy.origins.end());
    require(head.target == (admission.wish == BridgeWish::upgrade ? "/v1" : "/v1/hello"));
    require(head.method == (admission.wish == BridgeWish::preflight ? "OPTIONS" : "GET"));
    if (admission.wish == BridgeWish::upgrade)
        require(countOf(head, "Upgrade") == 1 && countOf(head, "Sec-WebSocket-Key") == 1 &&
                valueOf(head, "Sec-WebSocket-Version") == "13");
}

void checkRefusal(BridgeRefusal status) {
    constexpr std::array kStatuses{400U, 403U, 404U, 405U, 414U, 421U, 426U};
    require(std::find(kStatuses.begin(), kStatuses.end(), status) != kStatuses.end());
    require(bridgeRefusal(status).body.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(kHeadBytes);
    boost::beast::error_code error;
    (void)parser.put(boost::asio::const_buffer(data, size), error);
    if (error || !parser.is_header_done()) return 0;
    const auto& request = parser.get();
    BridgeHead head{viewOf(request.method_string()), viewOf(request.target()), request.version() == 11, {}};
    for (const auto& field : request)
        head.fields.emplace_back(viewOf(field.name_string()), viewOf(field.value()));
    const auto admission = admit(head, kPolicy);
    if (admission)
        checkAdmission(head, *admission);
    else
        checkRefusal(admission.error());
    return 0;
}
