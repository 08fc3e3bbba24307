// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What every implementation of Storage must do; a further one joins by a line at the end.
#include "tests/platform/test_platform.hpp"

#include "platform/sqlite_writer.hpp"
#include "platform/storage.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace signet::test {
namespace {

/// Opens the store of this folder; several may be open at once, as nodes of one platform are.
using Open = std::function<std::unique_ptr<Storage>(const std::filesystem::path&)>;

std::unique_ptr<Storage> openSqlite(const std::filesystem::path& folder) {
    auto storage = openStorage("sqlite:" + (folder / "store.db").string(), Bytes(32, 1));
    EXPECT_TRUE(storage) << (storage ? "" : storage.error().detail);
    return storage ? std::move(*storage) : nullptr;
}

class StorageConformance : public testing::TestWithParam<Open> {
protected:
    StorageConformance() : storage(GetParam()(folder.path())) {}

    ChallengeRecord issue(Purpose purpose = Purpose::bind) {
        Challenge challenge;
        challenge.purpose = purpose;
        challenge.audience = "https://uc.example.test";
        challenge.id = *randomId();
        challenge.nonce = *randomToken();
        challenge.issuedAt = now;
        challenge.expiresAt = now + std::chrono::seconds(120);
        challenge.sessionBinding = s256("secret");
        challenge.agreements = {{"user-agreement", "2026-09", s256("text")}};
        challenge.algorithms = {Algorithm::es256};
        ChallengeRecord record{challenge, std::string(kAgentOrigin), true};
        EXPECT_TRUE(storage->saveChallenge(record, now));
        return record;
    }

    ConsumeRequest requestFor(const ChallengeRecord& record, const std::string& identity = "A",
                              const std::string& certificate = "cert") {
        ConsumeRequest request{record, digestOf("body"), digestOf("handoff"), now,
                               now + std::chrono::seconds(60)};
        request.candidate = {
            *randomId(), SubjectKind::enterprise, digestOf(identity), {1}, {2}, AccountState::active, now};
        request.certificate.fingerprint = digestOf(certificate);
        request.certificate.sealedDer = {3};
        request.sealedEvidence = {4, 5, 6};
        request.proofs = {SharedBytes(Bytes{7, 8})};
        return request;
    }

    RedeemRequest redemptionOf(const ChallengeRecord& record) {
        RedeemRequest request;
        request.challengeId = record.challenge.id;
        request.handoffHash = digestOf("handoff");
        request.binding = record.challenge.sessionBinding;
        request.isAgentStarted = true;
        request.now = now;
        request.sessionHash = digestOf(*randomToken());
        request.sessionExpiresAt = now + std::chrono::hours(1);
        return request;
    }

    TempFolder folder;
    TimePoint now = SystemClock().now();
    std::unique_ptr<Storage> storage;
};

using Consumed = ConsumeOutcome::Kind;
using Redeemed = RedeemOutcome::Kind;

TEST_P(StorageConformance, challenge_comes_back_as_it_was_saved) {
    auto record = issue();
    const auto view = storage->challenge(record.challenge.id);
    ASSERT_TRUE(view && *view);
    EXPECT_EQ(challengeJson((**view).record.challenge), challengeJson(record.challenge));
    EXPECT_EQ((**view).state, LoginState::issued);
    EXPECT_FALSE((**view).consumed);
    EXPECT_FALSE(*storage->challenge("nothing"));
}

TEST_P(StorageConformance, consumption_writes_everything_or_nothing) {
    const auto record = issue();
    const auto outcome = storage->consumeLogin(requestFor(record));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->kind, Consumed::consumed);
    const auto view = storage->challenge(record.challenge.id);
    EXPECT_EQ((**view).state, LoginState::consumed);
    EXPECT_EQ((**view).consumed->bodyHash, digestOf("body"));
    EXPECT_EQ(**storage->evidence(record.challenge.id), (Bytes{4, 5, 6}));
    const SharedBytes proof(Bytes{7, 8});
    EXPECT_EQ(proof.sha256(), digestOf("\x07\x08"));
    EXPECT_EQ(**storage->proof(proof.sha256()), (Bytes{7, 8}));
    EXPECT_EQ(storage->consents(outcome->account.id)->size(), 1U);

    const auto refusedRecord = issue(Purpose::login);
    const auto refused = storage->consumeLogin(requestFor(refusedRecord, "nobody", "other"));
    EXPECT_EQ(refused->kind, Consumed::refused);
    EXPECT_EQ(refused->refusal, ErrorCode::accountUnknown);
    EXPECT_FALSE(*storage->evidence(refusedRecord.challenge.id));
    EXPECT_EQ((**storage->challenge(refusedRecord.challenge.id)).state, LoginState::issued);
    EXPECT_EQ(storage->accounts()->size(), 1U);
}

