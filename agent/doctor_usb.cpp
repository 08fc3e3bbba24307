// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace signet {
namespace {

constexpr std::uint8_t kDiscClass = 0x08;

std::string identifierOf(const UsbDevice& device) {
    std::array<char, 10> text{};
    std::snprintf(text.data(), text.size(), "%04x:%04x", device.vendorId, device.productId);
    return text.data();
}

std::string nameOf(const UsbDevice& device, const KnownKey& key) {
    return identifierOf(device) + " (" + std::string(key.vendor) + " " + std::string(key.name) + ")";
}

std::string seenOf(const UsbDevice& device) {
    auto seen = identifierOf(device) + " \"" + device.manufacturer + "\" \"" + device.product + "\", classes";
    for (const auto number : device.interfaceClasses) {
        std::array<char, 4> text{};
        std::snprintf(text.data(), text.size(), " %02x", number);
        seen += text.data();
    }
    return seen;
}

bool isDisc(const UsbDevice& device) {
    const auto& classes = device.interfaceClasses;
    return std::find(classes.begin(), classes.end(), kDiscClass) != classes.end();
}

/// "libx.so liby.so" in the form of a sentence.
std::string listed(std::string_view modules, Language language) {
    std::string text;
    for (const char letter : modules) {
        if (letter != ' ')
            text += letter;
        else
            text += language == Language::zh ? "、" : ", ";
    }
    return text;
}

/// "libcastle_v2.so.1.0.0" is libcastle_v2 as any other version is.
std::string_view stemOf(std::string_view file) {
    return file.substr(0, file.find(".so"));
}

bool names(std::string_view modules, std::string_view file) {
    while (!modules.empty()) {
        const auto end = std::min(modules.find(' '), modules.size());
        if (stemOf(modules.substr(0, end)) == stemOf(file)) return true;
        modules.remove_prefix(std::min(end + 1, modules.size()));
    }
    return false;
}

/// The modules in use that should know the key.
std::vector<const ModuleFacts*> modulesFor(const KnownKey& key, const std::vector<ModuleFacts>& modules) {
    std::vector<const ModuleFacts*> fitting;
    for (const auto& fact : modules)
        if (names(key.modules, fact.file.path.filename().string())) fitting.push_back(&fact);
    return fitting;
}

/// Those that work and see no token.
std::string blindModules(const std::vector<const ModuleFacts*>& fitting) {
    std::string text;
    for (const auto* fact : fitting)
        if (fact->isAnswering() && fact->tokenCount() == 0)
            text += (text.empty() ? "" : ", ") + fact->file.path.filename().string();
    return text;
}

/// Every key may be one of the tokens, also through a module that is not on its list: then nothing is said
/// against it.
bool isEveryKeyATokenPerhaps(const DoctorFacts& facts) {
    std::size_t tokens = 0;
    for (const auto& fact : facts.modules) tokens += fact.tokenCount();
    const auto& usb = facts.hardware.usb;
    const auto keys = std::count_if(usb.begin(), usb.end(),
                                    [](const UsbDevice& device) { return findKnownKey(device) != nullptr; });
    return tokens >= static_cast<std::size_t>(keys);
}

struct KeyFault {
    CheckCode code;
    std::string module{};
};

KeyFault faultOf(const UsbDevice& device, const KnownKey& key, const DoctorFacts& facts) {
    const auto& hardware = facts.hardware;
    if (!facts.isConfigured() || isEveryKeyATokenPerhaps(facts)) return {CheckCode::usbKey};
    if (device.hasCcid() && !hardware.readers) return {CheckCode::usbKeyNeedsPcsc};
    const auto fitting = modulesFor(key, facts.modules);
    if (fitting.empty()) return {CheckCode::usbKeyNoModule};
    const auto blind = blindModules(fitting);
    // A module that failed says so itself.
    if (blind.empty()) return {CheckCode::usbKey};
    const bool isShut = hardware.openDiscNodes == 0 && hardware.discNodes > 0;
    if (isDisc(device) && isShut) return {CheckCode::usbKeyNotAccessible};
    return {CheckCode::usbKeyUnknownToModule, blind};
}

Check checkKey(const UsbDevice& device, const KnownKey& key, const DoctorFacts& facts, Language language) {
    const auto fault = faultOf(device, key, facts);
    const CheckWords words{
        {"name", nameOf(device, key)}, {"modules", listed(key.modules, language)}, {"module", fault.module}};
    auto check = makeCheck(fault.code, language, identifierOf(device), seenOf(device), words);
    // Another token works.
    if (check.finding == Finding::fault && facts.hasToken()) check.finding = Finding::hint;
    return check;
}

}  // namespace

Checks checkUsb(const DoctorFacts& facts, Language language) {
    Checks checks;
    std::string others;
    for (const auto& device : facts.hardware.usb) {
        if (const auto* key = findKnownKey(device))
            checks.push_back(checkKey(device, *key, facts, language));
        else
            others += (others.empty() ? "" : ", ") + identifierOf(device);
    }
    if (!checks.empty()) return checks;
    auto check = makeCheck(CheckCode::usbNoKey, language, {},
                           others.empty() ? "no USB device" : "other devices: " + others);
    // A token that is not on USB: a card, or one in software.
    if (facts.hasToken()) check.finding = Finding::fine, check.advice.clear();
    return {check};
}

}  // namespace signet
