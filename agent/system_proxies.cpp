// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/system_proxies.hpp"

#include <QHostAddress>

namespace signet {

QList<QNetworkProxy> SystemProxies::queryProxy(const QNetworkProxyQuery& query) {
    const auto host = query.peerHostName();
    const bool isLoopback = host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
    if (isLoopback) return {QNetworkProxy(QNetworkProxy::NoProxy)};
    return systemProxyForQuery(query);
}

std::string proxyText(const QNetworkProxy& proxy) {
    const auto place = "://" + proxy.hostName().toStdString() + ":" + std::to_string(proxy.port());
    switch (proxy.type()) {
        case QNetworkProxy::DefaultProxy:
        case QNetworkProxy::NoProxy:
            return "direct";
        case QNetworkProxy::Socks5Proxy:
            return "socks5" + place;
        case QNetworkProxy::HttpProxy:
        case QNetworkProxy::HttpCachingProxy:
            return "http" + place;
        case QNetworkProxy::FtpCachingProxy:
            return "ftp" + place;
    }
    return "direct";
}

}  // namespace signet
