// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/ui.hpp"
#include "base/error.hpp"

#include <string>

namespace signet {

/// The login's questions in words, for a terminal or an askpass program. A person sees who asks, for what and
/// as whom once, above the questions; a program gets it with every question. Thread: main.
class AskerUi final : public Ui {
public:
    /// `asker` outlives this object.
    AskerUi(Asker& asker, Language language);

    void chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                           Reply<std::size_t> reply) override;
    void confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) override;
    void askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) override;
    void offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) override;
    void showStage(LoginStage stage) override;
    void showEnd(const Error*) override {}
    void close() override;

private:
    std::string prompt(const LoginQuestion& question, const std::string& line);

    Asker& m_asker;
    Language m_language;
    std::string m_shown{};  ///< the head that stands on the terminal already
};

}  // namespace signet
