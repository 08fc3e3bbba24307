// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/cli_interrupt.hpp"
#include "agent/language.hpp"
#include "base/secret.hpp"
#include "pkcs11/token.hpp"

#include <string>
#include <vector>

namespace signet {

/// The questions of a command that needs a token's PIN outside a login. Thread: main, with a Qt event loop.
class PinDialog {
public:
    /// The asker and the interrupts outlive this object.
    PinDialog(Asker& asker, InterruptWatch& interrupts, Language language, bool usePinPad);

    /// Errors: userCancelled, also for a no.
    Result<void> confirm(const std::string& question);
    /// The index; one choice alone is not asked for.
    Result<std::size_t> choose(const std::string& prompt, const std::vector<AskerChoice>& choices);
    /// What for, and the tries left where the token tells them; empty where the reader asks or nobody does.
    /// What the token cannot take is not asked for, and a last try only after a yes.
    /// Errors: pinLocked, tokenError with reason "pin_not_set", pinFinalTryDeclined, userCancelled,
    /// pinIncorrect with reason "pin_length".
    Result<SecretBytes> askPin(const TokenInfo& token, const std::string& purpose);

private:
    Result<bool> ask(const std::string& question);
    Result<SecretBytes> askTyped(const TokenInfo& token, const std::string& purpose);

    Asker& m_asker;
    InterruptWatch& m_interrupts;
    Language m_language;
    bool m_usePinPad;
};

/// Label, maker and serial number of a token.
std::string tokenLineOf(const TokenInfo& token);

}  // namespace signet
