// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the bridge costs beyond Boost.Beast: a hello against the echo of a bare server, on a connection that
// stands and with a new one. The bridge is in this process, with its own thread and a Qt event loop.
#include "agent/bridge.hpp"
#include "tests/bench/bare_beast.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/bench/token_bench.hpp"

#include <benchmark/benchmark.h>

#include <QCoreApplication>
#include <QTemporaryDir>

#include <filesystem>
#include <optional>
#include <string>
#include <thread>

namespace signet::bench {
namespace {

namespace ssl = boost::asio::ssl;

constexpr std::string_view kHello = R"({"jsonrpc":"2.0","id":1,"method":"hello","params":{}})";
constexpr std::string_view kHelloAnswer = R"("ready":true)";
constexpr int kHellos = 5000;
constexpr int kConnections = 300;

/// Nobody's requests: hello is answered by the bridge itself.
class NoListener final : public BridgeListener {
public:
    void onOpened(BridgeConnection, const std::string&) override {}
    void onRequest(BridgeConnection, const RpcRequest&) override {}
    void onClosed(BridgeConnection) override {}
};

/// One client must not be held back by the limits that keep many apart.
BridgeOptions bridgeOptions(const LocalhostFiles& files, const std::string& origin) {
    BridgeOptions options{.ports = {0}, .origins = {origin}, .tls = files};
    options.limits.connections = 1000;
    options.limits.connectionsPerOrigin = 1000;
    options.limits.messagesPerSecond = 1e9;
    options.limits.messagesAtOnce = 1e9;
    return options;
}

/// The bridge and the bare servers, with one certificate.
struct Setup {
    Setup() {
        must(keepLocalhostFiles(files, SystemClock().now()), "keepLocalhostFiles");
        serverTls.use_certificate_chain_file(files.server.string());
        serverTls.use_private_key_file(files.server.string(), ssl::context::pem);
        pageTls.load_verify_file(files.authority.string());
        pageTls.set_verify_mode(ssl::verify_peer);
        pageTls.set_verify_callback(ssl::host_name_verification("localhost"));
        bridge = must(Bridge::listen(bridgeOptions(files, side.origin), listener), "listen");
        plain.emplace(nullptr);
        secure.emplace(&serverTls);
    }

    template <class Stream>
    std::uint16_t bridgePort() const {
        return isTls<Stream> ? *bridge->tlsPort() : bridge->port();
    }
    template <class Stream>
    std::uint16_t barePort() const {
        return isTls<Stream> ? secure->port() : plain->port();
    }

    QTemporaryDir folder;
    LocalhostFiles files = localhostFiles(std::filesystem::path(folder.path().toStdString()) / "localhost");
    ssl::context serverTls{ssl::context::tls_server};
    ssl::context pageTls{ssl::context::tls_client};
    PageSide side{"https://uc.example.test", &pageTls};
    NoListener listener;
    std::unique_ptr<Bridge> bridge;
    std::optional<BareServer> plain;
    std::optional<BareServer> secure;
};

/// One door, plain or TLS.
template <class Stream>
class Door {
public:
    Door(const Setup& setup, std::string name) : m_setup(setup), m_name(std::move(name)) {}

    void registerAll() {
        registerHello("bridge_hello/", bridgePort(), kHelloAnswer);
        registerHello("bare_echo/", barePort(), kHello);
        registerConnect("bridge_connect_hello/", bridgePort(), kHelloAnswer);
        registerConnect("bare_connect_echo/", barePort(), kHello);
    }

    void printRatios(std::chrono::milliseconds connectGoal) {
        BarePage<Stream> ofBridge(m_setup.side, bridgePort());
        BarePage<Stream> ofBare(m_setup.side, barePort());
        const auto hello = interleaved(
            kHellos, [&] { ofBridge.ask(kHello, kHelloAnswer); }, [&] { ofBare.ask(kHello, kHello); });
        printRatio("bridge_hello_" + m_name + "_over_bare_beast_echo", hello, 1.3);
        const auto connect = interleavedTimes(
            kConnections, [&] { return connectAndAsk(bridgePort(), kHelloAnswer); },
            [&] { return connectAndAsk(barePort(), kHello); });
        printRatioWithoutGoal("bridge_connect_hello_" + m_name + "_over_bare_beast", connect);
        printTime("bridge_connect_hello_" + m_name, connect.measured, connectGoal);
    }

private:
    std::uint16_t bridgePort() const { return m_setup.bridgePort<Stream>(); }
    std::uint16_t barePort() const { return m_setup.barePort<Stream>(); }

    /// Microseconds from nothing to the first answer; the farewell does not count.
    double connectAndAsk(std::uint16_t port, std::string_view expected) const {
        const auto start = std::chrono::steady_clock::now();
        BarePage<Stream> page(m_setup.side, port);
        page.ask(kHello, expected);
        return microsecondsSince(start);
    }

    void registerHello(const char* what, std::uint16_t port, std::string_view expected) {
        benchmark::RegisterBenchmark((what + m_name).c_str(), [this, port,
                                                               expected](benchmark::State& state) {
            BarePage<Stream> page(m_setup.side, port);
            for (auto _ : state) page.ask(kHello, expected);
        })->UseRealTime();
    }

    void registerConnect(const char* what, std::uint16_t port, std::string_view expected) {
        benchmark::RegisterBenchmark((what + m_name).c_str(), [this, port,
                                                               expected](benchmark::State& state) {
            for (auto _ : state) state.SetIterationTime(connectAndAsk(port, expected) / 1e6);
        })->UseManualTime();
    }

    const Setup& m_setup;
    std::string m_name;
};

void run(const Setup& setup) {
    Door<PlainStream> ws(setup, "ws");
    Door<TlsStream> wss(setup, "wss");
    ws.registerAll();
    wss.registerAll();
    benchmark::RunSpecifiedBenchmarks();
    ws.printRatios(std::chrono::milliseconds(5));
    wss.printRatios(std::chrono::milliseconds(10));
}

}  // namespace
}  // namespace signet::bench

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    QCoreApplication application(argc, argv);
    const signet::bench::Setup setup;
    // The main thread is the bridge's event loop, as in the agent.
    std::thread page([&] {
        signet::bench::run(setup);
        QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QCoreApplication::exec();
    page.join();
    return 0;
}
