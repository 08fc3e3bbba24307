// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/file.hpp"
#include "base/ini.hpp"
#include "platform/settings.hpp"

#include <boost/program_options/errors.hpp>
#include <boost/program_options/options_description.hpp>
#include <boost/program_options/parsers.hpp>
#include <boost/program_options/positional_options.hpp>

#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <sstream>

namespace signet {
namespace po = boost::program_options;
namespace {

constexpr std::size_t kMaxConfigurationBytes = 256 * 1024;
/// A browser tries them all at once.
constexpr std::size_t kMaxAgentPorts = 16;

/// Puts a value in its place; what it gives back is the fault, empty when there is none.
using Apply = std::string (*)(PlatformSettings&, const std::string&);

template <class Number>
std::string number(const std::string& text, Number least, Number most, Number& out) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < least || value > most)
        return "expected a number from " + std::to_string(least) + " to " + std::to_string(most);
    out = value;
    return {};
}

std::string seconds(const std::string& text, long least, long most, std::chrono::seconds& out) {
    long value = 0;
    auto fault = number<long>(text, least, most, value);
    if (fault.empty()) out = std::chrono::seconds(value);
    return fault;
}

std::string listen(PlatformSettings& settings, const std::string& value) {
    const auto colon = value.rfind(':');
    if (colon == std::string::npos || colon == 0) return "expected ADDRESS:PORT";
    auto address = value.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    settings.listen.address = address;
    return number<std::uint16_t>(value.substr(colon + 1), 0, 65535, settings.listen.port);
}

std::string issuer(PlatformSettings& settings, const std::string& value) {
    if (!isOrigin(value)) return "expected https://host[:port] in lower case, without a path";
    settings.issuer = value;
    return {};
}

std::string origin(PlatformSettings& settings, const std::string& value) {
    if (!isOrigin(value)) return "expected an exact https origin without wildcard or path";
    settings.origins.push_back(value);
    return {};
}

/// The door for TLS is the next port, so that one must be there too.
std::string agentPort(PlatformSettings& settings, const std::string& value) {
    std::uint16_t port = 0;
    auto fault = number<std::uint16_t>(value, 1, 65534, port);
    if (!fault.empty()) return fault;
    if (settings.agentPorts.size() == kMaxAgentPorts) return "more than 16 ports";
    settings.agentPorts.push_back(port);
    return {};
}

std::string downloadUrl(PlatformSettings& settings, const std::string& value) {
    if (!isDownloadUrl(value)) return "expected https://host[/path] or a path that begins with one /";
    settings.downloadUrl = value;
    return {};
}

std::string revocation(PlatformSettings& settings, const std::string& value) {
    const auto policy = revocationPolicyFromName(value);
    if (!policy) return "expected hard-fail, soft-fail or off";
    settings.revocation = *policy;
    return {};
}

std::string truth(const std::string& value, bool& out) {
    if (value != "true" && value != "false") return "expected true or false";
    out = value == "true";
    return {};
}

std::string algorithms(PlatformSettings& settings, const std::string& value) {
    std::vector<Algorithm> chosen;
    std::istringstream words(value);
    for (std::string word; words >> word;) {
        if (word.ends_with(',')) word.pop_back();
        const auto algorithm = algorithmFromName(word);
        if (!algorithm) return "unknown algorithm";
        chosen.push_back(*algorithm);
    }
    if (chosen.empty()) return "expected at least one algorithm";
    settings.algorithms = std::move(chosen);
    return {};
}

std::string logLevel(PlatformSettings& settings, const std::string& value) {
    static const std::map<std::string, LogLevel> kLevels{{"debug", LogLevel::debug},
                                                         {"info", LogLevel::info},
                                                         {"warning", LogLevel::warning},
                                                         {"error", LogLevel::error}};
    const auto found = kLevels.find(value);
    if (found == kLevels.end()) return "expected debug, info, warning or error";
    settings.logLevel = found->second;
    return {};
}

struct Key {
    const char* name;
    const char* argument;
    const char* help;
    bool isRepeatable;
    Apply apply;
};

