// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/journal.hpp"
#include "agent/language.hpp"
#include "agent/prompt_text.hpp"
#include "certs/certificate.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

std::string lineOf(const JournalEntry& entry) {
    auto line = timeText(entry.time) + "  " + shownLiterally(entry.result, 30) + "  " +
                shownLiterally(entry.purpose, 20) + "  " +
                shownLiterally(entry.issuer.empty() ? entry.origin : entry.issuer) + "  " +
                shownLiterally(entry.subject);
    if (!entry.act.empty() && entry.act != "self") line += "  " + shownLiterally(entry.act);
    if (!entry.client.empty()) line += "  " + shownLiterally(entry.client);
    if (!entry.issuer.empty() && entry.origin != kAgentOrigin) line += "  " + shownLiterally(entry.origin);
    return line;
}

Json documentOf(const JournalContent& content, const Journal& journal) {
    Json document{{"ok", true},
                  {"file", journal.file().string()},
                  {"skipped", content.brokenLines},
                  {"entries", Json::array()}};
    for (const auto& entry : content.entries) document["entries"].push_back(journalJson(entry));
    return document;
}

}  // namespace

ExitStatus runJournal(CliContext& context) {
    const auto& output = context.output;
    const Journal journal(defaultJournalFile());
    const auto content = journal.read();
    if (!content) return output.fail(content.error());
    if (content->brokenLines > 0)
        output.warn(std::to_string(content->brokenLines) +
                    Text{" 行已损坏,已跳过", " broken lines were skipped"}.of(output.language));
    if (output.isJson) {
        output.print(documentOf(*content, journal));
        return ExitStatus::done;
    }
    for (const auto& entry : content->entries) output.print(lineOf(entry));
    if (content->entries.empty())
        output.print(Text{"还没有记录。", "Nothing has been signed yet."}.of(output.language));
    return ExitStatus::done;
}

}  // namespace signet
