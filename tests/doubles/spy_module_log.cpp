// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/spy_module_log.hpp"

#include "tests/doubles/fake_module_names.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace signet::test {

int LoggedCall::number(const std::string& field) const {
    const auto found = fields.find(field);
    const auto value = found == fields.end() ? std::nullopt : fake::numberFromText(found->second);
    return value ? static_cast<int>(*value) : -1;
}

std::vector<LoggedCall> readModuleLog(const std::filesystem::path& file) {
    std::vector<LoggedCall> calls;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words(line);
        LoggedCall call;
        words >> call.function >> call.outcome;
        for (std::string word; words >> word;) {
            const auto equals = word.find('=');
            call.fields[word.substr(0, equals)] = word.substr(equals + 1);
        }
        calls.push_back(std::move(call));
    }
    return calls;
}

std::vector<LoggedCall> onlyOf(const std::vector<LoggedCall>& calls, std::string_view function) {
    std::vector<LoggedCall> some;
    for (const auto& call : calls)
        if (call.function == function) some.push_back(call);
    return some;
}

TemporaryFolder::TemporaryFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "signet-test-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    m_path = path;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

SpyModule::SpyModule(const std::filesystem::path& target) {
    ::setenv("SIGNET_SPY_TARGET", target.c_str(), 1);
    ::setenv("SIGNET_SPY_LOG", logPath().c_str(), 1);
}

SpyModule::~SpyModule() {
    ::unsetenv("SIGNET_SPY_TARGET");
    ::unsetenv("SIGNET_SPY_LOG");
}

std::filesystem::path SpyModule::modulePath() const {
    const char* folder = std::getenv("SIGNET_LIB");
    if (folder == nullptr) throw std::runtime_error("SIGNET_LIB is not set");
    return std::filesystem::path(folder) / "libsignet-spy-module.so";
}

}  // namespace signet::test
