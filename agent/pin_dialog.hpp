// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/language.hpp"
#include "base/secret.hpp"
#include "pkcs11/token.hpp"

#include <string>
#include <vector>

namespace signet {

/// The questions of a command that needs a token's PIN outside a login. A reply may come before the call
/// returns, and none comes after withdraw(). Thread: main, with a Qt event loop.
class PinDialog {
public:
    /// The asker outlives this object.
    PinDialog(Asker& asker, Language language, bool usePinPad);

    /// `action` says what a yes does. Errors: userCancelled, also for a no.
    void confirm(const std::string& question, const Text& action, Reply<void> reply);
    /// The index; one choice alone is not asked for.
    void choose(const std::string& prompt, const std::vector<AskerChoice>& choices, Reply<std::size_t> reply);
    /// What for, and the tries left where the token tells them; empty where the reader asks or nobody does.
    /// What the token cannot take is not asked for, and a last try only after a yes.
    /// Errors: pinLocked, tokenError with reason "pin_not_set", pinFinalTryDeclined, userCancelled,
    /// pinIncorrect with reason "pin_length".
    void askPin(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply);
    void withdraw() { m_asker.withdraw(); }

private:
    void ask(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply);
    void askTyped(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply);

    Asker& m_asker;
    Language m_language;
    bool m_usePinPad;
};

/// Label, maker and serial number of a token.
std::string tokenLineOf(const TokenInfo& token);

}  // namespace signet
