// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/tokens.hpp"
#include "pkcs11/token_host_client.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

namespace signet {

struct TokenEvent;

/// Starts the stream of events of readers and USB devices, which come on any thread. It ends with what is
/// returned.
using StartTokenEvents = std::function<std::shared_ptr<void>(std::function<void(const TokenEvent&)>)>;
StartTokenEvents systemTokenEvents();

/// One thread and one token host for each module. Threads sleep while there is nothing to do; a host is
/// started by the first command, and the stream of events by the first watch().
/// What a listing told is remembered while somebody watches. A card that comes or goes concerns the modules
/// of PC/SC; a USB device the others, whose hosts are started anew, for many of them look at what is plugged
/// in only in C_Initialize; a slot event or the death of a host its module alone.
/// Thread: main, with a Qt event loop.
class HostTokens final : public Tokens {
public:
    /// `program` is the path of signet-token-host; `modules` in the order of preference.
    HostTokens(const std::filesystem::path& program, const std::vector<std::filesystem::path>& modules,
               HostDeadlines deadlines = {}, StartTokenEvents startEvents = systemTokenEvents());
    /// Interrupts what runs; no reply is called any more.
    ~HostTokens() override;
    HostTokens(const HostTokens&) = delete;
    HostTokens& operator=(const HostTokens&) = delete;

    CommandId list(std::function<void(const ModuleListing&)> onModule,
                   std::function<void(TokenInventory)> onDone) override;
    CommandId sign(const std::filesystem::path& module, SignRequest request, SecretBytes pin,
                   Reply<SignReply> reply) override;
    CommandId changePin(const std::filesystem::path& module, PinChangeRequest request, SecretBytes oldPin,
                        SecretBytes newPin, Reply<void> reply) override;
    CommandId requestCertificate(const std::filesystem::path& module, CertificateRequest request,
                                 SecretBytes pin, Reply<CertificateRequestReply> reply) override;
    CommandId installCertificate(const std::filesystem::path& module, CertificateInstallRequest request,
                                 SecretBytes pin, Reply<CertificateInstallReply> reply) override;
    CommandId watch(std::function<void(const TokensChange&)> onChanged) override;
    void cancel(CommandId command) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
