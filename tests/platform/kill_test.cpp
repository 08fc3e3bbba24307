// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// R55: a platform killed at the worst moment, started again.
#include "tests/platform/storage_between.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/file.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

namespace signet::test {
namespace {

constexpr const char* kFolder = "SIGNET_TEST_KILL_FOLDER";
constexpr const char* kMoment = "SIGNET_TEST_KILL_MOMENT";

/// Runs this program again as a platform over the same files, lets it handle the request and die at that
/// moment.
void handleAndDie(const TestPlatform& platform, const std::string& path, const std::string& body,
                  const std::string& moment, const std::string& key = {}) {
    ASSERT_TRUE(writeFileAtomically(platform.folder.path() / "request", path + "\n" + key + "\n" + body));
    ::setenv(kFolder, platform.folder.path().c_str(), 1);
    ::setenv(kMoment, moment.c_str(), 1);
    const auto child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "platform_test", "--gtest_also_run_disabled_tests",
                "--gtest_filter=KilledNode.DISABLED_child", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << moment << " " << status;
    ::unsetenv(kFolder);
}

TEST(KilledNode, DISABLED_child) {
    const char* folder = std::getenv(kFolder);
    if (folder == nullptr) GTEST_SKIP() << "run by the other tests";
    const std::filesystem::path base(folder);
    PlatformSettings settings;
    settings.issuer = "https://localhost:8443";
    settings.tlsCertificate = base / "tls.pem";
    settings.tlsKey = base / "tls.key";
    settings.database = "sqlite:" + (base / "platform.db").string();
    settings.trust = {base / "trust"};
    auto parts = loadNodeParts(withPort(settings, 8443));
    ASSERT_TRUE(parts);
    const std::string moment = std::getenv(kMoment);
    parts->storage =
        std::make_unique<StorageBetween>(std::move(parts->storage), [&](const std::string& here) {
            if (here == moment) ::raise(SIGKILL);
            return true;
        });
    const TestClock clock;
    FakeTransport transport;
    Node node(std::move(*parts), clock, transport);
    std::ifstream file(base / "request");
    HttpRequest request{"POST", "", "", {{"content-type", "application/json"}}, "", "192.0.2.1"};
    std::string key;
    std::getline(file, request.path);
    std::getline(file, key);
    std::getline(file, request.body);
    if (!key.empty()) request.fields.emplace_back("idempotency-key", key);
    (void)node.handle(request);
}

TEST(KilledNode, retry_after_a_kill_behind_the_commit_gets_its_session) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, signer);
    const auto other = platform.signedBody(started, signer);
    handleAndDie(platform, "/agent/v1/logins", body.dump(), "after consume");
    platform.restart();
    EXPECT_EQ(platform.storage().accounts()->size(), 1U) << "it was committed";
    const auto retry = platform.post("/agent/v1/logins", body);
    ASSERT_EQ(retry.status, 200) << retry.body;
    EXPECT_EQ(codeOf(platform.post("/agent/v1/logins", other)), "challenge_used");
    const auto done = platform.complete(started, retry);
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(platform.storage().accounts()->size(), 1U);
}

TEST(KilledNode, kill_before_the_commit_leaves_nothing) {
    TestPlatform platform;
    const auto started = platform.startForAgent("bind");
    const auto body = platform.signedBody(started, sharedPki().enterprise());
    handleAndDie(platform, "/agent/v1/logins", body.dump(), "before consume");
    platform.restart();
    EXPECT_TRUE(platform.storage().accounts()->empty());
    EXPECT_EQ(platform.complete(started, platform.post("/agent/v1/logins", body)).status, 200);
}

TEST(KilledNode, completion_with_key_survives_a_kill_behind_the_commit) {
    TestPlatform platform;
    const auto signer = sharedPki().enterprise();
    const auto started = platform.startForAgent("bind");
    const auto login = platform.login(started, signer);
    const json body{{"challenge_id", started.challenge.id},
                    {"handoff", bodyOf(login)["handoff"]},
                    {"secret", started.secret}};
    const auto key = *randomToken();
    handleAndDie(platform, "/login/complete", body.dump(), "after redeem", key);
    platform.restart();
    const auto retry = platform.post("/login/complete", body, {{"idempotency-key", key}});
    ASSERT_EQ(retry.status, 200) << retry.body;
    const std::string token = bodyOf(retry)["session"];
    EXPECT_EQ(platform.send("GET", "/session", "", {{"authorization", "Bearer " + token}}).status, 200);
    EXPECT_EQ(codeOf(platform.post("/login/complete", body)), "challenge_used")
        << "without a key the session is lost, not doubled";
}

TEST(BrokenStorage, refusal_names_nothing_inside_and_the_next_login_works) {
    TestPlatform platform;
    std::string failing;
    platform.wrapStorage = [&](std::unique_ptr<Storage> inner) -> std::unique_ptr<Storage> {
        return std::make_unique<StorageBetween>(std::move(inner),
                                                [&](const std::string& here) { return here != failing; });
    };
    platform.restart();
    const auto signer = sharedPki().enterprise();
    for (const auto* moment : {"before consume", "after consume", "before redeem", "after redeem"}) {
        failing = moment;
        const auto started = platform.startForAgent("bind");
        const auto body = platform.signedBody(started, signer);
        auto login = platform.post("/agent/v1/logins", body);
        if (std::string(moment).ends_with("consume")) {
            EXPECT_EQ(login.status, 500) << moment;
            EXPECT_EQ(codeOf(login), "internal_error");
            EXPECT_EQ(login.body.find("disk"), std::string::npos);
        } else {
            EXPECT_EQ(platform.complete(started, login).status, 500) << moment;
        }
        failing.clear();
        login = platform.post("/agent/v1/logins", body);
        EXPECT_EQ(login.status, 200) << moment;
        const auto done = platform.complete(started, login);
        EXPECT_EQ(done.status, std::string(moment) == "after redeem" ? 409 : 200) << moment;
    }
}

}  // namespace
}  // namespace signet::test
