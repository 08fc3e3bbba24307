// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal_export.hpp"

#include "agent/journal_words.hpp"
#include "agent/language.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace signet {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// Never cut: a field of the journal has 1024 bytes, each of which may be escaped.
constexpr std::size_t kWholeColumns = 16 * 1024;
/// The last four in the full width in which some spreadsheets take them too.
constexpr std::array<std::string_view, 10> kFormulaBegins{"=", "+", "-", "@", "\t", "\r", "=", "+", "-", "@"};

bool isFormula(std::string_view text) {
    // Some spreadsheets drop what is blank before it.
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return false;
    const auto rest = text.substr(first);
    return std::any_of(kFormulaBegins.begin(), kFormulaBegins.end(),
                       [&](std::string_view begin) { return rest.starts_with(begin); });
}

std::string line(const std::vector<JournalField>& fields, std::string JournalField::*part) {
    std::string text;
    for (const auto& field : fields) {
        if (!text.empty()) text += ",";
        text += csvCell(shownLiterally(field.*part, kWholeColumns));
    }
    return text + "\r\n";
}

}  // namespace

std::string csvCell(std::string_view text) {
    std::string cell = isFormula(text) ? "'" : "";
    cell += text;
    if (cell.find_first_of("\",\r\n\t ';") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

std::string journalCsv(const JournalContent& content, Language language) {
    std::string text(kByteOrderMark);
    text += line(journalFields({}, language), &JournalField::name);
    for (auto entry = content.entries.rbegin(); entry != content.entries.rend(); ++entry)
        text += line(journalFields(*entry, language), &JournalField::value);
    return text;
}

std::string journalDocument(const JournalContent& content) {
    Json document{{"skipped", content.brokenLines}, {"entries", Json::array()}};
    for (const auto& entry : content.entries) document["entries"].push_back(journalJson(entry));
    return withoutInvisible(document.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace signet
