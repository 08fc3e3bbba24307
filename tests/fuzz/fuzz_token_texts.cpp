// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Texts that come with a token's driver: the *.module files of p11-kit, and labels, which must always come
// out as UTF-8.
#include "pkcs11/p11_kit_config.hpp"
#include "pkcs11/token_text.hpp"

#include <cstdlib>

using namespace signet;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BytesView bytes(data, size);
    const auto settings = parseP11KitFile(textOf(bytes));
    for (const auto& [name, value] : settings)
        require(!name.empty() && value.find('\n') == std::string::npos);
    if (isForUs(settings)) {
        const auto remote = settings.find("remote");
        require(!settings.at("module").empty() && (remote == settings.end() || remote->second.empty()));
    }

    const auto text = tokenText(bytes);
    require(tokenText(bytesOf(text)) == text);
    require(text.size() <= 4 * size);
    return 0;
}
