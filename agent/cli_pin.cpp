// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_choice.hpp"
#include "agent/cli.hpp"
#include "agent/cli_setup.hpp"
#include "agent/language.hpp"
#include "agent/pin_change_rules.hpp"
#include "agent/prompt_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace signet {
namespace {

struct FoundToken {
    std::filesystem::path module;
    TokenInfo info;
};

/// Initialised tokens, each once, of that label if one is given.
std::vector<FoundToken> tokensIn(const TokenInventory& inventory, const std::string& label) {
    std::vector<FoundToken> found;
    for (const auto& module : inventory.modules) {
        if (!module.result) continue;
        for (const auto& token : module.result->tokens) {
            const auto& info = token.info;
            const bool isKnown =
                !info.serial.empty() && std::any_of(found.begin(), found.end(), [&](const auto& other) {
                    return other.module != module.module && other.info.serial == info.serial &&
                           other.info.label == info.label;
                });
            if (info.isInitialized && !isKnown && (label.empty() || info.label == label))
                found.push_back({module.module, info});
        }
    }
    return found;
}

std::string tokenText(const TokenInfo& info) {
    return shownLiterally(info.label) + "  " + shownLiterally(info.manufacturer + " " + info.serial);
}

/// Asks old, new and new again, one question after the other, and changes the PIN.
class PinChange {
public:
    PinChange(CliContext& context, Asker& asker, Tokens& tokens, InterruptWatch& interrupts)
        : m_language(context.output.language),
          m_usePinPad(context.configuration.usePinPad),
          m_label(context.options.token),
          m_asker(asker),
          m_tokens(tokens),
          m_interrupts(interrupts) {}

    Result<TokenInfo> run() {
        auto token = chooseToken();
        if (!token) return fail(token.error());
        const auto& info = token->info;
        if (auto checked = checkPinCanChange(info); !checked) return fail(checked.error());
        if (auto confirmed = confirmFinalTry(info); !confirmed) return fail(confirmed.error());
        auto changed = isPinEnteredOnReader(info, m_usePinPad) ? changeOnReader(*token) : changeTyped(*token);
        if (!changed) return fail(changed.error());
        return info;
    }

private:
    Result<FoundToken> chooseToken() {
        const auto inventory = listTokens(m_tokens, m_interrupts);
        if (!inventory) return fail(inventory.error());
        auto found = tokensIn(*inventory, m_label);
        if (found.empty()) return fail(absence(*inventory));
        if (found.size() == 1) return std::move(found.front());
        std::vector<AskerChoice> choices;
        for (const auto& token : found) choices.push_back({tokenText(token.info), token.info.serial});
        const auto index = await<std::size_t>(
            m_interrupts,
            [&](const Reply<std::size_t>& reply) {
                m_asker.choose(Text{"请选择 USB key:", "Choose a token:"}.of(m_language), choices, reply);
            },
            [&] { m_asker.withdraw(); });
        if (!index) return fail(index.error());
        return std::move(found.at(*index));
    }

    /// A token is there, but not the one that was named; else why there is none.
    Error absence(const TokenInventory& inventory) const {
        if (tokensIn(inventory, {}).empty()) return absenceOf(inventory);
        return {.code = ErrorCode::noToken, .reason = "selection_not_found"};
    }

    Result<bool> confirm(const std::string& prompt) {
        return await<bool>(
            m_interrupts, [&](const Reply<bool>& reply) { m_asker.confirm(prompt, reply); },
            [&] { m_asker.withdraw(); });
    }

    Result<void> confirmFinalTry(const TokenInfo& info) {
        if (!info.isPinFinalTry) return {};
        const auto isWanted =
            confirm(tokenText(info) + "\n" + confirmationLine({}, Confirmation::finalPinTry, m_language));
        if (!isWanted) return fail(isWanted.error());
        if (!*isWanted) return fail(withTriesLeft(info, ErrorCode::pinFinalTryDeclined));
        return {};
    }

    Result<SecretBytes> ask(const std::string& prompt) {
        return await<SecretBytes>(
            m_interrupts, [&](const Reply<SecretBytes>& reply) { m_asker.askSecret(prompt, reply); },
            [&] { m_asker.withdraw(); });
    }

    /// A person may correct a slip; a program in the person's place would repeat it.
    Result<SecretBytes> askNew(const TokenInfo& info) {
        for (;;) {
            auto first = ask(head(info) + Text{"新口令:", "New PIN: "}.of(m_language));
            if (!first) return first;
            if (const auto checked = checkNewPin(info, first->size()); !checked) {
                if (!m_asker.isPerson()) return fail(checked.error());
                m_asker.tell(newPinLengthText(info, m_language));
                continue;
            }
            auto second = ask(head(info) + Text{"再输入一次新口令:", "New PIN again: "}.of(m_language));
            if (!second) return second;
            const auto checked = checkNewPinAgain(first->view(), second->view());
            if (checked) return first;
            if (!m_asker.isPerson()) return fail(checked.error());
            m_asker.tell(newPinsDifferText(m_language));
        }
    }

    Result<void> changeTyped(const FoundToken& token) {
        auto old = ask(head(token.info) + oldPinLine(token.info));
        if (!old) return fail(old.error());
        if (auto checked = checkOldPin(token.info, old->size()); !checked) return fail(checked.error());
        auto fresh = askNew(token.info);
        if (!fresh) return fail(fresh.error());
        return change(token, std::move(*old), std::move(*fresh));
    }

    Result<void> changeOnReader(const FoundToken& token) {
        const auto isWanted = confirm(tokenText(token.info) + "\n" +
                                      Text{"请在读卡器上输入旧口令和新口令。继续吗?",
                                           "Enter the old and the new PIN on the reader. Go on?"}
                                          .of(m_language));
        if (!isWanted) return fail(isWanted.error());
        if (!*isWanted) return fail(ErrorCode::userCancelled);
        return change(token, SecretBytes(), SecretBytes());
    }

    Result<void> change(const FoundToken& token, SecretBytes old, SecretBytes fresh) {
        CommandId command = 0;
        const auto request = pinChangeRequest(token.info);
        return await<void>(
            m_interrupts,
            [&](const Reply<void>& reply) {
                command = m_tokens.changePin(token.module, request, std::move(old), std::move(fresh), reply);
            },
            [&] { m_tokens.cancel(command); });
    }

    std::string head(const TokenInfo& info) const {
        return m_asker.isPerson() ? std::string() : tokenText(info) + "\n";
    }

    /// That it must be changed goes without saying here.
    std::string oldPinLine(const TokenInfo& info) const {
        const PinQuestion pin{
            .tokenLabel = info.label, .triesLeft = info.triesLeft, .isCountLow = info.isPinCountLow};
        return Text{"旧", "Old "}.of(m_language) + pinLine(pin, m_language);
    }

    Language m_language;
    bool m_usePinPad;
    std::string m_label;
    Asker& m_asker;
    Tokens& m_tokens;
    InterruptWatch& m_interrupts;
};

}  // namespace

ExitStatus runChangePin(CliContext& context) {
    const auto& output = context.output;
    const auto access = openTokenAccess(context);
    if (!access) return output.fail(access.error());
    InterruptWatch interrupts;
    auto tokens = openTokens(access->modules);
    const auto changed = PinChange(context, *access->asker, tokens, interrupts).run();
    if (!changed) return output.fail(changed.error());
    if (output.isJson)
        output.print(Json{{"ok", true}, {"token", changed->label}});
    else
        output.print(Text{"口令已修改。", "The PIN was changed."}.of(output.language));
    return ExitStatus::done;
}

}  // namespace signet
