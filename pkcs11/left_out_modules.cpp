// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/known_modules.hpp"
#include "pkcs11/module_discovery.hpp"
#include "pkcs11/p11_kit_config.hpp"

namespace signet {
namespace {

void addRefused(std::vector<Error>& errors, const std::vector<std::filesystem::path>& paths) {
    for (const auto& path : paths) {
        const auto checked = checkModulePath(path);
        if (checked) continue;
        errors.push_back(checked.error());
        errors.back().params["path"] = path.string();
    }
}

}  // namespace

std::vector<Error> leftOutModules(const DiscoveryPlaces& places) {
    std::vector<Error> errors;
    if (places.useP11Kit)
        addRefused(errors, registeredModules(places.p11KitFolders, places.p11KitModuleFolder));
    if (places.useKnownPlaces) addRefused(errors, existingModules(knownModules(), systemLibraryFolders()));
    return errors;
}

}  // namespace signet
