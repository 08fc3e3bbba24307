// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <QList>
#include <QNetworkProxy>

#include <string>

namespace signet {

/// The system's proxies, but none for this computer itself: a proxy would look for the platform on its own
/// loopback.
class SystemProxies final : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override;
};

/// "direct", or "http://HOST:PORT", "socks5://HOST:PORT": never the user and the password.
std::string proxyText(const QNetworkProxy& proxy);

}  // namespace signet
