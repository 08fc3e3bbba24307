// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/frame_files.hpp"
#include "base/fd.hpp"
#include "cli_test_folder.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace signet::test {

inline constexpr std::chrono::seconds kPatience{20};

/// The agent's end: a listening socket in a runtime folder as the agent makes it.
class ScriptedAgent {
public:
    explicit ScriptedAgent(const std::filesystem::path& runtime) : m_path(runtime / "signet" / "agent.sock") {
        std::filesystem::create_directories(m_path.parent_path());
        ::chmod(m_path.parent_path().c_str(), 0700);
    }

    /// Separate steps, because the kernel notes the user at listen().
    void bind() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        m_path.native().copy(address.sun_path, sizeof address.sun_path - 1);
        m_listener = Fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::bind(m_listener.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            std::abort();
    }
    void listen() {
        bind();
        ::listen(m_listener.get(), 4);
    }
    int listener() const { return m_listener.get(); }
    void stopListening() { m_listener.reset(); }
    std::filesystem::path folder() const { return m_path.parent_path(); }

    Fd accept() { return Fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC)); }
    bool wasAsked() const {
        pollfd waiting{m_listener.get(), POLLIN, 0};
        return ::poll(&waiting, 1, 0) == 1;
    }

private:
    std::filesystem::path m_path;
    Fd m_listener;
};

/// The program signet-native-host between two pipes, as a browser starts it.
class HostProgram {
public:
    HostProgram(const std::filesystem::path& runtime, std::vector<std::string> arguments) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
        m_child = ::fork();
        if (m_child == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            execute(runtime, std::move(arguments));
        }
        ::close(in[0]);
        ::close(out[1]);
        m_in = Fd(in[1]);
        m_out = Fd(out[0]);
    }
    ~HostProgram() {
        if (m_child <= 0) return;
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
    HostProgram(const HostProgram&) = delete;
    HostProgram& operator=(const HostProgram&) = delete;

    int in() const { return m_in.get(); }
    int out() const { return m_out.get(); }
    bool says(std::string_view body) { return writeFrame(in(), body).has_value(); }
    void saysRaw(std::string_view bytes) { (void)!::write(in(), bytes.data(), bytes.size()); }
    /// The body of the next frame; the error's reason when none comes.
    std::string hears() {
        const auto frame = readFrame(out(), kPatience);
        return frame ? *frame : frame.error().reason;
    }
    void stopsTalking() { m_in.reset(); }
    void stopsListening() { m_out.reset(); }
    int status() {
        int status = 0;
        ::waitpid(m_child, &status, 0);
        m_child = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    pid_t id() const { return m_child; }

private:
    [[noreturn]] static void execute(const std::filesystem::path& runtime,
                                     std::vector<std::string> arguments) {
        const char* folder = std::getenv("SIGNET_BIN");
        ::setenv("XDG_RUNTIME_DIR", runtime.c_str(), 1);
        ::dup2(::open("/dev/null", O_WRONLY), 2);
        arguments.insert(arguments.begin(),
                         std::string(folder == nullptr ? "." : folder) + "/signet-native-host");
        std::vector<char*> pointers;
        for (auto& word : arguments) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        ::execv(pointers.front(), pointers.data());
        ::_exit(127);
    }

    Fd m_in;
    Fd m_out;
    pid_t m_child = -1;
};

}  // namespace signet::test
