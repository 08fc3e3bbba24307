// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/virtual_card/card_applet.hpp"

#include <glib.h>
extern "C" {
#include <libcacard.h>
}

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace signet::test {
namespace {

constexpr int kTries = 3;
constexpr std::uint8_t kVerify = 0x20;
constexpr std::size_t kHeaderBytes = 5;

[[noreturn]] void endWith(const char* what) {
    std::fprintf(stderr, "signet-virtual-card: %s\n", what);
    std::exit(1);
}

/// The reader with its card, from the first events. A thread takes all later ones: nobody else does, and they
/// would pile up.
VReader* firstReader() {
    VReader* reader = nullptr;
    bool hasCard = false;
    while (reader == nullptr || !hasCard) {
        VEvent* event = vevent_wait_next_vevent();
        if (event == nullptr || event->type == VEVENT_LAST) endWith("libcacard has no reader");
        if (event->type == VEVENT_READER_INSERT) reader = vreader_reference(event->reader);
        hasCard = hasCard || event->type == VEVENT_CARD_INSERT;
        vevent_delete(event);
    }
    std::thread([] {
        while (VEvent* event = vevent_wait_next_vevent()) vevent_delete(event);
    }).detach();
    return reader;
}

}  // namespace

CardApplet::CardApplet(const std::string& database, const std::vector<std::string>& names, std::string pin)
    : m_pin(std::move(pin)) {
    std::string options = "db=\"sql:" + database + "\" use_hw=no soft=(,Signet card,CAC,";
    for (const auto& name : names) options += "," + name;
    options += ")";
    auto* parsed = vcard_emul_options(options.c_str());
    if (parsed == nullptr || vcard_emul_init(parsed) != VCARD_EMUL_OK)
        endWith("the NSS database cannot be used");
    m_reader = firstReader();
    // pcscd asks for the ATR every 400 ms; powering the card on for that would reset it in mid-signature.
    powerOn();
}

void CardApplet::powerOn() {
    std::array<unsigned char, 64> atr{};
    int length = atr.size();
    if (vreader_power_on(m_reader, atr.data(), &length) != VREADER_OK) endWith("the card does not power on");
    m_atr.assign(atr.begin(), atr.begin() + length);
}

void CardApplet::powerOff() {
    vreader_power_off(m_reader);
}

ApduBytes CardApplet::triesLeft() const {
    if (m_tries == 0) return {0x69, 0x83};
    return {0x63, static_cast<std::uint8_t>(0xC0 | m_tries)};
}

/// Source: ISO/IEC 7816-4 section 11.5.6 (VERIFY): without data it asks for the tries left.
ApduBytes CardApplet::verify(const ApduBytes& command) {
    if (command.size() <= kHeaderBytes || command[4] == 0 || m_tries == 0) return triesLeft();
    auto end = std::min(command.begin() + kHeaderBytes + command[4], command.end());
    while (end > command.begin() + kHeaderBytes && *(end - 1) == 0xFF) --end;  // padding
    if (!std::equal(command.begin() + kHeaderBytes, end, m_pin.begin(), m_pin.end())) {
        --m_tries;
        return triesLeft();
    }
    m_tries = kTries;
    return transmit(command);
}

ApduBytes CardApplet::transmit(const ApduBytes& command) {
    auto input = command;
    std::array<unsigned char, 4096> output{};
    int length = output.size();
    const auto status =
        vreader_xfr_bytes(m_reader, input.data(), static_cast<int>(input.size()), output.data(), &length);
    if (status != VREADER_OK) return {0x6F, 0x00};
    return {output.begin(), output.begin() + length};
}

ApduBytes CardApplet::answer(const ApduBytes& command) {
    if (command.size() >= 4 && command[1] == kVerify) return verify(command);
    return transmit(command);
}

}  // namespace signet::test
