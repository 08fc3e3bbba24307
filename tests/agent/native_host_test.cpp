// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The program signet-native-host between pipes and a scripted agent.
#include "agent/frames.hpp"
#include "native_host_program.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <future>
#include <memory>
#include <optional>

namespace signet::test {
namespace {

const std::vector<std::string> kChromium{"chrome-extension://abc/"};
constexpr std::string_view kOrigin = R"({"origin":"https://uc.example.test"})";
constexpr std::string_view kOpen = R"({"open":true})";

std::string head(std::uint32_t length) {
    std::string bytes(sizeof length, '\0');
    std::memcpy(bytes.data(), &length, sizeof length);
    return bytes;
}

std::string refusal(const std::string& code) {
    return "{\"code\":\"" + code + "\",\"open\":false}";
}

class NativeHost : public testing::Test {
protected:
    std::unique_ptr<HostProgram> start(std::vector<std::string> arguments = kChromium) {
        return std::make_unique<HostProgram>(m_folder.path(), std::move(arguments));
    }
    /// A host whose door is open, with the agent's end of it.
    std::unique_ptr<HostProgram> open() {
        m_agent.listen();
        auto host = start();
        host->says(kOrigin);
        m_connection = m_agent.accept();
        m_knock = agentHears();
        agentSays(R"({"ok":true})");
        EXPECT_EQ(host->hears(), kOpen);
        return host;
    }
    std::string agentHears() {
        const auto frame = readFrame(m_connection.get(), kPatience);
        return frame ? *frame : frame.error().reason;
    }
    void agentSays(std::string_view body) { EXPECT_TRUE(writeFrame(m_connection.get(), body)); }

