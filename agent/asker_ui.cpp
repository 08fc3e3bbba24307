// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/asker_ui.hpp"

#include "agent/prompt_text.hpp"

#include <utility>

namespace signet {

AskerUi::AskerUi(Asker& asker, Language language) : m_asker(asker), m_language(language) {
}

std::string AskerUi::prompt(const LoginQuestion& question, const std::string& line) {
    const auto head = joined(questionLines(question, m_language));
    if (!m_asker.isPerson()) return head + "\n" + line;
    if (head != m_shown) m_asker.tell("\n" + head);
    m_shown = head;
    return line;
}

void AskerUi::chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                                Reply<std::size_t> reply) {
    std::vector<AskerChoice> choices;
    for (const auto& card : cards) choices.push_back({cardLine(card, m_language), card.fingerprintHex});
    m_asker.choose(prompt(question, chooseLine(m_language)), choices, std::move(reply));
}

void AskerUi::confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) {
    m_asker.confirm(prompt(question, confirmationLine(question, kind, m_language)), std::move(reply));
}

void AskerUi::askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) {
    // A person has just read the error, above the question whether to try again.
    PinQuestion shown = pin;
    if (m_asker.isPerson()) shown.lastError.reset();
    m_asker.askSecret(prompt(question, pinLine(shown, m_language)), std::move(reply));
}

void AskerUi::offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) {
    // On a terminal everything else is asked for again by the same command.
    if (!m_asker.isPerson() || error.code != ErrorCode::pinIncorrect) return reply(false);
    m_asker.confirm(prompt(question, errorText(error, m_language) + "\n" + retryLine(m_language)),
                    std::move(reply));
}

void AskerUi::showStage(LoginStage stage) {
    if (const auto line = stageLine(stage, m_language); !line.empty()) m_asker.tell(line);
}

void AskerUi::close() {
    m_asker.withdraw();
}

}  // namespace signet
