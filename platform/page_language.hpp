// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "platform/http.hpp"

#include <string_view>

namespace signet {

struct PageLanguage {
    Language language = Language::zh;
    bool isChosen = false;  ///< by ?lang=, to be remembered in the cookie
};

/// ?lang=zh|en, else the cookie, else Accept-Language: the better liked of Chinese and English. Chinese where
/// nothing is said, English where only other languages are named. Pure. Source: RFC 9110 section 12.5.4.
PageLanguage pageLanguage(const HttpRequest& request);

/// "zh" or "en".
std::string_view nameOf(Language language);

}  // namespace signet
