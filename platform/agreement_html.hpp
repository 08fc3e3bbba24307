// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace signet {

/// The Markdown of an agreement, without its head, as HTML for inside an element. HTML in it is shown
/// literally, a link stays one only to https, http, mailto, tel or within the site, of a picture the words
/// are left. What is between two ** is bold wherever the agent shows it so, also beside Chinese punctuation,
/// because material clauses are marked by it (R01). Units: UTF-8. Errors: internalError when there is no
/// memory. Thread: any, pure. Source: CommonMark 0.30 with tables, by MD4C; no block of code by indentation,
/// as in the agent.
Result<std::string> agreementHtml(std::string_view markdown);

}  // namespace signet
