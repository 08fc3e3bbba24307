// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/journal.hpp"
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace signet {

/// The journal in a form for others. Pure.

/// For spreadsheets: UTF-8 with a byte order mark, a row of names, lines ended by CR LF; newest entry first.
/// Invisible characters are escaped as on the screen. Source: RFC 4180.
std::string journalCsv(const JournalContent& content, Language language);

/// {"skipped": N, "entries": […]}, each entry as in the journal's file, oldest first.
std::string journalDocument(const JournalContent& content);

/// One cell: quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe.
/// Source: OWASP, CSV Injection.
std::string csvCell(std::string_view text);

}  // namespace signet