using S = PlatformSettings;
using V = const std::string;
// clang-format off
const std::array kKeys{
    Key{"listen", "ADDRESS:PORT", "where to listen; port 0 takes a free one (127.0.0.1:8443)", false, &listen},
    Key{"port-file", "FILE", "gets the port once the platform listens", false, [](S& s, V& v) { s.portFile = v; return std::string(); }},
    Key{"issuer", "URL", "this platform's name, https://host[:port]; {port} stands for the port", false, &issuer},
    Key{"tls-cert", "FILE", "TLS certificate chain, PEM", false, [](S& s, V& v) { s.tlsCertificate = v; return std::string(); }},
    Key{"tls-key", "FILE", "its private key, PEM", false, [](S& s, V& v) { s.tlsKey = v; return std::string(); }},
    Key{"db", "sqlite:FILE", "the database", false, [](S& s, V& v) { s.database = v; return std::string(); }},
    Key{"data-key", "FILE", "32 bytes that seal identity numbers and evidence (the database file's name with .key)", false, [](S& s, V& v) { s.dataKey = v; return std::string(); }},
    Key{"trust", "DIR", "CA certificates whose holders may log in (repeatable)", true, [](S& s, V& v) { s.trust.emplace_back(v); return std::string(); }},
    Key{"revocation", "POLICY", "hard-fail, soft-fail or off where the CA's description does not say (soft-fail)", false, &revocation},
    Key{"origin", "ORIGIN", "further origin whose pages may ask for a login, beside the issuer's own (repeatable)", true, &origin},
    Key{"front-certificate", "FILE", "TLS certificate of a proxy in front, PEM (repeatable)", true, [](S& s, V& v) { s.frontCertificates.emplace_back(v); return std::string(); }},
    Key{"allow-unbound", "BOOL", "accept statements without channel binding (false)", false, [](S& s, V& v) { return truth(v, s.allowUnbound); }},
    Key{"challenge-lifetime", "SECONDS", "life of a challenge, at most 120 (120)", false, [](S& s, V& v) { return seconds(v, 1, 120, s.challengeLifetime); }},
    Key{"session-lifetime", "SECONDS", "life of a session (28800)", false, [](S& s, V& v) { return seconds(v, 60, 30L * 86400, s.sessionLifetime); }},
    Key{"algs", "NAMES", "accepted algorithms (ES256 ES384 RS256 PS256 SM2SM3)", false, &algorithms},
    Key{"documents", "DIR", "agreements in force and earlier versions (built-in samples)", false, [](S& s, V& v) { s.documents = v; return std::string(); }},
    Key{"maintenance", "TEXT", "no new logins; the notice for the users", false, [](S& s, V& v) { s.maintenance = v; return std::string(); }},
    Key{"maintenance-until", "TIME", "RFC 3339, goes with the notice", false, [](S& s, V& v) { s.maintenanceUntil = v; return std::string(); }},
    Key{"agent-port", "PORT", "port of the agent's bridge on the users' computers (repeatable; 28617 28627 28637)", true, &agentPort},
    Key{"download-url", "URL", "where users get the agent: https://… or a path of this host", false, &downloadUrl},
    Key{"log.level", "LEVEL", "debug, info, warning or error (info)", false, &logLevel},
    Key{"threads", "N", "I/O threads (as many as cores)", false, [](S& s, V& v) { return number<unsigned>(v, 0, 256, s.threads); }},
    Key{"challenge-rate", "N", "challenges and logins a second from one address, 0 for no limit (100)", false, [](S& s, V& v) { return number<unsigned>(v, 0, 1000000, s.challengeRate); }},
    Key{"connections", "N", "connections in all (4096)", false, [](S& s, V& v) { return number<unsigned>(v, 1, 1000000, s.maxConnections); }},
    Key{"connections-per-address", "N", "connections from one address (256)", false, [](S& s, V& v) { return number<unsigned>(v, 1, 1000000, s.maxConnectionsPerAddress); }},
};
// clang-format on

const Key* keyNamed(std::string_view name) {
    for (const auto& key : kKeys)
        if (key.name == name) return &key;
    return nullptr;
}

Error optionError(const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = what;
    error.params["name"] = what;
    return error;
}

/// Applies entries in order; a key that may come once may come once only.
Result<void> applyAll(PlatformSettings& settings, const std::vector<IniEntry>& entries,
                      const std::function<Error(const IniEntry&, const std::string&)>& errorAt) {
    std::map<std::string, int> seen;
    for (const auto& entry : entries) {
        const auto* key = keyNamed(entry.key);
        if (key == nullptr) return fail(errorAt(entry, "unknown key"));
        if (++seen[entry.key] > 1 && !key->isRepeatable) return fail(errorAt(entry, "is set twice"));
        if (auto fault = key->apply(settings, entry.value); !fault.empty())
            return fail(errorAt(entry, fault));
    }
    return {};
}

/// A repeatable key on the command line replaces the file's list.
void forgetRepeatables(PlatformSettings& settings, const std::vector<IniEntry>& entries) {
    for (const auto& entry : entries) {
        if (entry.key == "trust") settings.trust.clear();
        if (entry.key == "origin") settings.origins.clear();
        if (entry.key == "front-certificate") settings.frontCertificates.clear();
        if (entry.key == "agent-port") settings.agentPorts.clear();
    }
}

