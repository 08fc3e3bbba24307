// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "certs/identity_rules.hpp"

#include "tests/certs/identity_fixture.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

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

}  // namespace
}  // namespace signet
