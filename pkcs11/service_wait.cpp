// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/service_wait.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace signet {
namespace {

/// A service makes its socket, listens, and only then sets its mode.
constexpr std::uint32_t kSocketEvents = IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kFolderEvents = IN_CREATE | IN_MOVED_TO;

}  // namespace

ServiceWait::ServiceWait(const std::filesystem::path& socket)
    : m_events(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    const auto folder = socket.parent_path();
    if (::inotify_add_watch(m_events.get(), folder.c_str(), kSocketEvents) >= 0) return;
    (void)::inotify_add_watch(m_events.get(), folder.parent_path().c_str(), kFolderEvents);
    // It may have been made between the two.
    (void)::inotify_add_watch(m_events.get(), folder.c_str(), kSocketEvents);
}

bool ServiceWait::wait(int endDescriptor, std::optional<std::chrono::seconds> limit) const {
    const int timeout = limit ? static_cast<int>(std::chrono::milliseconds(*limit).count()) : -1;
    std::array<pollfd, 2> wanted{pollfd{m_events.get(), POLLIN, 0}, pollfd{endDescriptor, POLLIN, 0}};
    for (;;) {
        const int ready = ::poll(wanted.data(), wanted.size(), timeout);
        if (ready < 0 && errno == EINTR) continue;
        return ready >= 0 && wanted[1].revents == 0;
    }
}

}  // namespace signet
