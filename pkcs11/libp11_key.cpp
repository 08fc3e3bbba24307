// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/libp11_key.hpp"

#include "pkcs11/ck_error.hpp"

#include <libp11.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace signet {
namespace {

using UiMethodHandle = std::unique_ptr<UI_METHOD, FreeOpenssl<&UI_destroy_method>>;

/// The answer to libp11's question for the PIN of a key that wants it for each signature.
int giveTypedPin(UI* ui, UI_STRING* question) {
    if (UI_get_string_type(question) != UIT_PROMPT) return 1;
    const auto* pin = static_cast<const BytesView*>(UI_get0_user_data(ui));
    if (pin == nullptr || pin->empty()) return 0;
    return UI_set_result_ex(ui, question, reinterpret_cast<const char*>(pin->data()),
                            static_cast<int>(pin->size())) >= 0
               ? 1
               : 0;
}

struct FreeContext {
    void operator()(PKCS11_CTX* context) const { PKCS11_CTX_free(context); }
};

}  // namespace

Error libp11Error(const char* step) {
    Error error{.code = ErrorCode::tokenError, .reason = "libp11"};
    std::string said;
    while (const auto code = ERR_get_error()) {
        if (ERR_GET_LIB(code) == ERR_get_CKR_code() && error.reason == "libp11")
            error = ckError(static_cast<CK_RV>(ERR_GET_REASON(code)), "libp11");
        std::array<char, 256> text{};
        ERR_error_string_n(code, text.data(), text.size());
        said += (said.empty() ? "" : "; ") + std::string(text.data());
    }
    error.detail = "libp11, " + std::string(step) + ": " + (said.empty() ? "no reason given" : said) +
                   (error.detail.empty() ? "" : " (" + error.detail + ")");
    return error;
}

struct Libp11Key::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        key.reset();
        if (slots != nullptr) PKCS11_release_all_slots(context.get(), slots, slotCount);
        if (isLoaded) PKCS11_CTX_unload(context.get());
    }
    Result<void> load(const std::filesystem::path& module, const BytesView& pin);
    Result<PKCS11_SLOT*> find(CK_SLOT_ID id);
    Result<void> take(PKCS11_SLOT& slot, const Bytes& id);

    std::unique_ptr<PKCS11_CTX, FreeContext> context{PKCS11_CTX_new()};
    UiMethodHandle ui{UI_create_method("Signet")};
    bool isLoaded = false;
    PKCS11_SLOT* slots = nullptr;
    unsigned slotCount = 0;
    KeyHandle key;
};

Result<void> Libp11Key::State::load(const std::filesystem::path& module, const BytesView& pin) {
    ERR_clear_error();
    if (!context || !ui) return fail(ErrorCode::internalError, "libp11 has no context");
    if (PKCS11_CTX_load(context.get(), module.c_str()) != 0) return fail(libp11Error("load"));
    isLoaded = true;
    UI_method_set_reader(ui.get(), giveTypedPin);
    PKCS11_set_ui_method(context.get(), ui.get(), const_cast<BytesView*>(&pin));
    return {};
}

Result<PKCS11_SLOT*> Libp11Key::State::find(CK_SLOT_ID id) {
    if (PKCS11_enumerate_slots(context.get(), &slots, &slotCount) != 0) return fail(libp11Error("slots"));
    for (unsigned i = 0; i < slotCount; ++i)
        if (PKCS11_get_slotid_from_slot(&slots[i]) == id && slots[i].token != nullptr) return &slots[i];
    return fail(ErrorCode::tokenRemoved, "libp11 does not see the token", "token_not_present");
}

Result<void> Libp11Key::State::take(PKCS11_SLOT& slot, const Bytes& id) {
    PKCS11_KEY* keys = nullptr;
    unsigned count = 0;
    if (PKCS11_enumerate_keys(slot.token, &keys, &count) != 0) return fail(libp11Error("keys"));
    for (unsigned i = 0; i < count && !key; ++i) {
        const BytesView keyId(keys[i].id, keys[i].id_len);
        const int type = PKCS11_get_key_type(&keys[i]);
        if (!std::ranges::equal(keyId, id) || (type != EVP_PKEY_RSA && type != EVP_PKEY_EC)) continue;
        key.reset(PKCS11_get_private_key(&keys[i]));
        if (!key) return fail(libp11Error("key"));
    }
    if (!key) return fail(ErrorCode::noCertificate, "no RSA or EC key of this CKA_ID", "key_missing");
    return {};
}

Libp11Key::Libp11Key() : m_state(std::make_unique<State>()) {
}
Libp11Key::~Libp11Key() = default;

Result<EVP_PKEY*> Libp11Key::open(const std::filesystem::path& module, CK_SLOT_ID slot, const Bytes& id,
                                  const BytesView& pin) {
    if (const auto loaded = m_state->load(module, pin); !loaded) return fail(loaded.error());
    const auto found = m_state->find(slot);
    if (!found) return fail(found.error());
    if (const auto taken = m_state->take(**found, id); !taken) return fail(taken.error());
    return m_state->key.get();
}

}  // namespace signet
