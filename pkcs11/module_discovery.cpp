// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/module_discovery.hpp"

#include "base/file.hpp"
#include "pkcs11/known_modules.hpp"
#include "pkcs11/p11_kit_config.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <set>
#include <utility>

namespace signet {
namespace {

/// Files already taken, by device and inode, so that one module is not loaded under two names.
class Found {
public:
    void add(const std::filesystem::path& real, const char* source) {
        struct stat status {};
        if (::stat(real.c_str(), &status) != 0) return;
        if (!m_seen.emplace(status.st_dev, status.st_ino).second) return;
        m_modules.push_back({real, source, real.filename().string()});
    }
    /// What may not be loaded is left out.
    void addAll(const std::vector<std::filesystem::path>& paths, const char* source) {
        for (const auto& path : paths)
            if (const auto real = checkModulePath(path)) add(*real, source);
    }
    std::vector<ModuleFile> take() { return std::move(m_modules); }

private:
    std::set<std::pair<dev_t, ino_t>> m_seen;
    std::vector<ModuleFile> m_modules;
};

constexpr std::size_t kMaxMainFileBytes = 64 * 1024;

/// Empty where it is not known.
std::filesystem::path userModuleFolder() {
    if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder != nullptr && folder[0] == '/')
        return std::filesystem::path(folder) / "pkcs11/modules";
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
        return std::filesystem::path(home) / ".config/pkcs11/modules";
    return {};
}

}  // namespace

DiscoveryPlaces defaultDiscoveryPlaces() {
    DiscoveryPlaces places;
    const auto mainFile = readFile("/etc/pkcs11/pkcs11.conf", kMaxMainFileBytes);
    places.p11KitFolders = p11KitFolders(parseP11KitFile(mainFile.value_or("")), userModuleFolder(),
                                         {"/etc/pkcs11/modules", SIGNET_P11KIT_PACKAGE_CONFIG_FOLDER});
    places.p11KitModuleFolder = SIGNET_P11KIT_MODULE_FOLDER;
    return places;
}

Result<std::vector<ModuleFile>> discoverModules(const std::vector<std::filesystem::path>& configured,
                                                const DiscoveryPlaces& places) {
    Found found;
    for (const auto& path : configured) {
        const auto real = checkModulePath(path);
        if (!real) return fail(real.error());
        found.add(*real, "configuration");
    }
    if (places.useP11Kit)
        found.addAll(registeredModules(places.p11KitFolders, places.p11KitModuleFolder), "p11-kit");
    if (places.useKnownPlaces)
        found.addAll(existingModules(knownModules(), systemLibraryFolders()), "known place");
    return found.take();
}

}  // namespace signet
