// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"

namespace signet {

/// Nobody is there: every question is refused by name, and nothing is signed. Thread: main.
class UnattendedAsker final : public Asker {
public:
    void askSecret(const std::string&, Reply<SecretBytes> reply) override { reply(refusal()); }
    void confirm(const std::string&, Reply<bool> reply) override { reply(refusal()); }
    void choose(const std::string&, const std::vector<AskerChoice>&, Reply<std::size_t> reply) override {
        reply(refusal());
    }
    void tell(const std::string&) override {}
    bool isPerson() const override { return false; }
    void withdraw() override {}

private:
    static tl::unexpected<Error> refusal() {
        return fail(ErrorCode::invalidRequest, "there is no one to ask", "no_terminal");
    }
};

}  // namespace signet
