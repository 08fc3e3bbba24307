// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// attack 4: whose program it is that connects.
#include "agent/socket_owner.hpp"

#include "base/fd.hpp"
#include "other_user.hpp"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace signet {
namespace {

struct Address {
    sockaddr_storage storage{};
    socklen_t size = sizeof(storage);
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Address loopback(int family) {
    Address address;
    if (family == AF_INET) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::memcpy(&address.storage, &in, address.size = sizeof(in));
    } else {
        sockaddr_in6 in{};
        in.sin6_family = AF_INET6;
        in.sin6_addr = in6addr_loopback;
        std::memcpy(&address.storage, &in, address.size = sizeof(in));
    }
    return address;
}

/// Both ends of a connection within this computer.
struct Connection {
    explicit Connection(int family) : address(loopback(family)), client(::socket(family, SOCK_STREAM, 0)) {
        const Fd listener(::socket(family, SOCK_STREAM, 0));
        isThere = ::bind(listener.get(), address.get(), address.size) == 0 &&
                  ::listen(listener.get(), 1) == 0 &&
                  ::getsockname(listener.get(), address.get(), &address.size) == 0 &&
                  ::connect(client.get(), address.get(), address.size) == 0;
        if (isThere) accepted = Fd(::accept(listener.get(), nullptr, nullptr));
    }
    Address address;
    Fd client;
    Fd accepted;
    bool isThere = false;
};

class SocketOwner : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Families, SocketOwner, testing::Values(AF_INET, AF_INET6));

TEST_P(SocketOwner, bothWays_knowThisUser) {
    const Connection connection(GetParam());
    if (!connection.isThere) GTEST_SKIP() << "this computer does not have the family";
    EXPECT_EQ(ownerOfPeer(connection.accepted.get()), ::geteuid());
    EXPECT_EQ(ownerOfPeerInTable(connection.accepted.get()), ::geteuid());
    EXPECT_EQ(ownerOfPeer(connection.client.get()), ::geteuid()) << "the other way round";
}

// R45: attack 4
TEST_P(SocketOwner, bothWays_knowAnotherUser) {
    if (!canBeOtherUser()) GTEST_SKIP() << "not root";
    auto address = loopback(GetParam());
    const Fd listener(::socket(GetParam(), SOCK_STREAM, 0));
    if (::bind(listener.get(), address.get(), address.size) != 0)
        GTEST_SKIP() << "this computer lacks the family";
    ASSERT_EQ(::listen(listener.get(), 1), 0);
    ASSERT_EQ(::getsockname(listener.get(), address.get(), &address.size), 0);
    const auto child = startAsOtherUser([&] {
        const int client = ::socket(GetParam(), SOCK_STREAM, 0);
        char byte = 0;
        return ::connect(client, address.get(), address.size) == 0 && ::read(client, &byte, 1) == 0 ? 0 : 1;
    });
    Fd accepted(::accept(listener.get(), nullptr, nullptr));
    EXPECT_EQ(ownerOfPeer(accepted.get()), kOtherUser);
    EXPECT_EQ(ownerOfPeerInTable(accepted.get()), kOtherUser);
    accepted.reset();
    EXPECT_EQ(endOf(child), 0);
}

// The kernel writes such a socket down as root's.
TEST_P(SocketOwner, peerThatHasClosed_belongsToNobody) {
    Connection connection(GetParam());
    if (!connection.isThere) GTEST_SKIP() << "this computer does not have the family";
    connection.client.reset();
    EXPECT_EQ(ownerOfPeer(connection.accepted.get()), std::nullopt);
    EXPECT_EQ(ownerOfPeerInTable(connection.accepted.get()), std::nullopt);
}

TEST_P(SocketOwner, peerThatHasShutDownItsSide_isStillThere) {
    const Connection connection(GetParam());
    if (!connection.isThere) GTEST_SKIP() << "this computer does not have the family";
    ASSERT_EQ(::shutdown(connection.client.get(), SHUT_WR), 0);
    EXPECT_EQ(ownerOfPeer(connection.accepted.get()), ::geteuid());
    EXPECT_EQ(ownerOfPeerInTable(connection.accepted.get()), ::geteuid());
}

TEST_P(SocketOwner, tableThatIsNotThere_givesNobody) {
    const Connection connection(GetParam());
    if (!connection.isThere) GTEST_SKIP() << "this computer does not have the family";
    EXPECT_EQ(ownerOfPeerInTable(connection.accepted.get(), "/nonexistent"), std::nullopt);
}

TEST(SocketOwnerOfNoConnection, isNobody) {
    EXPECT_EQ(ownerOfPeer(-1), std::nullopt);
    const Fd unconnected(::socket(AF_INET, SOCK_STREAM, 0));
    EXPECT_EQ(ownerOfPeer(unconnected.get()), std::nullopt);
    std::array<int, 2> local{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, local.data()), 0);
    const Fd one(local[0]);
    const Fd other(local[1]);
    EXPECT_EQ(ownerOfPeer(one.get()), std::nullopt);
    EXPECT_EQ(ownerOfPeerInTable(one.get()), std::nullopt);
}

constexpr std::string_view kTable =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:6FC9 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 100 0 "
    "0 10 0\n"
    "   1: 0100007F:D431 0100007F:6FC9 01 00000000:00000000 00:00000000 00000000  1001        0 12 1 0 20 4 "
    "30 10 -1\n"
    "   2: 0100007F:6FC9 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 13 1 0 20 4 "
    "30 10 -1\n"
    "   3: 0100007F:D432 0100007F:6FC9 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0\n"
    "   4: 0100007F:D433 0100007F:6FC9 01 00000000:00000000 00:00000000 00000000  x           0 14 1\n"
    "   5: 0100007F:D434 0100007F:6FC9 01 00000000:00000000 00:00000000 00000000  99999999999 0 15 1\n"
    "   6: 0100007F:D435 0100007F:6FC9 01\n"
    "   7: 0100007F:D436 0100007F:6FC9 01 00000000:00000000 00:00000000 00000000  1002        0 16";

TEST(SocketOwnerTable, row_isTheOneOfBothEnds) {
    EXPECT_EQ(ownerInTable(kTable, "0100007F:D431", "0100007F:6FC9"), 1001U);
    EXPECT_EQ(ownerInTable(kTable, "0100007F:6FC9", "0100007F:D431"), 1000U);
    EXPECT_EQ(ownerInTable(kTable, "0100007F:D436", "0100007F:6FC9"), 1002U) << "without a line's end";
}

TEST(SocketOwnerTable, rowThatIsNone_isPassedOver) {
    for (const auto* local : {"0100007F:D430", "0100007F:D432", "0100007F:D433", "0100007F:D434",
                              "0100007F:D435", "0100007F:D43", "", "local_address", "0100007f:d431"})
        EXPECT_EQ(ownerInTable(kTable, local, "0100007F:6FC9"), std::nullopt) << local;
    EXPECT_EQ(ownerInTable("", "", ""), std::nullopt);
    EXPECT_EQ(ownerInTable("\n\n \n", "0100007F:D431", "0100007F:6FC9"), std::nullopt);
}

}  // namespace
}  // namespace signet
