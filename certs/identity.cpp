// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity.hpp"

#include "certs/identity_fields.hpp"

#include <openssl/objects.h>

#include <algorithm>
#include <regex>

namespace signet {
namespace {

constexpr std::size_t kLegacyIdLength = 15;

/// A number that a source's field gave.
struct Finding {
    SubjectKind kind;
    std::string number;
    std::string field;
    bool checkDigitFits;
    bool isFreeText;
    bool isOrganisationCode;
    bool isOfOneKind;  ///< the field is for numbers of this kind alone
};

using Findings = std::vector<Finding>;

/// Group 1 of the pattern, or the whole value where there is no pattern; empty when it does not match.
std::string numberIn(const std::string& value, const std::string& pattern) {
    if (pattern.empty()) return value;
    try {
        std::smatch match;
        if (!std::regex_match(value, match, std::regex(pattern)) || match.size() < 2) return {};
        return match[1].str();
    } catch (const std::regex_error&) {
        // Of a hand-made rule, or of a value on which the pattern takes too many steps.
        return {};
    }
}

/// ID numbers of 15 digits (before 1999) have no century and no check digit.
std::string withCentury(const std::string& legacyId) {
    std::string id = legacyId.substr(0, 6) + "19" + legacyId.substr(6);
    for (const char check : std::string_view("0123456789X"))
        if (idNumberCheckFits(id + check)) return id + check;
    return {};
}

/// The registration numbers of enterprises (工商注册号) have 15 digits as well, so a field must be for
/// persons alone to hold an old ID number.
std::string personNumber(const std::string& text, bool isForPersonsAlone) {
    if (isIdNumberShaped(text)) return text;
    const bool isLegacy =
        text.size() == kLegacyIdLength && text.find_first_not_of("0123456789") == std::string::npos;
    return isLegacy && isForPersonsAlone ? withCentury(text) : std::string();
}

std::string enterpriseNumber(const std::string& text, bool isFreeText) {
    if (isUsccShaped(text)) return text;
    if (isFreeText) return {};
    std::string code = text;
    std::erase(code, '-');
    return organisationCodeFits(code) ? code : std::string();
}

/// Every ID number has the shape of a USCC, and one in 31 fits its check character too; tax numbers of
/// persons are ID numbers. The codes of provinces are below 9. The few codes below 9 that are a real ID
/// number as well are refused rather than guessed.
bool isIdNumberInstead(const std::string& uscc, bool mayHoldEither) {
    if (!isIdNumberShaped(uscc)) return false;
    if (!usccCheckFits(uscc)) return mayHoldEither || idNumberCheckFits(uscc);
    return idNumberCheckFits(uscc) && uscc.front() != '9';
}

/// Free text, and extensions that an issuer uses for both kinds.
bool mayHoldEither(const IdentitySource& source, const std::vector<IdentitySource>& sources) {
    return source.isFreeText || std::any_of(sources.begin(), sources.end(), [&](const IdentitySource& other) {
               return other.place == source.place && other.oid == source.oid && other.kind != source.kind;
           });
}

std::optional<Finding> findingOf(const std::string& value, const IdentitySource& source, bool isEitherKind) {
    const auto text = numberIn(value, source.pattern);
    const bool isPerson = source.kind == SubjectKind::person;
    const auto number =
        isPerson ? personNumber(text, !isEitherKind) : enterpriseNumber(text, source.isFreeText);
    if (number.empty() || (!isPerson && isIdNumberInstead(number, isEitherKind))) return std::nullopt;
    const bool isCode = !isPerson && !isUsccShaped(number);
    const bool fits = isPerson ? idNumberCheckFits(number) : isCode || usccCheckFits(number);
    if (source.isFreeText && !fits) return std::nullopt;
    return Finding{source.kind, number,       identityFieldName(source), fits, source.isFreeText,
                   isCode,      !isEitherKind};
}

Findings allFindings(const Certificate& certificate, const std::vector<IdentitySource>& sources) {
    Findings findings;
    for (const auto& source : sources)
        for (const auto& value : identityValues(certificate, source))
            if (auto finding = findingOf(value, source, mayHoldEither(source, sources)))
                findings.push_back(std::move(*finding));
    return findings;
}

/// The number of a person, as a field for persons alone says, is no enterprise's in another field. (ID
/// numbers of foreigners begin with 9.)
void dropPersonsTaxNumbers(Findings& findings) {
    Findings persons = findings;
    std::erase_if(persons, [](const Finding& finding) {
        return finding.kind != SubjectKind::person || !finding.isOfOneKind;
    });
    std::erase_if(findings, [&](const Finding& finding) {
        return finding.kind == SubjectKind::enterprise &&
               std::any_of(persons.begin(), persons.end(),
                           [&](const Finding& person) { return person.number == finding.number; });
    });
}

template <class Fits>
const Finding* firstOf(const Findings& findings, Fits fits) {
    const auto found = std::find_if(findings.begin(), findings.end(), fits);
    return found == findings.end() ? nullptr : &*found;
}

const Finding* firstOf(const Findings& findings, SubjectKind kind, bool isFreeText) {
    return firstOf(findings, [&](const Finding& finding) {
        return finding.kind == kind && finding.isFreeText == isFreeText && !finding.isOrganisationCode;
    });
}

/// A USCC of the subject that contains the code. Its check character may fail then: two fields agree.
std::optional<Finding> completed(const Finding& code, const Certificate& certificate,
                                 const std::vector<IdentitySource>& sources) {
    for (auto source : sources) {
        if (source.kind != SubjectKind::enterprise) continue;
        source.isFreeText = false;
        for (const auto& value : identityValues(certificate, source)) {
            auto finding = findingOf(value, source, false);
            if (finding && !finding->isOrganisationCode && organisationCodeOf(finding->number) == code.number)
                return finding;
        }
    }
    return std::nullopt;
}

/// Only free text, and of both kinds: it may name a person with the employer or an enterprise with the
/// holder.
bool isAmbiguous(const Findings& findings) {
    const bool hasDedicated =
        std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return !f.isFreeText; });
    return !hasDedicated && firstOf(findings, SubjectKind::enterprise, true) != nullptr &&
           firstOf(findings, SubjectKind::person, true) != nullptr;
}

