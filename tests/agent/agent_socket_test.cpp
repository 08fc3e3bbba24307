// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_socket.hpp"

#include "cli_test_folder.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

namespace signet {
namespace {

/// Sets a variable for one test.
class WithRuntimeFolder {
public:
    explicit WithRuntimeFolder(const char* value) {
        if (const char* old = std::getenv("XDG_RUNTIME_DIR")) m_old = old;
        value == nullptr ? ::unsetenv("XDG_RUNTIME_DIR") : ::setenv("XDG_RUNTIME_DIR", value, 1);
    }
    ~WithRuntimeFolder() {
        m_old ? ::setenv("XDG_RUNTIME_DIR", m_old->c_str(), 1) : ::unsetenv("XDG_RUNTIME_DIR");
    }
    WithRuntimeFolder(const WithRuntimeFolder&) = delete;
    WithRuntimeFolder& operator=(const WithRuntimeFolder&) = delete;

private:
    std::optional<std::string> m_old;
};

TEST(AgentSocket, place_isBelowTheRuntimeFolder) {
    const WithRuntimeFolder set("/run/user/4711");
    EXPECT_EQ(defaultAgentSocket(), "/run/user/4711/signet/agent.sock");
}

TEST(AgentSocket, place_withoutAUsableRuntimeFolder_isThatOfTheSession) {
    const auto session = std::filesystem::path("/run/user") / std::to_string(::getuid());
    const auto folder =
        std::filesystem::is_directory(session) ? session : std::filesystem::path(::getenv("HOME")) / ".cache";
    const auto expected = folder / "signet/agent.sock";
    for (const char* value : {static_cast<const char*>(nullptr), "", "relative/folder"}) {
        const WithRuntimeFolder set(value);
        EXPECT_EQ(defaultAgentSocket(), expected);
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
