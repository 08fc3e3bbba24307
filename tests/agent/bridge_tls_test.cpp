// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// attacks 48 to 50: TLS with the localhost certificate, which renews itself.
#include "agent/bridge_tls.hpp"

#include "bridge_fixture.hpp"
#include "cli_test_folder.hpp"

#include <sys/stat.h>

namespace signet {
namespace {

TimePoint now() {
    return SystemClock().now();
}

constexpr std::chrono::hours kDay{24};

/// A pair as it was made at another time.
void writePair(const LocalhostFiles& files, TimePoint madeAt) {
    const auto made = makeLocalhostCertificate(madeAt);
    ASSERT_TRUE(made);
    std::ofstream(files.server) << made->server.toPem() << textOf(made->key.view());
    std::ofstream(files.authority) << made->authority.toPem();
    ASSERT_EQ(::chmod(files.server.c_str(), 0600), 0);
}

class BridgeTlsTest : public BridgeTest {
protected:
    BridgeTlsTest() { options.tls = files; }
    TlsClientOptions trusting() const { return {.authority = files.authority}; }
    BridgeClient connectTls(const TlsClientOptions& how) const {
        return BridgeClient(*bridge->tlsPort(), how);
    }

    const TestFolder folder;
    const LocalhostFiles files = localhostFiles(folder / "localhost");
};

TEST_F(BridgeTlsTest, page_isServedUnderTheMadeCertificate) {
    open();
    ASSERT_EQ(bridge->tlsPort(), bridge->port() + 1);
    auto client = connectTls(trusting());
    ASSERT_TRUE(client.isConnected());
    EXPECT_EQ(client.tlsFacts().substr(0, 7), "TLSv1.3");
    EXPECT_EQ(statusOf(client.upgrade(*bridge->tlsPort(), kPageOrigin)), 101U);
    client.sendText(kHello);
    EXPECT_EQ(client.next(), rpcHelloResult(RpcId(1)));
    ASSERT_TRUE(waitUntil([&] { return !listener.opened.empty(); }));
    bridge->closeOrigin(kPageOrigin);
    EXPECT_EQ(client.next(), "(close 1001)");
}

// attack 6: the Host of one listener is foreign to the other.
TEST_F(BridgeTlsTest, hostOfThePlainPort_isMisdirected) {
    open();
    auto client = connectTls(trusting());
    ASSERT_TRUE(client.isConnected());
    client.send(getRequest("/v1/hello", bridge->port(), kPageOrigin));
    EXPECT_EQ(statusOf(client.readAll()), 421U);
    auto plain = connect();
    plain.send(getRequest("/v1/hello", *bridge->tlsPort(), kPageOrigin));
    EXPECT_EQ(statusOf(plain.readAll()), 421U);
}

// R45: attack 50
TEST_F(BridgeTlsTest, oldVersionsAndCiphersWithoutAead_areRefused) {
    open();
    auto old = trusting();
    old.minVersion = old.maxVersion = TLS1_1_VERSION;
    EXPECT_FALSE(connectTls(old).isConnected());
    auto cbc = trusting();
    cbc.maxVersion = TLS1_2_VERSION;
    cbc.ciphers = "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA384:AES128-SHA:AES128-GCM-SHA256";
    EXPECT_FALSE(connectTls(cbc).isConnected());
    auto aead = trusting();
    aead.maxVersion = TLS1_2_VERSION;
    const auto client = connectTls(aead);
    ASSERT_TRUE(client.isConnected());
    EXPECT_EQ(client.tlsFacts().substr(0, 14), "TLSv1.2 ECDHE-");
}

TEST_F(BridgeTlsTest, clientThatTrustsAnotherPair_doesNotConnect) {
    open();
    const auto other = localhostFiles(folder.path());
    writePair(other, now());
    EXPECT_FALSE(connectTls({.authority = other.authority}).isConnected());
    auto misled = trusting();
    misled.name = "uc.example.test";
    EXPECT_FALSE(connectTls(misled).isConnected());
}

// attack 22
TEST_F(BridgeTlsTest, slowHandshake_isGivenUp) {
    options.limits.head = std::chrono::milliseconds(50);
    open();
    BridgeClient silent(*bridge->tlsPort());
    EXPECT_EQ(silent.readAll(), "");
}

TEST_F(BridgeTlsTest, destroyedInTheHandshake_isFine) {
    open();
    BridgeClient silent(*bridge->tlsPort());
    auto client = connectTls(trusting());
    bridge.reset();
    EXPECT_EQ(silent.readAll(), "");
    EXPECT_EQ(client.readAll(), "");
}

// R45: attack 49
TEST_F(BridgeTlsTest, pairThatNearsItsEnd_isMadeAnewAtTheStart) {
    std::filesystem::create_directory(folder / "localhost");
    writePair(files, now() - kDay * 700);
    const auto before = checkLocalhostFiles(files, now());
    ASSERT_TRUE(before);
    open();
    const auto after = checkLocalhostFiles(files, now());
    ASSERT_TRUE(after);
    EXPECT_GT(*after - *before, kDay * 600);
    EXPECT_TRUE(connectTls(trusting()).isConnected());
}

// R45: attack 49
TEST_F(BridgeTlsTest, pairThatNearsItsEndWhileTheAgentRuns_isMadeAnew) {
    auto tls = BridgeTls::load(files, now());
    ASSERT_TRUE(tls);
    const auto first = tls->context(now());
    EXPECT_EQ(tls->context(now() + kDay * 600), first);
    const auto later = now() + kDay * 700;
    const auto second = tls->context(later);
    EXPECT_NE(second, first);
    EXPECT_EQ(tls->context(later), second);
    EXPECT_TRUE(checkLocalhostFiles(files, later));
}

// The administrator's pair in /etc cannot be written by the user. The name leaves no room for a temporary
// file.
TEST_F(BridgeTlsTest, pairThatCannotBeRenewed_servesUntilItsEnd) {
    const LocalhostFiles fixed{folder / "ca.pem", folder / std::string(250, 's')};
    writePair(fixed, now() - kDay * 700);
    auto tls = BridgeTls::load(fixed, now());
    ASSERT_TRUE(tls) << tls.error().detail;
    EXPECT_NE(tls->context(now()), nullptr);
    const auto expired = BridgeTls::load(fixed, now() + kDay * 31);
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().reason, "file_unwritable");
}

TEST_F(BridgeTlsTest, folderThatCannotBeWritten_isNamedByTheBridge) {
    options.tls = localhostFiles(folder.write("file", "") / "localhost");
    const auto listening = Bridge::listen(options, listener);
    ASSERT_FALSE(listening);
    EXPECT_EQ(listening.error().reason, "file_unwritable");
}

}  // namespace
}  // namespace signet
