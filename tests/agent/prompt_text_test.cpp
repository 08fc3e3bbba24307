// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/prompt_text.hpp"

#include "agent/asker_ui.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

CertificateCard cardOf(const std::string& name) {
    return {std::string(64, 'a'),
            name,
            "9153**********047P",
            "云南某 CA",
            TimePoint(std::chrono::seconds(1790000000)),
            "锁",
            "login"};
}

LoginQuestion questionOf() {
    LoginQuestion question;
    question.host = "uc.example.gov.cn";
    question.origin = "https://uc.example.gov.cn";
    question.issuer = "https://uc.example.gov.cn";
    question.client = ClientInfo{"rp-123", "施工许可系统", "政府部门"};
    question.claims = {"name", "uscc"};
    question.certificate = cardOf("云南示例建筑有限公司");
    return question;
}

TEST(PromptText, question_answersWhoWhatAndAsWhomInThisOrder) {  // R57, ui.md
    auto question = questionOf();
    question.act = {"legal_rep", "91350200MA2YJ1XR9G", "云南示例建筑有限公司", ""};
    EXPECT_THAT(
        questionLines(question, Language::zh),
        ElementsAre("uc.example.gov.cn", "请求登录 · 进入「施工许可系统」(政府部门)",
                    "以法定代表人身份办理:云南示例建筑有限公司 91350200MA2YJ1XR9G",
                    "将提供:名称、统一社会信用代码",
                    "证书:云南示例建筑有限公司  9153**********047P  云南某 CA  2026-09-21 到期  [锁]"));
    EXPECT_THAT(questionLines(question, Language::en),
                ElementsAre("uc.example.gov.cn", "asks you to log in · to enter \"施工许可系统\" (政府部门)",
                            "Acting as legal representative: 云南示例建筑有限公司 91350200MA2YJ1XR9G",
                            "Will be passed on: name, unified social credit code",
                            "Certificate: 云南示例建筑有限公司  9153**********047P  云南某 CA  valid until "
                            "2026-09-21  [锁]"));
}

TEST(PromptText, webEid_saysThatTheSiteGetsTheWholeCertificate) {
    LoginQuestion question;
    question.host = "shop.example.test";
    question.origin = "https://shop.example.test:8443";
    question.kind = LoginKind::webEid;
    question.claims = {"certificate"};
    EXPECT_THAT(questionLines(question, Language::zh),
                ElementsAre("shop.example.test", "请求用您的证书登录这个网站(Web eID)",
                            "将提供:整张证书(含完整的姓名和号码)"));
    EXPECT_THAT(
        questionLines(question, Language::en),
        ElementsAre("shop.example.test", "asks you to log in to this site with your certificate (Web eID)",
                    "Will be passed on: the whole certificate, with the names and numbers in it"));
}

TEST(PromptText, ownLogin_isToldFromAPagesRequest) {
    auto question = questionOf();
    question.origin = std::string(kAgentOrigin);
    question.client.reset();
    EXPECT_EQ(questionLines(question, Language::zh).at(1), "您要登录");
    EXPECT_EQ(questionLines(question, Language::en).at(1), "You want to log in");
}

TEST(PromptText, agreements_areNamedWithAddressOnlyWhereTheyAreAccepted) {
    auto question = questionOf();
    question.agreements = {{{"ua", "2026-09", "x"}, "用户服务协议", "https://uc.example.gov.cn/ua", {}}};
    EXPECT_THAT(joined(questionLines(question, Language::zh)), HasSubstr("\n签名即确认同意:用户服务协议\n"));
    question.purpose = Purpose::bind;
    EXPECT_THAT(joined(questionLines(question, Language::zh)),
                HasSubstr("\n协议:《用户服务协议》 版本 2026-09  https://uc.example.gov.cn/ua\n"));
    question.purpose = Purpose::login;
    question.agreements.front().acceptedVersion = "2025-01";
    EXPECT_THAT(joined(questionLines(question, Language::zh)), HasSubstr("(您同意过版本 2025-01)"));
}

TEST(PromptText, hostileNames_keepTheirLineAndTheHost) {  // attacks.md 38
    auto question = questionOf();
    const std::string hostile = "x\nuc.evil.test\n\u202E\x1b[2J" + std::string(5000, 'y');
    question.client = ClientInfo{"i", hostile, hostile};
    question.act = {"operator", hostile, hostile, ""};
    question.claims = std::vector<std::string>(kMaxListed, hostile);
    question.agreements = std::vector<AgreementCard>(
        kMaxListed, AgreementCard{{hostile, hostile, hostile}, hostile, hostile, hostile});
    question.text = hostile.substr(0, kMaxTextBytes);
    question.certificate = cardOf(hostile);
    const auto lines = questionLines(question, Language::zh);
    EXPECT_EQ(lines.front(), "uc.example.gov.cn");
    EXPECT_LT(lines.size(), kMaxListed + 8);
    for (const auto& line : lines) {
        EXPECT_TRUE(std::none_of(line.begin(), line.end(), [](unsigned char c) { return c < 0x20; })) << line;
        EXPECT_THAT(line, Not(HasSubstr("\u202E")));
        EXPECT_LT(line.size(), 4000U);
    }
}

