// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "tests/virtual_card/card_applet.hpp"

#include <optional>

namespace signet::test {

/// The connection to vpcd, the reader's driver: a length of two bytes (big-endian) before each message.
/// Source: vsmartcard, virtualsmartcard/src/vpcd.
class CardWire {
public:
    /// nullopt when nobody listens.
    static std::optional<CardWire> connect(int port);

    int descriptor() const { return m_socket.get(); }
    /// The next message; nullopt at the end.
    std::optional<ApduBytes> receive() const;
    bool send(const ApduBytes& message) const;

private:
    explicit CardWire(Fd socket) : m_socket(std::move(socket)) {}
    Fd m_socket;
};

}  // namespace signet::test
