// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace signet {

/// The sites at which this user has logged in once, and which may therefore know whether a token is there. In
/// a file of mode 0600. A file that cannot be read counts as empty: the next login approves the site again.
/// Thread: main.
class ApprovedSites {
public:
    using Warn = std::function<void(const Error&)>;
    ApprovedSites(std::filesystem::path file, Warn warn);

    const std::vector<std::string>& origins() const { return m_origins; }
    bool isApproved(const std::string& origin) const;
    /// What cannot be written holds for as long as this object lives.
    void approve(const std::string& origin);
    /// Gives whether it was approved. Errors: internalError with reason "file_unwritable".
    Result<bool> revoke(const std::string& origin);

private:
    Result<void> write() const;

    std::filesystem::path m_file;
    Warn m_warn;
    std::vector<std::string> m_origins;
};

/// $XDG_STATE_HOME/signet/sites.json, or ~/.local/state/signet/sites.json.
std::filesystem::path defaultApprovedSitesFile();

}  // namespace signet
