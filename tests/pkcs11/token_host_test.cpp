// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-token-host as a process, over SoftHSM.
#include "pkcs11/token_host.hpp"

#include "base/fd.hpp"
#include "pkcs11/frame_io.hpp"
#include "pkcs11/host_process.hpp"
#include "pkcs11/wire.hpp"
#include "tests/pkcs11/fault_support.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

namespace signet::test {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Host : testing::Test {
    Host() {
        store.addToken({.label = "t"});
        store.importKeyAndCertificate("t", "01", sharedKey("p256").key, sharedKey("p256").certificate);
    }
    std::filesystem::path ofProcess(const char* file) const {
        return std::filesystem::path("/proc") / std::to_string(client.processId()) / file;
    }

    SoftHsmStore store;
    TokenHostClient client{hostProgram(), SoftHsmStore::modulePath()};
};

// R15
TEST_F(Host, listAndSign_workInOneProcess) {
    const auto request = requestFrom(client, Algorithm::es256);
    const pid_t process = client.processId();
    ASSERT_NE(process, 0);
    for (int round = 0; round < 3; ++round) {
        const auto reply = client.sign(request, secret("123456"));
        ASSERT_TRUE(reply) << reply.error().detail;
        EXPECT_TRUE(verifies(request, *reply, sharedKey("p256")));
    }
    EXPECT_EQ(client.processId(), process);
}

TEST_F(Host, everyKind_signs) {
    for (const char* kind : {"rsa2048", "rsa3072", "p384"}) {
        const auto& key = sharedKey(kind);
        store.addToken({.label = kind});
        store.importKeyAndCertificate(kind, "01", key.key, key.certificate);
    }
    const auto listing = client.list();
    ASSERT_TRUE(listing);
    std::size_t signatures = 0;
    for (std::size_t token = 0; token < listing->tokens.size(); ++token) {
        const auto label = listing->tokens[token].info.label;
        if (!label.starts_with("rsa") && label != "p384") continue;
        const auto request =
            requestFor(*listing, label == "p384" ? Algorithm::es384 : Algorithm::ps256, token);
        const auto reply = client.sign(request, secret("123456"));
        ASSERT_TRUE(reply) << label << reply.error().detail;
        EXPECT_TRUE(verifies(request, *reply, sharedKey(label)));
        ++signatures;
    }
    EXPECT_EQ(signatures, 3U);
}

TEST_F(Host, errors_comeThroughWhole) {
    const auto request = requestFrom(client, Algorithm::es256);
    const auto reply = client.sign(request, secret("000000"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::pinIncorrect);
    EXPECT_EQ(reply.error().detail, "C_Login: CKR_PIN_INCORRECT (0xa0)");
    const auto changed = client.changePin({request.key}, secret("123456"), secret("1"));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::badRequest);
    EXPECT_EQ(changed.error().reason, "pin_length");
}

TEST_F(Host, veryLongPin_isAWrongLengthAndNoFault) {
    const auto request = requestFrom(client, Algorithm::es256);
    const auto reply = client.sign(request, secret(std::string(100'000, '1')));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().reason, "pin_length");
}

TEST_F(Host, requestThatIsNoStatement_startsNothing) {
    auto request = requestFrom(client, Algorithm::es256);
    TokenHostClient fresh(hostProgram(), SoftHsmStore::modulePath());
    request.statements[0] = "text of a page";
    const auto reply = fresh.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::invalidRequest);
    EXPECT_EQ(fresh.processId(), 0);
}

/// The client's check does not stand alone: the host refuses by itself what another client would send.
TEST_F(Host, requestThatIsNoStatement_isRefusedInTheHostToo) {
    auto request = requestFrom(client, Algorithm::es256);
    request.statements[0] = "text of a page";
    const auto process = HostProcess::start(hostProgram(), SoftHsmStore::modulePath());
    ASSERT_TRUE(process);
    const WaitLimits limits{std::chrono::steady_clock::now() + std::chrono::seconds(10), -1};
    ASSERT_TRUE(receiveFrame(process->socket(), limits));  // hello
    ASSERT_TRUE(sendFrame(process->socket(), wire::encodeSign(1, request, bytesOf("123456")).view(), limits));
    const auto reply = wire::decodeSignReply(*receiveFrame(process->socket(), limits));
    ASSERT_TRUE(reply);
    ASSERT_FALSE(*reply);
    EXPECT_EQ(reply->error().reason, "not_a_statement");
}

TEST_F(Host, garbageFrames_endTheHost) {
    for (const Bytes& garbage : {Bytes{0, 0, 0, 0}, Bytes{0xFF, 0xFF, 0xFF, 0xFF}, Bytes{0, 0, 0, 1, 0x99},
                                 Bytes{0, 0, 0, 6, 3, 0, 0, 0, 1, 9}, Bytes{0, 0, 0, 5, 1, 0, 0, 0, 1}}) {
        auto process = HostProcess::start(hostProgram(), SoftHsmStore::modulePath());
        ASSERT_TRUE(process);
        const WaitLimits limits{std::chrono::steady_clock::now() + std::chrono::seconds(10), -1};
        ASSERT_TRUE(receiveFrame(process->socket(), limits));
        ASSERT_TRUE(sendFrame(process->socket(), garbage, limits));
        const auto answer = receiveFrame(process->socket(), limits);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().reason, "closed");
        EXPECT_EQ(process->causeOfDeath().detail, "the token host exited with status 2");
    }
}

TEST_F(Host, killedInTheMiddleOfACommand_isModuleFailedAndTheNextWorks) {
    ASSERT_TRUE(client.list());
    const pid_t process = client.processId();
    ASSERT_EQ(::kill(process, SIGSTOP), 0);
    std::atomic<bool> hasBegun = false;
    std::thread killer([&, waiting = ::gettid()] {
        // This thread sleeps when the command has been sent and its answer does not come.
        const auto stat = "/proc/self/task/" + std::to_string(waiting) + "/stat";
        EXPECT_TRUE(
            eventually([&] { return hasBegun && contentOf(stat).find(") S ") != std::string::npos; }));
        ::kill(process, SIGKILL);
    });
    hasBegun = true;
    const auto listing = client.list();
    killer.join();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(listing.error().reason, "crashed");
    EXPECT_EQ(listing.error().detail, "the token host ended by signal 9");
    EXPECT_EQ(listing.error().params.at("module"), "libsofthsm2.so");
    EXPECT_TRUE(client.list());
    EXPECT_NE(client.processId(), process);
}

/// Killed before a command begins, the process is replaced without an error.
TEST_F(Host, killedWhileIdle_isReplacedSilently) {
    ASSERT_TRUE(client.list());
    const pid_t process = client.processId();
    ASSERT_EQ(::kill(process, SIGKILL), 0);
    // Its end of the socket is closed when the last of its threads is gone, a sanitizer's too.
    EXPECT_TRUE(eventually([process] {
        const auto folder = std::filesystem::path("/proc") / std::to_string(process);
        const auto threads = std::distance(std::filesystem::directory_iterator(folder / "task"), {});
        return threads == 1 && contentOf((folder / "stat").string()).find(") Z ") != std::string::npos;
    }));
    EXPECT_TRUE(client.list());
    EXPECT_NE(client.processId(), process);
}

TEST_F(Host, stoppedHost_isEndedAtTheDeadline) {
    TokenHostClient patient(hostProgram(), SoftHsmStore::modulePath(),
                            {.list = std::chrono::milliseconds(300)});
    ASSERT_TRUE(patient.list());
    const pid_t process = patient.processId();
    ASSERT_EQ(::kill(process, SIGSTOP), 0);
    const auto listing = patient.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(listing.error().reason, "deadline");
    EXPECT_NE(::kill(process, 0), 0);
    EXPECT_TRUE(patient.list());
}

TEST_F(Host, interrupt_endsTheCommandAndTheProcess) {
    ASSERT_TRUE(client.list());
    const pid_t process = client.processId();
    ASSERT_EQ(::kill(process, SIGSTOP), 0);
    std::atomic<bool> hasBegun = false;
    std::thread canceller([&, waiting = ::gettid()] {
        // This thread sleeps when the command has been sent and its answer does not come.
        const auto stat = "/proc/self/task/" + std::to_string(waiting) + "/stat";
        EXPECT_TRUE(
            eventually([&] { return hasBegun && contentOf(stat).find(") S ") != std::string::npos; }));
        client.interrupt();
    });
    hasBegun = true;
    const auto listing = client.list();
    canceller.join();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::userCancelled);
    EXPECT_NE(::kill(process, 0), 0);
    EXPECT_TRUE(client.list());
}

/// As if it came between the decision to begin a command and the command itself: it is not lost, and not kept
/// for the one after.
TEST_F(Host, interruptJustBeforeACommand_endsThatOneOnly) {
    const auto request = requestFrom(client, Algorithm::es256);
    const pid_t process = client.processId();
    client.interrupt();
    client.interrupt();
    const auto reply = client.sign(request, secret("123456"));
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::userCancelled);
    EXPECT_TRUE(client.sign(request, secret("123456")));
    EXPECT_EQ(client.processId(), process) << "nothing had been sent";
}

