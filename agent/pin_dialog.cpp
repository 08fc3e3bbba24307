// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/pin_dialog.hpp"

#include "agent/prompt_text.hpp"

#include <utility>

namespace signet {
namespace {

Error withTries(const TokenInfo& token, ErrorCode code, std::string reason = {}) {
    Error error{.code = code, .reason = std::move(reason)};
    error.triesLeft = token.triesLeft;
    return error;
}

}  // namespace

std::string tokenLineOf(const TokenInfo& token) {
    return shownLiterally(token.label) + "  " + shownLiterally(token.manufacturer + " " + token.serial);
}

PinDialog::PinDialog(Asker& asker, InterruptWatch& interrupts, Language language, bool usePinPad)
    : m_asker(asker), m_interrupts(interrupts), m_language(language), m_usePinPad(usePinPad) {
}

Result<bool> PinDialog::ask(const std::string& question) {
    return await<bool>(
        m_interrupts, [&](const Reply<bool>& reply) { m_asker.confirm(question, reply); },
        [&] { m_asker.withdraw(); });
}

Result<void> PinDialog::confirm(const std::string& question) {
    const auto isWanted = ask(question);
    if (!isWanted) return fail(isWanted.error());
    if (!*isWanted) return fail(ErrorCode::userCancelled);
    return {};
}

Result<std::size_t> PinDialog::choose(const std::string& prompt, const std::vector<AskerChoice>& choices) {
    if (choices.size() == 1) return 0;
    return await<std::size_t>(
        m_interrupts, [&](const Reply<std::size_t>& reply) { m_asker.choose(prompt, choices, reply); },
        [&] { m_asker.withdraw(); });
}

Result<SecretBytes> PinDialog::askPin(const TokenInfo& token, const std::string& purpose) {
    if (token.isPinLocked) return fail(withTries(token, ErrorCode::pinLocked));
    if (token.isLoginRequired && !token.isUserPinSet)
        return fail(withTries(token, ErrorCode::tokenError, "pin_not_set"));
    if (token.isPinFinalTry) {
        const auto isWanted =
            ask(purpose + "\n" + confirmationLine({}, Confirmation::finalPinTry, m_language));
        if (!isWanted) return fail(isWanted.error());
        if (!*isWanted) return fail(withTries(token, ErrorCode::pinFinalTryDeclined));
    }
    const bool isTyped = token.isLoginRequired && !(token.hasProtectedPath && m_usePinPad);
    if (isTyped) return askTyped(token, purpose);
    const auto isWanted = confirm(purpose + "\n" + confirmationLine({}, Confirmation::pinPad, m_language));
    if (!isWanted) return fail(isWanted.error());
    return SecretBytes();
}

Result<SecretBytes> PinDialog::askTyped(const TokenInfo& token, const std::string& purpose) {
    const PinQuestion question{.tokenLabel = token.label,
                               .triesLeft = token.triesLeft,
                               .isCountLow = token.isPinCountLow,
                               .mustChange = token.mustChangePin};
    const auto prompt = purpose + "\n" + pinLine(question, m_language);
    auto pin = await<SecretBytes>(
        m_interrupts, [&](const Reply<SecretBytes>& reply) { m_asker.askSecret(prompt, reply); },
        [&] { m_asker.withdraw(); });
    // A PIN of impossible length costs no try: it is not sent.
    if (pin && !acceptsPinLength(token, pin->size()))
        return fail(withPinLengths(withTries(token, ErrorCode::pinIncorrect, "pin_length"), token));
    return pin;
}

}  // namespace signet
