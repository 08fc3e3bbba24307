// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/certificate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

enum class SubjectKind { person, enterprise };
std::string_view toString(SubjectKind kind);

/// Where in a certificate an issuer puts identities: tried in order. Rules are data
/// (certs/data/identity_rules.json, and description files of the trust list), never constants in the code.
struct IdentitySource {
    enum class Place { extension, subject };
    Place place = Place::extension;
    std::string oid;      ///< dotted OID of the extension or of the subject's attribute
    std::string pattern;  ///< ECMAScript regular expression; group 1 is the number; empty = the whole value.
                          ///< It sees the value trimmed, in ASCII upper case, full-width forms as ASCII.
    SubjectKind kind = SubjectKind::enterprise;
    /// A field that may hold anything: it comes after all dedicated ones, and its value must fit the check
    /// digit.
    bool isFreeText = false;
};
struct IdentityRule {
    std::string name = "default";
    std::vector<IdentitySource> sources{};  ///< empty: those of the data file's rule of that name
    std::optional<SubjectKind> onlyKind{};  ///< this issuer is believed for one kind only (R08)
};

struct Identity {
    SubjectKind kind = SubjectKind::enterprise;
    std::string number;  ///< USCC (18 characters, upper case) or ID number; see organisationCodeOf for the
                         ///< one exception
    std::string name;    ///< of the enterprise or the person
    std::string
        field;  ///< which field gave it, for the user: "1.2.156.10260.4.1.4" or "subject serialNumber"
    bool checkDigitFits = true;  ///< false is a warning only: early legal codes fail it
    std::optional<std::string>
        holderNumber{};  ///< in an enterprise certificate: the holder's ID number where it names one
    std::optional<std::string> holderName{};
};

/// The identity that a certificate names. In this order: a USCC in a dedicated field; an organisation code of
/// 9 characters there (GB 11714), completed to the USCC by a subject field that contains it, else taken as
/// the number itself; an ID number in a dedicated field; the USCC or ID number in the free text of the
/// subject. Free text decides only where no dedicated field does, and where it names both kinds only for an
/// issuer that is believed for one of them: else a person's certificate that names the employer would be the
/// employer's. A dedicated field may fail its check digit (a warning); free text may not. ID numbers of 15
/// digits are taken from fields for persons alone. Errors: identityMissing with reason "no_number",
/// "kind_not_accepted" or "ambiguous". Thread: any.
Result<Identity> identityOf(const Certificate& certificate, const IdentityRule& rule);

/// The rule of that name in the data file; "default" always exists. Errors: configurationInvalid.
Result<IdentityRule> identityRule(std::string_view name);

/// GB 32100-2015: 18 characters of the alphabet and the check character.
bool isUsccShaped(std::string_view uscc);
bool usccCheckFits(std::string_view uscc);
/// GB 11643-1999: 17 digits and a digit or X; real birth date; check digit.
bool isIdNumberShaped(std::string_view id);
bool idNumberCheckFits(std::string_view id);
/// GB 11714: the 9 characters inside a USCC (positions 9 to 17), a bare code unchanged, empty for anything
/// else. Two enterprise numbers with the same code are the same enterprise.
std::string organisationCodeOf(std::string_view number);
bool organisationCodeFits(std::string_view code);
/// What two numbers of one enterprise have in common: the organisation code, or the number itself where it
/// holds none.
std::string enterpriseKeyOf(std::string_view number);
/// 5301**********1234; 9153**********047P
std::string maskedNumber(std::string_view number);

}  // namespace signet
