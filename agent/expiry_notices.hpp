// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/token_report.hpp"
#include "base/clock.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace signet {

/// A certificate whose end is near, told once for each of 60, 30 and 7 days before it.
struct ExpiryNotice {
    std::string fingerprintHex{};
    std::string name{};
    TimePoint notAfter{};
    int days = 0;  ///< that are left, counted down; 0 on the last day
};

/// Remembers which notices were shown, in a file of mode 0600, so that nobody is told twice. What cannot be
/// read or written is told again the next time. Thread: main.
class ExpiryNotices {
public:
    explicit ExpiryNotices(std::filesystem::path file);

    /// Those that are due now; they count as shown from here on. Only certificates that could be used to log
    /// in.
    std::vector<ExpiryNotice> due(const TokensReport& report, TimePoint now);

private:
    void write() const;

    std::filesystem::path m_file;
    std::map<std::string, int> m_shown;  ///< by fingerprint: the lowest threshold that was told
};

/// The threshold that `days` is under: 7, 30 or 60; 0: none.
int expiryThreshold(int days);

/// $XDG_STATE_HOME/signet/expiry.json, or ~/.local/state/signet/expiry.json.
std::filesystem::path defaultExpiryFile();

}  // namespace signet
