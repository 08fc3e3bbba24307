// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One page's connection: its own login, what it may watch, and nothing of another's.
#include "agent/page_session.hpp"

#include "cli_test_folder.hpp"
#include "desk_fixture.hpp"

#include <nlohmann/json.hpp>

namespace signet {
namespace {

/// Remembers what a page was told.
class RecordingChannel final : public PageChannel {
public:
    std::vector<Json> answers;
    std::vector<Json> news;
    void answer(std::string text) override { answers.push_back(Json::parse(text)); }
    void notify(std::string text) override { news.push_back(Json::parse(text)); }

    std::string codeOf(std::size_t index) const {
        const auto& answer = answers.at(index);
        if (!answer.contains("error")) return "";
        const auto& data = answer["error"]["data"];
        return data["code"].get<std::string>() +
               (data.contains("reason") ? "/" + data["reason"].get<std::string>() : "");
    }
};

RpcRequest requestOf(RpcMethod method, int id) {
    RpcRequest request;
    request.id = id;
    request.method = method;
    return request;
}

/// A page with its connection.
struct TestPage {
    RecordingChannel channel;
    std::optional<PageSession> session;
    TestPage(const std::string& origin, PageServices& services) {
        session.emplace(origin, services, channel);
    }
    void ask(RpcMethod method, int id) { session->onRequest(requestOf(method, id)); }
    void login(int id, const std::string& issuer = kIssuer) {
        auto request = requestOf(RpcMethod::login, id);
        request.issuer = issuer;
        request.challengeId = std::string(22, 'A');
        session->onRequest(request);
    }
    void authenticate(int id) {
        auto request = requestOf(RpcMethod::webeidAuthenticate, id);
        request.challengeNonce = kNonce;
        session->onRequest(request);
    }
};

class PageSessionTest : public testing::Test, protected DeskDoubles {
protected:
    const TestFolder folder;
    LoginDesk desk{ports()};
    TokenPresence presence{tokens};
    ApprovedSites sites{folder / "sites.json", {}};
    PageServices services{desk, presence, sites, {kSite}};
};

TEST_F(PageSessionTest, hello_isAnswered) {
    TestPage page(kIssuer, services);
    page.ask(RpcMethod::hello, 5);
    ASSERT_EQ(page.channel.answers.size(), 1U);
    EXPECT_EQ(page.channel.answers[0]["id"], 5);
    EXPECT_EQ(page.channel.answers[0]["result"]["ready"], true);
}

// R15
TEST_F(PageSessionTest, login_givesTheHandoffAloneAndTheStagesBefore) {
    TestPage page(kIssuer, services);
    page.login(7);
    EXPECT_TRUE(page.channel.answers.empty());
    run();
    ASSERT_EQ(page.channel.answers.size(), 1U);
    EXPECT_EQ(page.channel.answers[0],
              (Json{{"jsonrpc", "2.0"}, {"id", 7}, {"result", {{"handoff", std::string(43, 'H')}}}}));
    ASSERT_EQ(page.channel.news.size(), 4U);
    std::vector<std::string> stages;
    for (const auto& news : page.channel.news) {
        EXPECT_EQ(news["method"], "login.stage");
        stages.push_back(news["params"]["stage"]);
    }
    EXPECT_EQ(stages, (std::vector<std::string>{"choose", "pin", "signing", "relaying"}));
    EXPECT_TRUE(sites.isApproved(kIssuer));
}

TEST_F(PageSessionTest, loginThatFails_approvesNothing) {
    TestPage page(kIssuer, services);
    ui.pins.clear();
    page.login(1);
    run();
    EXPECT_EQ(page.channel.codeOf(0), "user_cancelled");
    EXPECT_FALSE(sites.isApproved(kIssuer));
    page.login(2, "https://other.example.test");
    run();
    EXPECT_EQ(page.channel.codeOf(1), "issuer_not_allowed");
}

// attack 32
TEST_F(PageSessionTest, loginOfAnOriginThatTheIssuerDoesNotName_isRefused) {
    TestPage page("https://app.example.test", services);
    page.login(1);
    run();
    EXPECT_EQ(page.channel.codeOf(0).substr(0, 18), "origin_not_allowed");
    EXPECT_EQ(ui.asked(), 0U);
}

TEST_F(PageSessionTest, secondLoginOfAPage_isBusy) {
    TestPage page(kIssuer, services);
    page.login(1);
    page.login(2);
    ASSERT_EQ(page.channel.answers.size(), 1U);
    EXPECT_EQ(page.channel.answers[0]["id"], 2);
    EXPECT_EQ(page.channel.codeOf(0), "busy");
    run();
    EXPECT_EQ(page.channel.answers.at(1)["id"], 1);
    EXPECT_TRUE(page.channel.answers[1].contains("result"));
}

TEST_F(PageSessionTest, cancel_answersBoth) {
    TestPage page(kIssuer, services);
    page.login(1);
    runToPin();
    page.ask(RpcMethod::cancel, 2);
    ASSERT_EQ(page.channel.answers.size(), 2U);
    EXPECT_EQ(page.channel.answers[0]["id"], 1);
    EXPECT_EQ(page.channel.codeOf(0), "user_cancelled");
    EXPECT_EQ(page.channel.answers[1], (Json{{"jsonrpc", "2.0"}, {"id", 2}, {"result", Json::object()}}));
    EXPECT_FALSE(desk.isBusy());
    run();
    EXPECT_EQ(page.channel.answers.size(), 2U);
    EXPECT_TRUE(tokens.pinsSent.empty());
}

TEST_F(PageSessionTest, cancelWithNothingUnderWay_isAnswered) {
    TestPage page(kIssuer, services);
    page.ask(RpcMethod::cancel, 2);
    ASSERT_EQ(page.channel.answers.size(), 1U);
    EXPECT_EQ(page.channel.answers[0]["result"], Json::object());
}

// R45: attack 35
TEST_F(PageSessionTest, anotherPage_canNeitherCancelNorSeeALogin) {
    TestPage first(kIssuer, services);
    TestPage second(kIssuer, services);
    first.login(1);
    runToPin();
    second.ask(RpcMethod::cancel, 1);
    second.login(1);
    second.session.reset();
    run();
    EXPECT_EQ(second.channel.answers.size(), 1U)
        << "cancel was answered, the busy login went with its session";
    EXPECT_TRUE(second.channel.news.empty());
    EXPECT_TRUE(first.channel.answers.at(0).contains("result"));
}

// attack 45
TEST_F(PageSessionTest, endOfTheSession_withdrawsItsLogin) {
    TestPage page(kIssuer, services);
    page.login(1);
    runToPin();
    const int closed = ui.closed;
    page.session.reset();
    EXPECT_GT(ui.closed, closed);
    EXPECT_FALSE(desk.isBusy());
    run();
    EXPECT_TRUE(page.channel.answers.empty());
    EXPECT_EQ(commandsRunning(), 0U);
}

TEST_F(PageSessionTest, endOfTheSessionWithItsAnswerOnTheWay_saysNothing) {
    TestPage page(kIssuer, services);
    page.login(1, "https://other.example.test");
    page.session.reset();
    run();
    EXPECT_TRUE(page.channel.answers.empty());
    EXPECT_EQ(commandsRunning(), 0U);
}

// attacks 21, 42: with a token and without one it is the same answer, and nothing was looked at.
TEST_F(PageSessionTest, watchBeforeApproval_isRefusedWithoutALook) {
    TestPage page(kIssuer, services);
    page.ask(RpcMethod::watch, 1);
    tokens.modules.clear();
    page.ask(RpcMethod::watch, 1);
    ASSERT_EQ(page.channel.answers.size(), 2U);
    EXPECT_EQ(page.channel.codeOf(0), "origin_not_allowed/not_approved");
    EXPECT_EQ(page.channel.answers[0], page.channel.answers[1]);
    EXPECT_EQ(tokens.listings, 0);
    EXPECT_EQ(tokens.watching(), 0U);
}

// attack 42
TEST_F(PageSessionTest, watchAfterApproval_tellsPresenceAndNoMore) {
    sites.approve(kIssuer);
    TestPage page(kIssuer, services);
    page.ask(RpcMethod::watch, 1);
    EXPECT_TRUE(page.channel.answers.empty());
    run();
    ASSERT_EQ(page.channel.answers.size(), 1U);
    EXPECT_EQ(page.channel.answers[0],
              (Json{{"jsonrpc", "2.0"}, {"id", 1}, {"result", {{"present", true}}}}));
    tokens.removeToken(0);
    run();
    ASSERT_EQ(page.channel.news.size(), 1U);
    EXPECT_EQ(page.channel.news[0],
              (Json{{"jsonrpc", "2.0"}, {"method", "tokens.changed"}, {"params", {{"present", false}}}}));
}

TEST_F(PageSessionTest, watchTwice_isBusyFirstAndAnsweredLater) {
    sites.approve(kIssuer);
    TestPage page(kIssuer, services);
    page.ask(RpcMethod::watch, 1);
    page.ask(RpcMethod::watch, 2);
    EXPECT_EQ(page.channel.codeOf(0), "busy");
    run();
    page.ask(RpcMethod::watch, 3);
    run();
    ASSERT_EQ(page.channel.answers.size(), 3U);
    EXPECT_EQ(page.channel.answers[2]["id"], 3);
    EXPECT_EQ(page.channel.answers[2]["result"]["present"], true);
    tokens.removeToken(0);
    run();
    EXPECT_EQ(page.channel.news.size(), 1U) << "it is one watch, not two";
    page.session.reset();
    EXPECT_EQ(tokens.watching(), 0U);
}

TEST_F(PageSessionTest, webeidOfAnOriginThatIsNotConfigured_isRefusedWithoutALook) {
    TestPage page(kIssuer, services);
    page.authenticate(1);
    EXPECT_EQ(page.channel.codeOf(0), "origin_not_allowed/webeid_not_allowed");
    run();
    EXPECT_EQ(tokens.listings, 0);
    EXPECT_EQ(ui.asked(), 0U);
}

TEST_F(PageSessionTest, webeidOfAConfiguredOrigin_givesTheToken) {
    TestPage page(kSite, services);
    page.authenticate(1);
    page.login(2);
    EXPECT_EQ(page.channel.codeOf(0), "busy");
    run();
    const auto& result = page.channel.answers.at(1)["result"];
    EXPECT_EQ(result.size(), 5U);
    EXPECT_EQ(result["format"].get<std::string>().substr(0, 9), "web-eid:1");
    EXPECT_TRUE(sites.isApproved(kSite));
    EXPECT_EQ(ui.confirmations.size(), 1U) << "the site was new";
    ui.pins = {"123456"};
    page.authenticate(3);
    run();
    EXPECT_EQ(page.channel.codeOf(2), "");
    EXPECT_EQ(ui.confirmations.size(), 1U);
    ASSERT_TRUE(sites.revoke(kSite));
    page.authenticate(4);
    run();
    EXPECT_EQ(ui.confirmations.size(), 2U) << "and is again";
}

TEST_F(PageSessionTest, webeidThatIsCancelled_answersBoth) {
    TestPage page(kSite, services);
    page.authenticate(1);
    runToPin();
    page.ask(RpcMethod::cancel, 2);
    run();
    ASSERT_EQ(page.channel.answers.size(), 2U);
    EXPECT_EQ(page.channel.codeOf(0), "user_cancelled");
    EXPECT_EQ(page.channel.codeOf(1), "");
}

}  // namespace
}  // namespace signet
