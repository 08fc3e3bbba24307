// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "certs/certificate.hpp"

#include <chrono>
#include <filesystem>
#include <string>

namespace signet {

/// A certificate for https and wss on this computer, below an authority of its own.
struct LocalhostCertificate {
    Certificate authority;
    Certificate server;
    SecretBytes key{};  ///< of `server`: PKCS#8 in PEM
};

inline constexpr std::chrono::hours kLocalhostLife{24 * 730};
/// A pair is made anew when it has less than this to live.
inline constexpr std::chrono::hours kLocalhostRenewal{24 * 60};

/// Makes both. The authority can vouch for localhost and 127.0.0.0/8 and ::1 alone (critical name
/// constraints, pathLen 0, EKU serverAuth), and for nothing after this call: its key is gone with it.
/// Errors: internalError. Source: RFC 5280 sections 4.2.1.9 and 4.2.1.10.
Result<LocalhostCertificate> makeLocalhostCertificate(TimePoint now);

/// Where a pair is kept: `authority` for the browsers, `server` with certificate and key (mode 0600).
struct LocalhostFiles {
    std::filesystem::path authority;
    std::filesystem::path server;
};
LocalhostFiles localhostFiles(const std::filesystem::path& folder);

/// The end of the pair in the folder, if it is whole: the server's certificate belongs to its key and to the
/// authority, and no one else may read the key. Errors: configurationInvalid with the cause.
Result<TimePoint> checkLocalhostFiles(const LocalhostFiles& files, TimePoint now);

/// Keeps a pair in the folder: makes one where there is none, where it is broken or nears its end.
/// Gives whether one was made. Errors: internalError with reason "file_unwritable".
Result<bool> keepLocalhostFiles(const LocalhostFiles& files, TimePoint now);

}  // namespace signet
