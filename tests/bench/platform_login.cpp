// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The platform's login rate on both cores: verify + consume in this process against OpenSSL's bare
// verification and SQLite's bare insertion, and whole logins over TLS on loopback.
#include "tests/bench/ratio.hpp"
#include "tests/platform/https_client.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/encoding.hpp"
#include "certs/signature.hpp"
#include "platform/http_server.hpp"
#include "platform/vault.hpp"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace signet::bench {
namespace {

using test::HttpsClient;
using test::json;
using test::TestPlatform;

constexpr int kLogins = 2000;
constexpr int kCores = 2;
/// As many posts at once as a busy platform has: they share the disk's syncs.
constexpr int kCallers = 16;

/// Microseconds for one of `count` calls that so many threads share.
double perCall(int threads, int count, const std::function<void(int)>& call) {
    std::atomic<int> next{0};
    std::vector<std::thread> workers;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < threads; ++i)
        workers.emplace_back([&] {
            for (int n = next++; n < count; n = next++) call(n);
        });
    for (auto& worker : workers) worker.join();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    return took.count() / count;
}

std::vector<std::string> signedBodies(TestPlatform& platform, const Issued& signer, int count) {
    std::vector<std::string> bodies;
    for (int i = 0; i < count; ++i)
        bodies.push_back(platform.signedBody(platform.startForAgent("login"), signer).dump());
    return bodies;
}

/// A rate of logins that failed says nothing, so the program fails then.
std::atomic<int> failedLogins{0};

double verifyAndConsume(TestPlatform& platform, const std::vector<std::string>& bodies) {
    return perCall(kCallers, static_cast<int>(bodies.size()), [&](int n) {
        if (platform.send("POST", "/agent/v1/logins", bodies[static_cast<std::size_t>(n)]).status != 200)
            ++failedLogins;
    });
}

double bareVerify(const Issued& signer, Algorithm algorithm) {
    const std::string message(1200, 'm');
    const auto signature = *signWithKey(algorithm, signer.key.get(), bytesOf(message));
    return perCall(kCores, 4 * kLogins, [&](int) {
        (void)verifySignature(algorithm, signer.certificate.key(), bytesOf(message), signature);
    });
}

/// One row a call with SQLite's own calls; callers who come while another one's transaction is being synced
/// share the next, as the platform's do.
class BareTable {
public:
    explicit BareTable(const std::filesystem::path& file) {
        sqlite3_open(file.c_str(), &m_database);
        run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(a TEXT PRIMARY KEY, b BLOB)");
        sqlite3_prepare_v2(m_database, "INSERT INTO t VALUES(?, zeroblob(200))", -1, &m_insert, nullptr);
    }
    ~BareTable() {
        sqlite3_finalize(m_insert);
        sqlite3_close(m_database);
    }
    BareTable(const BareTable&) = delete;
    BareTable& operator=(const BareTable&) = delete;

    void insert(const std::string& key) {
        std::unique_lock lock(m_mutex);
        m_waiting.push_back(key);
        const auto mine = ++m_asked;
        m_changed.wait(lock, [&] { return m_written >= mine || !m_isLed; });
        if (m_written >= mine) return;
        m_isLed = true;
        std::vector<std::string> batch;
        batch.swap(m_waiting);
        lock.unlock();
        write(batch);
        lock.lock();
        m_written += batch.size();
        m_isLed = false;
        m_changed.notify_all();
    }

private:
    void run(const char* sql) { sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr); }
    void write(const std::vector<std::string>& keys) {
        run("BEGIN IMMEDIATE");
        for (const auto& key : keys) {
            sqlite3_bind_text(m_insert, 1, key.c_str(), -1, SQLITE_TRANSIENT);
            sqlite3_step(m_insert);
            sqlite3_reset(m_insert);
        }
        run("COMMIT");
    }

    sqlite3* m_database = nullptr;
    sqlite3_stmt* m_insert = nullptr;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_waiting;
    std::size_t m_asked = 0;    ///< keys come in this order
    std::size_t m_written = 0;  ///< and are written in it
    bool m_isLed = false;
};

double bareInsert(const std::filesystem::path& folder) {
    BareTable table(folder / "bare.db");
    return perCall(kCallers, kLogins, [&](int) { table.insert(*randomId()); });
}

void compareInProcess(const char* name, KeyKind kind) {
    TestPlatform platform;
    const auto signer = test::sharedPki().enterprise(kind);
    platform.registerWith(signer);
    const auto bodies = signedBodies(platform, signer, kLogins);
    const auto insert = bareInsert(platform.folder.path());
    const auto login = verifyAndConsume(platform, bodies);
    const auto verify = bareVerify(signer, test::algorithmOf(signer.certificate));
    printRatioWithoutGoal(std::string("platform_login_over_bare_verify_") + name, {login, verify});
    printRatioWithoutGoal(std::string("platform_login_over_bare_insert_") + name, {login, insert});
}

/// Challenge, reading it, signature, login, completion.
bool wholeLogin(HttpsClient& client, const TestPlatform& platform, const Issued& signer) {
    const auto secret = *randomToken();
    const auto begun = client.request("POST", "/agent/v1/challenges",
                                      json{{"purpose", "login"}, {"sid", s256(secret)}}.dump());
    if (!begun || begun->status != 200) return false;
    const std::string id = json::parse(begun->body)["challenge_id"];
    const auto read = client.request("GET", "/agent/v1/challenges/" + id);
    const test::Started started{*parseChallenge(read->body), secret};
    const auto login =
        client.request("POST", "/agent/v1/logins", platform.signedBody(started, signer).dump());
    if (!login || login->status != 200) return false;
    const json completion{
        {"challenge_id", id}, {"handoff", json::parse(login->body)["handoff"]}, {"secret", secret}};
    const auto done = client.request("POST", "/login/complete", completion.dump());
    return done && done->status == 200;
}

/// Clients and platform share the machine, so this is a lower bound.
void measureOverTls() {
    std::unique_ptr<HttpServer> server;  // Outlives the node, whose workers answer.
    TestPlatform platform;
    const auto signer = test::sharedPki().enterprise();
    platform.registerWith(signer);
    server = *HttpServer::listen(platform.settings);
    server->start([&](HttpRequest request, HttpServer::Respond respond) {
        platform.node().handle(std::move(request), std::move(respond));
    });
    const auto port = server->port();
    const auto fresh = perCall(8, 500, [&](int) {
        HttpsClient client(port);
        if (!client.isConnected() || !wholeLogin(client, platform, signer)) ++failedLogins;
    });
    std::printf(
        "rate platform_logins_over_tls_per_second %.0f (new connection each, client on the same cores)\n",
        1e6 / fresh);
    server->stop(std::chrono::seconds(5));
}

}  // namespace
}  // namespace signet::bench

int main() {
    using namespace signet;
    bench::compareInProcess("p256", KeyKind::p256);
    bench::compareInProcess("rsa2048", KeyKind::rsa2048);
    bench::compareInProcess("sm2", KeyKind::sm2);
    bench::measureOverTls();
    if (bench::failedLogins == 0) return 0;
    std::printf("error platform_login: %d logins failed\n", bench::failedLogins.load());
    return 1;
}
