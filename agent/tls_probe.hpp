// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor_facts.hpp"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace signet {

/// Looks at the certificate of a server whose connection was refused for it: a handshake with the system's
/// roots, faults and all, and nothing is sent over it. Calls `done` once, with nullopt where there was no
/// certificate; the destructor ends it silently.
/// Thread: main, with a Qt event loop.
class TlsProbe {
public:
    using Done = std::function<void(std::optional<PeerFacts>)>;
    TlsProbe(const std::string& issuer, std::chrono::milliseconds limit, Done done);
    ~TlsProbe();
    TlsProbe(const TlsProbe&) = delete;
    TlsProbe& operator=(const TlsProbe&) = delete;

private:
    void conclude();

    QSslSocket m_socket;
    QTimer m_deadline;
    QObject m_context;  ///< what the signals are connected to
    Done m_done;
};

}  // namespace signet
