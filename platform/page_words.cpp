// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/page_words.hpp"

#include "base/ini.hpp"
#include "platform/page_files.hpp"

#include <cassert>

namespace signet {

PageWords::Words PageWords::read(std::string_view file) {
    Words words;
    const auto entries = parseIni(pageFile(file), file);
    assert(entries);
    for (const auto& entry : *entries) words[entry.key] = entry.value;
    return words;
}

PageWords::PageWords() : m_zh(read("words.zh.ini")), m_en(read("words.en.ini")) {
}

std::string PageWords::of(Language language, std::string_view name) const {
    const auto& words = language == Language::zh ? m_zh : m_en;
    const auto found = words.find(name);
    return found == words.end() ? std::string() : found->second;
}

}  // namespace signet
