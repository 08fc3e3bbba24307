// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace signet {

/// A PKCS#11 module that may be loaded.
struct ModuleFile {
    std::filesystem::path path;  ///< absolute, symbolic links resolved
    std::string source;          ///< "configuration", "p11-kit" or "known place"
    std::string name;            ///< for messages: the file's name
};

/// Where modules are looked for besides the configuration.
struct DiscoveryPlaces {
    bool useP11Kit = true;
    bool useKnownPlaces = true;
    /// Folders of *.module files; the defaults are those of p11-kit.conf(5).
    std::vector<std::filesystem::path> p11KitFolders{};
    std::filesystem::path p11KitModuleFolder{};  ///< for relative module: lines
};
DiscoveryPlaces defaultDiscoveryPlaces();

/// Whether a module path from a configuration may be loaded: absolute, a regular file; it and every folder
/// above it owned by root or by this user and not writable by others, nor by a group other than root's (a
/// sticky folder such as /tmp excepted: there others cannot replace what is not theirs).
/// Errors: configurationInvalid with reason "module_relative", "module_missing", "module_writable".
Result<std::filesystem::path> checkModulePath(const std::filesystem::path& path);

/// Configured modules first, then p11-kit's registered ones (without trust modules and remote ones), then
/// known places of common vendors (pkcs11/data/known_modules.txt); each file once, by device and inode. Never
/// loads anything.
/// Errors: of a configured path only; others that may not be loaded are left out.
Result<std::vector<ModuleFile>> discoverModules(const std::vector<std::filesystem::path>& configured,
                                                const DiscoveryPlaces& places);

/// Why discoverModules left some out that p11-kit registers or that are in known places: the errors of
/// checkModulePath, whose `params` have the whole path as "path". For the self-check.
std::vector<Error> leftOutModules(const DiscoveryPlaces& places);

}  // namespace signet
