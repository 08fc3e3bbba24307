// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "base/encoding.hpp"

namespace signet {
namespace {

CheckCode absenceCode(const HardwareFacts& hardware, const Error& error) {
    if (hardware.socket == PcscSocket::forbidden) return CheckCode::pcscNotPermitted;
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

Check checkReader(const CardReader& reader, bool hasToken, Language language) {
    const auto atr = "ATR " + toHex(reader.atr);
    const auto make = [&](CheckCode code, const std::string& seen) {
        return makeCheck(code, language, reader.name, seen);
    };
    if (reader.isCardMute) return make(CheckCode::cardMute, "mute card");
    if (!reader.isCardPresent) {
        if (hasToken) return make(CheckCode::reader, "no card");
        return make(CheckCode::readerNoCard, "no card");
    }
    if (reader.isCardInUse) return make(CheckCode::cardInUse, atr);
    return make(hasToken ? CheckCode::reader : CheckCode::cardUnknownToModules, atr);
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
    for (const auto& reader : *hardware.readers)
        // Without a configuration no module was asked: the card is not known to be unknown.
        checks.push_back(checkReader(reader, hasToken || !facts.isConfigured(), language));
    return checks;
}

}  // namespace signet
