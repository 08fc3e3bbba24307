// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "certs/identity.hpp"
#include "certs/identity_fields.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace signet {

inline constexpr std::uint8_t kUtf8 = 0x0C;
inline constexpr std::uint8_t kPrintable = 0x13;
inline constexpr std::string_view kUscc = "91350200MA2YJ1XR9G";
inline constexpr std::string_view kOtherUscc = "91440101MA5CJQ4N59";
inline constexpr std::string_view kPilotUscc = "91350203M0001QAY9B";
inline constexpr std::string_view kId = "11010519491231002X";
inline constexpr std::string_view kUsccExtension = "1.2.156.10260.4.1.4";
inline constexpr std::string_view kIdExtension = "1.2.156.10260.4.1.1";

inline const std::vector<NamePart> kPlain{{"CN", "某公司"}};

inline Bytes bare(std::string_view text) {
    return {text.begin(), text.end()};
}

inline Bytes der(std::uint8_t tag, std::string_view text) {
    return derValue(tag, bytesOf(text));
}

/// A certificate for one question: only its subject and extensions matter.
inline Certificate certificateWith(std::vector<NamePart> subject,
                                   std::vector<ExtensionPart> extensions = {}) {
    static TestPki pki;
    Profile profile;
    profile.subject = std::move(subject);
    profile.extensions = std::move(extensions);
    return pki.issue(profile).certificate;
}

inline ExtensionPart extension(std::string_view oid, Bytes value) {
    return {std::string(oid), std::move(value)};
}

inline Result<Identity> defaultIdentity(const Certificate& certificate) {
    return identityOf(certificate, IdentityRule{});
}

}  // namespace signet
