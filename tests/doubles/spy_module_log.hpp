// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace signet::test {

/// One line of the log of the fake module or of the spy: `FUNCTION OUTCOME key=value…`.
struct LoggedCall {
    std::string function{};
    std::string outcome{};  ///< "CKR_OK", or what a fault did: "crash", "exit", "hang", "sleep"
    std::map<std::string, std::string> fields{};

    /// A field that is a number; -1 when it is not there.
    int number(const std::string& field) const;
};

/// Empty when nothing has been called yet.
std::vector<LoggedCall> readModuleLog(const std::filesystem::path& file);
std::vector<LoggedCall> onlyOf(const std::vector<LoggedCall>& calls, std::string_view function);

/// A temporary folder of mode 0700 that goes with it.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// The spy module before a real one: while this lives, the environment of this process and its children tells
/// the spy its target and its log.
class SpyModule {
public:
    explicit SpyModule(const std::filesystem::path& target);
    ~SpyModule();
    SpyModule(const SpyModule&) = delete;
    SpyModule& operator=(const SpyModule&) = delete;

    /// To be loaded instead of the target. SIGNET_LIB must name the folder of the built libraries.
    std::filesystem::path modulePath() const;
    std::vector<LoggedCall> calls() const { return readModuleLog(logPath()); }
    std::vector<LoggedCall> callsOf(std::string_view function) const { return onlyOf(calls(), function); }
    std::filesystem::path logPath() const { return m_folder.path() / "spy.log"; }

private:
    TemporaryFolder m_folder;
};

}  // namespace signet::test
