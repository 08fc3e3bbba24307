// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/trust_list_description.hpp"

#include "base/ini.hpp"
#include "certs/identity_rules.hpp"
#include "certs/revocation_sources.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <set>
#include <vector>

namespace signet {
namespace {

/// What the lines say; empty text means that the line's value was good.
struct Reader {
    TrustedIssuer& issuer;
    std::optional<std::string> ruleName{};
    std::vector<IdentitySource> ownSources{};
    std::optional<SubjectKind> kind{};
};

std::string readName(Reader& reader, const std::string& value) {
    reader.issuer.name = value;
    return value.empty() ? "name is empty" : "";
}

std::string readClass(Reader& reader, const std::string& value) {
    for (const auto issuerClass : {IssuerClass::licensedCa, IssuerClass::lockIssuer}) {
        if (value != toString(issuerClass)) continue;
        reader.issuer.issuerClass = issuerClass;
        return {};
    }
    return "class is licensed-ca or lock-issuer";
}

std::string readRevocation(Reader& reader, const std::string& value) {
    reader.issuer.revocation = revocationPolicyFromName(value);
    return reader.issuer.revocation ? "" : "revocation is hard-fail, soft-fail or off";
}

std::string readRule(Reader& reader, const std::string& value) {
    if (!identityRule(value)) return "unknown identity-rule";
    reader.ruleName = value;
    return {};
}

/// "OID" or "OID PATTERN". A pattern says where in the field the number is, so the field is not free text any
/// more.
std::string addSource(Reader& reader, IdentitySource::Place place, const std::string& value) {
    const auto space = value.find_first_of(" \t");
    IdentitySource source;
    source.place = place;
    source.oid = value.substr(0, space);
    if (space != std::string::npos) source.pattern = value.substr(value.find_first_not_of(" \t", space));
    source.isFreeText = place == IdentitySource::Place::subject && source.pattern.empty();
    reader.ownSources.push_back(source);
    return identitySourceFault(source);
}

std::string readExtension(Reader& reader, const std::string& value) {
    return addSource(reader, IdentitySource::Place::extension, value);
}

std::string readSubject(Reader& reader, const std::string& value) {
    return addSource(reader, IdentitySource::Place::subject, value);
}

std::string readKind(Reader& reader, const std::string& value) {
    for (const auto kind : {SubjectKind::enterprise, SubjectKind::person})
        if (value == toString(kind)) reader.kind = kind;
    return reader.kind ? "" : "kind is enterprise or person";
}

std::string readLicence(Reader& reader, const std::string& value) {
    reader.issuer.licence = value;
    return {};
}

std::optional<int> digits(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole && number >= 0 ? std::optional(number) : std::nullopt;
}

/// The first second of a day YYYY-MM-DD in China (UTC+8, no summer time).
std::optional<TimePoint> chineseDay(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return TimePoint(std::chrono::sys_days(date)) - std::chrono::hours(8);
}

std::string readLicenceFrom(Reader& reader, const std::string& value) {
    reader.issuer.licensedFrom = chineseDay(value);
    return reader.issuer.licensedFrom ? "" : "licence-from is a day, YYYY-MM-DD";
}

std::string readLicenceTo(Reader& reader, const std::string& value) {
    const auto day = chineseDay(value);
    if (!day) return "licence-to is a day, YYYY-MM-DD";
    reader.issuer.licensedTo = *day + std::chrono::hours(24) - std::chrono::seconds(1);
    return {};
}

std::string readOcspUrl(Reader& reader, const std::string& value) {
    reader.issuer.ocspUrl = value;
    return isFetchableUrl(value) ? "" : "ocsp-url is an http:// address";
}

std::string readCrlUrl(Reader& reader, const std::string& value) {
    reader.issuer.crlUrl = value;
    return isFetchableUrl(value) ? "" : "crl-url is an http:// address";
}

struct Key {
    std::string_view name;
    std::string (*read)(Reader&, const std::string&);
    bool isRepeatable = false;
};

constexpr std::array kKeys{
    Key{"name", readName},
    Key{"class", readClass},
    Key{"revocation", readRevocation},
    Key{"identity-rule", readRule},
    Key{"identity-extension", readExtension, true},
    Key{"identity-subject", readSubject, true},
    Key{"kind", readKind},
    Key{"licence", readLicence},
    Key{"licence-from", readLicenceFrom},
    Key{"licence-to", readLicenceTo},
    Key{"ocsp-url", readOcspUrl},
    Key{"crl-url", readCrlUrl},
};

std::string readEntry(Reader& reader, const IniEntry& entry, std::set<std::string>& seen) {
    for (const auto& key : kKeys) {
        if (entry.key != key.name) continue;
        if (!seen.insert(entry.key).second && !key.isRepeatable) return entry.key + " is given twice";
        return key.read(reader, entry.value);
    }
    return "unknown key " + entry.key;
}

/// Own sources come first; those of a rule follow only where the description names one.
Result<void> setIdentityRule(const Reader& reader) {
    auto& rule = reader.issuer.identityRule;
    rule = IdentityRule{};
    rule.onlyKind = reader.kind;
    if (!rule.onlyKind && reader.issuer.issuerClass == IssuerClass::lockIssuer)
        rule.onlyKind = SubjectKind::enterprise;
    rule.name = reader.ruleName.value_or(reader.ownSources.empty() ? "default" : "own");
    for (auto source : reader.ownSources) {
        source.kind = rule.onlyKind.value_or(SubjectKind::enterprise);
        rule.sources.push_back(std::move(source));
    }
    if (!reader.ruleName && !reader.ownSources.empty()) return {};
    const auto named = identityRule(rule.name);
    if (!named) return fail(named.error());
    rule.sources.insert(rule.sources.end(), named->sources.begin(), named->sources.end());
    return {};
}

}  // namespace

Result<void> applyDescription(std::string_view text, std::string_view fileName, TrustedIssuer& issuer) {
    const auto entries = parseIni(text, fileName);
    if (!entries) return fail(entries.error());
    Reader reader{issuer};
    std::set<std::string> seen;
    for (const auto& entry : *entries) {
        const auto fault = readEntry(reader, entry, seen);
        if (!fault.empty()) return fail(configurationError(fileName, entry.line, fault));
    }
    if (issuer.licensedFrom && issuer.licensedTo && *issuer.licensedTo < *issuer.licensedFrom)
        return fail(configurationError(fileName, entries->back().line, "licence-to is before licence-from"));
    return setIdentityRule(reader);
}

}  // namespace signet
