// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity.hpp"

#include "base/encoding.hpp"
#include "certs/identity_fields.hpp"
#include "certs/identity_rules.hpp"
#include "tests/certs/identity_fixture.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace signet {
namespace {

struct PlaceCase {
    const char* name;
    std::vector<NamePart> subject;
    std::vector<ExtensionPart> extensions;
    SubjectKind kind;
    std::string number;
    std::string field;
};

void PrintTo(const PlaceCase& place, std::ostream* out) {
    *out << place.name;
}

class IdentityPlace : public testing::TestWithParam<PlaceCase> {};

TEST_P(IdentityPlace, number_isFoundAndItsFieldNamed) {
    const auto& place = GetParam();
    const auto identity = defaultIdentity(certificateWith(place.subject, place.extensions));
    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_EQ(identity->kind, place.kind);
    EXPECT_EQ(identity->number, place.number);
    EXPECT_EQ(identity->field, place.field);
    EXPECT_TRUE(identity->checkDigitFits);
}

constexpr auto kEnterprise = SubjectKind::enterprise;
constexpr auto kPerson = SubjectKind::person;
const std::string kU(kUscc);
const std::string kI(kId);

INSTANTIATE_TEST_SUITE_P(
    Everywhere, IdentityPlace,
    testing::Values(
        PlaceCase{"national USCC",
                  kPlain,
                  {{"1.2.156.10260.4.1.4", der(kPrintable, kU)}},
                  kEnterprise,
                  kU,
                  "1.2.156.10260.4.1.4"},
        PlaceCase{"national USCC prefixed",
                  kPlain,
                  {{"1.2.156.10260.4.1.4", der(kUtf8, "统一社会信用代码:" + kU)}},
                  kEnterprise,
                  kU,
                  "1.2.156.10260.4.1.4"},
        PlaceCase{"national USCC after letters",
                  kPlain,
                  {{"1.2.156.10260.4.1.4", bare("TY" + kU)}},
                  kEnterprise,
                  kU,
                  "1.2.156.10260.4.1.4"},
        PlaceCase{"national ID",
                  kPlain,
                  {{"1.2.156.10260.4.1.1", derValue(0xA0, der(kPrintable, kI))}},
                  kPerson,
                  kI,
                  "1.2.156.10260.4.1.1"},
        PlaceCase{"national ID lower case",
                  kPlain,
                  {{"1.2.156.10260.4.1.1", bare("11010519491231002x")}},
                  kPerson,
                  kI,
                  "1.2.156.10260.4.1.1"},
        PlaceCase{"national ID with SF",
                  kPlain,
                  {{"1.2.156.10260.4.1.1", der(kUtf8, "SF" + kI)}},
                  kPerson,
                  kI,
                  "1.2.156.10260.4.1.1"},
        PlaceCase{"15 digits",
                  kPlain,
                  {{"1.2.156.10260.4.1.1", der(kPrintable, "110105491231002")}},
                  kPerson,
                  kI,
                  "1.2.156.10260.4.1.1"},
        PlaceCase{"RSA-era USCC", kPlain, {{"1.2.86.11.7.4", bare(kU)}}, kEnterprise, kU, "1.2.86.11.7.4"},
        PlaceCase{"RSA-era ID", kPlain, {{"1.2.86.11.7.1", bare(kI)}}, kPerson, kI, "1.2.86.11.7.1"},
        PlaceCase{"tax number",
                  kPlain,
                  {{"1.2.156.10260.4.1.5", der(kPrintable, kU)}},
                  kEnterprise,
                  kU,
                  "1.2.156.10260.4.1.5"},
        PlaceCase{"2023 resident ID",
                  kPlain,
                  {{"1.2.156.10260.4.1.1.1", der(kPrintable, kI)}},
                  kPerson,
                  kI,
                  "1.2.156.10260.4.1.1.1"},
        PlaceCase{"BJCA person",
                  kPlain,
                  {{"1.2.156.112562.2.1.1.1", bare("SF" + kI)}},
                  kPerson,
                  kI,
                  "1.2.156.112562.2.1.1.1"},
        PlaceCase{"BJCA person 1@",
                  kPlain,
                  {{"1.2.156.112562.2.1.1.24", der(kUtf8, "1@5009SF0" + kI)}},
                  kPerson,
                  kI,
                  "1.2.156.112562.2.1.1.24"},
        PlaceCase{"BJCA enterprise code",
                  kPlain,
                  {{"1.2.156.112562.2.1.1.1", bare("JJ776049653")}},
                  kEnterprise,
                  "776049653",
                  "1.2.156.112562.2.1.1.1"},
        PlaceCase{"BJCA enterprise 1@",
                  kPlain,
                  {{"2.16.840.1.113732.2", bare("1@5009JJ0863175332")}},
                  kEnterprise,
                  "863175332",
                  "2.16.840.1.113732.2"},
        PlaceCase{"BJCA USCC",
                  kPlain,
                  {{"1.2.156.112562.2.1.1.1", bare("JJ" + kU)}},
                  kEnterprise,
                  kU,
                  "1.2.156.112562.2.1.1.1"},
        PlaceCase{"NETCA",
                  kPlain,
                  {{"1.3.6.1.4.1.18760.1.12.11", der(kUtf8, kU)}},
                  kEnterprise,
                  kU,
                  "1.3.6.1.4.1.18760.1.12.11"},
        PlaceCase{"GDCA", kPlain, {{"1.2.86.21.1.3", der(kUtf8, kU)}}, kEnterprise, kU, "1.2.86.21.1.3"},
        PlaceCase{
            "SHECA", kPlain, {{"1.2.156.1.8888.148", bare("SF" + kI)}}, kPerson, kI, "1.2.156.1.8888.148"},
        PlaceCase{"ZJCA", kPlain, {{"1.2.156.112573.14", bare(kU)}}, kEnterprise, kU, "1.2.156.112573.14"},
        PlaceCase{"SZCA", kPlain, {{"2.16.156.112548", bare(kI)}}, kPerson, kI, "2.16.156.112548"},
        PlaceCase{"serialNumber",
                  {{"CN", "某公司"}, {"serialNumber", kU}},
                  {},
                  kEnterprise,
                  kU,
                  "subject serialNumber"},
        PlaceCase{"OU", {{"OU", "财务部"}, {"OU", kU}, {"CN", "某公司"}}, {}, kEnterprise, kU, "subject OU"},
        PlaceCase{"CN @", {{"CN", "某公司@" + kU}}, {}, kEnterprise, kU, "subject CN"},
        PlaceCase{"CN parentheses", {{"CN", "某公司(" + kU + ")"}}, {}, kEnterprise, kU, "subject CN"},
        PlaceCase{"CN full-width parentheses",
                  {{"CN", "某公司\uFF08" + kU + "\uFF09"}},
                  {},
                  kEnterprise,
                  kU,
                  "subject CN"},
        PlaceCase{"UID", {{"CN", "某公司"}, {"UID", kU}}, {}, kEnterprise, kU, "subject UID"},
        PlaceCase{"person serialNumber",
                  {{"CN", "王某"}, {"serialNumber", kI}},
                  {},
                  kPerson,
                  kI,
                  "subject serialNumber"},
        PlaceCase{"person CN @", {{"CN", "王某@" + kI}}, {}, kPerson, kI, "subject CN"}));

TEST(Identity, enterpriseBeforePerson_namesTheHolder) {
    const auto certificate =
        certificateWith({{"O", "云南公司"}, {"CN", "王某"}},
                        {extension(kIdExtension, bare(kId)), extension(kUsccExtension, bare(kUscc))});
    const auto identity = defaultIdentity(certificate).value();
    EXPECT_EQ(identity.kind, SubjectKind::enterprise);
    EXPECT_EQ(identity.number, kUscc);
    EXPECT_EQ(identity.name, "云南公司");
    EXPECT_EQ(identity.holderNumber, std::string(kId));
    EXPECT_EQ(identity.holderName, "王某");
}

// R08
TEST(Identity, personWithAnEmployersCodeInFreeText_staysAPerson) {
    const auto certificate =
        certificateWith({{"OU", std::string(kUscc)}, {"CN", "王某"}}, {extension(kIdExtension, bare(kId))});
    const auto identity = defaultIdentity(certificate).value();
    EXPECT_EQ(identity.kind, SubjectKind::person);
    EXPECT_EQ(identity.number, kId);
    EXPECT_EQ(identity.name, "王某");
}

// R08
TEST(Identity, issuerForOneKind_isBelievedForThatKindOnly) {
    const auto lock =
        certificateWith({{"OU", std::string(kUscc)}, {"CN", "某公司"}}, {extension(kIdExtension, bare(kId))});
    IdentityRule rule;
    rule.onlyKind = SubjectKind::enterprise;
    EXPECT_EQ(identityOf(lock, rule).value().number, kUscc);
    const auto person = certificateWith({{"CN", "王某"}}, {extension(kIdExtension, bare(kId))});
    EXPECT_EQ(identityOf(person, rule).error().reason, "kind_not_accepted");
    EXPECT_EQ(identityOf(person, rule).error().code, ErrorCode::identityMissing);
}

// R18
TEST(Identity, failingCheckDigit_warnsInDedicatedFieldAndIsIgnoredInFreeText) {
    const auto dedicated =
        defaultIdentity(certificateWith(kPlain, {extension(kUsccExtension, der(kPrintable, kPilotUscc))}))
            .value();
    EXPECT_EQ(dedicated.number, kPilotUscc);
    EXPECT_FALSE(dedicated.checkDigitFits);
    const auto freeText = defaultIdentity(certificateWith({{"CN", "x"}, {"OU", std::string(kPilotUscc)}}));
    EXPECT_EQ(freeText.error().code, ErrorCode::identityMissing);
    EXPECT_EQ(freeText.error().reason, "no_number");
}

TEST(Identity, dedicatedFieldOverFreeText_winsAgainstAnotherCode) {
    const auto certificate = certificateWith({{"CN", "x"}, {"serialNumber", std::string(kOtherUscc)}},
                                             {extension("1.2.86.11.7.4", bare(kUscc))});
    EXPECT_EQ(defaultIdentity(certificate).value().number, kUscc);
}

TEST(Identity, organisationCode_isCompletedByASubjectFieldThatContainsIt) {
    const auto code = extension("1.2.156.112562.2.1.1.1", bare("JJ" + organisationCodeOf(kPilotUscc)));
    const auto completed =
        defaultIdentity(certificateWith({{"CN", "x"}, {"OU", std::string(kPilotUscc)}}, {code})).value();
    EXPECT_EQ(completed.number, kPilotUscc);
    EXPECT_EQ(completed.field, "subject OU");
    EXPECT_FALSE(completed.checkDigitFits);
    const auto other =
        defaultIdentity(certificateWith({{"CN", "x"}, {"OU", std::string(kOtherUscc)}}, {code})).value();
    EXPECT_EQ(other.number, organisationCodeOf(kPilotUscc));
}

TEST(Identity, organisationCodeInFreeText_isNoIdentity) {
    EXPECT_FALSE(defaultIdentity(certificateWith({{"CN", "x"}, {"OU", "776049653"}})));
}

/// One ID number in 31 fits a USCC's check character as well.
std::string idNumberThatFitsAUsccToo(const std::string& start = "53010219900307") {
    for (int i = 0; i < 1000; ++i) {
        const auto sequence = std::to_string(1000 + i).substr(1);
        for (const char check : std::string_view("0123456789X")) {
            const std::string id = start + sequence + check;
            if (idNumberCheckFits(id) && usccCheckFits(id)) return id;
        }
    }
    return {};
}

TEST(Identity, idNumberThatFitsAUsccToo_isAPersonsWhereEitherMayStand) {
    const auto both = idNumberThatFitsAUsccToo();
    ASSERT_FALSE(both.empty());
    for (const auto& certificate :
         {certificateWith({{"CN", "王某"}, {"serialNumber", both}}),
          certificateWith({{"CN", "王某"}}, {extension("1.2.156.112573.14", bare(both))})}) {
        const auto identity = defaultIdentity(certificate).value();
        EXPECT_EQ(identity.kind, SubjectKind::person);
        EXPECT_EQ(identity.number, both);
    }
}

// The tax number of a person is the ID number.
TEST(Identity, idNumberThatFitsAUsccTooInAnEnterpriseField_isNoEnterprises) {
    const auto both = idNumberThatFitsAUsccToo();
    for (const auto* field : {"1.2.156.10260.4.1.5", "1.2.86.11.7.5", "1.2.156.10260.4.1.4"}) {
        EXPECT_EQ(defaultIdentity(certificateWith(kPlain, {extension(field, bare(both))})).error().reason,
                  "no_number")
            << field;
        const auto person = defaultIdentity(certificateWith(
            {{"CN", "王某"}}, {extension(field, bare(both)), extension(kIdExtension, bare(both))}));
        EXPECT_EQ(person.value().kind, SubjectKind::person) << field;
    }
}

// ID numbers of foreigners begin with 9, as the codes of enterprises do.
TEST(Identity, foreignersTaxNumber_isThePersons) {
    const auto both = idNumberThatFitsAUsccToo("93010219900307");
    ASSERT_FALSE(both.empty());
    const auto tax = extension("1.2.156.10260.4.1.5", bare(both));
    const auto person =
        defaultIdentity(certificateWith({{"CN", "王某"}}, {tax, extension(kIdExtension, bare(both))}));
    EXPECT_EQ(person.value().kind, SubjectKind::person);
    EXPECT_EQ(person.value().number, both);
    EXPECT_EQ(defaultIdentity(certificateWith(kPlain, {tax})).value().kind, SubjectKind::enterprise);
}

// 工商注册号 of an enterprise; as an ID number of before 1999 it would be somebody's born on 1960-03-15.
TEST(Identity, fifteenDigitsWhereEitherMayStand_areNoPersons) {
    const std::string number = "530102600315123";
    for (const auto* field :
         {"1.2.156.10260.4.1.3", "1.2.86.11.7.3", "1.2.156.112562.2.1.1.1", "1.3.6.1.4.1.18760.1.12.11",
          "2.16.156.112548", "1.2.86.21.1.3", "1.2.156.1.8888.148", "1.2.156.112573.14"})
        EXPECT_EQ(defaultIdentity(certificateWith(kPlain, {extension(field, bare(number))})).error().reason,
                  "no_number")
            << field;
    EXPECT_EQ(defaultIdentity(certificateWith({{"CN", "某公司"}, {"serialNumber", number}})).error().reason,
              "no_number");
    for (const auto* field : {"1.2.156.10260.4.1.1", "1.2.86.11.7.1"})
        EXPECT_EQ(defaultIdentity(certificateWith(kPlain, {extension(field, bare(number))})).value().kind,
                  SubjectKind::person)
            << field;
}

// R08
TEST(Identity, freeTextOfBothKinds_decidesNothingWithoutAKind) {
    const auto certificate =
        certificateWith({{"CN", "王某"}, {"serialNumber", kI}, {"OU", std::string(kUscc)}});
    EXPECT_EQ(defaultIdentity(certificate).error().code, ErrorCode::identityMissing);
    EXPECT_EQ(defaultIdentity(certificate).error().reason, "ambiguous");
    for (const auto kind : {SubjectKind::person, SubjectKind::enterprise}) {
        IdentityRule rule;
        rule.onlyKind = kind;
        EXPECT_EQ(identityOf(certificate, rule).value().kind, kind);
    }
}

TEST(Identity, idNumberInTheFieldOfTheUscc_isNoEnterprise) {
    EXPECT_FALSE(defaultIdentity(certificateWith(kPlain, {extension(kUsccExtension, bare(kId))})));
}

TEST(Identity, mistypedIdNumberWhereEitherMayStand_isAPersonsWithAWarning) {
    const auto identity =
        defaultIdentity(certificateWith(kPlain, {extension("1.2.156.112573.14", bare("110105194912310021"))}))
            .value();
    EXPECT_EQ(identity.kind, SubjectKind::person);
    EXPECT_FALSE(identity.checkDigitFits);
}

TEST(Identity, ownSources_areUsedAsTheDescriptionSays) {
    IdentityRule rule;
    rule.name = "own";
    rule.sources = {{IdentitySource::Place::subject, "2.5.4.11", "^LOCK-([0-9A-Z]{18})-[0-9]+$",
                     SubjectKind::enterprise}};
    const auto lock = certificateWith({{"CN", "x"}, {"OU", "lock-" + std::string(kPilotUscc) + "-07"}});
    const auto identity = identityOf(lock, rule).value();
    EXPECT_EQ(identity.number, kPilotUscc);
    EXPECT_EQ(identity.field, "subject OU");
    EXPECT_FALSE(identityOf(certificateWith(kPlain, {extension(kUsccExtension, bare(kUscc))}), rule));
}

TEST(Identity, names_loseTheirCodeAndKeepWithinLimits) {
    EXPECT_EQ(defaultIdentity(certificateWith({{"CN", "某公司@" + kU}})).value().name, "某公司");
    EXPECT_EQ(defaultIdentity(certificateWith({{"CN", "某(集团)公司(" + kU + ")"}})).value().name,
              "某(集团)公司");
    EXPECT_EQ(defaultIdentity(certificateWith({{"CN", "某\uFF08集团\uFF09公司\uFF08" + kU + "\uFF09"}}))
                  .value()
                  .name,
              "某\uFF08集团\uFF09公司");
    EXPECT_EQ(defaultIdentity(certificateWith({{"O", "某公司"}, {"serialNumber", kU}})).value().name,
              "某公司");
    std::string longName;
    while (longName.size() < 5000) longName += "名";
    const auto name =
        defaultIdentity(certificateWith({{"2.5.4.3", longName.substr(0, 60)}, {"OU", kU}})).value().name;
    EXPECT_LE(name.size(), 256U);
    const auto hostile = defaultIdentity(certificateWith({{"CN", "a\nb\u202E"}, {"OU", kU}})).value().name;
    EXPECT_EQ(hostile.find('\n'), std::string::npos);
    EXPECT_EQ(hostile.find("\u202E"), std::string::npos);
}

TEST(Identity, standardCertificates_haveTheirIdentities) {
    TestPki pki;
    const auto enterprise = defaultIdentity(pki.enterprise().certificate).value();
    EXPECT_EQ(enterprise.number, kTestUscc);
    EXPECT_EQ(enterprise.name, kTestEnterprise);
    const auto representative = defaultIdentity(pki.legalRepresentative().certificate).value();
    EXPECT_EQ(representative.kind, SubjectKind::person);
    EXPECT_EQ(representative.number, kTestRepresentativeId);
    EXPECT_EQ(representative.name, kTestRepresentative);
    EXPECT_EQ(defaultIdentity(pki.noIdentity().certificate).error().code, ErrorCode::identityMissing);
}

}  // namespace
}  // namespace signet
