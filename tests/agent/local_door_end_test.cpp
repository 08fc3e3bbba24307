// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What programs of the user ask besides, and how connections end.
#include "local_door_fixture.hpp"
#include "other_user.hpp"

#include <sys/file.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

namespace signet {
namespace {

const std::string kLoginRequest =
    R"({"jsonrpc":"2.0","id":7,"method":"login","params":{"issuer":"https://uc.example.test","challenge_id":")" +
    std::string(22, 'A') + "\"}}";

/// Asks as a program of its own would, while the event loop of the agent runs.
Result<LocalAnswer> ask(const std::filesystem::path& socket, const LocalOpening& opening) {
    Result<LocalAnswer> result;
    std::atomic<bool> isDone = false;
    std::thread other([&] {
        result = tellAgent(socket, opening);
        isDone = true;
    });
    EXPECT_TRUE(waitUntil([&] { return isDone.load(); }));
    other.join();
    return result;
}

TEST_F(LocalDoorTest, everyOtherOpening_isHandedOnAndAnswered) {
    open();
    answer = {.port = 4711, .tlsPort = 4712};
    const auto status = ask(options.socket, StatusOpening{});
    ASSERT_TRUE(status) << status.error().detail;
    EXPECT_EQ(status->port, 4711);
    EXPECT_EQ(status->tlsPort, 4712);
    answer = {.refusal = ErrorCode::issuerNotAllowed};
    const auto link = ask(options.socket, LinkOpening{"signet://login?issuer=https://evil.example.test"});
    ASSERT_TRUE(link);
    EXPECT_EQ(link->refusal, ErrorCode::issuerNotAllowed);
    answer = {};
    EXPECT_TRUE(ask(options.socket, ShowOpening{}));
    EXPECT_TRUE(ask(options.socket, RevokeOpening{kIssuer}));
    ASSERT_EQ(openings.size(), 4U);
    EXPECT_TRUE(std::holds_alternative<StatusOpening>(openings[0]));
    EXPECT_EQ(std::get<LinkOpening>(openings[1]).url, "signet://login?issuer=https://evil.example.test");
    EXPECT_TRUE(std::holds_alternative<ShowOpening>(openings[2]));
    EXPECT_EQ(std::get<RevokeOpening>(openings[3]).origin, kIssuer);
}

// The answer is written and the connection closed at once: it must not be lost.
TEST_F(LocalDoorTest, answerBeforeTheEnd_alwaysArrives) {
    open();
    answer = {.port = 1};
    for (int i = 0; i < 50; ++i) {
        auto client = connect();
        client.say(localOpeningText(StatusOpening{}));
        EXPECT_EQ(client.next(), R"({"ok":true,"ws":1})");
        EXPECT_EQ(client.next(), "(end)");
    }
}

// R45: attack 56
TEST_F(LocalDoorTest, closeOrigin_endsItsConnectionsAndItsLogin) {
    open();
    auto first = page();
    auto second = page();
    auto other = page(kSite);
    first.say(kLoginRequest);
    ASSERT_TRUE(waitUntil([&] { return desk.isBusy(); }));
    runToPin();
    door->closeOrigin(kIssuer);
    EXPECT_TRUE(waitUntil([&] { return !desk.isBusy(); }, std::chrono::seconds(1)));
    while (first.next() != "(end)") {
    }
    EXPECT_EQ(second.next(), "(end)");
    other.say(kHelloRequest);
    EXPECT_NE(other.next().find("ready"), std::string::npos);
}

// attack 45
TEST_F(LocalDoorTest, clientThatGoesWhileAsked_closesTheQuestion) {
    open();
    auto client = page();
    client.say(kLoginRequest);
    ASSERT_TRUE(waitUntil([&] { return desk.isBusy(); }));
    runToPin();
    client.close();
    EXPECT_TRUE(waitUntil([&] { return !desk.isBusy(); }));
    run();
    EXPECT_TRUE(tokens.pinsSent.empty());
    EXPECT_EQ(commandsRunning(), 0U);
}

TEST_F(LocalDoorTest, clientThatGoesBeforeItsAnswer_harmsNothing) {
    open();
    for (int i = 0; i < 8; ++i) {
        auto client = connect();
        std::string all = *encodeFrame(localOpeningText(ExtensionOpening{kExtension, kIssuer}));
        for (int k = 0; k < 20; ++k) all += *encodeFrame(kHelloRequest);
        client.write(all);
        client.close();
        settle();
    }
    auto honest = page();
    honest.say(kHelloRequest);
    EXPECT_NE(honest.next().find("ready"), std::string::npos);
}

TEST_F(LocalDoorTest, destroyedWithOpenConnections_endsThemAndTakesTheSocketAway) {
    open();
    auto silent = connect();
    auto client = page();
    client.say(kLoginRequest);
    ASSERT_TRUE(waitUntil([&] { return desk.isBusy(); }));
    door.reset();
    EXPECT_FALSE(desk.isBusy());
    EXPECT_FALSE(std::filesystem::exists(options.socket));
    while (client.next() != "(end)") {
    }
    EXPECT_EQ(silent.next(), "(end)");
}

// R45: attack 4. Even where folder and socket have been opened to all.
TEST_F(LocalDoorTest, anotherUser_isCutOffWithoutAWord) {
    if (!canBeOtherUser()) GTEST_SKIP() << "not root";
    open();
    ASSERT_EQ(::chmod(folder.path().c_str(), 0711), 0);
    ASSERT_EQ(::chmod(options.socket.c_str(), 0666), 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    options.socket.native().copy(address.sun_path, sizeof address.sun_path - 1);
    const auto frame = *encodeFrame(localOpeningText(StatusOpening{}));
    const auto child = startAsOtherUser([&] {
        const int client = ::socket(AF_UNIX, SOCK_STREAM, 0);
        char byte = 0;
        if (::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return 1;
        (void)!::send(client, frame.data(), frame.size(), MSG_NOSIGNAL);
        return ::recv(client, &byte, 1, 0) > 0 ? 2 : 0;
    });
    int status = -1;
    EXPECT_TRUE(waitUntil([&] { return (status = endOf(child, WNOHANG)) != -1; }));
    EXPECT_EQ(status, 0);
    EXPECT_TRUE(openings.empty());
}

TEST(AgentLock, secondAgent_findsItTaken) {
    const TestFolder folder;
    const auto socket = folder / "signet/agent.sock";
    auto first = lockAgent(socket);
    ASSERT_TRUE(first);
    EXPECT_TRUE(first->isOpen());
    const auto second = lockAgent(socket);
    ASSERT_TRUE(second);
    EXPECT_FALSE(second->isOpen());
    first->reset();
    EXPECT_TRUE(lockAgent(socket)->isOpen()) << "it ends with its owner";
}

// attack 54
TEST(AgentLock, folderThatIsNotTheUsersAlone_isRefused) {
    const TestFolder folder;
    for (const mode_t mode : {0755, 0770, 0701, 01700}) {
        ASSERT_EQ(::chmod(folder.path().c_str(), mode), 0);
        const auto lock = lockAgent(folder / "agent.sock");
        ASSERT_FALSE(lock) << mode;
        EXPECT_EQ(lock.error().reason, "agent_socket_unsafe");
        EXPECT_EQ(tellAgent(folder / "agent.sock", ShowOpening{}).error().reason, "agent_socket_unsafe");
    }
    ASSERT_EQ(::chmod(folder.path().c_str(), 0700), 0);
    std::filesystem::create_directory(folder / "real");
    ASSERT_EQ(::chmod((folder / "real").c_str(), 0700), 0);
    std::filesystem::create_directory_symlink(folder / "real", folder / "link");
    EXPECT_FALSE(lockAgent(folder / "link/agent.sock"));
    EXPECT_EQ(tellAgent(folder / "link/agent.sock", ShowOpening{}).error().reason, "agent_socket_unsafe");
}

// attack 54
TEST(AgentLock, symbolicLinkInItsPlace_isNotFollowed) {
    const TestFolder folder;
    std::filesystem::create_symlink(folder / "target", folder / "agent.lock");
    EXPECT_FALSE(lockAgent(folder / "agent.sock"));
    EXPECT_FALSE(std::filesystem::exists(folder / "target"));
}

TEST(TellAgent, nobodyThere_isSaid) {
    const TestFolder folder;
    EXPECT_EQ(tellAgent(folder / "agent.sock", ShowOpening{}).error().reason, "agent_not_running");
    EXPECT_EQ(tellAgent(folder / "none/agent.sock", ShowOpening{}).error().reason, "agent_not_running");
    (void)folder.write("agent.sock", "a file");
    EXPECT_EQ(tellAgent(folder / "agent.sock", ShowOpening{}).error().reason, "agent_not_running");
}

TEST(TellAgent, agentThatSaysNothing_isGivenUp) {
    const TestFolder folder;
    const auto path = folder / "agent.sock";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(address.sun_path, sizeof address.sun_path - 1);
    const Fd listener(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    const auto told = tellAgent(path, ShowOpening{}, std::chrono::milliseconds(20));
    ASSERT_FALSE(told);
    EXPECT_EQ(told.error().reason, "connection_lost");
}

}  // namespace
}  // namespace signet