TEST_F(Host, interruptBeforeTheFirstCommand_startsNothing) {
    client.interrupt();
    const auto listing = client.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::userCancelled);
    EXPECT_EQ(client.processId(), 0);
}

/// One that came too late for its command does not hit the next.
TEST_F(Host, interruptThatIsCleared_hitsNothing) {
    ASSERT_TRUE(client.list());
    client.interrupt();
    client.clearInterrupt();
    EXPECT_TRUE(client.list());
}

TEST_F(Host, moduleThatIsNone_isLoadFailedThenBacksOff) {
    TokenHostClient wrong(hostProgram(), "/etc/passwd");
    for (int round = 0; round < 2; ++round) {
        const auto listing = wrong.list();
        ASSERT_FALSE(listing);
        EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
        EXPECT_EQ(listing.error().reason, "load_failed");
        EXPECT_EQ(listing.error().params.at("module"), "passwd");
        EXPECT_NE(listing.error().detail.find("passwd"), std::string::npos) << listing.error().detail;
        EXPECT_EQ(wrong.processId(), 0);
    }
    const auto listing = wrong.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().reason, "backing_off");
    EXPECT_NE(listing.error().detail.find("load_failed"), std::string::npos) << listing.error().detail;
}

TEST_F(Host, initialisationThatFails_isNamed) {
    std::filesystem::remove_all(store.folder() / "tokens");
    const auto listing = client.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().reason, "initialize_failed");
    std::filesystem::create_directory(store.folder() / "tokens");
    EXPECT_TRUE(client.list());
}

