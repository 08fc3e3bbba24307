// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/journal.hpp"
#include "base/error.hpp"

#include <string>
#include <vector>

namespace signet {

/// A journal's entry in the words of a reader. What comes from outside is as it was recorded: who shows it
/// escapes it. Thread: any.

/// "2026-11-24 16:30:05" in this computer's time zone.
std::string localTimeText(TimePoint time);
/// Who asked: the page's host, or the platform's where the user began it.
std::string siteWords(const JournalEntry& entry);
/// "登录", "注册或绑定证书" …, with the application that it was for.
std::string purposeWords(const JournalEntry& entry, Language language);
/// "本人", "法定代表人 9153…".
std::string actWords(const JournalEntry& entry, Language language);
/// "成功", or the sentence of the error.
std::string resultWords(const JournalEntry& entry, Language language);
bool hasSucceeded(const JournalEntry& entry);

struct JournalField {
    std::string name;
    std::string value;  ///< may be empty
};
/// All of it, each value with its name; the same names in the same order for every entry.
std::vector<JournalField> journalFields(const JournalEntry& entry, Language language);

}  // namespace signet
