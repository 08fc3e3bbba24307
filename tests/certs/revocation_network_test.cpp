// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The real way: OpenSSL's HTTP client, a server on loopback, `openssl ocsp` as the responder and as the
// judge.
#include "base/fd.hpp"
#include "certs/test_pki/must.hpp"
#include "certs/test_pki/revocation_data.hpp"
#include "tests/certs/revocation_fixture.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

namespace signet {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Kind = RevocationProof::Kind;

/// tests/doubles/revocation_server.py over a folder; ends with this object.
class RevocationServer {
public:
    explicit RevocationServer(const fs::path& folder) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        must(::pipe2(in.data(), O_CLOEXEC) == 0 && ::pipe2(out.data(), O_CLOEXEC) == 0, "pipe");
        const std::string script =
            std::string(std::getenv("SIGNET_SOURCE")) + "/tests/doubles/revocation_server.py";
        m_process = ::fork();
        if (m_process == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            ::execlp("python3", "python3", script.c_str(), folder.c_str(), nullptr);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        m_input = Fd(in[1]);
        const Fd output(out[0]);
        std::string line;  // with its end: what comes in pieces is not cut off
        for (char c = 0; c != '\n'; line += c)
            must(::read(output.get(), &c, 1) == 1, "start of revocation_server.py");
        m_port = std::atoi(line.c_str());
    }
    ~RevocationServer() {
        m_input.reset();
        ::waitpid(m_process, nullptr, 0);
    }
    RevocationServer(const RevocationServer&) = delete;
    RevocationServer& operator=(const RevocationServer&) = delete;

    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(m_port) + path;
    }

private:
    pid_t m_process = -1;
    Fd m_input;
    int m_port = 0;
};

class RevocationNetwork : public testing::Test {
protected:
    static void SetUpTestSuite() {
        for (const auto* name : {"http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"}) ::unsetenv(name);
        std::string name = (fs::temp_directory_path() / "signet-revocation-XXXXXX").string();
        s_folder = ::mkdtemp(name.data());
        s_server = new RevocationServer(s_folder);
        s_pki = new TestPki({.ocspUrl = s_server->url("/ocsp"), .crlUrl = s_server->url("/files/{ca}.crl")});
        writeFolder();
    }
    static void TearDownTestSuite() {
        delete s_server;
        delete s_pki;
        fs::remove_all(s_folder);
    }