TEST(HostProgram, missingProgram_isStartFailed) {
    TokenHostClient client("/nonexistent/signet-token-host", "/nonexistent/module.so");
    const auto listing = client.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(listing.error().reason, "start_failed");
}

/// A program that is not a token host: garbage or nothing where the hello should be.
TEST(HostProgram, otherProgram_isModuleFailed) {
    TokenHostClient client("/bin/true", "/nonexistent/module.so");
    const auto listing = client.list();
    ASSERT_FALSE(listing);
    EXPECT_EQ(listing.error().code, ErrorCode::moduleFailed);
    EXPECT_EQ(listing.error().reason, "exited");
}

TEST(HostProgram, place_isNamed) {
    EXPECT_EQ(tokenHostProgram().filename(), "signet-token-host");
    EXPECT_TRUE(tokenHostProgram().is_absolute());
}

TEST_F(Host, process_inheritsNoDescriptor) {
    const Fd inheritable(::memfd_create("left-open", 0));  // without FD_CLOEXEC
    ASSERT_TRUE(client.list());
    std::map<std::string, std::string> targets;
    for (const auto& entry : std::filesystem::directory_iterator(ofProcess("fd"))) {
        std::error_code gone;
        targets[entry.path().filename().string()] =
            std::filesystem::read_symlink(entry.path(), gone).string();
    }
    EXPECT_EQ(targets["0"], "/dev/null");
    EXPECT_EQ(targets["1"], "/dev/null");
    // What a module says must not reach the terminal with the PIN prompt; a sanitizer's reports must.
    if (!SIGNET_KEEPS_HOST_STDERR) {
        EXPECT_EQ(targets["2"], "/dev/null");
    }
    EXPECT_TRUE(targets["3"].starts_with("socket:")) << targets["3"];
    for (const auto& [number, target] : targets)
        EXPECT_EQ(target.find("left-open"), std::string::npos) << number;
}

