// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace signet {

PinLengths pinLengths(const TokenInfo& token) {
    const PinLengths any;
    const PinLengths told{std::max<std::size_t>(token.minPinBytes, any.shortest),
                          std::min<std::size_t>(token.maxPinBytes, any.longest)};
    return told.shortest <= told.longest ? told : any;
}

bool acceptsPinLength(const TokenInfo& token, std::size_t bytes) {
    const auto lengths = pinLengths(token);
    return bytes >= lengths.shortest && bytes <= lengths.longest;
}

Error withPinLengths(Error error, const TokenInfo& token) {
    const auto lengths = pinLengths(token);
    error.params["shortest"] = std::to_string(lengths.shortest);
    error.params["longest"] = std::to_string(lengths.longest);
    return error;
}

bool isSlotOfReader(std::string_view slotDescription, std::string_view reader) {
    return !slotDescription.empty() && reader.substr(0, kSlotDescriptionBytes) == slotDescription;
}

}  // namespace signet
