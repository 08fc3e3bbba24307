// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What a login signature costs beyond the token's own work, on SoftHSM.
#include "base/encoding.hpp"
#include "base/secret.hpp"
#include "pkcs11/ck_login.hpp"
#include "pkcs11/ck_session.hpp"
#include "pkcs11/key_search.hpp"
#include "pkcs11/mechanism.hpp"
#include "pkcs11/statement_check.hpp"
#include "pkcs11/statement_signing.hpp"
#include "pkcs11/token_host_client.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/bench/token_bench.hpp"
#include "tests/doubles/softhsm_token.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace signet::bench {
namespace {

constexpr std::string_view kPin = "123456";

/// A statement of a usual length: a leaf and an intermediate in its header.
std::string statementFor(Algorithm algorithm) {
    const std::string header = R"({"alg":")" + std::string(toString(algorithm)) +
                               R"(","typ":"signet-login.v1+jws","x5c":[")" + std::string(2400, 'A') +
                               R"("]})";
    return toBase64Url(bytesOf(header)) + "." + toBase64Url(bytesOf(std::string(900, 'x')));
}

/// One SoftHSM token, opened in this process and behind a token host.
struct Setup {
    Setup() {
        store.addToken({.label = "bench"});
        store.importKeyAndCertificate("bench", "01", p256.key, p256.certificate);
        store.importKeyAndCertificate("bench", "02", rsa2048.key, rsa2048.certificate);
        module = std::make_unique<Module>(must(Module::load(test::SoftHsmStore::modulePath()), "load"));
        host = std::make_unique<TokenHostClient>(hostProgram(), test::SoftHsmStore::modulePath());
        token = must(host->list(), "list").tokens.at(0).info;
    }

    test::KeyAndCertificate p256 = test::makeKeyAndCertificate("p256");
    test::KeyAndCertificate rsa2048 = test::makeKeyAndCertificate("rsa2048");
    test::SoftHsmStore store;
    std::unique_ptr<Module> module;
    std::unique_ptr<TokenHostClient> host;
    TokenInfo token;
};

/// One key of it.
class Bench {
public:
    Bench(Setup& setup, std::string name, std::uint8_t id, const Bytes& certificate, Algorithm algorithm)
        : m_setup(setup), m_name(std::move(name)), m_algorithm(algorithm) {
        m_request.key = {setup.token.slot, setup.token.label, setup.token.serial, {id}, certificate};
        m_request.algorithms = {algorithm};
        m_request.statements = {statementFor(algorithm)};
        m_method = methodsFor(algorithm).front();
        m_input = must(inputFor(m_method, m_request.statements[0]), "inputFor");
        m_choices = {{0, m_method}};
        m_keyInfo = must(keyOfCertificate(certificate), "keyOfCertificate");
    }

    void printRatios();
    const std::string& name() const { return m_name; }

    /// C_SignInit and C_Sign over a hash that is there already.
    void signRaw(const Session& session, const PrivateKeyObject& key) {
        MechanismArgument mechanism(m_method);
        CK_ULONG size = m_signature.size();
        must(session.api().C_SignInit(session.handle(), mechanism.get(), key.handle), "C_SignInit");
        must(
            session.api().C_Sign(session.handle(), m_input.data(), m_input.size(), m_signature.data(), &size),
            "C_Sign");
    }

    /// What the token host does for a signature once it is logged in, by its own functions.
    void signAsHost(const Session& session, const PrivateKeyObject& key) {
        must(checkSignRequest(m_request), "checkSignRequest");
        benchmark::DoNotOptimize(
            must(signStatement(session, key, m_request, m_keyInfo, m_choices, {}), "signStatement"));
    }

    /// The least that a login signature can be: session, login, the key's handle, signature, logout.
    void signFromLoginRaw() {
        whileLoggedIn([this](const Session& session, const PrivateKeyObject& key) { signRaw(session, key); });
    }

    SignReply signThroughHost() {
        return must(m_setup.host->sign(m_request, SecretBytes(bytesOf(kPin))), "sign");
    }

    /// Runs `body` logged in, with the key.
    template <class Body>
    void whileLoggedIn(Body body) {
        const auto session = must(Session::open(*m_setup.module, m_request.key.slot), "C_OpenSession");
        const auto login = must(Login::user(session, bytesOf(kPin)), "C_Login");
        const auto key =
            must(findPrivateKeys(session, m_request.key.keyId, m_keyInfo.type, {}), "findPrivateKeys")
                .front();
        body(session, key);
    }

private:
    Setup& m_setup;
    std::string m_name;
    Algorithm m_algorithm;
    SignRequest m_request;
    SigningMethod m_method{};
    std::vector<SigningChoice> m_choices;
    Bytes m_input;
    CertificateKey m_keyInfo;
    std::array<std::uint8_t, 1024> m_signature{};
};

void Bench::printRatios() {
    const bool isRsa = m_keyInfo.type == KeyType::rsa;
    const int rounds = isRsa ? 500 : 2000;
    whileLoggedIn([&](const Session& session, const PrivateKeyObject& key) {
        const auto compared = interleaved(
            rounds, [&] { signAsHost(session, key); }, [&] { signRaw(session, key); });
        // The login signature in the token host by raw C_Sign in the same run.
        printRatio("login_signature_" + m_name + "_in_host_over_raw_c_sign", compared, isRsa ? 1.05 : 1.25);
    });
    const auto whole = interleaved(
        200, [&] { signThroughHost(); }, [&] { signFromLoginRaw(); });
    printRatioWithoutGoal("sign_" + m_name + "_login_sign_logout_through_host_over_raw", whole);
}

void registerFor(Bench& bench) {
    benchmark::RegisterBenchmark(("raw_c_sign/" + bench.name()).c_str(), [&bench](benchmark::State& state) {
        bench.whileLoggedIn([&](const Session& session, const PrivateKeyObject& key) {
            for (auto _ : state) bench.signRaw(session, key);
        });
    });
    benchmark::RegisterBenchmark(
        ("token_host_steps/" + bench.name()).c_str(), [&bench](benchmark::State& state) {
            bench.whileLoggedIn([&](const Session& session, const PrivateKeyObject& key) {
                for (auto _ : state) bench.signAsHost(session, key);
            });
        });
    benchmark::RegisterBenchmark(("token_host_client_sign/" + bench.name()).c_str(),
                                 [&bench](benchmark::State& state) {
                                     for (auto _ : state) benchmark::DoNotOptimize(bench.signThroughHost());
                                 })
        ->UseRealTime();
}

void run() {
    Setup setup;
    Bench p256(setup, "p256", 1, setup.p256.certificate, Algorithm::es256);
    Bench rsa2048(setup, "rsa2048", 2, setup.rsa2048.certificate, Algorithm::rs256);
    registerFor(p256);
    registerFor(rsa2048);
    benchmark::RunSpecifiedBenchmarks();
    p256.printRatios();
    rsa2048.printRatios();
}

}  // namespace
}  // namespace signet::bench

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    signet::bench::run();
    return 0;
}
