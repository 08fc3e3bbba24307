// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The program itself: start, port file, logins across a SIGKILL, admin commands, exit statuses.
#include "tests/platform/https_client.hpp"
#include "tests/platform/test_platform.hpp"

#include "base/fd.hpp"
#include "base/file.hpp"
#include "platform/vault.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace signet::test {
namespace {

std::string programPath() {
    const char* folder = std::getenv("SIGNET_BIN");
    return std::string(folder != nullptr ? folder : "bin") + "/signet-platform";
}

/// A started program; killed at the end if it still runs.
class Program {
public:
    /// `input`: its standard input; by default the test's own.
    Program(const std::vector<std::string>& arguments, std::filesystem::path output, int input = STDIN_FILENO)
        : m_output(std::move(output)) {
        std::vector<std::string> words{programPath()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (auto& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        m_pid = ::fork();
        if (m_pid != 0) return;
        const int file = ::open(m_output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(input, STDIN_FILENO);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    ~Program() {
        if (m_pid > 0) signalAndWait(SIGKILL);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void signal(int number) const { ::kill(m_pid, number); }
    int signalAndWait(int number) {
        signal(number);
        return wait();
    }
    int wait() {
        int status = 0;
        ::waitpid(m_pid, &status, 0);
        m_pid = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    bool isRunning() const { return ::kill(m_pid, 0) == 0; }
    std::string output() const { return readFile(m_output, 1 << 20).value_or(""); }

private:
    std::filesystem::path m_output;
    pid_t m_pid = -1;
};

/// The files of a TestPlatform, served by the real program.
struct Stage {
    std::vector<std::string> arguments() const {
        return {"--listen",    "127.0.0.1:0",
                "--issuer",    "https://localhost:{port}",
                "--tls-cert",  files.settings.tlsCertificate.string(),
                "--tls-key",   files.settings.tlsKey.string(),
                "--db",        "sqlite:" + (files.folder.path() / "program.db").string(),
                "--trust",     files.settings.trust.front().string(),
                "--port-file", portFile().string()};
    }
    std::filesystem::path portFile() const { return files.folder.path() / "port"; }
    std::unique_ptr<Program> start(std::uint16_t& port, const std::vector<std::string>& changed = {}) {
        std::filesystem::remove(portFile());
        auto all = changed.empty() ? arguments() : changed;
        auto program = std::make_unique<Program>(all, files.folder.path() / "log");
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!std::filesystem::exists(portFile()) && std::chrono::steady_clock::now() < end)
            std::this_thread::yield();
        port = static_cast<std::uint16_t>(std::atoi(readFile(portFile(), 100).value_or("0").c_str()));
        EXPECT_NE(port, 0) << program->output();
        return program;
    }
    std::pair<int, std::string> admin(std::vector<std::string> words) const {
        words.insert(words.begin(), "admin");
        words.insert(words.end(), {"--db", "sqlite:" + (files.folder.path() / "program.db").string()});
        Program program(words, files.folder.path() / "admin.log");
        const int status = program.wait();
        return {status, program.output()};
    }
    TestPlatform files;
};

TEST(Program, killed_and_started_again_answers_the_retry_alike) {
    Stage stage;
    std::uint16_t port = 0;
    auto program = stage.start(port);
    const auto secret = *randomToken();
    const auto begun = HttpsClient(port).request("POST", "/agent/v1/challenges",
                                                 json{{"purpose", "bind"}, {"sid", s256(secret)}}.dump());
    ASSERT_TRUE(begun);
    const std::string id = json::parse(begun->body)["challenge_id"];
    const Started started{
        *parseChallenge(HttpsClient(port).request("GET", "/agent/v1/challenges/" + id)->body), secret};
    EXPECT_EQ(started.challenge.audience, "https://localhost:" + std::to_string(port));
    const auto signer = sharedPki().enterprise();
    const auto body = stage.files.signedBody(started, signer).dump();
    const auto first = HttpsClient(port).request("POST", "/agent/v1/logins", body);
    ASSERT_EQ(first->status, 200) << first->body;
    program->signalAndWait(SIGKILL);

    program = stage.start(port);
    const auto retry = HttpsClient(port).request("POST", "/agent/v1/logins", body);
    EXPECT_EQ(retry->body, first->body);
    const json completion{
        {"challenge_id", id}, {"handoff", json::parse(retry->body)["handoff"]}, {"secret", secret}};
    EXPECT_EQ(HttpsClient(port).request("POST", "/login/complete", completion.dump())->status, 200);

    const auto evidence = stage.files.folder.path() / "evidence";
    EXPECT_EQ(stage.admin({"evidence", id, "--out", evidence.string()}).first, 0);
    EXPECT_EQ(std::system(("'" + (evidence / "verify.sh").string() + "' > /dev/null").c_str()), 0);
    EXPECT_NE(stage.admin({"accounts"}).second.find(maskedNumber(kTestUscc)), std::string::npos);
    EXPECT_EQ(stage.admin({"accounts"}).second.find(std::string(kTestUscc)), std::string::npos);
    const auto hex = signer.certificate.fingerprintHex();
    EXPECT_NE(stage.admin({"certificates"}).second.find(hex), std::string::npos);
    EXPECT_EQ(stage.admin({"revoke-certificate", hex}).first, 0);
    EXPECT_NE(stage.admin({"certificates"}).second.find("revoked"), std::string::npos);
    EXPECT_EQ(stage.admin({"approve-certificate", hex}).first, 0);
    EXPECT_EQ(stage.admin({"account-state", std::string(kTestUscc), "frozen"}).first, 0);
    EXPECT_EQ(stage.admin({"account-state", std::string(kTestOtherUscc), "frozen"}).first, 1);
    EXPECT_NE(stage.admin({"audit"}).second.find("evidence_exported"), std::string::npos);
    EXPECT_EQ(program->signalAndWait(SIGTERM), 0);
    EXPECT_EQ(program->output().find(secret), std::string::npos);
}

TEST(Program, files_are_for_its_user_only) {
    Stage stage;
    std::uint16_t port = 0;
    auto program = stage.start(port);
    for (const auto* name : {"program.db", "program.db.key", "program.db-wal"}) {
        struct stat status {};
        ASSERT_EQ(::stat((stage.files.folder.path() / name).c_str(), &status), 0) << name;
        EXPECT_EQ(status.st_mode & 0777, 0600U) << name;
    }
    EXPECT_EQ(program->signalAndWait(SIGTERM), 0);
}

// An admin command that waits for its input ends when asked to.
TEST(Program, admin_command_can_be_interrupted) {
    Stage stage;
    std::uint16_t port = 0;
    EXPECT_EQ(stage.start(port)->signalAndWait(SIGTERM), 0);
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    const Fd input(ends[0]);
    Fd typing(ends[1]);
    Program admin({"admin", "account-state", "-", "frozen", "--db",
                   "sqlite:" + (stage.files.folder.path() / "program.db").string()},
                  stage.files.folder.path() / "admin.log", input.get());
    admin.signal(SIGINT);
    typing.reset();
    EXPECT_EQ(admin.wait(), 128 + SIGINT);
}

TEST(Program, unwritable_port_file_ends_the_start) {
    Stage stage;
    auto arguments = stage.arguments();
    arguments.back() = (stage.files.folder.path() / "missing" / "port").string();
    Program program(arguments, stage.files.folder.path() / "out");
    EXPECT_EQ(program.wait(), 1) << program.output();
    EXPECT_NE(program.output().find("missing/port"), std::string::npos) << program.output();
}

TEST(Program, usage_and_configuration_faults_exit_with_2) {
    Stage stage;
    const auto output = stage.files.folder.path() / "out";
    const auto statusOf = [&](const std::vector<std::string>& arguments) {
        return Program(arguments, output).wait();
    };
    EXPECT_EQ(statusOf({"--help"}), 0);
    EXPECT_NE(readFile(output, 1 << 16)->find("approve-certificate"), std::string::npos);
    EXPECT_EQ(statusOf({"--version"}), 0);
    EXPECT_EQ(statusOf({"--licenses"}), 0);  // R52
    EXPECT_NE(readFile(output, 1 << 16)->find("SQLite"), std::string::npos);
    EXPECT_EQ(statusOf({}), 2);
    EXPECT_EQ(statusOf({"--nonsense"}), 2);
    EXPECT_EQ(statusOf({"admin"}), 2);
    EXPECT_EQ(statusOf({"admin", "explode"}), 2);
    EXPECT_EQ(statusOf({"admin", "accounts"}), 2);
    const auto configuration = stage.files.folder.path() / "p.conf";
    ASSERT_TRUE(writeFileAtomically(configuration, "issuer = https://uc.example.test\nwrong = 1\n"));
    EXPECT_EQ(statusOf({"--config", configuration.string()}), 2);
    EXPECT_NE(readFile(output, 1 << 16)->find("p.conf:2: wrong: unknown key"), std::string::npos);
    auto postgres = stage.arguments();
    postgres[9] = "postgresql://localhost/signet";
    EXPECT_EQ(statusOf(postgres), 2);
    auto otherKey = stage.arguments();
    otherKey[7] = stage.files.settings.tlsCertificate.string();
    EXPECT_EQ(statusOf(otherKey), 2);
}

}  // namespace
}  // namespace signet::test