po::options_description allOptions() {
    po::options_description options;
    for (const auto& key : kKeys) options.add_options()(key.name, po::value<std::string>(), key.help);
    options.add_options()("config", po::value<std::string>())("out", po::value<std::string>());
    options.add_options()("help", "")("version", "")("licenses", "")("words",
                                                                     po::value<std::vector<std::string>>());
    return options;
}

/// Where the words of the command line go.
struct Sorted {
    CommandLine line;
    std::string configFile;
    std::vector<IniEntry> entries;
    std::vector<std::string> words;
};

Result<Sorted> sortArguments(const std::vector<std::string>& arguments) {
    Sorted sorted;
    const auto options = allOptions();
    po::positional_options_description positional;
    positional.add("words", -1);
    try {
        using namespace po::command_line_style;
        const auto parsed = po::command_line_parser(arguments)
                                .options(options)
                                .positional(positional)
                                .style(unix_style & ~allow_guessing & ~allow_short)
                                .run();
        for (const auto& option : parsed.options) {
            const std::string value = option.value.empty() ? std::string() : option.value.front();
            if (option.string_key == "config")
                sorted.configFile = value;
            else if (option.string_key == "out")
                sorted.line.adminOut = value;
            else if (option.string_key == "help")
                sorted.line.action = CommandLine::Action::help;
            else if (option.string_key == "version")
                sorted.line.action = CommandLine::Action::version;
            else if (option.string_key == "licenses")
                sorted.line.action = CommandLine::Action::licences;
            else if (option.string_key == "words")
                sorted.words.push_back(value);
            else
                sorted.entries.push_back({option.string_key, value, 0});
        }
    } catch (const po::error& error) {
        return fail(ErrorCode::invalidRequest, error.what(), "usage");
    }
    return sorted;
}

}  // namespace

Result<PlatformSettings> parseSettings(std::string_view text, std::string_view fileName) {
    auto entries = parseIni(text, fileName);
    if (!entries) return fail(std::move(entries.error()));
    PlatformSettings settings;
    auto applied = applyAll(settings, *entries, [&](const IniEntry& entry, const std::string& fault) {
        return configurationError(fileName, entry.line, entry.key + ": " + fault);
    });
    if (!applied) return fail(std::move(applied.error()));
    return settings;
}

Result<CommandLine> readCommandLine(const std::vector<std::string>& arguments) {
    auto sorted = sortArguments(arguments);
    if (!sorted) return fail(std::move(sorted.error()));
    auto& line = sorted->line;
    if (line.action != CommandLine::Action::serve) return line;
    if (!sorted->configFile.empty()) {
        auto text = readFile(sorted->configFile, kMaxConfigurationBytes);
        if (!text) return fail(std::move(text.error()));
        auto settings = parseSettings(*text, sorted->configFile);
        if (!settings) return fail(std::move(settings.error()));
        line.settings = std::move(*settings);
    }
    forgetRepeatables(line.settings, sorted->entries);
    auto applied =
        applyAll(line.settings, sorted->entries, [](const IniEntry& entry, const std::string& fault) {
            return optionError("--" + entry.key + ": " + fault);
        });
    if (!applied) return fail(std::move(applied.error()));
    if (sorted->words.empty()) return line;
    if (sorted->words.front() != "admin") return fail(ErrorCode::invalidRequest, "unknown command", "usage");
    line.action = CommandLine::Action::admin;
    line.adminArguments.assign(sorted->words.begin() + 1, sorted->words.end());
    return line;
}

std::string usageText() {
    std::ostringstream out;
    out << "usage: signet-platform [--config FILE] [--KEY VALUE ...]\n"
           "       signet-platform admin COMMAND [--config FILE | --db sqlite:FILE [--data-key FILE]]\n"
           "       signet-platform --help | --version | --licenses\n\n"
           "admin commands\n"
           "  accounts                        who is registered (numbers masked)\n"
           "  certificates                    certificates of the accounts and their state\n"
           "  audit                           the audit log\n"
           "  approve-certificate SHA256      bind a pending certificate\n"
           "  revoke-certificate SHA256       unbind one; others of the account go on\n"
           "  account-state NUMBER STATE      active, restricted, suspended, frozen or terminated; NUMBER - "
           "is read from stdin\n"
           "  evidence CID --out DIR          what proves a login, for openssl alone\n\n"
           "keys, the same in FILE (key = value)\n";
    for (const auto& key : kKeys) {
        std::string left = "  --" + std::string(key.name) + " " + key.argument;
        left.resize(std::max<std::size_t>(left.size() + 1, 36), ' ');
        out << left << key.help << "\n";
    }
    out << "\nThe platform ends cleanly on SIGTERM. Exit status: 0 done, 1 failed, 2 usage or "
           "configuration.\n";
    return out.str();
}

}  // namespace signet
