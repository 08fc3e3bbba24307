// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_report.hpp"

#include "agent/language.hpp"
#include "base/file.hpp"
#include "certs/certificate.hpp"
#include "certs/identity.hpp"

#include <openssl/crypto.h>
#include <QtGlobal>

#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace signet {
namespace {

constexpr std::size_t kMaxOsReleaseBytes = 16 * 1024;
constexpr std::size_t kSerialEnd = 4;
constexpr std::size_t kShortestSerial = 6;

bool isAlphanumeric(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

/// A part of a longer word or of a host's name is not the word.
bool isWordEnd(std::string_view text, std::size_t place) {
    if (place >= text.size()) return true;
    constexpr std::string_view kJoining = "-_.";
    if (isAlphanumeric(text[place])) return false;
    const bool isFollowed = place + 1 < text.size() && isAlphanumeric(text[place + 1]);
    return kJoining.find(text[place]) == std::string_view::npos || !isFollowed;
}

bool isWordBegin(std::string_view text, std::size_t place) {
    if (place == 0) return true;
    constexpr std::string_view kJoining = "-_.";
    return !isAlphanumeric(text[place - 1]) && kJoining.find(text[place - 1]) == std::string_view::npos;
}

void replaceWord(std::string& text, const std::string& word, const std::string& by) {
    if (word.empty()) return;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
        if (isWordBegin(text, at) && isWordEnd(text, at + word.size())) text.replace(at, word.size(), by);
        at += 1;
        if (at >= text.size()) break;
    }
}

void replaceAll(std::string& text, const std::string& part, const std::string& by) {
    if (part.empty() || by.find(part) != std::string::npos) return;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
}

bool isNumberShaped(std::string number) {
    if (number.back() == 'x') number.back() = 'X';
    return isIdNumberShaped(number) || isUsccShaped(number);
}

/// A number may have letters before it ("SF", "JJ"), so every place of a word is looked at.
std::string maskedWord(std::string word) {
    constexpr std::size_t kDigits = 18;
    constexpr std::size_t kLegacyDigits = 15;
    const bool isDigits = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (word.size() == kLegacyDigits && isDigits) return maskedNumber(word);
    for (std::size_t at = 0; at + kDigits <= word.size(); ++at) {
        const auto number = word.substr(at, kDigits);
        if (isNumberShaped(number)) word.replace(at, kDigits, maskedNumber(number));
    }
    return word;
}

std::string withMaskedNumbers(std::string_view text) {
    std::string masked;
    while (!text.empty()) {
        const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isAlphanumeric) -
                                                  text.begin());
        masked += maskedWord(std::string(text.substr(0, end)));
        text.remove_prefix(end);
        if (text.empty()) break;
        masked += text.front();
        text.remove_prefix(1);
    }
    return masked;
}

std::string userName() {
    const passwd* entry = ::getpwuid(::getuid());
    return entry == nullptr || entry->pw_name == nullptr ? std::string() : entry->pw_name;
}

std::string hostName() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string lastInParentheses(const std::string& text) {
    const auto end = text.rfind(')');
    const auto begin = end == std::string::npos ? end : text.rfind('(', end);
    return begin == std::string::npos ? std::string() : text.substr(begin + 1, end - begin - 1);
}

}  // namespace

PersonalFacts personalFacts(const DoctorFacts& facts) {
    PersonalFacts personal;
    if (const char* home = std::getenv("HOME"); home != nullptr && std::string_view(home).size() > 1)
        personal.home = home;
    // These name nobody.
    if (const auto user = userName(); user != "root") personal.user = user;
    if (const auto host = hostName(); host != "localhost") personal.host = host;
    for (const auto& fact : facts.modules) {
        if (!fact.listing || !fact.listing->result) continue;
        for (const auto& token : fact.listing->result->tokens)
            if (token.info.serial.size() >= kShortestSerial) personal.serials.push_back(token.info.serial);
    }
    // pcsc-lite puts a USB serial into the reader's name: "Maker Reader (0012345678) 00 00".
    if (facts.hardware.readers)
        for (const auto& reader : *facts.hardware.readers)
            if (auto serial = lastInParentheses(reader.name); serial.size() >= kShortestSerial)
                personal.serials.push_back(std::move(serial));
    return personal;
}

std::string withoutPersonal(std::string_view text, const PersonalFacts& personal) {
    std::string clean(text);
    for (const auto& serial : personal.serials)
        replaceAll(clean, serial, "…" + serial.substr(serial.size() - std::min(kSerialEnd, serial.size())));
    replaceWord(clean, personal.home, "~");
    replaceWord(clean, personal.host, "(computer)");
    replaceWord(clean, personal.user, "(user)");
    return withMaskedNumbers(clean);
}

Check withoutPersonal(Check check, const PersonalFacts& personal) {
    for (auto* text : {&check.subject, &check.sentence, &check.advice, &check.seen})
        *text = withoutPersonal(*text, personal);
    return check;
}

ReportHead reportHead(const std::string& version, TimePoint now) {
    ReportHead head{.time = now, .signet = version};
    head.system = prettyName(readFile("/etc/os-release", kMaxOsReleaseBytes).value_or(""));
    utsname names{};
    if (::uname(&names) == 0) head.kernel = std::string(names.release) + " " + names.machine;
    head.openssl = ::OpenSSL_version(OPENSSL_VERSION);
    head.qt = ::qVersion();
    return head;
}

std::string prettyName(std::string_view osRelease) {
    constexpr std::string_view kKey = "PRETTY_NAME=";
    while (!osRelease.empty()) {
        const auto end = std::min(osRelease.find('\n'), osRelease.size());
        auto line = osRelease.substr(0, end);
        osRelease.remove_prefix(std::min(end + 1, osRelease.size()));
        if (!line.starts_with(kKey)) continue;
        line.remove_prefix(kKey.size());
        if (line.size() >= 2 && (line.front() == '"' || line.front() == '\''))
            line = line.substr(1, line.size() - 2);
        return std::string(line);
    }
    return {};
}

std::string doctorReport(const ReportHead& head, const std::vector<Check>& checks,
                         const PersonalFacts& personal, Language language) {
    std::vector<Check> clean;
    for (const auto& check : checks) clean.push_back(withoutPersonal(check, personal));
    std::string text = Text{"印信自检报告", "Signet self-check"}.of(language) + "\n";
    const std::array<std::pair<std::string_view, std::string>, 6> rows{
        std::pair{std::string_view("time"), timeText(head.time)},
        {"signet", head.signet},
        {"system", shownLiterally(head.system, 120)},
        {"kernel", shownLiterally(head.kernel, 120)},
        {"OpenSSL", head.openssl},
        {"Qt", head.qt}};
    for (const auto& [name, value] : rows) text += std::string(name) + ": " + value + "\n";
    return text + "\n" + doctorText(clean, language) + "\n";
}

}  // namespace signet