/// What decides whose certificate it is; the order is that of identityOf's description.
std::optional<Finding> decisive(const Findings& findings, const Certificate& certificate,
                                const std::vector<IdentitySource>& sources) {
    if (const auto* uscc = firstOf(findings, SubjectKind::enterprise, false)) return *uscc;
    if (const auto* code = firstOf(findings, [](const Finding& f) { return f.isOrganisationCode; })) {
        auto uscc = completed(*code, certificate, sources);
        return uscc ? uscc : *code;
    }
    if (const auto* person = firstOf(findings, SubjectKind::person, false)) return *person;
    if (const auto* uscc = firstOf(findings, SubjectKind::enterprise, true)) return *uscc;
    if (const auto* person = firstOf(findings, SubjectKind::person, true)) return *person;
    return std::nullopt;
}

/// A commonName of the form name@code or name(code) without the code.
std::string nameWithoutNumber(const std::string& commonName) {
    for (const std::string_view mark : {"@", "(", "\xEF\xBC\x88"}) {
        const auto start = commonName.rfind(mark);
        if (start == std::string::npos || start == 0) continue;
        const auto code = normalisedText(commonName.substr(start + mark.size())).substr(0, 18);
        if (isUsccShaped(code) || isIdNumberShaped(code)) return commonName.substr(0, start);
    }
    return commonName;
}

/// Where the certificate names a holder besides the enterprise, CAs put the holder in commonName and the
/// enterprise in organizationName; else the enterprise is in commonName.
void setNames(Identity& identity, const Certificate& certificate) {
    const auto commonName = nameWithoutNumber(subjectText(certificate, NID_commonName));
    const auto organisation = subjectText(certificate, NID_organizationName);
    const bool hasHolder =
        identity.holderNumber.has_value() && !organisation.empty() && organisation != commonName;
    identity.name = hasHolder || commonName.empty() ? organisation : commonName;
    if (hasHolder && !commonName.empty()) identity.holderName = commonName;
}

Identity identityFrom(const Finding& finding, const Findings& findings, const Certificate& certificate) {
    Identity identity;
    identity.kind = finding.kind;
    identity.number = finding.number;
    identity.field = finding.field;
    identity.checkDigitFits = finding.checkDigitFits;
    if (finding.kind == SubjectKind::enterprise) {
        const auto* holder = firstOf(findings, SubjectKind::person, false);
        if (holder == nullptr) holder = firstOf(findings, SubjectKind::person, true);
        if (holder != nullptr) identity.holderNumber = holder->number;
    }
    setNames(identity, certificate);
    return identity;
}

Error missing(const IdentityRule& rule, const Findings& findings) {
    Error error;
    error.code = ErrorCode::identityMissing;
    error.reason = findings.empty() ? "no_number" : "kind_not_accepted";
    error.detail = findings.empty()
                       ? "no field of rule " + rule.name + " holds a number"
                       : "the certificate identifies another kind of subject than its issuer is trusted for";
    return error;
}

tl::unexpected<Error> ambiguous(const IdentityRule& rule) {
    return fail(ErrorCode::identityMissing,
                "free text names a person and an enterprise, and rule " + rule.name + " has no kind",
                "ambiguous");
}

}  // namespace

Result<Identity> identityOf(const Certificate& certificate, const IdentityRule& rule) {
    auto sources = rule.sources;
    if (sources.empty()) {
        auto named = identityRule(rule.name);
        if (!named) return fail(named.error());
        sources = std::move(named->sources);
    }
    auto findings = allFindings(certificate, sources);
    dropPersonsTaxNumbers(findings);
    auto accepted = findings;
    if (rule.onlyKind) std::erase_if(accepted, [&](const Finding& f) { return f.kind != *rule.onlyKind; });
    if (isAmbiguous(accepted)) return ambiguous(rule);
    const auto finding = decisive(accepted, certificate, sources);
    if (!finding) return fail(missing(rule, findings));
    return identityFrom(*finding, findings, certificate);
}

}  // namespace signet
