// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Pages that come by the extension: who is let in, and how much of it.
#include "local_door_fixture.hpp"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

namespace signet {
namespace {

unsigned modeOf(const std::filesystem::path& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0;
}

std::string codeIn(const std::string& text) {
    const auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return text;
    return json.contains("error") ? json["error"]["data"]["code"].get<std::string>() : "";
}

const std::string kLoginRequest =
    R"({"jsonrpc":"2.0","id":7,"method":"login","params":{"issuer":"https://uc.example.test","challenge_id":")" +
    std::string(22, 'A') + "\"}}";

// attack 54
TEST_F(LocalDoorTest, socket_isTheUsersAlone) {
    open();
    EXPECT_EQ(modeOf(options.socket), 0600U);
    EXPECT_EQ(modeOf(folder.path()), 0700U);
}

TEST_F(LocalDoorTest, socketLeftBehind_isReplaced) {
    open();
    const auto kept = folder / "kept";
    std::filesystem::rename(options.socket, kept);
    door.reset();
    std::filesystem::rename(kept, options.socket);
    EXPECT_FALSE(LocalClient(options.socket).isConnected());
    open();
    (void)page();
}

TEST_F(LocalDoorTest, folderThatIsNotThere_isNamed) {
    options.socket = folder / "none/agent.sock";
    const auto opened = LocalDoor::open(options, services, {});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().reason, "agent_socket_unsafe");
}

// R15
TEST_F(LocalDoorTest, pinnedExtension_speaksForItsPage) {
    open();
    auto client = page();
    client.say(kHelloRequest);
    EXPECT_EQ(Json::parse(client.next())["result"]["ready"], true);
    client.say(kLoginRequest);
    ASSERT_TRUE(waitUntil([&] { return desk.isBusy(); }));
    run();
    for (const auto* stage : {"choose", "pin", "signing", "relaying"})
        EXPECT_EQ(Json::parse(client.next())["params"]["stage"], stage);
    EXPECT_EQ(Json::parse(client.next()),
              (Json{{"jsonrpc", "2.0"}, {"id", 7}, {"result", {{"handoff", std::string(43, 'H')}}}}));
}

// R45: attacks 8 to 12, 15
TEST_F(LocalDoorTest, otherExtensionOrOrigin_isRefusedAndLeft) {
    open();
    const std::vector<ExtensionOpening> table{
        {"chrome-extension://abcdefghijklmnop", kIssuer},
        {"chrome-extension://ABCDEFGHIJKLMNOP/", kIssuer},
        {"chrome-extension://abcdefghijklmnoq/", kIssuer},
        {"agent@signet.org.evil", kIssuer},
        {"", kIssuer},
        {"*", kIssuer},
        {kExtension, "https://evil.example.test"},
        {kExtension, "http://uc.example.test"},
        {kExtension, "https://uc.example.test/"},
        {kExtension, "https://UC.example.test"},
        {kExtension, "https://uc.example.test.evil.example"},
        {kExtension, "https://uc.example.test:8443"},
        {kExtension, "null"},
        {kExtension, ""},
        {kExtension, "signet:agent"},
        {kExtension, kExtension},
    };
    for (const auto& row : table) {
        auto client = connect();
        client.say(localOpeningText(row));
        client.say(kHelloRequest);
        EXPECT_EQ(client.next(), R"({"code":"origin_not_allowed","ok":false})")
            << row.extension << " " << row.origin;
        EXPECT_EQ(client.next(), "(end)");
    }
}

TEST_F(LocalDoorTest, openingThatIsNone_isRefusedAndLeft) {
    open();
    for (const auto* text :
         {"{}", "null", "hello", R"({"door":"sign"})", R"({"door":"show","pin":"123456"})"}) {
        auto client = connect();
        client.say(text);
        EXPECT_EQ(client.next(), R"({"code":"invalid_request","ok":false})") << text;
        EXPECT_EQ(client.next(), "(end)");
    }
    EXPECT_TRUE(openings.empty());
}

// attack 25
TEST_F(LocalDoorTest, frameOfNoLengthOrTooMuch_endsTheConnection) {
    open();
    for (const auto& head :
         {std::string(4, '\0'), std::string(4, '\xff'), std::string("\x01\x00\x01\x00", 4)}) {
        auto opening = connect();
        opening.write(head);
        EXPECT_EQ(opening.next(), "(end)");
        auto later = page();
        later.write(head);
        EXPECT_EQ(later.next(), "(end)");
    }
}

void sendSlowly(const LocalClient& client, const std::string& bytes) {
    for (const char& byte : bytes) {
        client.write({&byte, 1});
        QCoreApplication::processEvents();
    }
}

TEST_F(LocalDoorTest, framesByteByByte_areRead) {
    open();
    auto client = connect();
    for (const auto& body : {localOpeningText(ExtensionOpening{kExtension, kIssuer}), kHelloRequest})
        sendSlowly(client, *encodeFrame(body));
    EXPECT_EQ(client.next(), R"({"ok":true})");
    EXPECT_EQ(codeIn(client.next()), "");
}

TEST_F(LocalDoorTest, severalFramesAtOnce_areAnsweredInTheirOrder) {
    open();
    auto client = connect();
    client.write(*encodeFrame(localOpeningText(ExtensionOpening{kExtension, kIssuer})) +
                 *encodeFrame(kHelloRequest) + *encodeFrame("x") + *encodeFrame(kHelloRequest));
    EXPECT_EQ(client.next(), R"({"ok":true})");
    EXPECT_EQ(codeIn(client.next()), "");
    EXPECT_EQ(codeIn(client.next()), "invalid_request");
    EXPECT_EQ(codeIn(client.next()), "");
}

// attack 30
TEST_F(LocalDoorTest, messageThatCannotBeRead_isAnsweredAndTheConnectionStays) {
    open();
    auto client = page();
    for (const auto& text : {std::string("{"), std::string("\xff"), std::string(R"({"door":"show"})"),
                             std::string(kMaxFrameBytes, ' ')}) {
        client.say(text);
        EXPECT_EQ(codeIn(client.next()), "invalid_request");
    }
    client.say(kHelloRequest);
    EXPECT_EQ(codeIn(client.next()), "");
}

// attack 28
TEST_F(LocalDoorTest, fifthConnectionOfAnOrigin_isRefused) {
    open();
    std::vector<LocalClient> clients;
    for (int i = 0; i < 4; ++i) clients.push_back(page());
    auto fifth = connect();
    fifth.say(localOpeningText(ExtensionOpening{kExtension, kIssuer}));
    EXPECT_EQ(fifth.next(), R"({"code":"rate_limited","ok":false})");
    EXPECT_EQ(fifth.next(), "(end)");
    (void)page(kSite);
    clients.pop_back();
    settle();
    (void)page();
}

// attack 28
TEST_F(LocalDoorTest, connectionsBeyondTheCap_areCut) {
    options.limits.connections = 3;
    open();
    auto first = connect();
    auto second = connect();
    auto third = page();
    auto fourth = connect();
    EXPECT_EQ(fourth.next(), "(end)");
    first.close();
    settle();
    (void)page(kSite);
}

// attack 22
TEST_F(LocalDoorTest, callerThatDoesNotSayWhatItWants_isLeft) {
    options.limits.opening = std::chrono::milliseconds(20);
    open();
    auto silent = connect();
    auto slow = connect();
    slow.write(encodeFrame(kHelloRequest)->substr(0, 10));
    auto honest = page();
    EXPECT_EQ(silent.next(), "(end)");
    EXPECT_EQ(slow.next(), "(end)");
    honest.say(kHelloRequest);
    EXPECT_EQ(codeIn(honest.next()), "") << "a page that has been let in may be silent";
}

// attack 29
TEST_F(LocalDoorTest, messageFlood_isRateLimited) {
    open();
    auto client = page();
    std::string flood;
    for (int i = 0; i < 300; ++i) flood += *encodeFrame(kHelloRequest);
    client.write(flood);
    int refused = 0;
    for (int i = 0; i < 300; ++i) refused += codeIn(client.next()) == "rate_limited" ? 1 : 0;
    EXPECT_GT(refused, 0);
    EXPECT_LE(refused, 100);
}

}  // namespace
}  // namespace signet
