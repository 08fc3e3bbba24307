// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "base/encoding.hpp"

namespace signet {
namespace {

CheckCode absenceCode(const HardwareFacts& hardware, const Error& error) {
    if (hardware.socket == PcscSocket::forbidden || error.reason == "pcsc_refused")
        return CheckCode::pcscNotPermitted;
    if (hardware.socket == PcscSocket::missing || error.reason == "pcsc_absent") return CheckCode::pcscAbsent;
    return CheckCode::pcscFailed;
}

Check serviceFault(const HardwareFacts& hardware, bool hasToken, Language language) {
    const auto& error = hardware.readers.error();
    auto code = absenceCode(hardware, error);
    if (code == CheckCode::pcscAbsent && hasToken) code = CheckCode::pcscNotNeeded;
    auto seen = hardware.socket == PcscSocket::missing ? std::string("no socket") : error.reason;
    if (!error.detail.empty()) seen += "; " + error.detail;
    return makeCheck(code, language, {}, std::move(seen));
}

/// Whether a module shows the card: by the reader's name; a module of PC/SC that names its slots otherwise
/// may show any of them.
bool isShown(const CardReader& reader, const DoctorFacts& facts) {
    const auto& readers = *facts.hardware.readers;
    for (const auto& fact : facts.modules) {
        if (!fact.isAnswering()) continue;
        for (const auto& token : fact.listing->result->tokens) {
            const auto& description = token.info.slotDescription;
            if (isSlotOfReader(description, reader.name)) return true;
            if (fact.listing->result->isPcsc && readerOfSlot(readers, description) == nullptr) return true;
        }
    }
    return false;
}

Check checkReader(const CardReader& reader, const DoctorFacts& facts, Language language) {
    const auto atr = "ATR " + toHex(reader.atr);
    const auto make = [&](CheckCode code, const std::string& seen) {
        return makeCheck(code, language, reader.name, seen);
    };
    if (reader.isCardMute) return make(CheckCode::cardMute, "mute card");
    if (!reader.isCardPresent)
        return make(facts.hasToken() ? CheckCode::reader : CheckCode::readerNoCard, "no card");
    if (reader.isCardInUse) return make(CheckCode::cardInUse, atr);
    // Without a configuration no module was asked.
    if (!facts.isConfigured() || isShown(reader, facts)) return make(CheckCode::reader, atr);
    auto check = make(CheckCode::cardUnknownToModules, atr);
    if (facts.hasToken()) check.finding = Finding::hint;
    return check;
}

}  // namespace

Checks checkReaders(const DoctorFacts& facts, Language language) {
    const auto& hardware = facts.hardware;
    const bool hasToken = facts.hasToken();
    if (!hardware.readers) return {serviceFault(hardware, hasToken, language)};
    const auto count = std::to_string(hardware.readers->size()) + " reader(s)";
    if (hardware.readers->empty() && !hasToken)
        return {makeCheck(CheckCode::pcscNoReader, language, {}, count)};
    Checks checks{makeCheck(CheckCode::pcsc, language, {}, count)};
    for (const auto& reader : *hardware.readers) checks.push_back(checkReader(reader, facts, language));
    return checks;
}

}  // namespace signet
