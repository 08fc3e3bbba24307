// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"
#include "base/json.hpp"

#include <iosfwd>
#include <string>

namespace signet {

/// Exit statuses of protocol.md section 6.
enum class ExitStatus {
    done = 0,
    failed = 1,
    usage = 2,
    cancelled = 3,
    noToken = 4,
    pin = 5,
    refused = 6,
    unreachable = 7
};

/// Which one an error ends with: what the platform said is `refused`, a certificate found unusable here is
/// `noToken`, a failed TLS connection or a time limit of the platform is `unreachable`.
ExitStatus exitStatusOf(const Error& error);

/// Where a command writes, and how.
struct CliOutput {
    std::ostream& out;
    std::ostream& err;
    Language language = Language::zh;
    bool isJson = false;

    /// One JSON document.
    void print(const Json& document) const;
    void print(const std::string& text) const;
    /// A diagnostic of ours, never in the document.
    void warn(const std::string& text) const;
    /// The error as document or as text for a person; `document` has further members for the former.
    ExitStatus fail(const Error& error) const;
    ExitStatus fail(const Error& error, Json document) const;
};

}  // namespace signet
