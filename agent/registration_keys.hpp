// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/tokens.hpp"
#include "agent/ui.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace signet {

/// With which certificates of the tokens a person can register, and what keeps the others from it. The CA
/// certificates that keys carry along are nobody's to choose, and left out.
struct RegistrationKeys {
    std::vector<CertificateCard> usable{};
    std::vector<RefusedCard> refused{};
    std::size_t tokens = 0;
    /// Why none is usable: as choicesFor() says.
    std::optional<Error> fault{};
};

/// No network, and so nothing about revocation. Thread: any.
RegistrationKeys registrationKeys(const TokenInventory& inventory, const TrustList& trust, TimePoint now);

}  // namespace signet
