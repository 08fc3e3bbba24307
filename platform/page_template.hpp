// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace signet {

/// Text for HTML, inside elements and inside quoted attributes. The only place that does this.
std::string escapeHtml(std::string_view text);

/// A name from outside as pages show it, on one line: control characters and marks that turn the direction
/// of writing come as visible escapes, what is longer than `maxCharacters` ends in an ellipsis. Not yet HTML.
std::string shownName(const std::string& utf8, std::size_t maxCharacters = 80);

using PageValues = std::map<std::string, std::string, std::less<>>;

/// Fills a template: {{name}} is the value, escaped; {{&name}} the value as it is, which must be HTML of
/// ours;
/// {{#name}}…{{/name}} stays where the value is not empty, {{^name}}…{{/name}} where it is; {{! … }} goes.
/// A name that `values` does not hold is asked of `words`. A small part of Mustache. Pure.
std::string fillTemplate(std::string_view text, const PageValues& values,
                         const std::function<std::string(std::string_view)>& words);

}  // namespace signet
