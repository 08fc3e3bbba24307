// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor.hpp"
#include "agent/doctor_facts.hpp"
#include "base/clock.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What must not be in a text that is sent to others.
struct PersonalFacts {
    std::string home{};
    std::string user{};
    std::string host{};
    std::vector<std::string> serials{};  ///< of tokens
};
/// Of this process and these tokens.
PersonalFacts personalFacts(const DoctorFacts& facts);

/// The home folder becomes ~, the names of user and computer go, serial numbers of tokens keep their end, and
/// what has the form of an identity number or a USCC is masked as everywhere. Pure.
std::string withoutPersonal(std::string_view text, const PersonalFacts& personal);
Check withoutPersonal(Check check, const PersonalFacts& personal);

/// Versions of what the programs run on.
struct ReportHead {
    TimePoint time{};
    std::string signet{};
    std::string system{};  ///< PRETTY_NAME of os-release
    std::string kernel{};
    std::string openssl{};
    std::string qt{};
};
ReportHead reportHead(const std::string& version, TimePoint now);
/// PRETTY_NAME of an os-release file; empty where there is none. Source: os-release(5).
std::string prettyName(std::string_view osRelease);

/// The text for IT staff: head, then every check in the user's language with its code.
std::string doctorReport(const ReportHead& head, const std::vector<Check>& checks,
                         const PersonalFacts& personal, Language language);

}  // namespace signet
