// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace signet {

/// The token hosts of this process that run.
/// Source: proc(5), /proc/PID/stat.
inline std::vector<pid_t> childHosts() {
    std::vector<pid_t> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        std::ifstream file(entry.path() / "stat");
        pid_t pid = 0;
        std::string name;
        char state = 0;
        pid_t parent = 0;
        const bool isRead = static_cast<bool>(file >> pid >> name >> state >> parent);
        // The kernel cuts a name off after 15 bytes.
        if (isRead && parent == ::getpid() && name == "(signet-token-ho)" && state != 'Z')
            found.push_back(pid);
    }
    return found;
}

}  // namespace signet
