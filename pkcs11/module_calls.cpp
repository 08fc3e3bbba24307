// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/module_calls.hpp"

#include "pkcs11/certificate_install.hpp"
#include "pkcs11/certificate_request.hpp"
#include "pkcs11/ck_module.hpp"
#include "pkcs11/pin_change.hpp"
#include "pkcs11/token_reader.hpp"
#include "pkcs11/token_signer.hpp"

#include <utility>

namespace signet {

struct ModuleCalls::State {
    State(std::filesystem::path from, Module loaded)
        : path(std::move(from)), module(std::move(loaded)), reader(module), signer(module) {}

    const std::filesystem::path path;
    Module module;
    TokenReader reader;
    TokenSigner signer;
};

Result<ModuleCalls> ModuleCalls::load(const std::filesystem::path& path) {
    auto module = Module::load(path);
    if (!module) return fail(module.error());
    return ModuleCalls(std::make_unique<State>(path, std::move(*module)));
}

ModuleCalls::ModuleCalls(std::unique_ptr<State> state) : m_state(std::move(state)) {
}
ModuleCalls::ModuleCalls(ModuleCalls&& other) noexcept = default;
ModuleCalls& ModuleCalls::operator=(ModuleCalls&& other) noexcept = default;
ModuleCalls::~ModuleCalls() = default;

std::string ModuleCalls::description() const {
    return m_state->module.description();
}

std::function<bool()> ModuleCalls::slotEventWait() const {
    const auto* api = &m_state->module.api();
    if (!m_state->module.isThreadSafe() || api->C_WaitForSlotEvent == nullptr) return {};
    return [api] {
        CK_SLOT_ID slot = 0;
        return api->C_WaitForSlotEvent(0, &slot, nullptr) == CKR_OK;
    };
}

Result<TokenListing> ModuleCalls::list() {
    return m_state->reader.list();
}

Result<SignReply> ModuleCalls::sign(const SignRequest& request, BytesView pin) {
    return m_state->signer.sign(request, pin);
}

Result<void> ModuleCalls::changePin(const PinChangeRequest& request, BytesView oldPin, BytesView newPin) {
    return signet::changePin(m_state->module, request, oldPin, newPin);
}

Result<CertificateInstallReply> ModuleCalls::installCertificate(const CertificateInstallRequest& request,
                                                                BytesView pin) {
    return signet::installCertificate(m_state->module, request, pin);
}

Result<CertificateRequestReply> ModuleCalls::requestCertificate(const CertificateRequest& request,
                                                                BytesView pin) {
    return signet::requestCertificate(m_state->module, m_state->path, request, pin);
}

}  // namespace signet
