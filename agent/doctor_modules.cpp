// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace signet {
namespace {

constexpr std::chrono::seconds kSlow{3};

std::string fileFacts(const LibraryFile& file) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "mode %04o, owner %u:%u, %llu bytes", file.mode, file.owner,
                  file.group, static_cast<unsigned long long>(file.bytes));
    return text.data() + (file.elf ? ", " + architectureName(*file.elf) : std::string(", not ELF"));
}

std::string seconds(std::chrono::milliseconds elapsed) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(elapsed.count()) / 1000.0);
    return text.data();
}

std::string said(const Error& error) {
    auto text = std::string(errorInfo(error.code).name);
    if (!error.reason.empty()) text += " (" + error.reason + ")";
    if (!error.detail.empty()) text += ": " + error.detail;
    return text;
}

struct Cause {
    CheckCode code;
    CheckWords words{};
};

/// What the file itself says is surer than the linker's words: of another machine's library it says that
/// there is no such file.
std::optional<Cause> causeInFile(const ModuleFacts& fact) {
    if (!fact.library) return std::nullopt;
    if (!fact.library->elf) return Cause{CheckCode::moduleNotLibrary};
    const auto own = ownElfHead();
    if (own && *own != *fact.library->elf)
        return Cause{CheckCode::moduleArchitecture,
                     {{"theirs", architectureName(*fact.library->elf)}, {"ours", architectureName(*own)}}};
    if (fact.library->isSkf) return Cause{CheckCode::moduleIsSkf};
    return std::nullopt;
}

Cause causeOfLoad(const ModuleFacts& fact, const Error& error) {
    if (const auto cause = causeInFile(fact)) return *cause;
    const auto failure = loadFailureOf(error);
    switch (failure.cause) {
        case LoadFailure::Cause::missingLibrary:
            return {CheckCode::moduleMissingLibrary, {{"library", failure.library}}};
        case LoadFailure::Cause::notPkcs11:
            return {CheckCode::moduleNotPkcs11};
        case LoadFailure::Cause::other:
            break;
    }
    return {CheckCode::moduleLoadFailed};
}

Cause causeOf(const ModuleFacts& fact, const Error& error) {
    const auto& reason = error.reason;
    if (reason == "load_failed") return causeOfLoad(fact, error);
    if (reason == "initialize_failed") return {CheckCode::moduleInitializeFailed};
    if (reason == "crashed" || reason == "exited") return {CheckCode::moduleCrashed};
    if (reason == "deadline") return {CheckCode::moduleHangs};
    return {CheckCode::moduleFailed};
}

/// What works.
Check checkListing(const ModuleFacts& fact, const TokenListing& listing, std::string seen,
                   Language language) {
    const auto path = fact.file.path.string();
    const auto count = fact.tokenCount();
    const auto empty = listing.tokens.size() - count + listing.emptySlotCount;
    seen += "; " + listing.moduleDescription + "; " + std::to_string(count) + " token(s)";
    if (count == 0) seen += ", " + std::to_string(empty) + " empty slot(s)";
    seen += "; " + seconds(fact.elapsed) + " s";
    if (!listing.faults.empty())
        return makeCheck(CheckCode::moduleSlot, language, path,
                         seen + "; slot " + std::to_string(listing.faults.front().slot) + ": " +
                             said(listing.faults.front().error));
    if (fact.elapsed >= kSlow)
        return makeCheck(CheckCode::moduleSlow, language, path, std::move(seen),
                         {{"seconds", seconds(fact.elapsed)}});
    auto code = CheckCode::module;
    if (count == 0) code = empty == 0 ? CheckCode::moduleNoSlot : CheckCode::moduleNoToken;
    return makeCheck(code, language, path, std::move(seen));
}

Check checkModule(const ModuleFacts& fact, bool hasToken, Language language) {
    const auto path = fact.file.path.string();
    auto seen = fact.file.source;
    if (fact.library) seen += "; " + fileFacts(*fact.library);
    if (!fact.listing) {
        auto check = makeCheck(CheckCode::module, language, path, std::move(seen));
        check.finding = Finding::skipped;
        return check;
    }
    const bool isWanted = fact.file.source == "configuration" || !hasToken;
    if (fact.listing->result) {
        auto check = checkListing(fact, *fact.listing->result, std::move(seen), language);
        if (check.finding == Finding::hint && check.code != CheckCode::moduleSlow && hasToken) {
            check.finding = Finding::fine;
            check.advice.clear();
        }
        if (check.finding == Finding::fault && !isWanted) check.finding = Finding::hint;
        return check;
    }
    const auto& error = fact.listing->result.error();
    const auto cause = causeOf(fact, error);
    auto check = makeCheck(cause.code, language, path, seen + "; " + said(error), cause.words);
    // One of many that were merely found does not stand in the way.
    if (!isWanted) check.finding = Finding::hint;
    return check;
}

/// What was found by the way and may not be loaded stands in nobody's way, but its user wonders.
Check checkLeftOut(const Error& error, Language language) {
    const auto code = error.reason == "module_missing" ? CheckCode::moduleMissing : CheckCode::moduleUnsafe;
    const auto path = error.params.find("path");
    auto check = makeCheck(code, language, path == error.params.end() ? std::string() : path->second,
                           said(error), {{"why", error.detail}});
    check.finding = Finding::hint;
    return check;
}

Check checkP11Kit(const DoctorFacts& facts, Language language) {
    std::string seen;
    std::size_t count = 0;
    for (const auto& fact : facts.modules) {
        if (fact.file.source != "p11-kit") continue;
        ++count;
        seen += fact.file.path.string() + "; ";
    }
    const bool isUsed = facts.configuration.configuration->useP11Kit;
    return makeCheck(isUsed ? CheckCode::p11Kit : CheckCode::p11KitOff, language, {},
                     seen + std::to_string(count) + " registered");
}

}  // namespace

Checks checkModules(const DoctorFacts& facts, Language language) {
    Checks checks{checkP11Kit(facts, language)};
    if (facts.modules.empty()) checks.push_back(makeCheck(CheckCode::noModule, language));
    for (const auto& error : facts.leftOutModules)
        // A registration that stayed behind when its driver went is of no interest while another works.
        if (error.reason != "module_missing" || !facts.hasToken())
            checks.push_back(checkLeftOut(error, language));
    for (const auto& fact : facts.modules) checks.push_back(checkModule(fact, facts.hasToken(), language));
    return checks;
}

}  // namespace signet
