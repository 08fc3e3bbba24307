// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/signet_link.hpp"

#include "agent/canonical_url.hpp"
#include "base/encoding.hpp"

#include <algorithm>
#include <optional>

namespace signet {
namespace {

constexpr std::size_t kMaxLinkBytes = 1024;
constexpr std::string_view kLogin = "signet://login";
constexpr std::string_view kIssuer = "issuer=";

tl::unexpected<Error> malformed(const char* why) {
    return fail(ErrorCode::invalidRequest, std::string("not a signet: link: ") + why, "link");
}

std::optional<std::string> percentDecoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += text[i];
            continue;
        }
        const auto byte = fromHex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1) return std::nullopt;
        decoded += static_cast<char>(byte->front());
        i += 2;
    }
    return decoded;
}

}  // namespace

Result<SignetLink> parseSignetLink(std::string_view url) {
    if (url.size() > kMaxLinkBytes) return malformed("too long");
    if (!url.starts_with(kLogin)) return malformed("expected signet://login");
    auto rest = url.substr(kLogin.size());
    if (rest.starts_with('/')) rest.remove_prefix(1);  // Browsers put it there.
    if (!rest.starts_with('?')) return malformed("expected ?issuer=");
    rest.remove_prefix(1);
    if (!rest.starts_with(kIssuer)) return malformed("unknown key");
    rest.remove_prefix(kIssuer.size());
    if (rest.find_first_of("&#;") != std::string_view::npos) return malformed("more than the issuer");
    auto issuer = percentDecoded(rest);
    if (!issuer || !isCanonicalIssuer(*issuer)) return malformed("not an issuer");
    return SignetLink{std::move(*issuer)};
}

}  // namespace signet
