// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/agent/doctor_fixture.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace signet {
namespace {

using enum CheckCode;

std::string tableOfDocument() {
    std::ostringstream text;
    text << "| code | status | 中文 | English | 怎么办 | what to do | for IT "
            "|\n|---|---|---|---|---|---|---|\n";
    for (const auto& row : checkTable())
        text << "| `" << row.name << "` | " << toString(row.finding) << " | " << row.zh << " | " << row.en
             << " | " << row.adviceZh << " | " << row.adviceEn << " | " << row.meaning << " |\n";
    return text.str();
}

TEST(DoctorTable, everyRow_isWholeAndItsNameUnique) {
    std::set<std::string_view> names;
    for (const auto& row : checkTable()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_FALSE(row.zh.empty() || row.en.empty() || row.meaning.empty()) << row.name;
        EXPECT_EQ(row.adviceZh.empty(), row.adviceEn.empty()) << row.name;
        const bool isFault = row.finding == Finding::fault;
        EXPECT_FALSE(isFault && row.adviceEn.empty()) << row.name << ": a fault without a way out";
    }
}

/// The part of docs/doctor.md between the marks says what the table says. SIGNET_UPDATE_DOCS=1 writes it.
TEST(DoctorTable, document_holdsTheTable) {
    const std::string path = std::string(std::getenv("SIGNET_SOURCE")) + "/docs/doctor.md";
    std::stringstream content;
    content << std::ifstream(path).rdbuf();
    std::string text = content.str();
    const std::string begin = "<!-- table: begin -->\n";
    const auto from = text.find(begin);
    const auto to = text.find("<!-- table: end -->");
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    const auto start = from + begin.size();
    if (std::getenv("SIGNET_UPDATE_DOCS") != nullptr) {
        text.replace(start, to - start, tableOfDocument());
        std::ofstream(path) << text;
        return;
    }
    EXPECT_EQ(text.substr(start, to - start), tableOfDocument());
}

TEST(DoctorTable, placeholders_areFilled) {
    const auto check =
        makeCheck(moduleMissingLibrary, Language::en, "/m.so", "s", {{"library", "libx.so.1"}});
    EXPECT_EQ(check.sentence, "The module needs libx.so.1, which is not installed.");
    EXPECT_EQ(check.advice, "Install the package that provides libx.so.1.");
    EXPECT_EQ(check.finding, Finding::fault);
    EXPECT_EQ(check.name(), "module_missing_library");
}

/// The order is part of the contract: a cause stands before what follows from it.

}  // namespace
}  // namespace signet
