// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_socket.hpp"

#include "cli_test_folder.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace signet {
namespace {

/// Sets a variable for one test, or takes it away.
class WithVariable {
public:
    WithVariable(const char* name, const char* value) : m_name(name) {
        if (const char* old = std::getenv(name)) m_old = old;
        value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
    }
    ~WithVariable() { m_old ? ::setenv(m_name, m_old->c_str(), 1) : ::unsetenv(m_name); }
    WithVariable(const WithVariable&) = delete;
    WithVariable& operator=(const WithVariable&) = delete;

private:
    const char* m_name;
    std::optional<std::string> m_old;
};

TEST(AgentSocket, place_isBelowTheRuntimeFolder) {
    const TestFolder runtime;
    const WithVariable set("XDG_RUNTIME_DIR", runtime.path().c_str());
    EXPECT_EQ(defaultAgentSocket(), runtime / "signet" / "agent.sock");
}

TEST(AgentSocket, place_withoutAUsableRuntimeFolder_isThatOfTheSystemOrOfTheUser) {
    const TestFolder home;
    const WithVariable setHome("HOME", home.path().c_str());
    const std::filesystem::path system = "/run/user/" + std::to_string(::getuid());
    const auto folder = std::filesystem::is_directory(system) ? system : home / ".cache";
    for (const char* value : {static_cast<const char*>(nullptr), "", "relative/folder"}) {
        const WithVariable set("XDG_RUNTIME_DIR", value);
        EXPECT_EQ(defaultAgentSocket(), folder / "signet" / "agent.sock");
    }
}

TEST(AgentSocket, path_tooLongForASocket_isNotRunning) {
    const TestFolder folder;
    const auto socket = connectAgentSocket(folder / std::string(200, 'x'));
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().reason, "agent_not_running");
}

}  // namespace
}  // namespace signet
