// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge.hpp"

#include "agent/bridge_core.hpp"
#include "agent/main_queue.hpp"
#include "agent/socket_owner.hpp"
#include "base/fd.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <random>
#include <thread>
#include <utility>

namespace signet {
namespace {

namespace asio = boost::asio;
using Acceptor = asio::ip::tcp::acceptor;

constexpr std::chrono::milliseconds kAcceptPause{50};
constexpr int kAnyPortTries = 50;
// Below the range that connections leave from: there, each closed one keeps its port for a minute (Linux
// gives bind() the odd ports and connect() the even ones, and a pair needs one of each).
constexpr std::uint16_t kFirstAnyPort = 20'000;
constexpr std::uint16_t kLastAnyPort = 32'766;

std::uint16_t anyPort() {
    static std::random_device random;
    return std::uniform_int_distribution<std::uint16_t>(kFirstAnyPort, kLastAnyPort)(random);
}

tl::unexpected<Error> portsTaken(const std::vector<std::uint16_t>& ports, const std::string& why) {
    Error error{.code = ErrorCode::configurationInvalid, .reason = "ports_taken"};
    for (const auto port : ports)
        error.detail +=
            (error.detail.empty() ? "the bridge's ports are taken: " : ", ") + std::to_string(port);
    error.detail += " (" + why + ")";
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

/// Binds 127.0.0.1, and ::1 where this computer has it.
boost::system::error_code bindBoth(asio::io_context& io, std::uint16_t port,
                                   std::vector<Acceptor>& acceptors) {
    boost::system::error_code error;
    for (const bool isV6 : {false, true}) {
        const asio::ip::tcp::endpoint endpoint =
            isV6 ? asio::ip::tcp::endpoint(asio::ip::address_v6::loopback(), port)
                 : asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port);
        Acceptor acceptor(io);
        // By hand: Asio opens and accepts without CLOEXEC, and an askpass must not inherit a page's
        // connection.
        const int fd = ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (fd < 0) error.assign(errno, boost::system::system_category());
        if (!error) acceptor.assign(endpoint.protocol(), fd, error);
        if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error && isV6) acceptor.set_option(asio::ip::v6_only(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error && isV6 && error != asio::error::address_in_use) return {};  // A computer without IPv6.
        if (error) return error;
        port = acceptor.local_endpoint().port();
        acceptors.push_back(std::move(acceptor));
    }
    return {};
}

}  // namespace

struct Bridge::State {
    State(BridgeOptions options, BridgeListener& forMain, BridgeLog log)
        : listener(forMain), house(std::move(options), std::move(log)) {}
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    /// One listener: plain or TLS, both address families.
    struct Door {
        BridgePolicy policy{};
        bool isTls = false;
        std::vector<Acceptor> acceptors{};
    };

    boost::system::error_code bind(std::uint16_t port);
    boost::system::error_code bindFirst(std::uint16_t port);
    Door makeDoor(bool isTls, std::vector<Acceptor> acceptors) const;
    void start();
    void accept(Door& door, Acceptor& acceptor);
    void acceptLater(Door& door, Acceptor& acceptor);
    void admitGuarded(const Door& door, const Acceptor& acceptor, int accepted);
    void onAccepted(const Door& door, asio::ip::tcp::socket socket);
    void run();

    BridgeListener& listener;
    MainQueue toMain;
    std::optional<BridgeTls> tls;
    asio::io_context io{1};
    BridgeHouse house;
    std::vector<Door> doors;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work;
    std::thread thread;
};

Bridge::State::~State() {
    if (!thread.joinable()) return;
    asio::post(io, [this] {
        for (auto& door : doors) door.acceptors.clear();
        house.closeAll();
        work.reset();
        io.stop();
    });
    thread.join();
}

Bridge::State::Door Bridge::State::makeDoor(bool isTls, std::vector<Acceptor> acceptors) const {
    const auto port = acceptors.front().local_endpoint().port();
    return {{house.options.origins, port}, isTls, std::move(acceptors)};
}

/// The pair: `port` and, with TLS, its successor.
boost::system::error_code Bridge::State::bind(std::uint16_t port) {
    std::vector<Acceptor> plain;
    if (const auto error = bindBoth(io, port, plain)) return error;
    std::vector<Door> bound;
    bound.push_back(makeDoor(false, std::move(plain)));
    if (tls) {
        const auto next = static_cast<std::uint16_t>(bound.front().policy.port + 1);
        std::vector<Acceptor> secure;
        if (const auto error = bindBoth(io, next, secure)) return error;
        bound.push_back(makeDoor(true, std::move(secure)));
    }
    doors = std::move(bound);
    return {};
}

/// Any port means any whose successor is free as well.
boost::system::error_code Bridge::State::bindFirst(std::uint16_t port) {
    if (port != 0) return bind(port);
    boost::system::error_code error;
    for (int i = 0; i < kAnyPortTries; ++i)
        if (error = bind(anyPort()); !error) break;
    return error;
}

void Bridge::State::start() {
    house.onOpened = [this](BridgeConnection id, std::string origin) {
        toMain.post([this, id, from = std::move(origin)] { listener.onOpened(id, from); });
    };
    house.onRequest = [this](BridgeConnection id, RpcRequest request) {
        toMain.post([this, id, wanted = std::move(request)] { listener.onRequest(id, wanted); });
    };
    house.onClosed = [this](BridgeConnection id) { toMain.post([this, id] { listener.onClosed(id); }); };
    work.emplace(io.get_executor());
    for (auto& door : doors)
        for (auto& acceptor : door.acceptors) accept(door, acceptor);
    thread = std::thread([this] { run(); });
}

void Bridge::State::accept(Door& door, Acceptor& acceptor) {
    acceptor.async_wait(Acceptor::wait_read, [this, &door, &acceptor](boost::system::error_code error) {
        if (error) return;  // The end.
        const int fd = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS))
            return acceptLater(door, acceptor);
        if (fd >= 0) admitGuarded(door, acceptor, fd);
        accept(door, acceptor);
    });
}