TEST(PromptText, triesLeft_areToldOnlyWhereTheTokenTells) {  // R57
    PinQuestion pin;
    EXPECT_EQ(pinLine(pin, Language::zh), "口令(PIN):");
    pin.isCountLow = true;
    EXPECT_EQ(pinLine(pin, Language::zh), "口令(PIN),剩余次数不多:");
    pin.triesLeft = 5;
    EXPECT_EQ(pinLine(pin, Language::zh), "口令(PIN),剩余 5 次:");
    EXPECT_EQ(pinLine(pin, Language::en), "PIN, 5 tries left: ");
    pin.triesLeft = 1;
    EXPECT_EQ(pinLine(pin, Language::en), "PIN, 1 try left: ");
    pin.lastError = Error{.code = ErrorCode::pinIncorrect, .triesLeft = 1};
    EXPECT_THAT(pinLine(pin, Language::zh), StartsWith("口令不正确,还可以试 1 次。\n"));
}

// Issue 3, point 6: default or must-change PIN flagged.
TEST(PromptText, pinThatMustBeChanged_isFlaggedBeforeItIsAsked) {
    PinQuestion pin;
    pin.mustChange = true;
    EXPECT_THAT(pinLine(pin, Language::zh), testing::HasSubstr("请尽快修改(signet pin change)"));
    EXPECT_THAT(pinLine(pin, Language::en), testing::EndsWith("(signet pin change).\nPIN: "));
}

TEST(PromptText, everyConfirmationAndStage_hasWords) {
    for (const auto language : {Language::zh, Language::en}) {
        for (const auto kind : {Confirmation::pinPad, Confirmation::finalPinTry, Confirmation::agreements,
                                Confirmation::changedAgreements, Confirmation::purposeText})
            EXPECT_FALSE(confirmationLine(questionOf(), kind, language).empty());
        EXPECT_TRUE(stageLine(LoginStage::pin, language).empty());
        EXPECT_FALSE(stageLine(LoginStage::signing, language).empty());
        EXPECT_FALSE(stageLine(LoginStage::relaying, language).empty());
    }
    auto freeze = questionOf();
    freeze.purpose = Purpose::freeze;
    EXPECT_EQ(confirmationLine(freeze, Confirmation::purposeText, Language::zh), "确定要冻结账户吗?");
}

TEST(PromptText, error_isSentenceAdviceAndCode) {
    const Error error{
        .code = ErrorCode::platformTls, .reason = "tls_untrusted", .params = {{"host", "a\nb"}}};
    EXPECT_EQ(
        errorText(error, Language::en),
        "The server certificate of a\\u{000A}b is not from a trusted authority. Nothing was done.\n"
        "Check the address, or ask your administrator (issuer-ca in the configuration).\n(platform_tls: "
        "tls_untrusted)");
    EXPECT_EQ(errorText(Error{.code = ErrorCode::userCancelled}, Language::zh), "已取消。\n(user_cancelled)");
}

/// Notes what it is asked.
class NotingAsker final : public Asker {
public:
    explicit NotingAsker(bool isPerson) : m_isPerson(isPerson) {}
    void askSecret(const std::string& prompt, Reply<SecretBytes>) override { asked.push_back(prompt); }
    void confirm(const std::string& prompt, Reply<bool> reply) override {
        asked.push_back(prompt);
        reply(true);
    }
    void choose(const std::string& prompt, const std::vector<AskerChoice>& choices,
                Reply<std::size_t>) override {
        asked.push_back(prompt + "|" + choices.front().name);
    }
    void tell(const std::string& text) override { told.push_back(text); }
    bool isPerson() const override { return m_isPerson; }
    void withdraw() override { asked.push_back("withdrawn"); }

    std::vector<std::string> asked;
    std::vector<std::string> told;

private:
    bool m_isPerson;
};

TEST(AskerUi, program_getsTheWholeQuestionEachTimeAndIsNeverAskedAgain) {  // attacks.md 41
    NotingAsker asker(false);
    AskerUi ui(asker, Language::zh);
    ui.askPin(questionOf(), {}, {});
    ui.askPin(questionOf(), {}, {});
    ASSERT_EQ(asker.asked.size(), 2U);
    EXPECT_EQ(asker.asked[0], asker.asked[1]);
    EXPECT_THAT(asker.asked[0], StartsWith("uc.example.gov.cn\n"));
    std::optional<bool> isWanted;
    ui.offerRetry(questionOf(), Error{.code = ErrorCode::pinIncorrect},
                  [&](Result<bool> answer) { isWanted = *answer; });
    EXPECT_EQ(isWanted, false);
    EXPECT_EQ(asker.asked.size(), 2U);
}

TEST(AskerUi, person_seesTheQuestionOnceAndDecidesOnARetry) {
    NotingAsker asker(true);
    AskerUi ui(asker, Language::zh);
    ui.askPin(questionOf(), {}, {});
    std::optional<bool> isWanted;
    ui.offerRetry(questionOf(), Error{.code = ErrorCode::pinIncorrect, .triesLeft = 4},
                  [&](Result<bool> answer) { isWanted = *answer; });
    EXPECT_EQ(isWanted, true);
    ui.close();
    EXPECT_THAT(asker.told, ElementsAre(StartsWith("\nuc.example.gov.cn\n")));
    EXPECT_THAT(asker.asked,
                ElementsAre("口令(PIN):", StartsWith("口令不正确,还可以试 4 次。\n"), "withdrawn"));
}

TEST(AskerUi, choice_offersTheFingerprintAsAnAnswer) {
    NotingAsker asker(false);
    AskerUi ui(asker, Language::en);
    ui.chooseCertificate(questionOf(), {cardOf("a"), cardOf("b")}, {});
    EXPECT_THAT(asker.asked.at(0), HasSubstr("|" + std::string(64, 'a')));
}

}  // namespace
}  // namespace signet