    static void write(const std::string& name, std::string_view content) {
        std::ofstream(s_folder / name, std::ios::binary) << content;
    }
    static std::string indexLine(const Certificate& certificate, bool isRevoked) {
        std::string serial = certificate.serialHex();
        std::transform(serial.begin(), serial.end(), serial.begin(),
                       [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
        return std::string(isRevoked ? "R\t401231235959Z\t260101000000Z,keyCompromise"
                                     : "V\t401231235959Z\t") +
               "\t" + serial + "\tunknown\t/CN=x\n";
    }
    static void writeFolder() {
        const auto& ca = s_pki->authority(CaKind::p256);
        const auto responder = s_pki->ocspResponder(CaKind::p256);
        const BioPtr key(BIO_new(BIO_s_mem()));
        must(PEM_write_bio_PrivateKey(key.get(), responder.key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) == 1,
             "key");
        char* text = nullptr;
        const long length = BIO_get_mem_data(key.get(), &text);
        write("responder.key", {text, static_cast<std::size_t>(length)});
        write("responder.pem", responder.certificate.toPem());
        write("ca.pem", ca.certificate.toPem());
        write("root.pem", s_pki->root(CaKind::p256).certificate.toPem());
        write("leaf.pem", s_pki->enterprise().certificate.toPem());
        write("index.txt", indexLine(s_pki->enterprise().certificate, false) +
                               indexLine(s_pki->revoked().certificate, true));
        write("p256.crl", textOf(s_pki->crl(CaKind::p256)));
        write("good.crl", textOf(s_pki->crl(CaKind::p256)));
    }
    static Chain chainOf(const Issued& issued, const std::function<void(TrustedIssuer&)>& change = {}) {
        TrustedIssuer issuer{s_pki->authority(CaKind::p256).certificate, "CA"};
        if (change) change(issuer);
        return must(buildChain(issued.certificate, {}, TrustList({issuer}), s_pki->now()), "chain");
    }
    /// What the transport says about a path, with how long it took.
    static std::string reasonOf(const std::string& path, std::size_t maxBytes = 64 * 1024,
                                bool isPost = false) {
        const Bytes body = isPost ? Bytes{0x30, 0x00} : Bytes{};
        auto answer = HttpRevocationTransport().fetch(s_server->url(path), body, maxBytes, 1s);
        if (answer) return "answered";
        EXPECT_EQ(answer.error().code, ErrorCode::revocationUnknown);
        return answer.error().reason;
    }
    /// Exit status of an openssl command in the folder; its output goes to the file "out".
    static int openssl(const std::string& arguments) {
        const std::string command = "cd '" + s_folder.string() + "' && openssl " + arguments + " > out 2>&1";
        const int status = std::system(command.c_str());
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    static std::string output() {
        std::ifstream file(s_folder / "out");
        return {std::istreambuf_iterator<char>(file), {}};
    }

    inline static fs::path s_folder;
    inline static RevocationServer* s_server = nullptr;
    inline static TestPki* s_pki = nullptr;
    HttpRevocationTransport m_transport;
    SystemClock m_clock;
    RevocationChecker m_checker{m_transport, m_clock, RevocationPolicy::hardFail, 20s};
};

// R26
TEST_F(RevocationNetwork, opensslResponder_saysGoodAndItsProofVerifiesWithOpenssl) {
    const auto proof = m_checker.check(chainOf(s_pki->enterprise()));
    ASSERT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(proof->kind, Kind::ocsp);
    write("proof.der", textOf(proof->der));
    const std::string verify = "ocsp -respin proof.der -issuer ca.pem -cert leaf.pem -no_nonce -CAfile ";
    EXPECT_EQ(openssl("version"), 0);
    write("chain.pem",
          s_pki->authority(CaKind::p256).certificate.toPem() + s_pki->root(CaKind::p256).certificate.toPem());
    EXPECT_EQ(openssl(verify + "chain.pem"), 0) << output();
    EXPECT_NE(output().find("Response verify OK"), std::string::npos) << output();
    EXPECT_NE(output().find("leaf.pem: good"), std::string::npos) << output();
    write("other.pem", s_pki->root(CaKind::untrusted).certificate.toPem());
    EXPECT_NE(openssl(verify + "other.pem"), 0);
}

TEST_F(RevocationNetwork, opensslResponder_saysRevoked) {
    const auto error = m_checker.check(chainOf(s_pki->revoked())).error();
    EXPECT_EQ(error.code, ErrorCode::certificateRevoked) << error.detail;
    EXPECT_EQ(error.reason, "key_compromise");
    EXPECT_EQ(error.params.at("date"), "2026-01-01");
}

TEST_F(RevocationNetwork, opensslResponder_doesNotKnowSoTheCrlDecides) {
    const auto proof = m_checker.check(chainOf(s_pki->person()));
    ASSERT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(proof->kind, Kind::crl);
}

// R26
TEST_F(RevocationNetwork, crlOverHttp_decidesAndVerifiesWithOpenssl) {
    const auto crlOnly = [](TrustedIssuer& issuer) { issuer.ocspUrl = s_server->url("/error"); };
    const auto proof = m_checker.check(chainOf(s_pki->enterprise(), crlOnly));
    ASSERT_TRUE(proof) << proof.error().detail;
    EXPECT_EQ(proof->kind, Kind::crl);
    EXPECT_EQ(m_checker.check(chainOf(s_pki->revoked(), crlOnly)).error().code,
              ErrorCode::certificateRevoked);
    write("proof.crl", textOf(proof->der));
    EXPECT_EQ(openssl("crl -inform DER -in proof.crl -CAfile ca.pem -noout"), 0) << output();
    EXPECT_NE(output().find("verify OK"), std::string::npos);
}

TEST_F(RevocationNetwork, badServers_areNamed) {
    EXPECT_EQ(reasonOf("/files/good.crl"), "answered");
    EXPECT_EQ(reasonOf("/files/good.crl", 100), "source_too_large");
    EXPECT_EQ(reasonOf("/big"), "source_too_large");
    EXPECT_EQ(reasonOf("/big", 64 * 1024, true), "source_too_large");
    EXPECT_EQ(reasonOf("/redirect"), "source_refused");
    EXPECT_EQ(reasonOf("/redirect-tls"), "source_refused");
    EXPECT_EQ(reasonOf("/error"), "source_refused");
    EXPECT_EQ(reasonOf("/files/missing"), "source_unreachable");
    EXPECT_EQ(reasonOf("/garbage", 64 * 1024, true), "source_refused");
    EXPECT_EQ(reasonOf("/garbage"), "source_refused");
    EXPECT_EQ(reasonOf("/nothing"), "source_unreachable");
    EXPECT_EQ(reasonOf("/nothing", 64 * 1024, true), "source_unreachable");
}

TEST_F(RevocationNetwork, silentAndTricklingServers_endAtTheDeadline) {
    for (const auto* path : {"/silent", "/trickle"}) {
        const auto start = std::chrono::steady_clock::now();
        EXPECT_EQ(reasonOf(path), "source_timeout") << path;
        EXPECT_LT(std::chrono::steady_clock::now() - start, 5s) << path;
    }
}

TEST_F(RevocationNetwork, stop_endsAFetchThatWaitsAndLaterOnes) {
    HttpRevocationTransport transport;
    const auto start = std::chrono::steady_clock::now();
    auto waiting = std::async(std::launch::async,
                              [&] { return transport.fetch(s_server->url("/silent"), {}, 100, 100s); });
    transport.stop();
    EXPECT_EQ(waiting.get().error().reason, "source_unreachable");
    EXPECT_EQ(transport.fetch(s_server->url("/files/good.crl"), {}, 64 * 1024, 100s).error().reason,
              "source_unreachable");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 50s);
}

TEST_F(RevocationNetwork, proxyOfTheEnvironment_isAskedWithTheWholeAddress) {
    ::setenv("http_proxy", s_server->url("/").c_str(), 1);
    const auto answer =
        HttpRevocationTransport().fetch("http://ca.example.test/x/proxied?a=b", {}, 64 * 1024, 20s);
    ::unsetenv("http_proxy");
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_NE(textOf(*answer).find("http://ca.example.test:80/x/proxied?a=b"), std::string::npos);
}

TEST_F(RevocationNetwork, closedPortAndOtherSchemes_areNamed) {
    HttpRevocationTransport transport;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(transport.fetch("http://127.0.0.1:1/", {}, 100, 60s).error().reason, "source_unreachable");
    EXPECT_LT(std::chrono::steady_clock::now() - start, 30s);
    EXPECT_EQ(transport.fetch("https://127.0.0.1/", {}, 100, 1s).error().reason, "url_scheme");
    EXPECT_EQ(transport.fetch("ftp://127.0.0.1/", {}, 100, 1s).error().reason, "url_scheme");
}

TEST_F(RevocationNetwork, answerOfTheWrongType_isRefused) {
    const auto html = [](TrustedIssuer& issuer) {
        issuer.ocspUrl = s_server->url("/ocsp-as-html");
        issuer.crlUrl = s_server->url("/error");
    };
    const auto error = m_checker.check(chainOf(s_pki->enterprise(), html)).error();
    EXPECT_EQ(error.code, ErrorCode::revocationUnknown);
    EXPECT_EQ(error.detail.find("OCSP source_refused"), 0U) << error.detail;
}

}  // namespace
}  // namespace signet
