// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/canonical_url.hpp"
#include "agent/configuration.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

void require(bool isSo) {
    if (!isSo) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace signet;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto layer = parseConfiguration(ConfigurationLayer::policy, text, "/etc/signet/policy.conf");
    if (!layer) {
        // Every refusal names the line.
        require(layer.error().code == ErrorCode::configurationInvalid);
        require(layer.error().detail.starts_with("/etc/signet/policy.conf:"));
        return 0;
    }
    const auto configuration = effectiveConfiguration(std::vector{*layer});
    for (const auto& issuer : configuration.issuers) {
        require(isCanonicalIssuer(issuer) && isCanonicalOrigin(originOf(issuer)) && !hostOf(issuer).empty());
        require(issuer.find('*') == std::string::npos);
    }
    for (const auto& origin : configuration.bridge.extraOrigins) require(isCanonicalOrigin(origin));
    for (const auto& module : configuration.modules) require(module.is_absolute());
    for (const auto& [key, values] : configuration.settings)
        require(!values.empty() && configuration.isLocked(key));
    return 0;
}
