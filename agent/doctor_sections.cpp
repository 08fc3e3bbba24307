// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_sections.hpp"

#include "agent/language.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace signet {
namespace {

class Sections {
public:
    explicit Sections(Language language) : m_language(language) {}

    void addNamed(std::string title, bool isPending, const std::function<Checks()>& checks) {
        m_sections.push_back({std::move(title), isPending, isPending ? Checks() : checks()});
    }
    void add(const Text& title, bool isPending, const std::function<Checks()>& checks) {
        addNamed(title.of(m_language), isPending, checks);
    }
    std::vector<CheckSection> take() { return std::move(m_sections); }

private:
    Language m_language;
    std::vector<CheckSection> m_sections;
};

bool isPendingIssuer(const DoctorPending& pending, const std::string& issuer) {
    return std::find(pending.issuers.begin(), pending.issuers.end(), issuer) != pending.issuers.end();
}

}  // namespace

std::vector<CheckSection> checkSections(const DoctorFacts& facts, const DoctorPending& pending,
                                        Language language) {
    Sections sections(language);
    // A key is told together with the modules that know it or not.
    const bool isPluggedPending = pending.readers || pending.modules;
    sections.add({"配置", "Configuration"}, false,
                 [&] { return checkConfiguration(facts.configuration, language); });
    sections.add({"USB 接口", "USB port"}, isPluggedPending, [&] { return checkUsb(facts, language); });
    sections.add({"读卡器", "Card readers"}, isPluggedPending, [&] { return checkReaders(facts, language); });
    if (facts.isConfigured()) {
        sections.add({"驱动", "Drivers"}, pending.modules, [&] { return checkModules(facts, language); });
        sections.add({"USB key", "USB key"}, pending.modules, [&] { return checkTokens(facts, language); });
        sections.add({"信任列表", "Trust list"}, false,
                     [&] { return checkTrust(facts.trust, facts.now, language); });
        // The platforms' clocks decide whose clock is wrong.
        sections.add({"证书", "Certificates"},
                     pending.modules || pending.revocation || !pending.issuers.empty(),
                     [&] { return checkCertificates(facts, language); });
        for (const auto& issuer : facts.issuers)
            sections.addNamed(issuer.issuer, isPendingIssuer(pending, issuer.issuer),
                              [&] { return checkIssuer(issuer, language); });
    }
    sections.add({"网页接口", "Ports for web pages"}, pending.ports,
                 [&] { return checkPorts(facts, language); });
    return sections.take();
}

}  // namespace signet
