// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "cli_test_folder.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <poll.h>
#include <termios.h>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace signet::test {

struct ProgramResult {
    int status = -1;
    std::string out{};
    std::string err{};
    nlohmann::json json() const { return nlohmann::json::parse(out, nullptr, false); }
};

/// The program `signet` as users start it, with a home folder of its own and SOFTHSM2_CONF of this process.
class Program {
public:
    Program() {
        std::filesystem::create_directories(m_folder / "home");
        writeConfiguration("p11-kit = no\nknown-modules = no\nlanguage = en\nrevocation = off\n");
    }

    const TestFolder& folder() const { return m_folder; }
    std::filesystem::path home() const { return m_folder / "home"; }
    void writeConfiguration(const std::string& text) { m_config = m_folder.write("agent.conf", text); }

    void writeStandardOutputTo(const std::filesystem::path& file) { m_standardOutput = file; }

    ProgramResult run(const std::vector<std::string>& arguments, bool isConfigured = true) const {
        const auto out = m_folder / "out";
        const auto err = m_folder / "err";
        const pid_t child = ::fork();
        if (child == 0) {
            ::setsid();  // no terminal
            redirect("/dev/null", O_RDONLY, 0);
            redirect(m_standardOutput.value_or(out), O_WRONLY | O_CREAT | O_TRUNC, 1);
            redirect(err, O_WRONLY | O_CREAT | O_TRUNC, 2);
            execute(arguments, isConfigured);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), m_folder.read("out"),
                m_folder.read("err")};
    }

    /// Becomes the program.
    [[noreturn]] void execute(const std::vector<std::string>& arguments, bool isConfigured = true) const {
        ::setenv("HOME", home().c_str(), 1);
        for (const auto* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "LC_ALL", "LC_MESSAGES", "LANG"})
            ::unsetenv(name);
        auto words = arguments;
        words.insert(words.begin(), path());
        if (isConfigured) words.insert(words.end(), {"--config", m_config.string()});
        std::vector<char*> pointers;
        for (auto& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execv(pointers.front(), pointers.data());
        ::_exit(127);
    }

private:
    static std::string path() {
        const char* folder = std::getenv("SIGNET_BIN");
        return std::string(folder == nullptr ? "." : folder) + "/signet";
    }
    static void redirect(const std::filesystem::path& path, int flags, int to) {
        ::dup2(::open(path.c_str(), flags, 0600), to);
    }

    TestFolder m_folder;
    std::filesystem::path m_config;
    std::optional<std::filesystem::path> m_standardOutput{};
};

/// The same at a pseudo-terminal, with a person who types.
class ProgramAtTerminal {
public:
    ProgramAtTerminal(const Program& program, const std::vector<std::string>& arguments) {
        int master = -1;
        m_child = ::forkpty(&master, nullptr, nullptr, nullptr);
        if (m_child == 0) program.execute(arguments);
        m_master = Fd(master);
    }
    ~ProgramAtTerminal() {
        if (m_child <= 0) return;
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    ProgramAtTerminal(const ProgramAtTerminal&) = delete;
    ProgramAtTerminal& operator=(const ProgramAtTerminal&) = delete;

    /// Waits for the text after what was awaited before; false after 20 s or at the program's end.
    bool awaits(const std::string& text) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        for (;;) {
            const auto found = m_screen.find(text, m_seen);
            if (found != std::string::npos) {
                m_seen = found + text.size();
                return true;
            }
            if (std::chrono::steady_clock::now() > deadline || !readSome()) return false;
        }
    }
    void type(const std::string& text) { (void)!::write(m_master.get(), text.data(), text.size()); }
    bool isEchoOn() const {
        termios settings{};
        ::tcgetattr(m_master.get(), &settings);
        return (settings.c_lflag & ECHO) != 0;
    }
    void send(int signal) { ::kill(m_child, signal); }
    /// Waits for the end; the screen has all that was written.
    int status() {
        while (readSome()) continue;
        int status = 0;
        ::waitpid(m_child, &status, 0);
        m_child = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    const std::string& screen() const { return m_screen; }

private:
    bool readSome() {
        pollfd readable{m_master.get(), POLLIN, 0};
        if (::poll(&readable, 1, 20'000) != 1) return false;
        std::array<char, 4096> buffer{};
        const auto count = ::read(m_master.get(), buffer.data(), buffer.size());
        if (count <= 0) return false;
        m_screen.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }

    Fd m_master;
    pid_t m_child = -1;
    std::string m_screen;
    std::size_t m_seen = 0;
};

}  // namespace signet::test