/// What is thrown here must not keep the next caller from being accepted.
void Bridge::State::admitGuarded(const Door& door, const Acceptor& acceptor, int accepted) {
    Fd fd(accepted);
    try {
        asio::ip::tcp::socket socket(io);
        boost::system::error_code error;
        socket.assign(acceptor.local_endpoint().protocol(), fd.get(), error);
        if (error) return;
        fd.release();
        onAccepted(door, std::move(socket));
    } catch (const std::exception&) {
        house.logRefusal(500, "a fault of ours");
    }
}

/// Connections must end before another can begin.
void Bridge::State::acceptLater(Door& door, Acceptor& acceptor) {
    const auto pause = std::make_shared<asio::steady_timer>(io, kAcceptPause);
    pause->async_wait([this, &door, &acceptor, pause](boost::system::error_code ended) {
        if (!ended) accept(door, acceptor);
    });
}

void Bridge::State::onAccepted(const Door& door, asio::ip::tcp::socket socket) {
    const auto owner = ownerOfPeer(socket.native_handle());
    if (owner != ::geteuid()) return house.logRefusal(0, "another user");
    const auto id = house.admit();
    if (id == 0) return house.logRefusal(503, "connections");
    const auto context = door.isTls ? tls->context(SystemClock().now()) : nullptr;
    const auto caller = makeBridgeCaller(std::move(socket), context, door.policy, house, id);
    house.enter(id, caller);
    caller->start();
}

/// What a library throws (no memory, most likely) ends one connection, not the bridge.
void Bridge::State::run() {
    for (;;) {
        try {
            io.run();
            return;
        } catch (const std::exception&) {
            house.logRefusal(500, "a fault of ours");
        }
    }
}

Bridge::Bridge(std::unique_ptr<State> state) : m_state(std::move(state)) {
}

Bridge::~Bridge() = default;

Result<std::unique_ptr<Bridge>> Bridge::listen(BridgeOptions options, BridgeListener& listener,
                                               BridgeLog log) {
    auto state = std::make_unique<State>(std::move(options), listener, std::move(log));
    const auto& wanted = state->house.options;
    if (wanted.tls) {
        auto tls = BridgeTls::load(*wanted.tls, SystemClock().now());
        if (!tls) return fail(tls.error());
        state->tls = std::move(*tls);
    }
    boost::system::error_code error;
    for (const auto port : wanted.ports) {
        error = state->bindFirst(port);
        if (!error) break;
    }
    if (state->doors.empty()) return portsTaken(wanted.ports, error.message());
    state->start();
    return std::unique_ptr<Bridge>(new Bridge(std::move(state)));
}

std::uint16_t Bridge::port() const {
    return m_state->doors.front().policy.port;
}

std::optional<std::uint16_t> Bridge::tlsPort() const {
    if (m_state->doors.size() < 2) return std::nullopt;
    return m_state->doors.back().policy.port;
}

void Bridge::answer(BridgeConnection connection, std::string text) {
    asio::post(m_state->io, [state = m_state.get(), connection, said = std::move(text)]() mutable {
        if (const auto caller = state->house.find(connection)) caller->send(std::move(said), true);
    });
}

void Bridge::notify(BridgeConnection connection, std::string text) {
    asio::post(m_state->io, [state = m_state.get(), connection, said = std::move(text)]() mutable {
        if (const auto caller = state->house.find(connection)) caller->send(std::move(said), false);
    });
}

void Bridge::closeOrigin(const std::string& origin) {
    asio::post(m_state->io, [state = m_state.get(), origin] { state->house.closeOrigin(origin); });
}

std::string Bridge::handOff(const std::string& target) {
    auto& house = m_state->house;
    return "http://127.0.0.1:" + std::to_string(port()) + "/v1/open/" +
           house.tickets.issue(target, std::chrono::steady_clock::now(), house.options.limits.handOff);
}

}  // namespace signet
