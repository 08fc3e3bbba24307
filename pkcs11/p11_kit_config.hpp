// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The settings of one *.module file; a setting that stands twice has its last value.
using P11KitSettings = std::map<std::string, std::string>;

/// Reads "name: value" lines; comments, empty and malformed lines are skipped, as p11-kit does.
/// Source: pkcs11.conf(5), FILE FORMAT.
P11KitSettings parseP11KitFile(std::string_view text);

/// Whether a program of Signet should load the module of these settings: it has a module, is not remote, no
/// source of trust policy, and neither enable-in nor disable-in excludes signet, signet-agent or
/// signet-token-host.
/// Source: pkcs11.conf(5), MODULE CONFIGURATION.
bool isForUs(const P11KitSettings& settings);

/// The folders of *.module files in their order, as `user-config` in p11-kit's main file says: "none" leaves
/// out that of the user, "only" leaves out the others, anything else merges them. An empty `userFolder` is
/// none.
/// Source: pkcs11.conf(5), GLOBAL CONFIGURATION.
std::vector<std::filesystem::path> p11KitFolders(const P11KitSettings& mainFile,
                                                 const std::filesystem::path& userFolder,
                                                 const std::vector<std::filesystem::path>& otherFolders);

/// The modules that the *.module files of some folders register, in the order of file names. Of files with
/// one name, the settings of an earlier folder win over those of a later one, setting by setting. A relative
/// module: is taken in `moduleFolder`.
std::vector<std::filesystem::path> registeredModules(std::span<const std::filesystem::path> folders,
                                                     const std::filesystem::path& moduleFolder);

}  // namespace signet
