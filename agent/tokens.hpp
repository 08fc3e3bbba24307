// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "pkcs11/token.hpp"
#include "pkcs11/token_host_client.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace signet {

/// What one module answered.
struct ModuleListing {
    std::filesystem::path module{};
    std::size_t order = 0;  ///< place in the configured order
    Result<TokenListing> result{};
};

/// All modules, in the configured order.
struct TokenInventory {
    std::vector<ModuleListing> modules{};
};

/// A token where it was seen last.
struct TokenPlace {
    std::filesystem::path module{};
    std::uint64_t slot = 0;
    std::string label{};
    std::string serial{};

    friend bool operator==(const TokenPlace&, const TokenPlace&) = default;
    /// Slot numbers change when a host is started anew.
    bool isSameToken(const TokenPlace& other) const {
        return module == other.module && label == other.label && serial == other.serial;
    }
};

/// What came and what went.
struct TokensChange {
    std::vector<TokenPlace> added{};
    std::vector<TokenPlace> removed{};  ///< where they were seen last

    bool isEmpty() const { return added.empty() && removed.empty(); }
};

/// The tokens of this computer, behind as many modules as there are.
/// No reply comes before the call returns.
/// Thread: main.
class Tokens {
public:
    virtual ~Tokens() = default;

    /// What has not changed since the last listing comes from memory, as long as somebody watches; of the
    /// rest all modules are asked at once. `onModule` (may be empty) is called as each answers, a slow one
    /// does not hold up the others; `onDone` when all have answered or passed their deadline.
    virtual CommandId list(std::function<void(const ModuleListing&)> onModule,
                           std::function<void(TokenInventory)> onDone) = 0;
    /// Errors: as TokenHostClient::sign; moduleFailed when there is no such module.
    virtual CommandId sign(const std::filesystem::path& module, SignRequest request, SecretBytes pin,
                           Reply<SignReply> reply) = 0;
    /// Errors: as TokenHostClient::changePin.
    virtual CommandId changePin(const std::filesystem::path& module, PinChangeRequest request,
                                SecretBytes oldPin, SecretBytes newPin, Reply<void> reply) = 0;
    /// Errors: as TokenHostClient::requestCertificate.
    virtual CommandId requestCertificate(const std::filesystem::path& module, CertificateRequest request,
                                         SecretBytes pin, Reply<CertificateRequestReply> reply) = 0;
    /// Errors: as TokenHostClient::installCertificate.
    virtual CommandId installCertificate(const std::filesystem::path& module,
                                         CertificateInstallRequest request, SecretBytes pin,
                                         Reply<CertificateInstallReply> reply) = 0;
    /// Tells of tokens that come and go, each time, until the command is cancelled.
    virtual CommandId watch(std::function<void(const TokensChange&)> onChanged) = 0;
    /// Ends a command; its reply is not called. A command that has ended is no error.
    virtual void cancel(CommandId command) = 0;
};

}  // namespace signet
