// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/scripted_tokens.hpp"

#include "certs/signature.hpp"

#include <algorithm>

namespace signet {

ScriptedTokens::Device& ScriptedTokens::addToken(const std::string& modulePath, const std::string& label,
                                                 const std::string& serial) {
    Device device;
    device.info.slot = modules.size();
    device.info.label = label;
    device.info.serial = serial;
    device.info.minPinBytes = 4;
    device.info.maxPinBytes = 16;
    device.info.triesLeft = 5;
    Module module;
    module.path = modulePath;
    module.devices.push_back(std::move(device));
    return modules.emplace_back(std::move(module)).devices.front();
}

void ScriptedTokens::addCertificate(Device& device, const Issued& issued, const std::string& label,
                                    bool hasKey) {
    const Bytes id{static_cast<std::uint8_t>(device.certificates.size() + 1)};
    TokenCertificate object{
        .id = id, .label = label, .der = issued.certificate.der(), .hasPrivateKey = hasKey};
    device.certificates.push_back(std::move(object));
    EVP_PKEY_up_ref(issued.key.get());
    device.keys.insert_or_assign(label,
                                 Key{{issued.certificate, EvpPkeyPtr(issued.key.get()), issued.chain}, id});
    for (std::size_t i = 1; i < issued.chain.size(); ++i)
        device.certificates.push_back({.id = {}, .label = "CA", .der = issued.chain[i].der()});
}

TokenPlace ScriptedTokens::placeOf(std::size_t module) const {
    const auto& info = modules.at(module).devices.front().info;
    return {modules[module].path, info.slot, info.label, info.serial};
}

ModuleListing ScriptedTokens::listingOf(std::size_t order) const {
    const auto& module = modules[order];
    ModuleListing listing{.module = module.path, .order = order};
    if (module.failure) {
        listing.result = fail(*module.failure);
        return listing;
    }
    for (const auto& device : module.devices)
        listing.result->tokens.push_back({device.info, device.certificates});
    return listing;
}

CommandId ScriptedTokens::list(std::function<void(const ModuleListing&)> onModule,
                               std::function<void(TokenInventory)> onDone) {
    ++listings;
    const auto id = m_commands.begin();
    const auto inventory = std::make_shared<TokenInventory>();
    bool isWhole = true;
    for (std::size_t order = 0; order < modules.size(); ++order) {
        if (modules[order].isHanging) {
            isWhole = false;
            continue;
        }
        inventory->modules.push_back(listingOf(order));
        m_loop.post([this, id, onModule, listing = inventory->modules.back()] {
            if (!m_commands.end(id)) return;
            m_commands.resume(id);
            if (onModule) onModule(listing);
        });
    }
    if (isWhole)
        m_loop.post([this, id, onDone, inventory] {
            if (m_commands.end(id)) onDone(*inventory);
        });
    return id;
}

ScriptedTokens::Device* ScriptedTokens::find(const std::filesystem::path& path, const KeyReference& key) {
    for (auto& module : modules)
        for (auto& device : module.devices)
            if (module.path == path && device.info.serial == key.tokenSerial &&
                device.info.label == key.tokenLabel)
                return &device;
    return nullptr;
}

Result<void> ScriptedTokens::login(Device& device, const SecretBytes& pin) {
    pinsSent.emplace_back(textOf(pin.view()));
    if (device.info.isPinLocked) return fail(ErrorCode::pinLocked);
    if (device.info.hasProtectedPath && pin.isEmpty()) return {};
    if (textOf(pin.view()) == device.pin) return {};
    auto& tries = device.info.triesLeft;
    if (tries) --*tries;
    device.info.isPinFinalTry = tries == 1;
    device.info.isPinLocked = tries == 0;
    Error error{.code = tries == 0 ? ErrorCode::pinLocked : ErrorCode::pinIncorrect};
    error.triesLeft = tries;
    return fail(std::move(error));
}

Result<SignReply> ScriptedTokens::signNow(const std::filesystem::path& module, const SignRequest& request,
                                          const SecretBytes& pin) {
    auto* device = find(module, request.key);
    if (device == nullptr) return fail(ErrorCode::tokenRemoved);
    if (device->info.isPinFinalTry && !request.isFinalTryAccepted)
        return fail(ErrorCode::pinFinalTryDeclined, {}, "not_asked");
    if (auto loggedIn = login(*device, pin); !loggedIn) return fail(loggedIn.error());
    if (signFailure) return fail(*signFailure);
    const auto& keys = device->keys;
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const auto& k) { return k.second.id == request.key.keyId; });
    if (key == keys.end() || request.algorithms.empty()) return fail(ErrorCode::noCertificate);
    auto signature =
        signWithKey(request.algorithms[0], key->second.issued.key.get(), bytesOf(request.statements[0]));
    if (!signature) return fail(signature.error());
    ++signatures;
    SignReply reply{0, std::move(*signature), std::chrono::microseconds(1234)};
    if (tamper) tamper(reply);
    return reply;
}

