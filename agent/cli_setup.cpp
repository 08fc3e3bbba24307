// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli_setup.hpp"

#include "agent/askpass_ui.hpp"
#include "agent/cli.hpp"
#include "agent/terminal_ui.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace signet {

Result<TrustList> loadTrust(const Configuration& configuration) {
    TrustList trust;
    for (const auto& folder : configuration.trustFolders) {
        auto list = TrustList::load(folder);
        if (!list) return fail(list.error());
        trust.merge(*list);
    }
    return trust;
}

DiscoveryPlaces modulePlaces(const Configuration& configuration) {
    auto places = defaultDiscoveryPlaces();
    places.useP11Kit = configuration.useP11Kit;
    places.useKnownPlaces = configuration.useKnownModules;
    return places;
}

Result<std::vector<ModuleFile>> findModules(const Configuration& configuration) {
    return discoverModules(configuration.modules, modulePlaces(configuration));
}

HostTokens openTokens(const std::vector<ModuleFile>& modules) {
    std::vector<std::filesystem::path> paths;
    for (const auto& module : modules) paths.push_back(module.path);
    return HostTokens(tokenHostProgram(), paths);
}

Result<TokenInventory> listTokens(Tokens& tokens, InterruptWatch& interrupts) {
    CommandId command = 0;
    return await<TokenInventory>(
        interrupts,
        [&](const Reply<TokenInventory>& reply) {
            command = tokens.list({}, [reply](TokenInventory inventory) { reply(std::move(inventory)); });
        },
        [&] { tokens.cancel(command); });
}

Result<std::unique_ptr<Asker>> openAsker(const std::optional<std::filesystem::path>& askpass,
                                         Language language) {
    if (!askpass) {
        auto device = TerminalDevice::open();
        if (!device) return fail(device.error());
        return std::make_unique<TerminalAsker>(std::move(*device), language);
    }
    struct stat status {};
    const bool isProgram = askpass->is_relative() && !askpass->has_parent_path()
                               ? true  // looked for in PATH when it is started
                               : ::stat(askpass->c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
                                     ::access(askpass->c_str(), X_OK) == 0;
    if (isProgram) return std::make_unique<AskpassAsker>(*askpass);
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.reason = "askpass_failed";
    error.detail = "--askpass " + askpass->string() + ": not a program";
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

Result<TokenAccess> openTokenAccess(const CliContext& context) {
    auto modules = findModules(context.configuration);
    if (!modules) return fail(modules.error());
    auto asker = openAsker(context.options.askpass, context.output.language);
    if (!asker) return fail(asker.error());
    return TokenAccess{std::move(*modules), std::move(*asker)};
}

}  // namespace signet
