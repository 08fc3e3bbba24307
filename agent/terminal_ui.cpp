// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/terminal_ui.hpp"

#include "agent/language.hpp"
#include "base/bytes.hpp"

#include <charconv>
#include <string_view>
#include <utility>

namespace signet {
namespace {

constexpr Text kYesOrNo{"[y/N] ", "[y/N] "};
constexpr Text kNumber{"请输入序号:", "Number: "};

bool isYes(std::string_view answer) {
    return answer == "y" || answer == "Y" || answer == "yes" || answer == "是";
}

}  // namespace

TerminalAsker::TerminalAsker(std::unique_ptr<TerminalDevice> device, Language language)
    : m_device(std::move(device)), m_language(language) {
}

void TerminalAsker::askSecret(const std::string& prompt, Reply<SecretBytes> reply) {
    m_device->readLine(prompt, true, [this, prompt, reply = std::move(reply)](Result<SecretBytes> line) {
        // An empty PIN would ask the token for its PIN pad.
        if (line && line->isEmpty()) return askSecret(prompt, reply);
        reply(std::move(line));
    });
}

void TerminalAsker::confirm(const std::string& prompt, Reply<bool> reply) {
    m_device->readLine(prompt + " " + kYesOrNo.of(m_language), false,
                       [reply = std::move(reply)](Result<SecretBytes> line) {
                           if (!line) return reply(fail(line.error()));
                           reply(isYes(textOf(line->view())));
                       });
}

void TerminalAsker::choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                           Reply<std::size_t> reply) {
    std::string text = prompt + "\n";
    for (std::size_t i = 0; i < choices.size(); ++i)
        text += "  " + std::to_string(i + 1) + "  " + choices[i].text + "\n";
    m_device->write(text);
    askNumber(choices.size(), std::move(reply));
}

void TerminalAsker::askNumber(std::size_t count, Reply<std::size_t> reply) {
    m_device->readLine(
        kNumber.of(m_language), false, [this, count, reply = std::move(reply)](Result<SecretBytes> line) {
            if (!line) return reply(fail(line.error()));
            const auto answer = textOf(line->view());
            std::size_t number = 0;
            const auto [end, fault] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
            const bool isNumber = fault == std::errc() && end == answer.data() + answer.size();
            if (!isNumber || number < 1 || number > count) return askNumber(count, reply);
            reply(number - 1);
        });
}

void TerminalAsker::tell(const std::string& text) {
    m_device->write(text + "\n");
}

void TerminalAsker::withdraw() {
    m_device->stop();
}

}  // namespace signet
