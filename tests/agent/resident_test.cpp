// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The agent with its doors open: what its own user may ask it, and who may speak to it at all.
#include "agent/resident.hpp"

#include "bridge_fixture.hpp"
#include "cli_test_folder.hpp"
#include "local_client.hpp"
#include "tests/doubles/scripted_ui.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>

namespace signet {
namespace {

/// An agent with one issuer, without tokens and without wss.
class ResidentTest : public testing::Test {
protected:
    ResidentTest() {
        testApplication();
        if (const char* old = std::getenv("XDG_STATE_HOME")) m_oldState = old;
        ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
        configuration.issuers = {kPageOrigin};
        configuration.bridge.port = 0;
        configuration.bridge.useTls = false;
        configuration.useP11Kit = false;
        configuration.useKnownModules = false;
    }
    ~ResidentTest() override {
        m_oldState ? ::setenv("XDG_STATE_HOME", m_oldState->c_str(), 1) : ::unsetenv("XDG_STATE_HOME");
    }

    void open() {
        auto loaded = LoginParts::load(configuration, {});
        ASSERT_TRUE(loaded) << loaded.error().detail;
        parts = std::move(*loaded);
        auto opened = Resident::open(configuration, *parts, ui,
                                     {.socket = folder / "agent.sock",
                                      .localhost = localhostFiles(folder / "localhost"),
                                      .openInBrowser = [](const std::string&) {},
                                      .log = [](std::string_view) {}});
        ASSERT_TRUE(opened) << opened.error().detail;
        resident = std::move(*opened);
    }
    std::string ask(const LocalOpening& opening) const {
        LocalClient client(folder / "agent.sock");
        client.say(localOpeningText(opening));
        return client.next();
    }
    BridgeClient page() const {
        BridgeClient client(resident->port());
        EXPECT_EQ(statusOf(client.upgrade(resident->port(), kPageOrigin)), 101U);
        client.sendText(kCancel);
        std::string answer;
        EXPECT_TRUE(waitUntil([&] {
            if (!client.hasData()) return false;
            answer = client.next();
            return true;
        }));
        EXPECT_EQ(answer, rpcResult(RpcId(2), Json::object()));
        return client;
    }

    const TestFolder folder;
    ScriptedLoop loop;
    ScriptedUi ui{loop};
    Configuration configuration;
    std::unique_ptr<LoginParts> parts;
    std::unique_ptr<Resident> resident;

private:
    std::optional<std::string> m_oldState;
};

TEST_F(ResidentTest, status_tellsThePorts) {
    open();
    EXPECT_EQ(ask(StatusOpening{}), "{\"ok\":true,\"ws\":" + std::to_string(resident->port()) + "}");
    EXPECT_EQ(resident->tlsPort(), std::nullopt);
    EXPECT_EQ(ask(ShowOpening{}), R"({"ok":true})");
}

// attack 51
TEST_F(ResidentTest, linkToAnIssuerThatIsNotConfigured_isRefused) {
    open();
    EXPECT_EQ(ask(LinkOpening{"signet://login?issuer=https://evil.example.test"}),
              R"({"code":"issuer_not_allowed","ok":false})");
    EXPECT_EQ(ask(LinkOpening{"signet://login?issuer=" + kPageOrigin + "&challenge_id=x"}),
              R"({"code":"invalid_request","ok":false})");
    EXPECT_EQ(resident->followLink("--help").error().reason, "link");
    EXPECT_EQ(ui.asked(), 0U);
}

// R45: attack 56, also where the disk does not keep it.
TEST_F(ResidentTest, revocation_closesTheSitesConnectionsWithinASecond) {
    for (const bool isWritable : {true, false}) {
        (void)folder.write("state/signet/sites.json", "[\"" + kPageOrigin + "\"]");
        open();
        auto client = page();
        if (!isWritable) {
            std::filesystem::remove_all(folder / "state");
            (void)folder.write("state", "a file");
        }
        EXPECT_EQ(ask(RevokeOpening{kPageOrigin}),
                  isWritable ? R"({"ok":true})" : R"({"code":"internal_error","ok":false})");
        EXPECT_TRUE(waitUntil([&] { return client.hasData(); }, std::chrono::seconds(1)));
        EXPECT_EQ(client.next(), "(close 1001)");
        resident.reset();
    }
}

TEST_F(ResidentTest, destroyedWithPagesAtItsDoors_isFine) {
    open();
    auto client = page();
    LocalClient silent(folder / "agent.sock");
    resident.reset();
    EXPECT_EQ(client.next(), "(end)");
    EXPECT_EQ(silent.next(), "(end)");
}

TEST_F(ResidentTest, allowedOrigins_areEachNamedOnce) {
    configuration.issuers = {"https://uc.example.test/uc", "https://uc.example.test"};
    configuration.bridge.extraOrigins = {"https://app.example.test:8443", "https://uc.example.test"};
    configuration.webeidOrigins = {"https://shop.example.test", "https://app.example.test:8443"};
    EXPECT_EQ(allowedOrigins(configuration),
              (std::vector<std::string>{"https://uc.example.test", "https://app.example.test:8443",
                                        "https://shop.example.test"}));
}

}  // namespace
}  // namespace signet
