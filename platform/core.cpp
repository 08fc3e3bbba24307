// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/core.hpp"

#include "base/encoding.hpp"

namespace signet {

Result<AccountView> viewOf(const Vault& vault, const AccountRecord& account) {
    auto name = vault.unseal(account.sealedName, accountContext(account.id, "name"));
    if (!name) return fail(std::move(name.error()));
    auto number = vault.unseal(account.sealedNumber, accountContext(account.id, "number"));
    if (!number) return fail(std::move(number.error()));
    return AccountView{std::string(textOf(*name)), account.kind, maskedNumber(textOf(*number))};
}

std::string accountContext(const std::string& accountId, std::string_view column) {
    return "account/" + accountId + "/" + std::string(column);
}

std::string certificateContext(BytesView fingerprint) {
    return "certificate/" + toHex(fingerprint) + "/der";
}

std::string evidenceContext(const std::string& challengeId) {
    return "evidence/" + challengeId;
}

}  // namespace signet
