// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity.hpp"

#include "base/encoding.hpp"
#include "certs/identity_fields.hpp"
#include "certs/identity_rules.hpp"
#include "certs/test_pki/test_pki.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace signet {
namespace {

constexpr std::uint8_t kUtf8 = 0x0C;
constexpr std::uint8_t kPrintable = 0x13;
constexpr std::string_view kUscc = "91350200MA2YJ1XR9G";
constexpr std::string_view kOtherUscc = "91440101MA5CJQ4N59";
constexpr std::string_view kPilotUscc = "91350203M0001QAY9B";
constexpr std::string_view kId = "11010519491231002X";
constexpr std::string_view kUsccExtension = "1.2.156.10260.4.1.4";
constexpr std::string_view kIdExtension = "1.2.156.10260.4.1.1";

Bytes bare(std::string_view text) {
    return {text.begin(), text.end()};
}

Bytes der(std::uint8_t tag, std::string_view text) {
    return derValue(tag, bytesOf(text));
}

/// A certificate for one question: only its subject and extensions matter.
Certificate certificateWith(std::vector<NamePart> subject, std::vector<ExtensionPart> extensions = {}) {
    static TestPki pki;
    Profile profile;
    profile.subject = std::move(subject);
    profile.extensions = std::move(extensions);
    return pki.issue(profile).certificate;
}

ExtensionPart extension(std::string_view oid, Bytes value) {
    return {std::string(oid), std::move(value)};
}

Result<Identity> defaultIdentity(const Certificate& certificate) {
    return identityOf(certificate, IdentityRule{});
}

// R18
TEST(UsccCheck, vectorsOfTheStandardAndTheWild_fit) {
    for (const auto* uscc : {"91350200MA2YJ1XR9G", "91350200776049653A", "91440101MA5CJQ4N59"}) {
        EXPECT_TRUE(isUsccShaped(uscc)) << uscc;
        EXPECT_TRUE(usccCheckFits(uscc)) << uscc;
    }
}

// R18
TEST(UsccCheck, legalEarlyCodes_areShapedButDoNotFit) {
    for (const auto* uscc :
         {"91350203M0001QAY9B", "91350100M0001TGQXM", "91350211M0000XUF46", "91350203M0001FUE2P"}) {
        EXPECT_TRUE(isUsccShaped(uscc)) << uscc;
        EXPECT_FALSE(usccCheckFits(uscc)) << uscc;
    }
}

TEST(UsccCheck, eachChangedCharacter_doesNotFit) {
    for (std::size_t i = 0; i < kUscc.size(); ++i) {
        std::string changed(kUscc);
        changed[i] = changed[i] == '1' ? '2' : '1';
        EXPECT_FALSE(usccCheckFits(changed)) << changed;
    }
}

TEST(UsccCheck, otherShapes_areRefused) {
    for (const auto* text : {"", "91350200MA2YJ1XR9", "91350200MA2YJ1XR9GG", "91350200MI2YJ1XR9G",
                             "9135020OMA2YJ1XR9G", "91350A00MA2YJ1XR9G", "91350200ma2yj1xr9g"})
        EXPECT_FALSE(isUsccShaped(text)) << text;
}

// R16
TEST(IdNumberCheck, vectors_fit) {
    for (const auto* id : {"11010519491231002X", "34052419800101001X"}) {
        EXPECT_TRUE(isIdNumberShaped(id)) << id;
        EXPECT_TRUE(idNumberCheckFits(id)) << id;
    }
}

// R16
TEST(IdNumberCheck, wrongDigitAndImpossibleDates_areToldApart) {
    EXPECT_TRUE(isIdNumberShaped("110105194912310021"));
    EXPECT_FALSE(idNumberCheckFits("110105194912310021"));
    for (const auto* id : {"110105194902300023", "110105194913010021", "110105000012310021",
                           "11010519491231002x", "1101051949123100X2", "1101051949123100", ""})
        EXPECT_FALSE(isIdNumberShaped(id)) << id;
}

TEST(OrganisationCode, ofAUscc_isItsNineCharacters) {
    EXPECT_EQ(organisationCodeOf("91350200776049653A"), "776049653");
    EXPECT_EQ(organisationCodeOf("776049653"), "776049653");
    EXPECT_EQ(organisationCodeOf("776049652"), "");
    EXPECT_EQ(enterpriseKeyOf("91350200776049653A"), enterpriseKeyOf("776049653"));
    EXPECT_EQ(enterpriseKeyOf("x"), "x");
    EXPECT_TRUE(organisationCodeFits("MA2YJ1XR9"));
    EXPECT_FALSE(organisationCodeFits("ma2yj1xr9"));
}

// R16
TEST(MaskedNumber, longAndShort_showNoMoreThanTheEnds) {
    EXPECT_EQ(maskedNumber("530102199003071234"), "5301**********1234");
    EXPECT_EQ(maskedNumber(kUscc), "9135**********XR9G");
    EXPECT_EQ(maskedNumber("776049653"), "77*****53");
    EXPECT_EQ(maskedNumber("12"), "**");
    EXPECT_EQ(maskedNumber(""), "");
}

struct EncodingCase {
    const char* name;
    Bytes value;
};

TEST(IdentityText, everyWayThatCasWriteIt_isRead) {
    const auto printable = der(kPrintable, kId);
    const std::vector<EncodingCase> cases{
        {"bare text", bare(kId)},
        {"PrintableString", printable},
        {"UTF8String", der(kUtf8, kId)},
        {"IA5String", der(0x16, kId)},
        {"[0] EXPLICIT", derValue(0xA0, printable)},
        {"[1] EXPLICIT UTF8String", derValue(0xA1, der(kUtf8, kId))},
        {"[2] EXPLICIT", derValue(0xA2, printable)},
        {"[0] IMPLICIT", der(0x80, kId)},
        {"[1] IMPLICIT", der(0x81, kId)},
        {"SEQUENCE of one", derValue(0x30, printable)},
        {"OCTET STRING twice", derValue(0x04, printable)},
        {"SEQUENCE of [0]", derValue(0x30, derValue(0xA0, printable))},
    };
    for (const auto& [name, value] : cases) EXPECT_EQ(identityText(value), kId) << name;
}

TEST(IdentityText, hostileValues_areEmpty) {
    const auto printable = der(kPrintable, kId);
    Bytes nested = printable;
    for (int i = 0; i < 20; ++i) nested = derValue(0xA0, nested);
    const Bytes indefinite{0xA0, 0x80, 0x13, 0x01, '1', 0x00, 0x00};
    const std::vector<EncodingCase> cases{
        {"nothing", {}},
        {"too long", Bytes(600, '1')},
        {"text over 256", Bytes(300, '1')},
        {"deep nesting", nested},
        {"not UTF-8", {0xFF, 0xFE, 0x41}},
        {"indefinite length", indefinite},
        {"length beyond the end", {0x13, 0x7F, '1', '2', 0xFF}},
        {"INTEGER", {0x02, 0x01, 0x05, 0xC0}},
    };
    for (const auto& [name, value] : cases) EXPECT_EQ(identityText(value), "") << name;
}

TEST(NormalisedText, spacesCaseAndFullWidth_areUnified) {
    EXPECT_EQ(normalisedText(" ab9\r\n"), "AB9");
    EXPECT_EQ(normalisedText("云南公司\uFF08\uFF19\uFF11x\uFF09"), "云南公司(91X)");
    EXPECT_EQ(normalisedText(" \t"), "");
}

TEST(IdentityRules, builtIn_haveTheDefaultAndRefuseOthers) {
    const auto rule = identityRule("default");
    ASSERT_TRUE(rule);
    EXPECT_GT(rule->sources.size(), 20U);
    EXPECT_EQ(rule->sources.front().oid, kUsccExtension);
    EXPECT_EQ(identityRule("nonsense").error().code, ErrorCode::configurationInvalid);
}

TEST(IdentityRules, brokenData_isRefused) {
    const auto with = [](const std::string& source) {
        return R"x({"patterns":{"whole":"","bad":"(","none":"x","two":"(a)(b)"},"sources":{"g":[)x" + source +
               R"x(]},"rules":{"default":["g"]}})x";
    };
    EXPECT_TRUE(parseIdentityRules(with(R"({"extension":"1.2.3","kind":"person","patterns":["whole"]})")));
    for (const auto* source :
         {R"({"extension":"1.2.3","kind":"dog","patterns":["whole"]})",
          R"({"kind":"person","patterns":["whole"]})",
          R"({"extension":"1.2.3","subject":"1.2.3","kind":"person","patterns":["whole"]})",
          R"({"extension":"x","kind":"person","patterns":["whole"]})",
          R"({"extension":"1.2.3","kind":"person","patterns":["bad"]})",
          R"({"extension":"1.2.3","kind":"person","patterns":["none"]})",
          R"({"extension":"1.2.3","kind":"person","patterns":["two"]})",
          R"({"extension":"1.2.3","kind":"person","patterns":["missing"]})",
          R"({"extension":1,"kind":"person"})", "5"})
        EXPECT_EQ(parseIdentityRules(with(source)).error().code, ErrorCode::configurationInvalid) << source;
    for (const auto* data : {"", "[]", "{}", R"({"patterns":{},"sources":{},"rules":{"a":["b"]}})",
                             R"({"patterns":{},"sources":{},"rules":{"a":5}})"})
        EXPECT_FALSE(parseIdentityRules(data)) << data;
}

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

const std::vector<NamePart> kPlain{{"CN", "某公司"}};
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

// Every field of the data file is found, by the default rule and by the rule of its own name.
TEST(IdentityRules, everySource_givesAnIdentityOfItsKind) {
    for (const auto* name : {"default", "bjca", "netca", "szca", "gdca", "sheca", "zjca"}) {
        const auto rule = identityRule(name).value();
        for (const auto& source : rule.sources) {
            if (source.isFreeText || !source.pattern.empty()) continue;
            const std::string number(source.kind == SubjectKind::person ? kId : kUscc);
            const auto identity =
                identityOf(certificateWith(kPlain, {extension(source.oid, der(kPrintable, number))}), rule);
            ASSERT_TRUE(identity) << name << " " << source.oid;
            EXPECT_EQ(identity->kind, source.kind) << source.oid;
            EXPECT_EQ(identity->number, number);
            EXPECT_EQ(identity->field, source.oid);
        }
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
