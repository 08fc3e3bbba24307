// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace signet {

/// A part of other makers that our programs are linked with. A test holds the list against the packages that
/// `./dev` installs for the build.
struct Component {
    std::string_view name;
    std::string_view licence;  ///< SPDX identifier; LicenseRef-… where SPDX has none
    std::string_view holder;
    std::string_view site;
    std::string_view packages;  ///< of Debian, separated by blanks
    bool isInAgent;             ///< signet, signet-agent and what they start
    bool isInPlatform;          ///< signet-platform
};
std::span<const Component> components();

enum class ProgramKind { agent, platform };
/// For --licenses: our own licence, then one line a component.
std::string licencesText(ProgramKind program);

}  // namespace signet
