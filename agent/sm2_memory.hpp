// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/flow_records.hpp"
#include "base/json.hpp"
#include "base/result.hpp"
#include "pkcs11/sm2_strategy.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace signet {

/// Which way of SM2 worked with which module and token model, in a file of mode 0600. The module is known by
/// the SHA-256 of its file, so that another version is tried anew. A file that cannot be read counts as
/// empty: the ways are then tried in their order again.
/// Thread: main.
class Sm2Memory final : public Sm2Source {
public:
    using Warn = std::function<void(const Error&)>;
    /// `profiles` in the order of preference.
    Sm2Memory(std::vector<Sm2Profile> profiles, std::filesystem::path file, Warn warn);

    Sm2Ways ways(const std::filesystem::path& module, const TokenInfo& token) const override;
    void learn(const std::filesystem::path& module, const TokenInfo& token,
               const std::string& strategy) override;
    void forget(const std::filesystem::path& module, const TokenInfo& token) override;

private:
    Json read() const;
    void write(const Json& all) const;
    const std::string& keyOf(const std::filesystem::path& module) const;

    const std::vector<Sm2Profile> m_profiles;
    const std::filesystem::path m_file;
    const Warn m_warn;
    struct Hash {
        std::filesystem::file_time_type changed{};
        std::uintmax_t size = 0;
        std::string hex{};
    };
    mutable std::map<std::filesystem::path, Hash> m_hashes;  ///< a module is read once, until it is another
};

/// $XDG_STATE_HOME/signet/sm2-strategies.json, or ~/.local/state/signet/sm2-strategies.json.
std::filesystem::path defaultSm2MemoryFile();

/// The user's profiles, in their order, before those that are built in.
/// Errors: configurationInvalid with file and line.
Result<std::vector<Sm2Profile>> loadSm2Profiles(const std::vector<std::filesystem::path>& files);

}  // namespace signet
