// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/pin_dialog.hpp"

#include "agent/pin_change_rules.hpp"
#include "agent/prompt_text.hpp"

#include <utility>

namespace signet {

std::string tokenLineOf(const TokenInfo& token) {
    return shownLiterally(token.label) + "  " + shownLiterally(token.manufacturer + " " + token.serial);
}

PinDialog::PinDialog(Asker& asker, Language language, bool usePinPad)
    : m_asker(asker), m_language(language), m_usePinPad(usePinPad) {
}

void PinDialog::confirm(const std::string& question, const Text& action, Reply<void> reply) {
    m_asker.confirmAction(question, action.of(m_language),
                          [reply = std::move(reply)](const Result<bool>& isWanted) {
                              if (!isWanted) return reply(fail(isWanted.error()));
                              if (!*isWanted) return reply(fail(ErrorCode::userCancelled));
                              reply({});
                          });
}

void PinDialog::choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                       Reply<std::size_t> reply) {
    if (choices.size() == 1) return reply(0);
    m_asker.choose(prompt, choices, std::move(reply));
}

void PinDialog::askPin(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply) {
    if (token.isPinLocked) return reply(fail(withTriesLeft(token, ErrorCode::pinLocked)));
    if (token.isLoginRequired && !token.isUserPinSet)
        return reply(fail(withTriesLeft(token, ErrorCode::tokenError, "pin_not_set")));
    if (!token.isPinFinalTry) return ask(token, purpose, std::move(reply));
    const auto line = confirmationLine({}, Confirmation::finalPinTry, m_language);
    const Text action{"使用最后一次机会", "Use the last try"};
    m_asker.confirmAction(purpose + "\n" + line, action.of(m_language),
                          [this, token, purpose, reply = std::move(reply)](const Result<bool>& isWanted) {
                              if (!isWanted) return reply(fail(isWanted.error()));
                              if (*isWanted) return ask(token, purpose, reply);
                              reply(fail(withTriesLeft(token, ErrorCode::pinFinalTryDeclined)));
                          });
}

void PinDialog::ask(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply) {
    const bool isTyped = token.isLoginRequired && !isPinEnteredOnReader(token, m_usePinPad);
    if (isTyped) return askTyped(token, purpose, std::move(reply));
    confirm(purpose + "\n" + confirmationLine({}, Confirmation::pinPad, m_language), {"继续", "Go on"},
            [reply = std::move(reply)](const Result<void>& isWanted) {
                if (!isWanted) return reply(fail(isWanted.error()));
                reply(SecretBytes());
            });
}

void PinDialog::askTyped(const TokenInfo& token, const std::string& purpose, Reply<SecretBytes> reply) {
    const PinQuestion question{.tokenLabel = token.label,
                               .triesLeft = token.triesLeft,
                               .isCountLow = token.isPinCountLow,
                               .mustChange = token.mustChangePin};
    const auto prompt = purpose + "\n" + pinLine(question, m_language);
    m_asker.askSecret(prompt, [token, reply = std::move(reply)](Result<SecretBytes> pin) {
        if (pin)
            if (auto checked = checkOldPin(token, pin->size()); !checked) return reply(fail(checked.error()));
        reply(std::move(pin));
    });
}

}  // namespace signet