TEST_P(StorageConformance, preview_says_what_a_redemption_would_and_changes_nothing) {
    using Preview = RedeemPreview::Kind;
    const auto record = issue();
    const auto request = redemptionOf(record);
    EXPECT_EQ(storage->previewLogin(request)->kind, Preview::unknown) << "not consumed";
    (void)storage->consumeLogin(requestFor(record));
    const auto events = storage->audit()->size();
    const auto preview = storage->previewLogin(request);
    ASSERT_TRUE(preview);
    EXPECT_EQ(preview->kind, Preview::redeemable);
    EXPECT_EQ(preview->account.lookup, digestOf("A"));
    EXPECT_EQ(challengeJson(preview->challenge), challengeJson(record.challenge));
    EXPECT_EQ(storage->audit()->size(), events);
    for (const auto& change : std::vector<std::function<void(RedeemRequest&)>>{
             [](RedeemRequest& r) { r.challengeId = "nothing"; },
             [](RedeemRequest& r) { r.handoffHash = digestOf("another"); },
             [](RedeemRequest& r) { r.binding = s256("another"); },
             [](RedeemRequest& r) { r.isAgentStarted = false; }}) {
        auto wrong = request;
        change(wrong);
        EXPECT_EQ(storage->previewLogin(wrong)->kind, Preview::unknown);
        EXPECT_TRUE(storage->previewLogin(wrong)->account.id.empty());
    }
    auto late = request;
    late.now += std::chrono::seconds(60);
    EXPECT_EQ(storage->previewLogin(late)->kind, Preview::expired);
    ASSERT_TRUE(*storage->setBinding(digestOf("cert"), BindingState::revoked, now));
    EXPECT_EQ(storage->previewLogin(request)->refusal, ErrorCode::certificateNotBound);
    ASSERT_TRUE(*storage->setBinding(digestOf("cert"), BindingState::active, now));
    EXPECT_EQ(storage->redeemLogin(request)->kind, Redeemed::redeemed);
    EXPECT_EQ(storage->previewLogin(request)->kind, Preview::used);
}

TEST_P(StorageConformance, second_consumption_is_same_again_or_used) {
    const auto record = issue();
    auto request = requestFor(record);
    (void)storage->consumeLogin(request);
    EXPECT_EQ(storage->consumeLogin(request)->kind, Consumed::consumedBefore);
    request.bodyHash = digestOf("another body");
    EXPECT_EQ(storage->consumeLogin(request)->kind, Consumed::used);
    auto late = requestFor(issue());
    late.now += std::chrono::seconds(120);
    EXPECT_EQ(storage->consumeLogin(late)->kind, Consumed::expired);
    auto unknown = requestFor(record);
    unknown.record.challenge.id = *randomId();
    EXPECT_EQ(storage->consumeLogin(unknown)->kind, Consumed::unknown);
}

