// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace signet {
namespace {

tl::unexpected<Error> notRunning(std::string detail) {
    return fail(ErrorCode::internalError, std::move(detail), "agent_not_running");
}

tl::unexpected<Error> unsafe(std::string detail) {
    return fail(ErrorCode::internalError, std::move(detail), "agent_socket_unsafe");
}

Result<void> requirePrivateFolder(const std::filesystem::path& folder) {
    struct stat facts {};
    if (::lstat(folder.c_str(), &facts) != 0) return notRunning(std::strerror(errno));
    if (!S_ISDIR(facts.st_mode)) return unsafe("not a folder");
    if (facts.st_uid != ::geteuid()) return unsafe("the folder belongs to another user");
    if ((facts.st_mode & 07777) != 0700) return unsafe("the folder's mode is not 0700");
    return {};
}

/// Where the desktop did not say: that of its session, or, as in a container without one, the user's own.
std::filesystem::path sessionFolder() {
    const auto session = std::filesystem::path("/run/user") / std::to_string(::getuid());
    std::error_code fault;
    if (std::filesystem::is_directory(session, fault)) return session;
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home == nullptr ? "/nonexistent" : home) / ".cache";
}

}  // namespace

std::filesystem::path defaultAgentSocket() {
    const char* configured = std::getenv("XDG_RUNTIME_DIR");
    std::filesystem::path folder = configured == nullptr ? "" : configured;
    if (!folder.is_absolute()) folder = sessionFolder();
    return folder / "signet" / "agent.sock";
}

bool isPeerSameUser(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

Result<Fd> connectAgentSocket(const std::filesystem::path& path) {
    if (const auto folder = requirePrivateFolder(path.parent_path()); !folder) return fail(folder.error());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.native().size() >= sizeof address.sun_path) return notRunning("the socket's path is too long");
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket.isOpen()) return notRunning(std::strerror(errno));
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return notRunning(std::strerror(errno));
    if (!isPeerSameUser(socket.get())) return unsafe("another user's program listens");
    return socket;
}

}  // namespace signet
