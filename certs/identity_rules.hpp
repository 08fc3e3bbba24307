// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/identity.hpp"

#include <string_view>
#include <vector>

namespace signet {

/// The text of certs/data/identity_rules.json, built into the library.
std::string_view identityRulesData();

/// Reads the data file. Errors: configurationInvalid, with the place in `detail`. Thread: any.
Result<std::vector<IdentityRule>> parseIdentityRules(std::string_view json);

/// What is wrong with a pattern or an OID of a rule; empty when they can be used.
std::string identitySourceFault(const IdentitySource& source);

}  // namespace signet
