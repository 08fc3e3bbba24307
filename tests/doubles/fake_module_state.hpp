// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "tests/doubles/fake_module_control.hpp"
#include "tests/doubles/fake_module_crypto.hpp"
#include "tests/doubles/fake_module_objects.hpp"
#include "tests/doubles/fake_module_token.hpp"

#include <p11-kit/pkcs11.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace signet::fake {

/// A signature between C_SignInit and its end.
struct SignOperation {
    std::shared_ptr<EVP_PKEY> key;
    Mechanism mechanism;
    Bytes parameter;
    bool wantsLogin = false;  ///< always-authenticate, and CKU_CONTEXT_SPECIFIC has not come yet
    Bytes collected{};        ///< of C_SignUpdate
};

struct FindOperation {
    std::vector<CK_OBJECT_HANDLE> found;
    std::size_t next = 0;
};

struct Session {
    CK_SLOT_ID slot = 0;
    CK_FLAGS flags = 0;
    std::optional<SignOperation> sign{};
    std::optional<FindOperation> find{};
};

struct Slot {
    SlotControl control;
    std::vector<Object> objects;
};

/// The state of the module: what is in the slots, who has a session, who is logged in. Its functions are
/// those of PKCS#11 for callers that behave; faults and counting are the dispatcher's. Thread: the dispatcher
/// lets in one at a time.
class Module {
public:
    /// Takes the slots of a control file; sessions and logins stay. Errors: configurationInvalid.
    Result<void> configure(const Control& control);
    /// The tokens of all slots are gone, with their sessions.
    void removeTokens();
    /// C_Finalize: no session, no login.
    void closeEverything();

    bool isInitialized = false;

    // Slots and tokens.
    std::vector<CK_SLOT_ID> slots(bool withTokenOnly) const;
    const Slot* slot(CK_SLOT_ID id) const;
    bool isTokenThere(const Slot& slot) const { return !slot.control.isEmpty && !m_areTokensRemoved; }
    CK_RV tokenInfo(CK_SLOT_ID id, CK_TOKEN_INFO& info) const;
    std::vector<CK_MECHANISM_TYPE> mechanisms(const Slot& slot) const;

    // Sessions and login.
    CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE& handle);
    CK_RV closeSession(CK_SESSION_HANDLE handle);
    CK_RV closeAllSessions(CK_SLOT_ID slot);
    CK_RV sessionInfo(CK_SESSION_HANDLE handle, CK_SESSION_INFO& info);
    /// No PIN: the PIN pad.
    CK_RV login(CK_SESSION_HANDLE handle, CK_USER_TYPE user, std::optional<BytesView> pin);
    CK_RV logout(CK_SESSION_HANDLE handle);
    CK_RV setPin(CK_SESSION_HANDLE handle, std::optional<BytesView> oldPin, std::optional<BytesView> newPin);

    // Objects.
    CK_RV findInit(CK_SESSION_HANDLE handle, std::span<const CK_ATTRIBUTE> wanted);
    CK_RV find(CK_SESSION_HANDLE handle, std::span<CK_OBJECT_HANDLE> place, CK_ULONG& count);
    CK_RV findFinal(CK_SESSION_HANDLE handle);
    CK_RV readAttributes(CK_SESSION_HANDLE handle, CK_OBJECT_HANDLE object, std::span<CK_ATTRIBUTE> wanted);
    /// A public object, which stays until the control file changes.
    CK_RV createObject(CK_SESSION_HANDLE handle, std::span<const CK_ATTRIBUTE> attributes,
                       CK_OBJECT_HANDLE& object);

    // Signing.
    CK_RV signInit(CK_SESSION_HANDLE handle, const CK_MECHANISM& mechanism, CK_OBJECT_HANDLE key);
    /// C_Sign and C_SignFinal: asks for the length without ending the operation when `place` is null.
    CK_RV sign(CK_SESSION_HANDLE handle, BytesView data, CK_BYTE* place, CK_ULONG& size, bool wantsSpareZero);
    CK_RV signUpdate(CK_SESSION_HANDLE handle, BytesView data);

    // What a test looks at: nothing may be left open.
    std::size_t openSessions() const { return m_sessions.size(); }
    std::size_t activeFinds() const;
    std::size_t activeSigns() const;
    std::size_t loggedInTokens() const { return m_loggedIn.size(); }

private:
    Session* session(CK_SESSION_HANDLE handle);
    const Object* visibleObject(const Session& session, CK_OBJECT_HANDLE handle) const;
    CK_RV refusalOf(CK_SLOT_ID id) const;
    void forget(CK_SESSION_HANDLE handle);
    bool hasFlag(const Slot& slot, CK_FLAGS flag) const;
    CK_RV enterPin(const Slot& slot, std::optional<BytesView> pin);

    std::vector<Slot> m_slots;
    std::optional<TokenMemory> m_memory;
    std::map<CK_SESSION_HANDLE, Session> m_sessions;
    std::set<CK_SLOT_ID> m_loggedIn;
    CK_SESSION_HANDLE m_lastSession = 0;
    bool m_areTokensRemoved = false;
};

/// Copies a text into a field that is padded with blanks and not ended by a zero.
template <std::size_t size>
void putPadded(unsigned char (&field)[size], std::string_view text) {
    for (std::size_t i = 0; i < size; ++i)
        field[i] = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
}

}  // namespace signet::fake
