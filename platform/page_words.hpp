// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <map>
#include <string>
#include <string_view>

namespace signet {

/// The words of the pages, from platform/pages/words.zh.ini and words.en.ini. Thread: any, never changed.
class PageWords {
public:
    PageWords();
    /// Empty for a name that is not there, which a test keeps from happening.
    std::string of(Language language, std::string_view name) const;

private:
    using Words = std::map<std::string, std::string, std::less<>>;
    static Words read(std::string_view file);

    Words m_zh;
    Words m_en;
};

}  // namespace signet
