// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_checks.hpp"
#include "agent/doctor_table.hpp"
#include "agent/language.hpp"

#include <algorithm>

namespace signet {
namespace {

constexpr std::string_view kAgent = "signet-agent";

const ListeningPort* find(const DoctorFacts& facts, std::uint16_t port) {
    const auto found = std::find_if(facts.ports.begin(), facts.ports.end(),
                                    [&](const ListeningPort& listening) { return listening.port == port; });
    return found == facts.ports.end() ? nullptr : &*found;
}

std::string seenOf(const ListeningPort& port) {
    return std::to_string(port.port) + " " +
           (port.program.empty() ? "(of user " + std::to_string(port.user) + ")" : port.program);
}

std::string nameOf(const ListeningPort& port, Language language) {
    return port.program.empty() ? Text{"另一个程序", "another program"}.of(language) : port.program;
}

/// Pairs: what takes either port takes both.
Check checkBridge(const DoctorFacts& facts, Language language) {
    std::vector<std::uint16_t> pairs(bridgePorts().begin(), bridgePorts().end());
    const auto& configuration = facts.configuration.configuration;
    if (configuration && configuration->bridge.port) pairs = {*configuration->bridge.port};
    std::vector<const ListeningPort*> strangers;
    std::string seen;
    std::size_t taken = 0;
    for (const auto first : pairs) {
        const ListeningPort* stranger = nullptr;
        for (const std::uint16_t port : {first, static_cast<std::uint16_t>(first + 1)}) {
            const auto* listening = find(facts, port);
            if (listening == nullptr) continue;
            seen += (seen.empty() ? "" : ", ") + seenOf(*listening);
            if (listening->program != kAgent && stranger == nullptr) stranger = listening;
        }
        if (stranger == nullptr) continue;
        strangers.push_back(stranger);
        ++taken;
    }
    if (strangers.empty())
        return makeCheck(CheckCode::bridgePort, language, {}, seen.empty() ? "all free" : seen);
    if (taken == pairs.size()) return makeCheck(CheckCode::bridgePortsTaken, language, {}, seen);
    return makeCheck(
        CheckCode::bridgePortTaken, language, std::to_string(strangers.front()->port), seen,
        {{"port", std::to_string(strangers.front()->port)}, {"name", nameOf(*strangers.front(), language)}});
}

}  // namespace

Checks checkPorts(const DoctorFacts& facts, Language language) {
    Checks checks{checkBridge(facts, language)};
    std::string_view last;
    for (const auto& helper : otherHelpers()) {
        const auto* listening = find(facts, helper.port);
        if (listening == nullptr || helper.name == last) continue;
        last = helper.name;  // Most listen on two ports.
        checks.push_back(
            makeCheck(CheckCode::otherHelper, language, std::string(helper.name), seenOf(*listening),
                      {{"name", std::string(helper.name)}, {"port", std::to_string(helper.port)}}));
    }
    return checks;
}

}  // namespace signet
