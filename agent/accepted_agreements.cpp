// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/accepted_agreements.hpp"

#include "agent/configuration_files.hpp"
#include "base/file.hpp"
#include "certs/certificate.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

namespace signet {
namespace {

constexpr JsonLimits kLimits{1024 * 1024, 8, 65536};

std::string textOf(const Json& object, const char* member) {
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

AgreementRef referenceOf(const Json& item) {
    return {textOf(item, "id"), textOf(item, "version"), textOf(item, "sha256")};
}

/// When it was accepted first; empty where it was not.
std::string timeIn(const Json& list, const AgreementRef& agreement) {
    if (!list.is_array()) return {};
    for (const auto& item : list) {
        if (!item.is_object()) continue;
        const auto known = referenceOf(item);
        if (known.id == agreement.id && known.version == agreement.version &&
            known.sha256 == agreement.sha256)
            return textOf(item, "accepted_at");
    }
    return {};
}

const Json* memberOf(const Json& object, std::string_view name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(std::string(name));
    return found == object.end() ? nullptr : &*found;
}

}  // namespace

AcceptedAgreementsFile::AcceptedAgreementsFile(std::filesystem::path file, const Clock& clock, Warn warn)
    : m_file(std::move(file)), m_clock(clock), m_warn(std::move(warn)) {
}

Json AcceptedAgreementsFile::read() const {
    const auto text = readFile(m_file, kLimits.maxBytes);
    if (!text) return Json::object();
    auto json = parseStrictJson(*text, kLimits);
    return json && json->is_object() ? std::move(*json) : Json::object();
}

std::vector<AgreementRef> AcceptedAgreementsFile::accepted(std::string_view issuer,
                                                           std::string_view certificate) const {
    std::vector<AgreementRef> agreements;
    const auto all = read();
    const auto* ofIssuer = memberOf(all, issuer);
    const auto* list = ofIssuer == nullptr ? nullptr : memberOf(*ofIssuer, certificate);
    if (list == nullptr || !list->is_array()) return agreements;
    for (const auto& item : *list)
        if (item.is_object()) agreements.push_back(referenceOf(item));
    return agreements;
}

void AcceptedAgreementsFile::accept(std::string_view issuer, std::string_view certificate,
                                    const std::vector<AgreementRef>& agreements) {
    auto all = read();
    auto& ofIssuer = all[std::string(issuer)];
    if (!ofIssuer.is_object()) ofIssuer = Json::object();
    Json list = Json::array();
    auto& kept = ofIssuer[std::string(certificate)];
    for (const auto& agreement : agreements) {
        const auto before = timeIn(kept, agreement);
        list.push_back({{"id", agreement.id},
                        {"version", agreement.version},
                        {"sha256", agreement.sha256},
                        {"accepted_at", before.empty() ? timeText(m_clock.now()) : before}});
    }
    kept = std::move(list);
    auto written = makePrivateFolder(m_file.parent_path());
    const auto text = all.dump(1, ' ', false, Json::error_handler_t::replace);
    // One that would no longer be read is not written.
    if (written && text.size() <= kLimits.maxBytes) written = writeFileAtomically(m_file, text + "\n");
    if (!written && m_warn) m_warn(written.error());
}

std::filesystem::path defaultAgreementsFile() {
    const auto folder = userFolder("XDG_STATE_HOME", std::filesystem::path(".local") / "state");
    return folder.empty() ? folder : folder / "agreements.json";
}

}  // namespace signet
