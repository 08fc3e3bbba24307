// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor.hpp"
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace signet {

inline constexpr auto kZh = Language::zh;

inline std::vector<std::string> codesOf(const Checks& checks) {
    std::vector<std::string> names;
    for (const auto& check : checks) names.push_back(check.name());
    return names;
}

inline DoctorFacts configured() {
    DoctorFacts facts;
    Configuration configuration;
    configuration.issuers = {"https://a.test"};
    facts.configuration.configuration = configuration;
    facts.hardware.readers = std::vector<CardReader>{};
    facts.hardware.socket = PcscSocket::present;
    facts.trust = TrustList();
    return facts;
}

inline ModuleFacts moduleFacts(const std::string& path, Result<TokenListing> result,
                               const char* source = "configuration") {
    ModuleFacts fact{.file = {path, source, path}, .library = LibraryFile{.elf = ownElfHead()}};
    fact.listing = ModuleListing{.module = path, .result = std::move(result)};
    return fact;
}

inline ModuleFacts failing(const char* reason, const char* detail = "") {
    return moduleFacts("/m.so", fail(ErrorCode::moduleFailed, detail, reason));
}

inline TokenListing listingWith(TokenInfo info) {
    return {.tokens = {{.info = std::move(info)}}};
}

}  // namespace signet
