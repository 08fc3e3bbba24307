// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/tokens.hpp"
#include "certs/test_pki/test_pki.hpp"
#include "tests/doubles/scripted_loop.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace signet {

/// Tokens in memory whose keys sign in software, with a PIN and its tries.
class ScriptedTokens final : public Tokens {
public:
    explicit ScriptedTokens(ScriptedLoop& loop) : m_loop(loop), m_commands(loop) {}

    struct Key {
        Issued issued;
        Bytes id{};
    };
    struct Device {
        TokenInfo info{};
        std::string pin = "123456";
        std::map<std::string, Key> keys{};  ///< by CKA_LABEL
        std::vector<TokenCertificate> certificates{};
    };
    struct Module {
        std::filesystem::path path{};
        std::vector<Device> devices{};
        std::optional<Error> failure{};
        bool isHanging = false;  ///< its listing never ends
    };

    std::vector<Module> modules;
    std::function<void(SignReply&)> tamper;  ///< with a signature before it is given
    bool canRenew = false;                   ///< requests and installations work
    std::optional<Error> signFailure;        ///< instead of a signature, after the PIN was taken

    // What happened.
    int listings = 0;
    int signatures = 0;  ///< made
    std::vector<std::string> pinsSent;
    std::vector<SignRequest> signRequests;
    std::vector<CertificateRequest> certificateRequests;
    std::vector<CertificateInstallRequest> installRequests;
    std::size_t running() const { return m_commands.running(); }

    /// A module with one token.
    Device& addToken(const std::string& modulePath, const std::string& label, const std::string& serial);
    static void addCertificate(Device& device, const Issued& issued, const std::string& label,
                               bool hasKey = true);
    TokenPlace placeOf(std::size_t module) const;

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

    /// Takes a module's token out: it is listed no more, and who watches hears of it.
    void removeToken(std::size_t module);
    void announce(const TokensChange& change);
    std::size_t watching() const { return m_watchers.size(); }

private:
    ModuleListing listingOf(std::size_t order) const;
    Device* find(const std::filesystem::path& module, const KeyReference& key);
    Result<void> login(Device& device, const SecretBytes& pin);
    Result<CertificateRequestReply> requestNow(const std::filesystem::path& module,
                                               const CertificateRequest& request, const SecretBytes& pin);
    Result<CertificateInstallReply> installNow(const std::filesystem::path& module,
                                               const CertificateInstallRequest& request,
                                               const SecretBytes& pin);
    Result<SignReply> signNow(const std::filesystem::path& module, const SignRequest& request,
                              const SecretBytes& pin);

    ScriptedLoop& m_loop;
    ScriptedCommands m_commands;
    std::map<CommandId, std::function<void(const TokensChange&)>> m_watchers;
};

}  // namespace signet
