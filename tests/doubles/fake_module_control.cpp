// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "tests/doubles/fake_module_control.hpp"

#include "base/encoding.hpp"
#include "base/ini.hpp"
#include "tests/doubles/fake_module_names.hpp"

#include <functional>
#include <sstream>

namespace signet::fake {
namespace {

using Words = std::vector<std::string>;

/// One line: its words, and what follows the n-th word as it stands (labels hold spaces).
struct Line {
    Words words;
    std::string_view text;

    std::string rest(std::size_t skippedWords) const {
        std::string_view left = text;
        for (std::size_t i = 0; i < skippedWords; ++i) {
            left.remove_prefix(std::min(left.find_first_not_of(" \t"), left.size()));
            left.remove_prefix(std::min(left.find_first_of(" \t"), left.size()));
        }
        left.remove_prefix(std::min(left.find_first_not_of(" \t"), left.size()));
        return std::string(left);
    }
};

Line split(std::string_view text) {
    Line line{{}, text};
    std::istringstream stream{std::string(text)};
    for (std::string word; stream >> word;) line.words.push_back(word);
    return line;
}

const std::map<std::string_view, Fault::Action> kPlainActions{
    {"crash", Fault::Action::crash},          {"hang", Fault::Action::hang},
    {"remove", Fault::Action::remove},        {"corrupt", Fault::Action::corrupt},
    {"spare-zero", Fault::Action::spareZero},
};
const std::map<std::string_view, Fault::Action> kNumberActions{
    {"return", Fault::Action::returnCode}, {"after", Fault::Action::after},   {"exit", Fault::Action::exit},
    {"sleep", Fault::Action::sleep},       {"length", Fault::Action::length},
};

bool readAction(const Words& words, Fault& fault) {
    if (const auto plain = kPlainActions.find(words[3]); plain != kPlainActions.end()) {
        fault.action = plain->second;
        return words.size() == 4;
    }
    const auto found = kNumberActions.find(words[3]);
    if (found == kNumberActions.end() || words.size() != 5) return false;
    fault.action = found->second;
    const bool isCode = fault.action == Fault::Action::returnCode || fault.action == Fault::Action::after;
    const auto value = isCode ? rvFromName(words[4]) : numberFromText(words[4]);
    fault.value = value.value_or(0);
    return value.has_value();
}

bool readFault(const Line& line, Control& control) {
    if (line.words.size() < 4) return false;
    Fault fault;
    if (line.words[1] != "any") fault.function = line.words[1];
    if (!fault.function.empty() && !isFunctionName(fault.function)) return false;
    std::string number = line.words[2];
    fault.isForLaterToo = number.ends_with('+');
    if (fault.isForLaterToo) number.pop_back();
    const auto value = numberFromText(number);
    if (!value || *value == 0 || !readAction(line.words, fault)) return false;
    fault.number = *value;
    control.faults.push_back(fault);
    return true;
}

bool readObject(const Line& line, SlotControl& slot, ObjectFile::Kind kind) {
    if (line.words.size() < 3) return false;
    auto id = fromHex(line.words[1]);
    if (!id) return false;
    slot.objects.push_back({kind, std::move(*id), line.words[2], line.rest(3)});
    return true;
}

bool readNumber(const Words& words, std::size_t index, auto& number) {
    if (words.size() <= index) return false;
    const auto value = numberFromText(words[index]);
    if (value) number = static_cast<std::remove_reference_t<decltype(number)>>(*value);
    return value.has_value();
}

bool readFlag(const Line& line, SlotControl& slot) {
    if (line.words.size() != 3 || (line.words[2] != "on" && line.words[2] != "off")) return false;
    const auto flag = tokenFlagFromName(line.words[1]);
    if (flag) slot.flags[*flag] = line.words[2] == "on";
    return flag.has_value();
}

bool readPad(const Line& line, SlotControl& slot) {
    const std::map<std::string, PadAnswer> answers{
        {"accept", PadAnswer::accept}, {"wrong", PadAnswer::wrong}, {"cancel", PadAnswer::cancel}};
    const auto found = answers.find(line.rest(1));
    if (found == answers.end()) return false;
    slot.pad = found->second;
    return true;
}

bool readMechanisms(const Line& line, SlotControl& slot) {
    for (std::size_t i = 1; i < line.words.size(); ++i) {
        const auto mechanism = mechanismFromName(line.words[i]);
        if (!mechanism) return false;
        slot.mechanisms.push_back(*mechanism);
    }
    return line.words.size() > 1;
}

bool readSm2(const Line& line, SlotControl& slot) {
    using Input = Sm2Control::Input;
    using Output = Sm2Control::Output;
    static const std::map<std::string, Input> inputs{{"prehashed", Input::prehashed},
                                                     {"message", Input::message},
                                                     {"message-id", Input::messageId},
                                                     {"message-no-za", Input::messageNoZa},
                                                     {"za-message", Input::zaMessage}};
    static const std::map<std::string, Output> outputs{{"raw", Output::raw},
                                                       {"der", Output::der},
                                                       {"swapped", Output::swapped},
                                                       {"garbage", Output::garbage}};
    if (line.words.size() != 4) return false;
    const auto mechanism = numberFromText(line.words[1]);
    const auto input = inputs.find(line.words[2]);
    const auto output = outputs.find(line.words[3]);
    if (!mechanism || input == inputs.end() || output == outputs.end()) return false;
    slot.sm2.push_back({*mechanism, input->second, output->second});
    return true;
}

bool keep(std::string& place, std::string value) {
    place = std::move(value);
    return !place.empty();
}

bool raise(bool& place, bool value) {
    place = value;
    return true;
}

using SlotReader = std::function<bool(const Line&, SlotControl&)>;

const std::map<std::string_view, SlotReader> kSlotLines{
    {"empty", [](const Line&, SlotControl& slot) { return raise(slot.isEmpty, true); }},
    {"label", [](const Line& line, SlotControl& slot) { return keep(slot.label, line.rest(1)); }},
    {"serial", [](const Line& line, SlotControl& slot) { return keep(slot.serial, line.rest(1)); }},
    {"model", [](const Line& line, SlotControl& slot) { return keep(slot.model, line.rest(1)); }},
    {"pin-sha256", [](const Line& line, SlotControl& slot) { return keep(slot.pinSha256, line.rest(1)); }},
    {"tries", [](const Line& line, SlotControl& slot) { return readNumber(line.words, 1, slot.tries); }},
    {"pin-length",
     [](const Line& line, SlotControl& slot) {
         return readNumber(line.words, 1, slot.minPinBytes) && readNumber(line.words, 2, slot.maxPinBytes);
     }},
    {"flag", readFlag},
    {"pad", readPad},
    {"mechanisms", readMechanisms},
    {"sm2", readSm2},
    {"sm2-key-type", [](const Line& line,
                        SlotControl& slot) { return readNumber(line.words, 1, slot.sm2KeyType.emplace()); }},
    {"manufacturer",
     [](const Line& line, SlotControl& slot) { return keep(slot.manufacturer, line.rest(1)); }},
    {"always-authenticate",
     [](const Line&, SlotControl& slot) { return raise(slot.authenticatesAlways, true); }},
    {"visible-private-keys",
     [](const Line&, SlotControl& slot) { return raise(slot.hidesPrivateKeys, false); }},
    {"private-key", [](const Line& line,
                       SlotControl& slot) { return readObject(line, slot, ObjectFile::Kind::privateKey); }},
    {"public-key",
     [](const Line& line, SlotControl& slot) { return readObject(line, slot, ObjectFile::Kind::publicKey); }},
    {"certificate", [](const Line& line,
                       SlotControl& slot) { return readObject(line, slot, ObjectFile::Kind::certificate); }},
};

bool readLine(const Line& line, Control& control) {
    const std::string& first = line.words.front();
    if (first == "fault") return readFault(line, control);
    if (first == "log") return !(control.log = line.rest(1)).empty();
    if (first == "memory") return !(control.memory = line.rest(1)).empty();
    if (first == "slot-events" || first == "slot-events-locked") {
        control.holdsLockForSlotEvents = first == "slot-events-locked";
        return !(control.slotEvents = line.rest(1)).empty();
    }
    if (first == "slot") {
        SlotControl slot;
        if (!readNumber(line.words, 1, slot.id)) return false;
        control.slots.push_back(std::move(slot));
        return true;
    }
    const auto found = kSlotLines.find(first);
    return found != kSlotLines.end() && !control.slots.empty() && found->second(line, control.slots.back());
}

}  // namespace

bool Fault::strikes(std::string_view called, unsigned long ofFunction, unsigned long ofAll) const {
    if (!function.empty() && function != called) return false;
    const unsigned long count = function.empty() ? ofAll : ofFunction;
    return isForLaterToo ? count >= number : count == number;
}

Result<Control> parseControl(std::string_view text) {
    Control control;
    std::istringstream stream{std::string(text)};
    int number = 0;
    for (std::string raw; std::getline(stream, raw);) {
        ++number;
        const Line line = split(raw);
        if (line.words.empty() || line.words.front().starts_with('#')) continue;
        if (!readLine(line, control)) return fail(configurationError("control", number, raw));
    }
    return control;
}

}  // namespace signet::fake
