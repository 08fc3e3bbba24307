// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/tls_probe.hpp"

#include "agent/system_proxies.hpp"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

constexpr int kHttpsPort = 443;

std::string nameIn(const QStringList& commonNames, const QStringList& organisations) {
    const auto& names = commonNames.isEmpty() ? organisations : commonNames;
    return names.isEmpty() ? std::string() : names.front().toStdString();
}

/// A wrong name or date says nothing about the roots.
bool isTrustError(const QSslError& error) {
    return error.error() != QSslError::HostNameMismatch && error.error() != QSslError::CertificateExpired &&
           error.error() != QSslError::CertificateNotYetValid;
}

}  // namespace

TlsProbe::TlsProbe(const std::string& issuer, std::chrono::milliseconds limit, Done done)
    : m_done(std::move(done)) {
    const QUrl url(QString::fromStdString(issuer), QUrl::StrictMode);
    const auto port = static_cast<quint16>(url.port(kHttpsPort));
    SystemProxies proxies;
    const auto ways = proxies.queryProxy(QNetworkProxyQuery(url));
    if (!ways.isEmpty()) m_socket.setProxy(ways.front());
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::QueryPeer);  // goes on in spite of faults, which is the point
    m_socket.setSslConfiguration(tls);
    QObject::connect(&m_socket, &QSslSocket::encrypted, &m_context, [this] { conclude(); });
    QObject::connect(&m_socket, &QSslSocket::errorOccurred, &m_context, [this] { conclude(); });
    QObject::connect(&m_deadline, &QTimer::timeout, &m_context, [this] { conclude(); });
    m_deadline.setSingleShot(true);
    m_deadline.start(limit);
    m_socket.connectToHostEncrypted(url.host(), port);
}

TlsProbe::~TlsProbe() {
    m_done = nullptr;
    m_socket.abort();
}

/// The last thing that happens: `done` may destroy this object.
void TlsProbe::conclude() {
    const auto done = std::exchange(m_done, nullptr);
    if (!done) return;
    const auto certificate = m_socket.peerCertificate();
    if (certificate.isNull()) return done(std::nullopt);
    const auto errors = m_socket.sslHandshakeErrors();
    PeerFacts facts;
    facts.subject = nameIn(certificate.subjectInfo(QSslCertificate::CommonName),
                           certificate.subjectInfo(QSslCertificate::Organization));
    facts.issuer = nameIn(certificate.issuerInfo(QSslCertificate::CommonName),
                          certificate.issuerInfo(QSslCertificate::Organization));
    facts.isSystemTrusted = std::none_of(errors.begin(), errors.end(), isTrustError);
    done(std::move(facts));
}

}  // namespace signet
