// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/listening_ports.hpp"

#include "cli_test_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace signet {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kHead[] =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

std::string row(const std::string& local, const std::string& state, int user, int inode) {
    return "   0: " + local + " 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000  " +
           std::to_string(user) + "        0 " + std::to_string(inode) + " 1 0 100 0 0 10 0\n";
}

std::vector<int> portsOf(const std::vector<ListeningPort>& list) {
    std::vector<int> ports;
    for (const auto& port : list) ports.push_back(port.port);
    return ports;
}

TEST(ListeningPorts, rowsThatListen_areTaken) {
    const auto ports = parseListeningPorts(kHead + row("0100007F:6FC9", "0A", 1000, 4711) +
                                           row("0100007F:6FCA", "01", 1000, 4712) +
                                           row("00000000000000000000000001000000:523B", "0A", 0, 4713));
    ASSERT_EQ(ports.size(), 2U);
    EXPECT_EQ(ports[0].port, 28617);
    EXPECT_EQ(ports[0].user, 1000U);
    EXPECT_EQ(ports[0].inode, 4711U);
    EXPECT_EQ(ports[1].port, 21051);
}

TEST(ListeningPorts, whatIsNoRow_isPassedOver) {
    for (const std::string& table :
         {std::string(), std::string("\n\n\n"), std::string(kHead), std::string("0: :: 0A"),
          row("0100007F", "0A", 0, 1), row("0100007F:6FC9F", "0A", 0, 1), row("0100007F:-1", "0A", 0, 1),
          row("0100007F:", "0A", 0, 1), std::string(100'000, ' '), std::string("\0\0\0", 3)})
        EXPECT_THAT(parseListeningPorts(table), IsEmpty()) << table.substr(0, 60);
    std::string endless;
    for (int i = 0; i < 10'000; ++i) endless += row("0100007F:6FC9", "0A", 0, 1);
    EXPECT_EQ(parseListeningPorts(endless).size(), 4096U);
}

/// A staged /proc: two tables, two processes.
TEST(ListeningPorts, wantedPorts_areToldWithTheirPrograms) {
    const TestFolder proc;
    proc.write("net/tcp", kHead + row("0100007F:6FC9", "0A", 1000, 4711) + row("0100007F:0016", "0A", 0, 1));
    proc.write("net/tcp6", kHead + row("00000000000000000000000001000000:6FC9", "0A", 1000, 4799) +
                               row("00000000000000000000000001000000:523B", "0A", 7, 4713));
    proc.write("17/comm", "helper\n");
    std::filesystem::create_directory(proc / "17/fd");
    std::filesystem::create_symlink("socket:[4711]", proc / "17/fd/3");
    proc.write("self/comm", "not a process\n");
    const std::vector<std::uint16_t> wanted{21051, 28617};
    const auto ports = listeningPorts(wanted, proc.path());
    ASSERT_THAT(portsOf(ports), ElementsAre(21051, 28617));
    EXPECT_EQ(ports[0].program, "");
    EXPECT_EQ(ports[0].user, 7U);
    EXPECT_EQ(ports[1].program, "helper");
    EXPECT_THAT(listeningPorts(wanted, proc / "absent"), IsEmpty());
}

TEST(OtherHelpers, everyRow_hasAPortOfItsOwnAndAName) {
    std::set<int> ports;
    for (const auto& helper : otherHelpers()) {
        EXPECT_TRUE(ports.insert(helper.port).second) << helper.port;
        EXPECT_FALSE(helper.name.empty() || helper.name.ends_with(' ')) << helper.name;
        for (const auto own : bridgePorts()) EXPECT_TRUE(helper.port != own && helper.port != own + 1);
    }
    EXPECT_TRUE(ports.contains(21051) && ports.contains(51235) && ports.contains(55661));
}

}  // namespace
}  // namespace signet
