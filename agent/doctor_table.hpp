// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace signet {

/// One row of the self-check's table. Sentences may hold {placeholders}. docs/doctor.md is checked against it
/// by a test.
struct CheckInfo {
    CheckCode code;
    std::string_view name;
    Finding finding;  ///< what it is unless the check knows better
    std::string_view zh;
    std::string_view en;
    std::string_view adviceZh;
    std::string_view adviceEn;
    std::string_view meaning;  ///< for IT staff, in English
};

/// All rows, in the order of the enum, which is that of the checks.
std::span<const CheckInfo> checkTable();
const CheckInfo& checkInfo(CheckCode code);

/// Values for the placeholders.
using CheckWords = std::map<std::string, std::string>;

/// A finding in the words of the table. `subject` is what it is about, `seen` what was found, in English.
Check makeCheck(CheckCode code, Language language, std::string subject = {}, std::string seen = {},
                const CheckWords& words = {});

}  // namespace signet