    TestFolder m_folder;
    ScriptedAgent m_agent{m_folder.path()};
    Fd m_connection;
    std::string m_knock;
};

TEST_F(NativeHost, open_tellsTheAgentWhoAsks) {
    open();
    EXPECT_EQ(
        m_knock,
        R"({"door":"extension","extension":"chrome-extension://abc/","origin":"https://uc.example.test"})");
}

TEST_F(NativeHost, open_fromFirefox_tellsItsExtension) {
    m_agent.listen();
    auto host = start({"/usr/lib/mozilla/native-messaging-hosts/org.signet.agent.json", "agent@signet.org"});
    host->says(kOrigin);
    m_connection = m_agent.accept();
    EXPECT_EQ(agentHears(),
              R"({"door":"extension","extension":"agent@signet.org","origin":"https://uc.example.test"})");
}

TEST_F(NativeHost, open_refusedByTheAgent_givesItsCode) {
    m_agent.listen();
    auto host = start();
    host->says(kOrigin);
    m_connection = m_agent.accept();
    agentHears();
    agentSays(R"({"ok":false,"code":"origin_not_allowed"})");
    EXPECT_EQ(host->hears(), refusal("origin_not_allowed"));
    EXPECT_EQ(host->status(), 1);
}

TEST_F(NativeHost, open_whereTheAgentSaysNonsenseOrCloses_isLost) {
    m_agent.listen();
    for (const auto* answer : {"{\"ok\":\"yes\"}", ""}) {
        auto host = start();
        host->says(kOrigin);
        m_connection = m_agent.accept();
        agentHears();
        if (*answer != '\0') agentSays(answer);
        m_connection.reset();
        EXPECT_EQ(host->hears(), refusal("connection_lost")) << answer;
        EXPECT_EQ(host->status(), 1);
    }
}

TEST_F(NativeHost, agent_thatDoesNotRun_isNamed) {
    auto host = start();  // the folder is there, the socket is not
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_not_running"));
    EXPECT_EQ(host->status(), 1);
    m_agent.bind();  // a socket that a killed agent left behind
    m_agent.stopListening();
    host = start();
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_not_running"));
    std::filesystem::remove_all(m_agent.folder());
    host = start();
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_not_running"));
}

TEST_F(NativeHost, folder_thatOthersMayEnter_isRefused) {
    m_agent.listen();
    for (const mode_t mode : {0755, 0770, 0710, 01700}) {
        ::chmod(m_agent.folder().c_str(), mode);
        auto host = start();
        host->says(kOrigin);
        EXPECT_EQ(host->hears(), refusal("agent_socket_unsafe")) << std::oct << mode;
        EXPECT_FALSE(m_agent.wasAsked());
    }
}

TEST_F(NativeHost, folder_thatIsALink_isRefused) {
    m_agent.listen();
    std::filesystem::rename(m_agent.folder(), m_folder / "elsewhere");
    std::filesystem::create_symlink(m_folder / "elsewhere", m_agent.folder());
    auto host = start();
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_socket_unsafe"));
}

TEST_F(NativeHost, folder_ofAnotherUser_isRefused) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
    m_agent.listen();
    ASSERT_EQ(::chown(m_agent.folder().c_str(), 65534, 65534), 0);
    auto host = start();
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_socket_unsafe"));
    EXPECT_FALSE(m_agent.wasAsked());
}

TEST_F(NativeHost, listener_ofAnotherUser_isRefusedAndToldNothing) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can act as another user";
    m_agent.bind();
    ASSERT_EQ(::seteuid(65534), 0);
    ::listen(m_agent.listener(), 4);
    ASSERT_EQ(::seteuid(0), 0);
    auto host = start();
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("agent_socket_unsafe"));
    m_connection = m_agent.accept();
    EXPECT_EQ(agentHears(), "connection_lost");
}

TEST_F(NativeHost, firstFrame_thatIsNoOrigin_isRefusedBeforeTheAgentIsAsked) {
    m_agent.listen();
    const std::vector<std::string> frames{
        head(0),
        head(65'537),
        head(0xffff'ffff),
        *encodeFrame("garbage"),
        *encodeFrame(R"({"origin":"https://a","extension":"x"})"),
        *encodeFrame(R"({"jsonrpc":"2.0","id":1,"method":"hello"})"),
        *encodeFrame("{\"origin\":\"" + std::string(301, 'a') + "\"}"),
    };
    for (const auto& frame : frames) {
        auto host = start();
        host->saysRaw(frame);
        EXPECT_EQ(host->hears(), refusal("invalid_request"));
        EXPECT_EQ(host->status(), 1);
        EXPECT_FALSE(m_agent.wasAsked());
    }
}

TEST_F(NativeHost, start_byNoExtension_isRefused) {
    m_agent.listen();
    auto host = start({});
    host->says(kOrigin);
    EXPECT_EQ(host->hears(), refusal("invalid_request"));
    EXPECT_FALSE(m_agent.wasAsked());
}

TEST_F(NativeHost, end_ofTheExtensionAtEachPointOfTheFirstFrame_endsTheHost) {
    m_agent.listen();
    const auto frame = *encodeFrame(kOrigin);
    for (std::size_t size = 0; size < frame.size(); ++size) {
        auto host = start();
        host->saysRaw(frame.substr(0, size));
        host->stopsTalking();
        EXPECT_EQ(host->status(), 1) << size;
    }
    EXPECT_FALSE(m_agent.wasAsked());
}

TEST_F(NativeHost, messages_ofAnySize_passUnchangedBothWays) {
    auto host = open();
    for (const std::size_t size : {std::size_t{1}, std::size_t{300}, std::size_t{4096}, kMaxFrameBytes}) {
        std::string body(size, '\0');
        for (std::size_t i = 0; i < size; ++i) body[i] = static_cast<char>(i * 7);
        auto sent = std::async(std::launch::async, [&] { return host->says(body); });
        EXPECT_EQ(agentHears(), body);
        EXPECT_TRUE(sent.get());
        sent =
            std::async(std::launch::async, [&] { return writeFrame(m_connection.get(), body).has_value(); });
        EXPECT_EQ(host->hears(), body);
        EXPECT_TRUE(sent.get());
    }
}

TEST_F(NativeHost, message_thatComesInPieces_isPassedOnAsAWhole) {
    auto host = open();
    const auto frame = *encodeFrame("{\"id\":1}");
    for (const char byte : frame.substr(0, frame.size() - 1)) host->saysRaw(std::string(1, byte));
    pollfd readable{m_connection.get(), POLLIN, 0};
    EXPECT_EQ(::poll(&readable, 1, 50), 0);
    host->saysRaw(frame.substr(frame.size() - 1));
    EXPECT_EQ(agentHears(), "{\"id\":1}");
}

TEST_F(NativeHost, secondOrigin_isAMessageLikeAnyOther) {
    auto host = open();
    host->says(R"({"origin":"https://evil.example.test"})");
    EXPECT_EQ(agentHears(), R"({"origin":"https://evil.example.test"})");
    EXPECT_FALSE(m_agent.wasAsked());
}

TEST_F(NativeHost, lengthOutOfBounds_fromEitherSide_endsTheConnection) {
    for (const bool isFromAgent : {false, true}) {
        std::filesystem::remove(m_agent.folder() / "agent.sock");
        auto host = open();
        const auto bytes = head(65'537) + "x";
        if (isFromAgent)
            ASSERT_EQ(::write(m_connection.get(), bytes.data(), bytes.size()), 5);
        else
            host->saysRaw(bytes);
        EXPECT_EQ(host->status(), 1);
        EXPECT_EQ(host->hears(), "connection_lost");
        EXPECT_EQ(agentHears(), "connection_lost");
    }
}

TEST_F(NativeHost, agent_thatCloses_isHeardToTheEnd) {
    auto host = open();
    for (int i = 0; i < 3; ++i) agentSays(std::to_string(i));
    m_connection.reset();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(host->hears(), std::to_string(i));
    EXPECT_EQ(host->hears(), "connection_lost");
    EXPECT_EQ(host->status(), 0);
}

TEST_F(NativeHost, agent_thatClosesWithinAFrame_passesNoneOfIt) {
    auto host = open();
    agentSays("whole");
    const auto cut = head(100) + "{\"half";
    ASSERT_GT(::write(m_connection.get(), cut.data(), cut.size()), 0);
    m_connection.reset();
    EXPECT_EQ(host->hears(), "whole");
    EXPECT_EQ(host->hears(), "connection_lost");
    EXPECT_EQ(host->status(), 1);
}

TEST_F(NativeHost, extension_thatCloses_endsTheAgentsConnectionAfterItsLastMessage) {
    auto host = open();
    host->says("last");
    host->stopsTalking();
    EXPECT_EQ(host->status(), 0);
    EXPECT_EQ(agentHears(), "last");
    EXPECT_EQ(agentHears(), "connection_lost");
}

TEST_F(NativeHost, browser_thatIsKilled_endsTheHost) {
    auto host = open();
    host->stopsListening();
    host->stopsTalking();
    EXPECT_EQ(host->status(), 0);
    EXPECT_EQ(agentHears(), "connection_lost");
}

TEST_F(NativeHost, browser_thatOnlyStopsListening_endsTheHost) {
    auto host = open();
    host->stopsListening();
    EXPECT_EQ(host->status(), 0);
}

/// How many bytes go into a file until it takes no more for 200 ms.
std::size_t fill(int file, std::string_view frame) {
    ::fcntl(file, F_SETFL, ::fcntl(file, F_GETFL) | O_NONBLOCK);
    std::size_t total = 0;
    for (;;) {
        pollfd writable{file, POLLOUT, 0};
        if (::poll(&writable, 1, 200) != 1) return total;
        const auto offset = total % frame.size();
        const auto count = ::write(file, frame.data() + offset, frame.size() - offset);
        if (count > 0) total += static_cast<std::size_t>(count);
    }
}

TEST_F(NativeHost, slowExtension_slowsTheAgentDownAndLosesNothing) {
    auto host = open();
    const auto frame = *encodeFrame(std::string(kMaxFrameBytes, 'a'));
    const auto total = fill(m_connection.get(), frame);
    EXPECT_LT(total, std::size_t{1} << 20);  // the kernel's buffers and one frame
    for (std::size_t i = 0; i < total / frame.size(); ++i) EXPECT_EQ(host->hears().size(), kMaxFrameBytes);
}

TEST_F(NativeHost, slowAgent_slowsTheExtensionDownAndLosesNothing) {
    auto host = open();
    const auto frame = *encodeFrame(std::string(kMaxFrameBytes, 'a'));
    const auto total = fill(host->in(), frame);
    EXPECT_LT(total, std::size_t{1} << 20);
    for (std::size_t i = 0; i < total / frame.size(); ++i) EXPECT_EQ(agentHears().size(), kMaxFrameBytes);
}

/// Processor time of a process in clock ticks. Source: proc(5), stat, fields 14 and 15.
long ticksOf(pid_t id) {
    std::ifstream file("/proc/" + std::to_string(id) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream rest(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int field = 3; field < 14; ++field) rest >> skipped;
    long user = 0;
    long system = 0;
    rest >> user >> system;
    return user + system;
}

TEST_F(NativeHost, agent_thatClosesBeforeASlowExtension_costsNoProcessorTime) {
    auto host = open();
    fill(m_connection.get(), *encodeFrame(std::string(kMaxFrameBytes, 'a')));
    m_connection.reset();
    const auto before = ticksOf(host->id());
    ::usleep(300'000);
    EXPECT_LE(ticksOf(host->id()) - before, 2);
}

TEST_F(NativeHost, floodBothWays_passesWithoutALock) {
    auto host = open();
    constexpr int kCount = 200;
    const std::string body(20'000, 'x');
    auto fromExtension = std::async(std::launch::async, [&] {
        for (int i = 0; i < kCount; ++i)
            if (!host->says(body)) return false;
        return true;
    });
    auto fromAgent = std::async(std::launch::async, [&] {
        for (int i = 0; i < kCount; ++i)
            if (!writeFrame(m_connection.get(), body)) return false;
        return true;
    });
    auto heardByAgent = std::async(std::launch::async, [&] {
        for (int i = 0; i < kCount; ++i)
            if (agentHears().size() != body.size()) return false;
        return true;
    });
    for (int i = 0; i < kCount; ++i) EXPECT_EQ(host->hears().size(), body.size());
    EXPECT_TRUE(fromExtension.get());
    EXPECT_TRUE(fromAgent.get());
    EXPECT_TRUE(heardByAgent.get());
}

}  // namespace
}  // namespace signet::test
