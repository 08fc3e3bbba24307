// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/cli_interrupt.hpp"
#include "agent/configuration.hpp"
#include "agent/host_tokens.hpp"
#include "agent/tokens.hpp"
#include "base/result.hpp"
#include "certs/trust_list.hpp"
#include "pkcs11/module_discovery.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace signet {

struct CliContext;

/// The parts of which the commands are put together.

/// Errors: configurationInvalid.
Result<TrustList> loadTrust(const Configuration& configuration);
/// Errors: configurationInvalid.
Result<std::vector<ModuleFile>> findModules(const Configuration& configuration);
/// Where findModules looks.
DiscoveryPlaces modulePlaces(const Configuration& configuration);
/// One token host for each module.
HostTokens openTokens(const std::vector<ModuleFile>& modules);
/// What the modules show now. Errors: userCancelled.
Result<TokenInventory> listTokens(Tokens& tokens, InterruptWatch& interrupts);
/// The askpass program, or the terminal. Errors: configurationInvalid when the program cannot be run;
/// invalidRequest with reason "no_terminal".
Result<std::unique_ptr<Asker>> openAsker(const std::optional<std::filesystem::path>& askpass,
                                         Language language);

/// What a command needs that asks a person about tokens.
struct TokenAccess {
    std::vector<ModuleFile> modules;
    std::unique_ptr<Asker> asker;
};
/// Errors: of findModules and openAsker.
Result<TokenAccess> openTokenAccess(const CliContext& context);

}  // namespace signet