CommandId ScriptedTokens::sign(const std::filesystem::path& module, SignRequest request, SecretBytes pin,
                               Reply<SignReply> reply) {
    signRequests.push_back(request);
    return m_commands.answer<SignReply>(std::move(reply), signNow(module, request, pin));
}

CommandId ScriptedTokens::changePin(const std::filesystem::path& module, PinChangeRequest request,
                                    SecretBytes oldPin, SecretBytes newPin, Reply<void> reply) {
    auto* device = find(module, request.token);
    Result<void> result = fail(ErrorCode::tokenRemoved);
    if (device != nullptr) result = login(*device, oldPin);
    if (result) device->pin = textOf(newPin.view());
    return m_commands.answer<void>(std::move(reply), std::move(result));
}

/// The bytes of a request are nobody's business here.
Result<CertificateRequestReply> ScriptedTokens::requestNow(const std::filesystem::path& module,
                                                           const CertificateRequest& request,
                                                           const SecretBytes& pin) {
    if (!canRenew) return fail(ErrorCode::tokenError, {}, "function_not_supported");
    auto* device = find(module, request.key);
    if (device == nullptr) return fail(ErrorCode::tokenRemoved);
    if (auto loggedIn = login(*device, pin); !loggedIn) return fail(loggedIn.error());
    return CertificateRequestReply{{0x30, 0x00}, request.newKey ? Bytes{0x77} : request.key.keyId};
}

CommandId ScriptedTokens::requestCertificate(const std::filesystem::path& module, CertificateRequest request,
                                             SecretBytes pin, Reply<CertificateRequestReply> reply) {
    certificateRequests.push_back(request);
    return m_commands.answer<CertificateRequestReply>(std::move(reply), requestNow(module, request, pin));
}

Result<CertificateInstallReply> ScriptedTokens::installNow(const std::filesystem::path& module,
                                                           const CertificateInstallRequest& request,
                                                           const SecretBytes& pin) {
    if (!canRenew) return fail(ErrorCode::tokenError, {}, "function_not_supported");
    auto* device = find(module, request.token);
    if (device == nullptr) return fail(ErrorCode::tokenRemoved);
    if (auto loggedIn = login(*device, pin); !loggedIn) return fail(loggedIn.error());
    device->certificates.push_back(
        {.id = {0x77}, .label = "new", .der = request.token.certificate, .hasPrivateKey = true});
    return CertificateInstallReply{{0x77}, "new"};
}

CommandId ScriptedTokens::installCertificate(const std::filesystem::path& module,
                                             CertificateInstallRequest request, SecretBytes pin,
                                             Reply<CertificateInstallReply> reply) {
    installRequests.push_back(request);
    return m_commands.answer<CertificateInstallReply>(std::move(reply), installNow(module, request, pin));
}

CommandId ScriptedTokens::watch(std::function<void(const TokensChange&)> onChanged) {
    const auto id = m_commands.begin();
    m_commands.end(id);  // never answered, so nobody waits for it
    m_watchers[id] = std::move(onChanged);
    return id;
}

void ScriptedTokens::cancel(CommandId command) {
    m_commands.end(command);
    m_watchers.erase(command);
}

void ScriptedTokens::removeToken(std::size_t module) {
    const TokensChange change{.removed = {placeOf(module)}};
    modules[module].devices.clear();
    announce(change);
}

void ScriptedTokens::announce(const TokensChange& change) {
    const auto told = m_watchers;
    for (const auto& [id, onChanged] : told)
        if (m_watchers.contains(id)) onChanged(change);
}

}  // namespace signet
