// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/sm2_strategy.hpp"

#include "base/ini.hpp"
#include "pkcs11/limits.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <sstream>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kMaxProfileBytes = 64 * 1024;

struct InputName {
    std::string_view name;
    Sm2Input input;
};
constexpr std::array kInputs{InputName{"prehashed", Sm2Input::prehashed},
                             InputName{"message", Sm2Input::message},
                             InputName{"za-message", Sm2Input::zaMessage}};

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return std::tolower(c); });
    return result;
}

std::optional<std::uint64_t> numberOf(std::string_view text) {
    const bool isHexadecimal = text.starts_with("0x") || text.starts_with("0X");
    if (isHexadecimal) text.remove_prefix(2);
    std::uint64_t number = 0;
    const auto [end, fault] =
        std::from_chars(text.data(), text.data() + text.size(), number, isHexadecimal ? 16 : 10);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Sm2Strategy> strategyOf(const std::string& text) {
    std::istringstream words(text);
    std::string number;
    std::string input;
    std::string parameter;
    std::string rest;
    if (!(words >> number >> input)) return std::nullopt;
    words >> parameter >> rest;
    const auto mechanism = numberOf(number);
    const auto known = std::ranges::find(kInputs, input, &InputName::name);
    const bool isParameterKnown = parameter.empty() || parameter == "id";
    if (!mechanism || known == kInputs.end() || !isParameterKnown || !rest.empty()) return std::nullopt;
    Sm2Strategy strategy{
        .mechanism = *mechanism, .input = known->input, .hasIdParameter = !parameter.empty()};
    strategy.name = number + "/" + input + (strategy.hasIdParameter ? "/id" : "");
    return strategy;
}

/// False where the entry says nothing that is known.
bool take(const IniEntry& entry, Sm2Profile& profile) {
    if (entry.value.empty() || entry.value.size() > kMaxNameBytes) return false;
    if (entry.key == "name") {
        const bool isFirst = profile.name.empty();
        profile.name = entry.value;
        return isFirst;
    }
    if (entry.key == "module") return profile.modules.push_back(lower(entry.value)), true;
    if (entry.key == "manufacturer") return profile.manufacturers.push_back(lower(entry.value)), true;
    if (entry.key == "key-type") {
        const auto number = numberOf(entry.value);
        if (number) profile.keyTypes.push_back(*number);
        return number.has_value();
    }
    if (entry.key != "strategy") return false;
    auto strategy = strategyOf(entry.value);
    if (!strategy || profile.strategies.size() >= kMaxSm2Strategies) return false;
    profile.strategies.push_back(std::move(*strategy));
    return true;
}

bool contains(const std::string& text, const std::vector<std::string>& parts) {
    return std::ranges::any_of(parts, [&](const auto& part) { return text.find(part) != std::string::npos; });
}

}  // namespace

bool Sm2Profile::fits(std::string_view moduleFileName, std::string_view manufacturer) const {
    return contains(lower(moduleFileName), modules) || contains(lower(manufacturer), manufacturers);
}

Result<Sm2Profile> parseSm2Profile(std::string_view text, std::string_view fileName) {
    if (text.size() > kMaxProfileBytes) return fail(configurationError(fileName, 1, "the file is too long"));
    const auto entries = parseIni(text, fileName);
    if (!entries) return fail(entries.error());
    Sm2Profile profile;
    for (const auto& entry : *entries)
        if (!take(entry, profile))
            return fail(configurationError(fileName, entry.line,
                                           entry.key + " = " + entry.value + ": not understood"));
    if (profile.name.empty()) return fail(configurationError(fileName, 1, "name is missing"));
    if (profile.strategies.empty()) return fail(configurationError(fileName, 1, "strategy is missing"));
    for (auto& strategy : profile.strategies) strategy.name = profile.name + "/" + strategy.name;
    return profile;
}

Sm2Ways sm2Ways(std::span<const Sm2Profile> profiles, std::string_view moduleFileName,
                std::string_view manufacturer, std::string_view rememberedName) {
    Sm2Ways ways;
    const auto add = [&](const Sm2Strategy& strategy) {
        const bool isKnown =
            std::ranges::any_of(ways.strategies, [&](const auto& s) { return s.isSameWay(strategy); });
        if (!isKnown && ways.strategies.size() < kMaxSm2Strategies) ways.strategies.push_back(strategy);
    };
    for (const auto& profile : profiles)
        for (const auto& strategy : profile.strategies)
            if (strategy.name == rememberedName) add(strategy);
    for (const bool isFitting : {true, false})
        for (const auto& profile : profiles)
            if (profile.fits(moduleFileName, manufacturer) == isFitting)
                for (const auto& strategy : profile.strategies) add(strategy);
    for (const auto& profile : profiles)
        for (const auto type : profile.keyTypes)
            if (std::ranges::find(ways.keyTypes, type) == ways.keyTypes.end() &&
                ways.keyTypes.size() < kMaxSm2KeyTypes)
                ways.keyTypes.push_back(type);
    return ways;
}

}  // namespace signet
