// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace signet {

/// For which platforms the user was led through the first run, so that it opens by itself once only; a file
/// of mode 0600. One that cannot be read counts as empty. Thread: main.
class FirstRunFile {
public:
    using Warn = std::function<void(const Error&)>;
    FirstRunFile(std::filesystem::path file, Warn warn);

    /// `issuers` are the configured ones: it opens where it was not yet shown for any of them. Without any it
    /// opens once too, to say what is missing.
    bool opensByItself(const std::vector<std::string>& issuers) const;
    /// It was shown with these.
    void remember(const std::vector<std::string>& issuers);

private:
    std::vector<std::string> read() const;

    std::filesystem::path m_file;
    Warn m_warn;
};

/// $XDG_STATE_HOME/signet/first-run.json, or ~/.local/state/signet/first-run.json.
std::filesystem::path defaultFirstRunFile();

}  // namespace signet
