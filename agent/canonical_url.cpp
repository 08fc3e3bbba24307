// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/canonical_url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace signet {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLabelCharacter(char c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '-';
}

bool isCanonicalIpv4(std::string_view host) {
    in_addr address{};
    std::array<char, INET_ADDRSTRLEN> text{};
    return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1 &&
           ::inet_ntop(AF_INET, &address, text.data(), text.size()) != nullptr && host == text.data();
}

bool isCanonicalIpv6(std::string_view host) {
    in6_addr address{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    return ::inet_pton(AF_INET6, std::string(host).c_str(), &address) == 1 &&
           ::inet_ntop(AF_INET6, &address, text.data(), text.size()) != nullptr && host == text.data();
}

bool isHostLabel(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), isLabelCharacter);
}

/// A name in lower case, or an address in its one canonical spelling (a last label of digits is always an
/// address).
bool isCanonicalHost(std::string_view host) {
    if (host.empty() || host.size() > 253 || host.find('\0') != std::string_view::npos) return false;
    if (host.front() == '[') return host.back() == ']' && isCanonicalIpv6(host.substr(1, host.size() - 2));
    const auto lastLabel = host.substr(host.rfind('.') + 1);  // npos + 1 is 0: the whole host
    const bool looksNumeric =
        lastLabel.substr(0, 2) == "0x" || std::all_of(lastLabel.begin(), lastLabel.end(), isDigit);
    if (looksNumeric) return isCanonicalIpv4(host);
    for (std::size_t start = 0; start <= host.size();) {
        const auto end = std::min(host.find('.', start), host.size());
        if (!isHostLabel(host.substr(start, end - start))) return false;
        start = end + 1;
    }
    return true;
}

bool isCanonicalPort(std::string_view port, std::string_view defaultPort) {
    if (port.empty() || port.size() > 5 || port.front() == '0' || port == defaultPort) return false;
    unsigned number = 0;
    const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), number);
    return fault == std::errc() && end == port.data() + port.size() && number <= 65535;
}

bool isCanonicalAuthority(std::string_view authority, std::string_view defaultPort) {
    const auto bracket = authority.rfind(']');
    const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    if (colon == std::string_view::npos) return isCanonicalHost(authority);
    return isCanonicalHost(authority.substr(0, colon)) &&
           isCanonicalPort(authority.substr(colon + 1), defaultPort);
}

bool isPathCharacter(char c) {
    return isLabelCharacter(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' || c == '~';
}

/// "" or "/segment/segment", without ".", ".." and escapes.
bool isCanonicalPath(std::string_view path) {
    while (!path.empty()) {
        if (path.front() != '/') return false;
        path.remove_prefix(1);
        const auto segment = path.substr(0, path.find('/'));
        if (segment.empty() || segment == "." || segment == "..") return false;
        if (!std::all_of(segment.begin(), segment.end(), isPathCharacter)) return false;
        path.remove_prefix(segment.size());
    }
    return true;
}

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";

bool isThisComputer(std::string_view authority) {
    const auto host = authority.front() == '[' ? authority.substr(0, authority.find(']') + 1)
                                               : authority.substr(0, authority.find(':'));
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::size_t schemeBytes(std::string_view url) {
    return std::min(url.size(), (url.starts_with(kHttp) ? kHttp : kHttps).size());
}

}  // namespace

bool isCanonicalIssuer(std::string_view url) {
    if (!url.starts_with(kHttps) || url.size() > 2048) return false;
    const auto rest = url.substr(kHttps.size());
    const auto slash = std::min(rest.find('/'), rest.size());
    return isCanonicalAuthority(rest.substr(0, slash), "443") && isCanonicalPath(rest.substr(slash));
}

bool isCanonicalOrigin(std::string_view origin) {
    if (origin.starts_with(kHttps)) return isCanonicalAuthority(origin.substr(kHttps.size()), "443");
    if (!origin.starts_with(kHttp)) return false;
    const auto authority = origin.substr(kHttp.size());
    return !authority.empty() && isThisComputer(authority) && isCanonicalAuthority(authority, "80");
}

std::string_view originOf(std::string_view url) {
    return url.substr(0, url.find('/', schemeBytes(url)));
}

std::string_view hostOf(std::string_view url) {
    const auto authority = originOf(url).substr(schemeBytes(url));
    if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

}  // namespace signet
