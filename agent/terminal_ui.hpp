// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/terminal_ui_device.hpp"
#include "base/error.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace signet {

/// A person at the terminal: the PIN with echo off, choices by number, a yes only by "y". A fresh question is
/// asked where the answer means nothing; Ctrl-D is Cancel (Ctrl-C reaches the program as a signal).
class TerminalAsker final : public Asker {
public:
    TerminalAsker(std::unique_ptr<TerminalDevice> device, Language language);

    void askSecret(const std::string& prompt, Reply<SecretBytes> reply) override;
    void confirm(const std::string& prompt, Reply<bool> reply) override;
    void choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                Reply<std::size_t> reply) override;
    void tell(const std::string& text) override;
    bool isPerson() const override { return true; }
    void withdraw() override;

private:
    void askNumber(std::size_t count, Reply<std::size_t> reply);

    std::unique_ptr<TerminalDevice> m_device;
    Language m_language;
};

}  // namespace signet
