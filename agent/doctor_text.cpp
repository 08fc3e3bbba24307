// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor.hpp"

#include "agent/language.hpp"
#include "agent/prompt_text.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

std::string markOf(Finding finding) {
    switch (finding) {
        case Finding::fine:
            return "✓";
        case Finding::hint:
            return "!";
        case Finding::fault:
            return "✗";
        case Finding::skipped:
            return "-";
    }
    return {};
}

}  // namespace

Json doctorJson(const std::vector<Check>& checks, Language language) {
    Json document{{"ok", !hasFault(checks)},
                  {"language", language == Language::zh ? "zh" : "en"},
                  {"checks", Json::array()}};
    for (const auto& check : checks)
        document["checks"].push_back({{"code", check.name()},
                                      {"status", toString(check.finding)},
                                      {"subject", check.subject},
                                      {"message", check.sentence},
                                      {"advice", check.advice},
                                      {"seen", check.seen}});
    return document;
}

std::string doctorText(const std::vector<Check>& checks, Language language) {
    std::vector<std::string> lines;
    for (const auto& check : checks) {
        auto line = markOf(check.finding) + " ";
        if (!check.subject.empty()) line += shownLiterally(check.subject, 120) + "  ";
        const auto said = check.finding == Finding::skipped ? Text{"未检查。", "Not checked."}.of(language)
                                                            : check.sentence;
        lines.push_back(line + shownLiterally(said, 400));
        if (!check.advice.empty()) lines.push_back("    → " + shownLiterally(check.advice, 400));
        lines.push_back("    (" + check.name() +
                        (check.seen.empty() ? "" : ": " + shownLiterally(check.seen, 400)) + ")");
    }
    return joined(lines);
}

}  // namespace signet
