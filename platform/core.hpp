// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "certs/revocation.hpp"
#include "platform/documents.hpp"
#include "platform/settings.hpp"
#include "platform/storage.hpp"
#include "platform/vault.hpp"
#include "platform/verdicts.hpp"

#include <string>
#include <vector>

namespace signet {

/// What the services of one node share. It owns nothing and outlives them.
struct PlatformCore {
    const PlatformSettings& settings;
    const Clock& clock;
    Storage& storage;
    const Vault& vault;
    const Documents& documents;
    StatementVerifier& verifier;
    RevocationChecker& revocation;
    std::vector<std::string>
        channelBindings;  ///< base64url SHA-256 of the TLS certificates that an agent may see
};

/// An account as others may see it.
struct AccountView {
    std::string name;
    SubjectKind kind = SubjectKind::enterprise;
    std::string maskedNumber;
};

/// Errors: internalError with reason "seal_broken".
Result<AccountView> viewOf(const Vault& vault, const AccountRecord& account);

/// The contexts under which the columns are sealed.
std::string accountContext(const std::string& accountId, std::string_view column);
std::string certificateContext(BytesView fingerprint);
std::string evidenceContext(const std::string& challengeId);

}  // namespace signet
