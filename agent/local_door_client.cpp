// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_socket.hpp"
#include "agent/frame_files.hpp"
#include "agent/local_door.hpp"
#include "base/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace signet {
namespace {

tl::unexpected<Error> unsafe(const std::filesystem::path& path, const char* what) {
    return fail(ErrorCode::internalError, path.string() + ": " + what, "agent_socket_unsafe");
}

}  // namespace

Result<Fd> lockAgent(const std::filesystem::path& socket) {
    const auto folder = socket.parent_path();
    if (auto made = makePrivateFolder(folder); !made) return fail(made.error());
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() ||
        (status.st_mode & 07777) != 0700)
        return unsafe(folder, "must be a folder of this user's alone (mode 0700)");
    const auto file = folder / "agent.lock";
    Fd lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.isOpen()) return unsafe(file, "cannot be opened");
    if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return Fd();
    return lock;
}

Result<LocalAnswer> tellAgent(const std::filesystem::path& socket, const LocalOpening& opening,
                              std::chrono::milliseconds patience) {
    const auto connected = connectAgentSocket(socket);
    if (!connected) return fail(connected.error());
    if (auto sent = writeFrame(connected->get(), localOpeningText(opening)); !sent) return fail(sent.error());
    const auto answer = readFrame(connected->get(), patience);
    if (!answer) return fail(answer.error());
    return parseLocalAnswer(*answer);
}

}  // namespace signet
