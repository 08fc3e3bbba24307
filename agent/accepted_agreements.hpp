// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/flow_records.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"

#include <filesystem>
#include <functional>
#include <string_view>
#include <vector>

namespace signet {

/// The agreements that were accepted on this computer and when, in a file of mode 0600. One that is accepted
/// again with a later login keeps its first time (R02). A file that cannot be read counts as empty: the
/// platform knows for itself what was accepted; here it only decides whether a changed version is pointed out
/// (R63). Thread: main.
class AcceptedAgreementsFile final : public AcceptedAgreements {
public:
    using Warn = std::function<void(const Error&)>;
    /// `clock` outlives this object.
    AcceptedAgreementsFile(std::filesystem::path file, const Clock& clock, Warn warn);

    std::vector<AgreementRef> accepted(std::string_view issuer, std::string_view certificate) const override;
    void accept(std::string_view issuer, std::string_view certificate,
                const std::vector<AgreementRef>& agreements) override;

private:
    Json read() const;

    std::filesystem::path m_file;
    const Clock& m_clock;
    Warn m_warn;
};

/// $XDG_STATE_HOME/signet/agreements.json, or ~/.local/state/signet/agreements.json.
std::filesystem::path defaultAgreementsFile();

}  // namespace signet