// Exactly once under racing nodes: three openings of one store, forty callers.
TEST_P(StorageConformance, racing_nodes_consume_once) {
    const auto record = issue();
    std::vector<std::unique_ptr<Storage>> nodes;
    for (int i = 0; i < 3; ++i) nodes.push_back(GetParam()(folder.path()));
    std::atomic<int> consumed{0};
    std::atomic<int> used{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 40; ++i)
        threads.emplace_back([&, i] {
            auto request = requestFor(record);
            request.bodyHash = digestOf(std::to_string(i));
            const auto outcome = nodes[static_cast<std::size_t>(i) % 3]->consumeLogin(request);
            if (outcome && outcome->kind == Consumed::consumed) ++consumed;
            if (outcome && outcome->kind == Consumed::used) ++used;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(consumed, 1);
    EXPECT_EQ(used, 39);
    EXPECT_EQ(storage->accounts()->size(), 1U);
}

TEST_P(StorageConformance, racing_redemptions_make_one_session) {
    const auto record = issue();
    (void)storage->consumeLogin(requestFor(record));
    std::atomic<int> redeemed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 20; ++i)
        threads.emplace_back([&] {
            const auto outcome = storage->redeemLogin(redemptionOf(record));
            if (outcome && outcome->kind == Redeemed::redeemed) ++redeemed;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(redeemed, 1);
    EXPECT_EQ((**storage->challenge(record.challenge.id)).state, LoginState::redeemed);
}

TEST_P(StorageConformance, redemption_needs_everything_to_fit) {
    const auto record = issue();
    (void)storage->consumeLogin(requestFor(record));
    auto wrong = redemptionOf(record);
    wrong.handoffHash = digestOf("guess");
    EXPECT_EQ(storage->redeemLogin(wrong)->kind, Redeemed::unknown);
    wrong = redemptionOf(record);
    wrong.binding = s256("other browser");
    EXPECT_EQ(storage->redeemLogin(wrong)->kind, Redeemed::unknown);
    wrong = redemptionOf(record);
    wrong.isAgentStarted = false;
    EXPECT_EQ(storage->redeemLogin(wrong)->kind, Redeemed::unknown);
    wrong = redemptionOf(record);
    wrong.now += std::chrono::seconds(60);
    EXPECT_EQ(storage->redeemLogin(wrong)->kind, Redeemed::expired);
    EXPECT_EQ(storage->redeemLogin(redemptionOf(issue()))->kind, Redeemed::unknown) << "not consumed";
    EXPECT_EQ(storage->redeemLogin(redemptionOf(record))->kind, Redeemed::redeemed);
    EXPECT_EQ(storage->redeemLogin(redemptionOf(record))->kind, Redeemed::used);
}

TEST_P(StorageConformance, session_lives_until_its_end) {
    const auto record = issue();
    (void)storage->consumeLogin(requestFor(record));
    const auto redemption = redemptionOf(record);
    (void)storage->redeemLogin(redemption);
    EXPECT_TRUE(*storage->session(redemption.sessionHash, now));
    EXPECT_FALSE(*storage->session(redemption.sessionHash, now + std::chrono::hours(1)));
    EXPECT_FALSE(*storage->session(digestOf("other"), now));
    EXPECT_TRUE(storage->endSession(redemption.sessionHash, now));
    EXPECT_FALSE(*storage->session(redemption.sessionHash, now));
}

// Unused challenges do not stay; used ones do, and the states only go forward.
TEST_P(StorageConformance, sweep_expires_and_forgets) {
    const auto unused = issue();
    const auto consumed = issue();
    (void)storage->consumeLogin(requestFor(consumed));
    const auto redeemed = issue();
    (void)storage->consumeLogin(requestFor(redeemed));
    ASSERT_EQ(storage->redeemLogin(redemptionOf(redeemed))->kind, Redeemed::redeemed);
    ASSERT_TRUE(storage->sweep(now + std::chrono::seconds(119)));
    EXPECT_EQ((**storage->challenge(unused.challenge.id)).state, LoginState::issued);
    ASSERT_TRUE(storage->sweep(now + std::chrono::seconds(121)));
    EXPECT_EQ((**storage->challenge(unused.challenge.id)).state, LoginState::expired);
    EXPECT_EQ((**storage->challenge(consumed.challenge.id)).state, LoginState::expired);
    EXPECT_EQ(storage->redeemLogin(redemptionOf(consumed))->kind, Redeemed::expired);
    ASSERT_TRUE(storage->sweep(now + std::chrono::minutes(20)));
    EXPECT_FALSE(*storage->challenge(unused.challenge.id));
    EXPECT_TRUE(*storage->challenge(consumed.challenge.id));
    EXPECT_EQ((**storage->challenge(redeemed.challenge.id)).state, LoginState::redeemed);
}

TEST_P(StorageConformance, what_was_written_is_there_when_opened_again) {
    const auto record = issue();
    (void)storage->consumeLogin(requestFor(record));
    storage.reset();
    storage = GetParam()(folder.path());
    EXPECT_EQ((**storage->challenge(record.challenge.id)).state, LoginState::consumed);
    EXPECT_EQ(storage->redeemLogin(redemptionOf(record))->kind, Redeemed::redeemed);
}

TEST_P(StorageConformance, documents_of_all_versions_stay) {
    ASSERT_TRUE(storage->saveDocuments({{"a", "1", "A", "one", digestOf("one")}}, now));
    ASSERT_TRUE(storage->saveDocuments(
        {{"a", "2", "A", "two", digestOf("two")}, {"a", "1", "A", "one", digestOf("one")}}, now));
    EXPECT_EQ((**storage->document(digestOf("one"))).text, "one");
    EXPECT_EQ((**storage->document(digestOf("two"))).version, "2");
    EXPECT_FALSE(*storage->document(digestOf("three")));
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StorageConformance, testing::Values(Open(&openSqlite)));

TEST(SqliteStorage, failing_operation_leaves_its_neighbours) {
    TempFolder folder;
    const auto file = (folder.path() / "store.db").string();
    auto opened = openStorage("sqlite:" + file, Bytes(32, 1));
    ASSERT_TRUE(opened);
    auto& storage = **opened;
    // A trigger makes one kind of audit row fail inside its savepoint.
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
    sqlite3_busy_timeout(raw, 5000);
    ASSERT_EQ(sqlite3_exec(raw,
                           "CREATE TRIGGER refuse BEFORE INSERT ON audit WHEN NEW.event='bad' BEGIN SELECT "
                           "RAISE(ABORT,'no'); END",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(raw);
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 40; ++i)
        threads.emplace_back([&, i] {
            AuditRecord record;
            record.event = i % 4 == 0 ? "bad" : "good";
            if (!storage.recordEvent(record)) ++failed;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 10);
    EXPECT_EQ(storage.audit()->size(), 30U);
}

/// What SQLite's machine does in all connections of this process that are opened meanwhile.
class StepCounter {
public:
    StepCounter() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&trace)); }
    ~StepCounter() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&trace)); }
    StepCounter(const StepCounter&) = delete;
    StepCounter& operator=(const StepCounter&) = delete;
    static long take() { return steps.exchange(0); }

