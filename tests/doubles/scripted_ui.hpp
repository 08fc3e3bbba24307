// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"
#include "tests/doubles/scripted_loop.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// A person who answers by a script and remembers every question.
class ScriptedUi final : public Ui {
public:
    explicit ScriptedUi(ScriptedLoop& loop) : m_loop(loop) {}

    // What the person says. A PIN list that is used up is a Cancel.
    std::size_t chosenCard = 0;
    bool confirms = true;
    std::deque<std::string> pins{"123456"};
    std::optional<Error> pinError{};       ///< once, in place of a PIN
    bool wantsRetry = false;               ///< of the PIN
    bool goesOn = false;                   ///< after any other error that can be got over
    bool waits = false;                    ///< there: for a token, without a word
    std::function<void()> onPinAsked;      ///< what happens while the person types
    std::function<void()> onRetryOffered;  ///< what happens while the person reads the error
    bool answersAtOnce = false;            ///< as a terminal does: before the call returns

    // What the person saw.
    std::vector<std::vector<CertificateCard>> choices;
    std::vector<Confirmation> confirmations;
    std::vector<PinQuestion> pinQuestions;
    std::vector<Error> retryOffers;
    std::vector<LoginQuestion> questions;
    std::vector<LoginStage> stages;
    std::vector<std::size_t> arrivals;       ///< how many certificates there are then
    std::vector<std::optional<Error>> ends;  ///< nullopt: well
    int closed = 0;

    std::size_t asked() const { return questions.size(); }

    void chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                           Reply<std::size_t> reply) override {
        choices.push_back(cards);
        answer<std::size_t>(question, std::move(reply), chosenCard);
    }
    void confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) override {
        confirmations.push_back(kind);
        answer<bool>(question, std::move(reply), confirms);
    }
    void askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) override {
        pinQuestions.push_back(pin);
        if (onPinAsked) onPinAsked();
        if (pinError)
            return answer<SecretBytes>(question, std::move(reply), fail(*std::exchange(pinError, {})));
        if (pins.empty())
            return answer<SecretBytes>(question, std::move(reply), fail(ErrorCode::userCancelled));
        SecretBytes typed(bytesOf(pins.front()));
        pins.pop_front();
        answer<SecretBytes>(question, std::move(reply), std::move(typed));
    }
    void offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) override {
        const bool isAboutThePin = error.code == ErrorCode::pinIncorrect;
        // As a program in a person's place, which is not asked at all.
        if (!isAboutThePin && !goesOn && !waits) return reply(false);
        retryOffers.push_back(error);
        if (onRetryOffered) onRetryOffered();
        if (!isAboutThePin && waits) return questions.push_back(question);
        answer<bool>(question, std::move(reply), isAboutThePin ? wantsRetry : goesOn);
    }
    void showStage(LoginStage stage) override { stages.push_back(stage); }
    void showArrival(const LoginQuestion& question) override {
        arrivals.push_back(question.usableCertificates);
    }
    void showEnd(const Error* error) override {
        ends.push_back(error == nullptr ? std::nullopt : std::optional(*error));
    }
    void close() override { ++closed; }

private:
    /// A late reply, after close, is delivered on purpose: the flow must not mind.
    template <class T>
    void answer(const LoginQuestion& question, Reply<T> reply, Result<T> result) {
        questions.push_back(question);
        if (answersAtOnce) return reply(m_loop.count(std::move(result)));
        const auto held = std::make_shared<Result<T>>(std::move(result));
        m_loop.post([this, reply = std::move(reply), held] { reply(m_loop.count(std::move(*held))); });
    }

    ScriptedLoop& m_loop;
};

}  // namespace signet
