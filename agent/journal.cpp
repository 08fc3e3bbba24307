// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal.hpp"

#include "agent/configuration_files.hpp"
#include "base/fd.hpp"
#include "base/file.hpp"
#include "certs/certificate.hpp"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxReadBytes = 64 * 1024 * 1024;
constexpr std::size_t kMaxFieldBytes = 1024;

using Member = std::string JournalEntry::*;
constexpr std::array<std::pair<const char*, Member>, 9> kMembers{{{"issuer", &JournalEntry::issuer},
                                                                  {"origin", &JournalEntry::origin},
                                                                  {"purpose", &JournalEntry::purpose},
                                                                  {"client", &JournalEntry::client},
                                                                  {"act", &JournalEntry::act},
                                                                  {"certificate", &JournalEntry::certificate},
                                                                  {"subject", &JournalEntry::subject},
                                                                  {"challenge", &JournalEntry::challenge},
                                                                  {"result", &JournalEntry::result}}};

std::optional<TimePoint> parseTime(const std::string& text) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0') return std::nullopt;
    return TimePoint(std::chrono::seconds(::timegm(&parts)));
}

std::optional<JournalEntry> parseLine(std::string_view line) {
    const auto json = parseStrictJson(line);
    if (!json || !json->is_object()) return std::nullopt;
    JournalEntry entry;
    const auto time = json->find("time");
    if (time == json->end() || !time->is_string()) return std::nullopt;
    const auto parsed = parseTime(time->get<std::string>());
    if (!parsed) return std::nullopt;
    entry.time = *parsed;
    for (const auto& [name, member] : kMembers) {
        const auto found = json->find(name);
        if (found == json->end()) continue;
        if (!found->is_string()) return std::nullopt;
        entry.*member = found->get<std::string>();
    }
    return entry;
}

void parseLines(std::string_view text, JournalContent& content) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.empty()) continue;
        if (auto entry = parseLine(line))
            content.entries.push_back(std::move(*entry));
        else
            ++content.brokenLines;
    }
}

/// Pure ASCII, so that nothing in it can play with the terminal of someone who looks at the file.
std::string lineOf(const JournalEntry& entry) {
    JournalEntry cut = entry;
    for (const auto& [name, member] : kMembers)
        if ((cut.*member).size() > kMaxFieldBytes) (cut.*member).resize(kMaxFieldBytes);
    return journalJson(cut).dump(-1, ' ', true, Json::error_handler_t::replace);
}

struct FileState {
    std::size_t size = 0;
    bool endsInMidLine = false;  ///< a crash or a full disk cut the last line
};

FileState stateOf(const std::filesystem::path& file) {
    const Fd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    if (!fd.isOpen() || ::fstat(fd.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    if ((status.st_mode & 0777) != 0600) (void)::fchmod(fd.get(), 0600);
    char last = '\n';
    if (status.st_size > 0) (void)!::pread(fd.get(), &last, 1, status.st_size - 1);
    return {static_cast<std::size_t>(status.st_size), last != '\n'};
}

}  // namespace

JournalEntry journalEntryOf(const JournalRecord& record) {
    JournalEntry entry;
    entry.time = record.time;
    entry.issuer = record.issuer;
    entry.origin = record.origin;
    entry.purpose = record.kind == LoginKind::webEid ? "web-eid" : toString(record.purpose);
    entry.client = record.client ? record.client->id : std::string();
    entry.act = record.act.org.empty() ? record.act.as : record.act.as + ":" + record.act.org;
    entry.certificate = record.certificate;
    entry.subject = record.subjectName;
    if (!record.subjectNumber.empty()) entry.subject += " " + record.subjectNumber;
    entry.challenge = record.challengeId;
    entry.result = record.result;
    return entry;
}

Json journalJson(const JournalEntry& entry) {
    Json json{{"time", timeText(entry.time)}};
    for (const auto& [name, member] : kMembers) json[name] = entry.*member;
    return json;
}

Journal::Journal(std::filesystem::path file, std::size_t maxBytes)
    : m_file(std::move(file)), m_maxBytes(maxBytes) {
}

std::filesystem::path Journal::oldFile() const {
    return m_file.string() + ".1";
}

void Journal::rotate() const {
    // A failure leaves one long file, which is better than a lost entry.
    (void)::rename(m_file.c_str(), oldFile().c_str());
}

Result<void> Journal::append(const JournalEntry& entry) {
    const auto folder = m_file.parent_path();
    if (auto made = makePrivateFolder(folder); !made) return made;
    // Held while it rotates and writes, so that two programs do not rotate one after the other.
    const Fd lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock.isOpen()) (void)::flock(lock.get(), LOCK_EX);
    auto state = stateOf(m_file);
    const auto line = lineOf(entry);
    if (state.size > 0 && state.size + line.size() > m_maxBytes) {
        rotate();
        state = {};
    }
    return appendLine(m_file, state.endsInMidLine ? "\n" + line : line);
}

Result<JournalContent> Journal::read() const {
    JournalContent content;
    for (const auto& file : {oldFile(), m_file}) {
        const auto text = readFile(file, kMaxReadBytes);
        if (text)
            parseLines(*text, content);
        else if (text.error().reason != "file_missing")
            return fail(ErrorCode::internalError, text.error().detail, "file_unreadable");
    }
    return content;
}

void JournalWriter::record(const JournalRecord& record) {
    if (auto written = m_journal.append(journalEntryOf(record)); !written && m_warn) m_warn(written.error());
}

std::filesystem::path defaultJournalFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "journal.jsonl";
}

}  // namespace signet
