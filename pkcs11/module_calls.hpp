// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "pkcs11/renewal.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/token.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace signet {

/// One PKCS#11 module in this very process: what signet-token-host does with the messages that it gets. The
/// agent never uses this.
/// Thread: the one that loaded it.
class ModuleCalls {
public:
    /// Loads and initialises.
    /// Errors: moduleFailed with reason "load_failed" or "initialize_failed".
    static Result<ModuleCalls> load(const std::filesystem::path& module);
    ModuleCalls(ModuleCalls&& other) noexcept;
    ModuleCalls& operator=(ModuleCalls&& other) noexcept;
    ModuleCalls(const ModuleCalls&) = delete;
    ModuleCalls& operator=(const ModuleCalls&) = delete;
    ~ModuleCalls();

    /// Library description, manufacturer and version; may be empty.
    std::string description() const;
    /// Waits for the next slot event (C_WaitForSlotEvent); false when the module has none. Empty where the
    /// module cannot be called by two threads. Thread: one of its own, beside the calls; it outlives this
    /// object only in a process that ends.
    std::function<bool()> slotEventWait() const;
    /// As TokenHostClient; the PINs are neither kept nor copied here.
    Result<TokenListing> list();
    Result<SignReply> sign(const SignRequest& request, BytesView pin);
    Result<void> changePin(const PinChangeRequest& request, BytesView oldPin, BytesView newPin);
    Result<CertificateInstallReply> installCertificate(const CertificateInstallRequest& request,
                                                       BytesView pin);
    /// The last call: the module is finalised by it.
    Result<CertificateRequestReply> requestCertificate(const CertificateRequest& request, BytesView pin);

private:
    struct State;
    explicit ModuleCalls(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace signet
