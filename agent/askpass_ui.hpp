// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/askpass_ui_process.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace signet {

/// A program that asks in the person's place, after the habit of SSH_ASKPASS (protocol.md section 6): it gets
/// the question as its one argument and SIGNET_PROMPT=pin|confirm|choose in its environment. For a PIN it
/// prints the PIN, for a choice the number of the choice (1 is the first) or the certificate's SHA-256; for a
/// confirmation its exit status 0 is yes. Any other exit status is Cancel (No). Errors of the replies:
/// userCancelled, invalidRequest with reason "askpass_answer_too_long", "askpass_answer_empty" or
/// "askpass_answer_unknown"; configurationInvalid with reason "askpass_failed" when it cannot be started.
class AskpassAsker final : public Asker {
public:
    explicit AskpassAsker(std::filesystem::path program);

    void askSecret(const std::string& prompt, Reply<SecretBytes> reply) override;
    void confirm(const std::string& prompt, Reply<bool> reply) override;
    void choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                Reply<std::size_t> reply) override;
    void tell(const std::string& text) override;
    bool isPerson() const override { return false; }
    void withdraw() override;

private:
    void run(const char* kind, const std::string& prompt, Reply<AskpassAnswer> reply);

    std::filesystem::path m_program;
    std::unique_ptr<AskpassProcess> m_process;
};

}  // namespace signet
