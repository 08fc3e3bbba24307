// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/language.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace signet {
namespace {

/// What holds where no layer sets a key; empty: nothing.
std::string builtIn(std::string_view key, const Configuration& configuration) {
    const auto yesOrNo = [](bool value) { return std::string(value ? "yes" : "no"); };
    if (key == "revocation") return std::string(toString(configuration.revocation));
    if (key == "bridge.port") return "28617";
    if (key == "bridge.tls") return yesOrNo(configuration.bridge.useTls);
    if (key == "pin.pad") return yesOrNo(configuration.usePinPad);
    if (key == "p11-kit") return yesOrNo(configuration.useP11Kit);
    if (key == "known-modules") return yesOrNo(configuration.useKnownModules);
    if (key == "log.level") return configuration.logLevel;
    if (key == "language") return chooseLanguage(std::nullopt) == Language::zh ? "zh" : "en";
    return {};
}

std::vector<Setting> settingsOf(std::string_view key, const Configuration& configuration) {
    const auto found = configuration.settings.find(std::string(key));
    if (found != configuration.settings.end()) return found->second;
    const auto value = builtIn(key, configuration);
    if (value.empty()) return {};
    return {{value}};
}

Json documentOf(const Configuration& configuration) {
    Json document{{"ok", true}, {"settings", Json::array()}};
    for (const auto& key : configurationKeys()) {
        Json values = Json::array();
        for (const auto& setting : settingsOf(key.name, configuration))
            values.push_back({{"value", setting.value}, {"origin", setting.origin()}});
        document["settings"].push_back({{"key", key.name},
                                        {"values", values},
                                        {"locked", configuration.isLocked(std::string(key.name))}});
    }
    return document;
}

}  // namespace

ExitStatus runCheckConfiguration(CliContext& context) {
    const auto& output = context.output;
    if (output.isJson) {
        output.print(documentOf(context.configuration));
        return ExitStatus::done;
    }
    for (const auto& key : configurationKeys())
        for (const auto& setting : settingsOf(key.name, context.configuration))
            output.print(std::string(key.name) + " = " + shownLiterally(setting.value, 1000) + "  # " +
                         setting.origin());
    return ExitStatus::done;
}

}  // namespace signet
