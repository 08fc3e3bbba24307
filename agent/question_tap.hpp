// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/ui.hpp"

#include <functional>
#include <memory>

namespace signet {

/// Stands between a login and its face: tells the page's door of the stages, and notes whether anything was
/// asked. Thread: main.
class QuestionTap final : public Ui {
public:
    using OnStage = std::function<void(LoginStage)>;
    QuestionTap(Ui& face, OnStage onStage) : m_face(face), m_onStage(std::move(onStage)) {}

    bool hasAsked() const { return m_hasAsked; }

    void chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                           Reply<std::size_t> reply) override {
        m_hasAsked = true;
        m_face.chooseCertificate(question, cards, std::move(reply));
    }
    void confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) override {
        m_hasAsked = true;
        m_face.confirm(question, kind, std::move(reply));
    }
    void askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) override {
        m_hasAsked = true;
        m_face.askPin(question, pin, std::move(reply));
    }
    void offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) override {
        const auto isAnswered = std::make_shared<bool>(false);
        m_face.offerRetry(question, error, [isAnswered, to = std::move(reply)](Result<bool> result) {
            *isAnswered = true;
            to(std::move(result));
        });
        // A program in the person's place answers at once, and nobody was asked; the flow may have ended.
        if (!*isAnswered) m_hasAsked = true;
    }
    void showStage(LoginStage stage) override {
        m_face.showStage(stage);
        if (m_onStage) m_onStage(stage);
    }
    void showArrival(const LoginQuestion& question) override { m_face.showArrival(question); }
    void showEnd(const Error* error) override { m_face.showEnd(error); }
    void close() override { m_face.close(); }

private:
    Ui& m_face;
    OnStage m_onStage;
    bool m_hasAsked = false;
};

}  // namespace signet