/// While it lives, a process that is started would leave a core.
class CoresAllowed {
public:
    CoresAllowed() {
        ::getrlimit(RLIMIT_CORE, &m_before);
        const rlimit most{m_before.rlim_max, m_before.rlim_max};
        ::setrlimit(RLIMIT_CORE, &most);
    }
    CoresAllowed(const CoresAllowed&) = delete;
    CoresAllowed& operator=(const CoresAllowed&) = delete;
    ~CoresAllowed() { ::setrlimit(RLIMIT_CORE, &m_before); }
    bool isPossible() const { return m_before.rlim_max != 0; }

private:
    rlimit m_before{};
};

TEST_F(Host, process_mayNotDumpACore) {
    const CoresAllowed allowed;
    if (!allowed.isPossible()) GTEST_SKIP() << "this machine allows no cores";
    ASSERT_TRUE(client.list());
    EXPECT_NE(contentOf(ofProcess("limits")).find("Max core file size        0 "), std::string::npos);
}

/// The files in /proc of a process that is not dumpable belong to root and root's group, whoever it runs as.
/// To tell them apart when root runs the tests, the host gets another group. Source: proc(5), /proc/PID.
TEST_F(Host, process_isNotDumpable) {
    const bool isRoot = ::geteuid() == 0;
    const auto own = ::getegid();
    if (isRoot) {
        ASSERT_EQ(::setregid(4711, 4711), 0);
    }
    const auto listing = client.list();
    if (isRoot) {
        ASSERT_EQ(::setregid(own, own), 0);
        ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    }
    ASSERT_TRUE(listing);
    struct stat status {};
    ASSERT_EQ(::stat(ofProcess("environ").c_str(), &status), 0);
    EXPECT_EQ(status.st_uid, 0U);
    EXPECT_EQ(status.st_gid, 0U);
    EXPECT_NE(contentOf(ofProcess("status")).find(isRoot ? "Gid:\t4711" : "Gid:"), std::string::npos);
}

TEST_F(Host, commandLine_holdsNoSecret) {
    const auto request = requestFrom(client, Algorithm::es256);
    ASSERT_TRUE(client.sign(request, secret("123456")));
    EXPECT_EQ(contentOf(ofProcess("cmdline")).find("123456"), std::string::npos);
    EXPECT_EQ(contentOf(ofProcess("environ")).find("123456"), std::string::npos);
}

/// The thread that started the host ends, the process does not: the host stays.
TEST_F(Host, endOfTheThreadThatStartedIt_leavesItAlive) {
    std::thread([this] { ASSERT_TRUE(client.list()); }).join();
    const pid_t process = client.processId();
    EXPECT_TRUE(client.list());
    EXPECT_EQ(client.processId(), process);
}

/// A parent that is killed, also while its host is stuck in the module, takes the host with it.
TEST_F(Host, endOfTheParent_endsIt) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    const pid_t parent = ::fork();
    if (parent == 0) {
        auto process = HostProcess::start(hostProgram(), SoftHsmStore::modulePath());
        const pid_t id = process ? process->id() : 0;
        (void)!::write(ends[1], &id, sizeof(id));
        ::pause();
        ::_exit(0);
    }
    pid_t host = 0;
    ASSERT_EQ(::read(ends[0], &host, sizeof(host)), static_cast<ssize_t>(sizeof(host)));
    ASSERT_GT(host, 0);
    ::kill(parent, SIGKILL);
    ASSERT_EQ(::waitpid(parent, nullptr, 0), parent);
    EXPECT_TRUE(eventually([host] { return ::waitpid(host, nullptr, WNOHANG) == host; }));
    ::prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0);
    for (const int end : ends) ::close(end);
}

TEST_F(Host, twoModules_areTwoProcesses) {
    TokenHostClient other(hostProgram(), SoftHsmStore::modulePath());
    ASSERT_TRUE(client.list());
    ASSERT_TRUE(other.list());
    EXPECT_NE(client.processId(), other.processId());
}

}  // namespace
}  // namespace signet::test