private:
    static int trace(sqlite3* connection, char**, const void*) {
        return sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, &count, nullptr);
    }
    static int count(unsigned, void*, void* statement, void*) {
        steps += sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1);
        return 0;
    }
    inline static std::atomic<long> steps{0};
};

class SqliteFile : public StorageConformance {
protected:
    void consumeSome(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_EQ(storage->consumeLogin(requestFor(issue()))->kind, Consumed::consumed);
    }
    void run(const char* sql) {
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open((folder.path() / "store.db").c_str(), &raw), SQLITE_OK);
        sqlite3_busy_timeout(raw, 5000);
        EXPECT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
        sqlite3_close(raw);
    }
    const StepCounter counter;
};

// It runs in the writer twice a minute, so it may not look at every login that there ever was.
TEST_P(SqliteFile, sweep_does_not_grow_with_past_logins) {
    storage = GetParam()(folder.path());
    const auto later = now + std::chrono::minutes(20);
    const auto costOfSweep = [&] {
        EXPECT_TRUE(storage->sweep(later));  // These expire.
        (void)StepCounter::take();
        EXPECT_TRUE(storage->sweep(later));
        return StepCounter::take();
    };
    consumeSome(10);
    const auto few = costOfSweep();
    EXPECT_GT(few, 0) << "it is counted";
    consumeSome(60);
    EXPECT_LE(costOfSweep(), few);
    consumeSome(1);
    (void)StepCounter::take();
    EXPECT_TRUE(storage->sweep(later));
    EXPECT_LE(StepCounter::take(), few + 200) << "one expires among many";
}

TEST_P(SqliteFile, file_of_the_first_version_keeps_its_used_challenges) {
    const auto used = issue();
    (void)storage->consumeLogin(requestFor(used));
    storage.reset();
    run("DROP INDEX challenge_to_forget; DROP INDEX refusal_of_challenge;"
        "ALTER TABLE challenge DROP COLUMN is_used; PRAGMA user_version=1");
    storage = GetParam()(folder.path());
    ASSERT_TRUE(storage->sweep(now + std::chrono::hours(1)));
    EXPECT_EQ((**storage->challenge(used.challenge.id)).state, LoginState::expired);
}

INSTANTIATE_TEST_SUITE_P(Sqlite, SqliteFile, testing::Values(Open(&openSqlite)));

TEST(SqliteWriter, throwing_operation_leaves_its_neighbours_and_the_next) {
    const TempFolder folder;
    auto connection =
        SqliteConnection::open((folder.path() / "w.db").string(), SqliteConnection::Mode::readWrite);
    ASSERT_TRUE(connection);
    SqliteWriter writer(std::move(*connection));
    const auto synced = SqliteWriter::Durability::synced;
    ASSERT_TRUE(writer.execute(synced, [](SqliteConnection& c) { c.script("CREATE TABLE t(a INTEGER)"); }));
    std::atomic<int> failed{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 40; ++i)
        threads.emplace_back([&, i] {
            const auto done = writer.execute(synced, [i](SqliteConnection& c) {
                c.run("INSERT INTO t VALUES(?)", std::int64_t{i});
                if (i % 4 == 0) throw std::runtime_error("no memory");
            });
            if (!done && done.error().reason == "storage") ++failed;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failed, 10);
    std::int64_t rows = 0;
    EXPECT_TRUE(writer.execute(synced, [&](SqliteConnection& c) {
        auto counted = c.query("SELECT count(*) FROM t");
        if (counted.next()) rows = counted.integer(0);
    }));
    EXPECT_EQ(rows, 30);
}

TEST(SqliteStorage, postgresql_is_refused_with_a_sentence) {
    const auto opened = openStorage("postgresql://localhost/signet", Bytes(32, 1));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::configurationInvalid);
    EXPECT_NE(opened.error().detail.find("not supported yet"), std::string::npos);
}

}  // namespace
}  // namespace signet::test
