// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace signet {

/// One of several answers: as it is shown, and the name that a program may answer with (a SHA-256, or empty).
struct AskerChoice {
    std::string text;
    std::string name{};
};

/// Someone who answers plain questions: a person at a terminal or a program in the person's place. One
/// question at a time. A reply of userCancelled is Cancel. A reply may come before the call returns. Thread:
/// main, with a Qt event loop.
class Asker {
public:
    virtual ~Asker() = default;

    /// A line that is not shown while it is typed; never empty.
    virtual void askSecret(const std::string& prompt, Reply<SecretBytes> reply) = 0;
    virtual void confirm(const std::string& prompt, Reply<bool> reply) = 0;
    /// The same, where a yes does something that has a name: for who has a button to write it on.
    virtual void confirmAction(const std::string& prompt, const std::string& action, Reply<bool> reply) {
        (void)action;
        confirm(prompt, std::move(reply));
    }
    virtual void choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                        Reply<std::size_t> reply) = 0;
    /// Says something that needs no answer.
    virtual void tell(const std::string& text) = 0;
    /// Only a person may be asked for a PIN again after a wrong one.
    virtual bool isPerson() const = 0;
    /// The open question goes away; its reply is not called any more.
    virtual void withdraw() = 0;
};

}  // namespace signet
