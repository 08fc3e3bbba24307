// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/relay.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <QByteArray>
#include <QList>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QObject>
#include <QSslError>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

class QNetworkAccessManager;

namespace signet {

struct HttpQuestion {
    QNetworkRequest request{};
    std::optional<QByteArray> body{};      ///< nullopt: GET
    std::optional<Sha256> expectedPeer{};  ///< nothing is sent to a server with another certificate
};

struct HttpAnswer {
    int status = 0;
    std::string contentType{};
    QByteArray body{};
    Sha256 peerCertificate{};
};

/// One request and its answer, within the limits. Calls `done` once, never from the constructor; the
/// destructor ends it silently. Thread: that of the QNetworkAccessManager.
class HttpExchange {
public:
    using Done = std::function<void(Result<HttpAnswer>)>;
    HttpExchange(QNetworkAccessManager& network, HttpQuestion question, const RelayLimits& limits, Done done);
    ~HttpExchange();
    HttpExchange(const HttpExchange&) = delete;
    HttpExchange& operator=(const HttpExchange&) = delete;

private:
    void onEncrypted();
    void onHeaders();
    void onReadable();
    void onFinished();
    void readMore();
    void conclude(Result<HttpAnswer> result);
    void drop();
    bool isPeerExpected(const Sha256& peer) const;
    Error named(ErrorCode code, std::string reason, std::string detail = {}) const;

    HttpQuestion m_question;
    RelayLimits m_limits;
    Done m_done;
    QObject m_context;  ///< what the signals are connected to
    QTimer m_deadline;
    QNetworkReply* m_reply = nullptr;  ///< child of the access manager
    QList<QSslError> m_tlsErrors;
    QByteArray m_body;
};

/// Why a request failed without an answer. Pure.
Error networkError(QNetworkReply::NetworkError error, const QList<QSslError>& tlsErrors, const QString& host);

}  // namespace signet
