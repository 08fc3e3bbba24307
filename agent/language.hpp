// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace signet {

/// Looks a variable of the environment up; nullopt where it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(const char* name)>;
std::optional<std::string> processEnvironment(const char* name);

/// The language of everything that a person reads: the configured one, else that of the locale (the first of
/// LC_ALL, LC_MESSAGES and LANG that is set), else Chinese. The locales C and POSIX express no wish; a
/// language that we do not speak gets English.
Language chooseLanguage(std::optional<Language> configured,
                        const EnvironmentLookup& environment = processEnvironment);

/// Two wordings of one text.
struct Text {
    std::string_view zh;
    std::string_view en;
    std::string of(Language language) const { return std::string(language == Language::zh ? zh : en); }
};

/// A JSON text that is written for people too: what is invisible or changes what others look like (C1
/// controls, bidirectional formatting) comes as an escape, so that a name on a token cannot play with the
/// terminal. The same document.
std::string withoutInvisible(std::string_view json);

/// Text from outside, shown literally on one line: control characters, marks that turn the direction of
/// writing and broken UTF-8 are escaped, and what is longer than `maxWidth` columns (a CJK character takes
/// two) is cut with an ellipsis. Source: Unicode UAX #9 (formatting characters), UAX #11 (width, in the
/// coarse form that terminals use).
std::string shownLiterally(std::string_view text, std::size_t maxWidth = 80);

}  // namespace signet
