// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/tray_program.hpp"

#include "agent/language.hpp"
#include "base/companion_program.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace signet {
namespace {

bool hasDisplay() {
    constexpr std::array kNames{"WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM"};
    for (const auto* name : kNames)
        if (const auto value = processEnvironment(name); value && !value->empty()) return true;
    return false;
}

}  // namespace

Result<std::unique_ptr<AgentFace>> becomeTray(char** argv) {
    if (!hasDisplay())
        return fail(ErrorCode::invalidRequest, "neither DISPLAY nor WAYLAND_DISPLAY is set", "no_display");
    const auto program = companionProgram("signet-agent-tray");
    ::execv(program.c_str(), argv);
    return fail(ErrorCode::invalidRequest, program.string() + ": " + std::strerror(errno), "no_tray");
}

}  // namespace signet
