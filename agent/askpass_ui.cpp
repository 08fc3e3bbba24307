// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/askpass_ui.hpp"

#include "base/bytes.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace signet {
namespace {

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::userCancelled, "the askpass program ended with a status other than 0");
}

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

/// By number, 1 being the first, or by name.
std::optional<std::size_t> chosen(std::string_view answer, const std::vector<AskerChoice>& choices) {
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
    const bool isNumber = fault == std::errc() && end == answer.data() + answer.size();
    if (isNumber && number >= 1 && number <= choices.size()) return number - 1;
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& choice) {
        return !choice.name.empty() && lowerCase(choice.name) == lowerCase(answer);
    });
    if (found == choices.end()) return std::nullopt;
    return static_cast<std::size_t>(found - choices.begin());
}

}  // namespace

AskpassAsker::AskpassAsker(std::filesystem::path program) : m_program(std::move(program)) {
}

void AskpassAsker::run(const char* kind, const std::string& prompt, Reply<AskpassAnswer> reply) {
    m_process = std::make_unique<AskpassProcess>(
        m_program, kind, prompt, [this, reply = std::move(reply)](Result<AskpassAnswer> answer) {
            const auto ended = std::move(m_process);  // The next question may be asked from within the reply.
            reply(std::move(answer));
        });
}

void AskpassAsker::askSecret(const std::string& prompt, Reply<SecretBytes> reply) {
    run("pin", prompt, [reply = std::move(reply)](Result<AskpassAnswer> answer) {
        if (!answer) return reply(fail(answer.error()));
        if (!answer->isYes) return reply(cancelled());
        // An empty PIN would ask the token for its PIN pad.
        if (answer->output.isEmpty())
            return reply(fail(ErrorCode::invalidRequest, "askpass printed no PIN", "askpass_answer_empty"));
        reply(std::move(answer->output));
    });
}

void AskpassAsker::confirm(const std::string& prompt, Reply<bool> reply) {
    run("confirm", prompt, [reply = std::move(reply)](Result<AskpassAnswer> answer) {
        if (!answer) return reply(fail(answer.error()));
        reply(answer->isYes);
    });
}

void AskpassAsker::choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                          Reply<std::size_t> reply) {
    std::string question = prompt;
    for (std::size_t i = 0; i < choices.size(); ++i)
        question += "\n" + std::to_string(i + 1) + ". " + choices[i].text;
    run("choose", question, [choices, reply = std::move(reply)](Result<AskpassAnswer> answer) {
        if (!answer) return reply(fail(answer.error()));
        if (!answer->isYes) return reply(cancelled());
        const auto index = chosen(textOf(answer->output.view()), choices);
        if (!index)
            return reply(fail(ErrorCode::invalidRequest,
                              "askpass printed neither a number of the list nor a SHA-256",
                              "askpass_answer_unknown"));
        reply(*index);
    });
}

void AskpassAsker::tell(const std::string&) {
}

void AskpassAsker::withdraw() {
    m_process.reset();
}

}  // namespace signet
