// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What C_Sign gets for a message M.
enum class Sm2Input {
    prehashed,  ///< e = SM3(Z_A ‖ M), made here
    message,    ///< M; the token makes e
    zaMessage,  ///< Z_A ‖ M; the token makes its SM3
};

/// One way in which a token may make an SM2 signature. PKCS#11 has no standard one, and the same number means
/// different things: a way counts only once its signature has verified. Whether the token answers r‖s or DER
/// is seen from the answer.
struct Sm2Strategy {
    std::string name{};  ///< "PROFILE/MECHANISM/INPUT", stable: it is remembered
    std::uint64_t mechanism = 0;
    Sm2Input input = Sm2Input::prehashed;
    bool hasIdParameter = false;  ///< the default ID is the mechanism's parameter

    friend bool operator==(const Sm2Strategy&, const Sm2Strategy&) = default;
    bool isSameWay(const Sm2Strategy& other) const {
        return mechanism == other.mechanism && input == other.input && hasIdParameter == other.hasIdParameter;
    }
};

/// What is known of a vendor's family.
struct Sm2Profile {
    std::string name{};
    std::vector<std::string> modules{};        ///< parts of a module's file name, lower case
    std::vector<std::string> manufacturers{};  ///< parts of a token's manufacturer, lower case
    std::vector<std::uint64_t> keyTypes{};     ///< CKK values besides CKK_EC
    std::vector<Sm2Strategy> strategies{};     ///< best first

    /// Compared without regard to case.
    bool fits(std::string_view moduleFileName, std::string_view manufacturer) const;
};

/// Reads a profile file: INI with `name`, `module`, `manufacturer`, `key-type` (repeatable) and
/// `strategy = MECHANISM prehashed|message|za-message [id]` (repeatable, best first). Numbers are decimal or
/// 0x….
/// Errors: configurationInvalid with file and line.
Result<Sm2Profile> parseSm2Profile(std::string_view text, std::string_view fileName);

/// Those of data/sm2_profiles.
const std::vector<Sm2Profile>& builtInSm2Profiles();

/// What a token is tried with.
struct Sm2Ways {
    std::vector<Sm2Strategy> strategies{};
    std::vector<std::uint64_t> keyTypes{};
};

/// All ways of all profiles, each once: the remembered one first, then those of profiles that fit the module
/// or token, then the others; among `profiles` the earlier ones first.
Sm2Ways sm2Ways(std::span<const Sm2Profile> profiles, std::string_view moduleFileName,
                std::string_view manufacturer, std::string_view rememberedName);

}  // namespace signet
