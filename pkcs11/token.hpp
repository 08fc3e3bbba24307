// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A token in a slot, as its flags were at the last listing (PKCS#11 v2.40 section 3.2). Texts are UTF-8
/// without padding.
struct TokenInfo {
    std::uint64_t slot = 0;
    std::string slotDescription{};  ///< for a card, the name of its reader, cut off after 64 bytes
    std::string label{};
    std::string manufacturer{};
    std::string model{};
    std::string serial{};
    bool isInitialized = true;
    bool isUserPinSet = true;
    bool mustChangePin = false;
    bool isPinCountLow = false;
    bool isPinFinalTry = false;
    bool isPinLocked = false;
    bool hasProtectedPath = false;  ///< the PIN is entered on the reader
    bool isLoginRequired = true;
    std::uint32_t minPinBytes = 0;
    std::uint32_t maxPinBytes = 0;   ///< 0: not told
    std::optional<int> triesLeft{};  ///< only where the token tells; final try = 1, locked = 0
};

/// The lengths of a PIN that a token takes; what tells none, or nonsense, takes 1 to 255.
/// Units: bytes.
struct PinLengths {
    std::size_t shortest = 1;
    std::size_t longest = 255;
};
PinLengths pinLengths(const TokenInfo& token);

/// Whether a typed PIN of this length may be sent: one of another would cost a try on some tokens.
/// Units: bytes.
bool acceptsPinLength(const TokenInfo& token, std::size_t bytes);

/// An error about a PIN's length, which says in words which lengths the token takes.
Error withPinLengths(Error error, const TokenInfo& token);

/// A certificate object on a token.
struct TokenCertificate {
    Bytes id{};           ///< CKA_ID
    std::string label{};  ///< CKA_LABEL
    Bytes der{};
    /// A private key of the same CKA_ID is there; where keys are hidden until login, a public key of that
    /// CKA_ID counts.
    bool hasPrivateKey = false;
    bool mustAuthenticateAlways = false;  ///< CKA_ALWAYS_AUTHENTICATE, where visible
};

struct Token {
    TokenInfo info;
    std::vector<TokenCertificate> certificates{};
    /// Not in `certificates`: over 64 KiB each, or beyond 64 a token or 12 MiB a listing.
    std::size_t leftOutCertificates = 0;
};

/// A slot that did not answer as it should; the others are listed all the same.
struct SlotFault {
    std::uint64_t slot = 0;
    Error error;
};

struct TokenListing {
    std::vector<Token> tokens{};
    std::vector<SlotFault> faults{};
    std::string moduleDescription{};  ///< library description, manufacturer and version of C_GetInfo
    /// Counted only where no token was found: slots without any token are a diagnosis of their own (a key
    /// that this module does not know), no slots at all another (no reader).
    std::size_t emptySlotCount = 0;
    /// The slots are readers of PC/SC, which tells of cards that come and go.
    bool isPcsc = false;
};

/// Of CK_SLOT_INFO, which cuts a longer name off.
inline constexpr std::size_t kSlotDescriptionBytes = 64;
/// Whether a slot is the reader of that name, as far as its description tells.
bool isSlotOfReader(std::string_view slotDescription, std::string_view reader);

}  // namespace signet
