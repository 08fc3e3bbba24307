// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/settings.hpp"

#include <algorithm>
#include <regex>

namespace signet {
namespace {

constexpr std::string_view kPortMark = "{port}";

tl::unexpected<Error> missing(const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = what;
    error.params["name"] = what;
    return fail(std::move(error));
}

std::string withPortIn(std::string text, std::uint16_t port) {
    const auto at = text.find(kPortMark);
    if (at != std::string::npos) text.replace(at, kPortMark.size(), std::to_string(port));
    return text;
}

std::string_view hostOf(std::string_view origin) {
    origin.remove_prefix(std::min(origin.find("://") + 3, origin.size()));
    if (origin.starts_with('[')) return origin.substr(0, origin.find(']') + 1);
    return origin.substr(0, origin.find(':'));
}

bool isLocalPath(std::string_view text) {
    const bool isVisible = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
    return isVisible && text.starts_with('/') && !text.starts_with("//") &&
           text.find('\\') == std::string_view::npos;
}

}  // namespace

bool isOrigin(std::string_view text) {
    static const std::regex kShape(
        R"(https://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(:([1-9][0-9]{0,4}|\{port\}))?)");
    return std::regex_match(text.begin(), text.end(), kShape) && !text.ends_with(":443");
}

bool isDownloadUrl(std::string_view text) {
    constexpr std::string_view kHttps = "https://";
    if (text.find(kPortMark) != std::string_view::npos) return false;
    if (!text.starts_with(kHttps)) return isLocalPath(text);
    const auto path = text.find('/', kHttps.size());
    if (path == std::string_view::npos) return isOrigin(text);
    return isOrigin(text.substr(0, path)) && isLocalPath(text.substr(path));
}

bool isPublicHost(std::string_view origin) {
    const auto host = hostOf(origin);
    const bool isNumeric =
        host.find_first_not_of("0123456789.") == std::string_view::npos || host.starts_with('[');
    return !isNumeric && host != "localhost" && !host.ends_with(".localhost");
}

Result<void> checkForServing(const PlatformSettings& settings) {
    if (settings.issuer.empty()) return missing("issuer: is not set");
    if (settings.tlsCertificate.empty()) return missing("tls-cert: is not set");
    if (settings.tlsKey.empty()) return missing("tls-key: is not set");
    if (settings.database.empty()) return missing("db: is not set");
    if (settings.trust.empty()) return missing("trust: is not set");
    return {};
}

PlatformSettings withPort(PlatformSettings settings, std::uint16_t port) {
    settings.issuer = withPortIn(std::move(settings.issuer), port);
    for (auto& origin : settings.origins) origin = withPortIn(std::move(origin), port);
    // Last: the first of those that were given is that of a challenge without Origin.
    auto& origins = settings.origins;
    if (std::find(origins.begin(), origins.end(), settings.issuer) == origins.end())
        origins.push_back(settings.issuer);
    if (settings.agentPorts.empty()) settings.agentPorts = {28617, 28627, 28637};
    return settings;
}

std::filesystem::path databaseFileOf(const PlatformSettings& settings) {
    constexpr std::string_view kSqlite = "sqlite:";
    if (!settings.database.starts_with(kSqlite)) return {};
    return settings.database.substr(kSqlite.size());
}

std::filesystem::path dataKeyOf(const PlatformSettings& settings) {
    if (!settings.dataKey.empty()) return settings.dataKey;
    const auto database = databaseFileOf(settings);
    return database.empty() ? std::filesystem::path() : std::filesystem::path(database.string() + ".key");
}

}  // namespace signet
