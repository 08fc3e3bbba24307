// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/bridge_answers.hpp"
#include "agent/bridge_core.hpp"
#include "agent/token_bucket.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <algorithm>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace signet {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

/// Tells of bytes that come, also of those that Beast keeps to itself: parts of a message without content.
class ReadBell {
public:
    std::function<void()> onBytes{};

private:
    friend class beast::rate_policy_access;
    static constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();
    std::size_t available_read_bytes() const noexcept { return kUnlimited; }
    std::size_t available_write_bytes() const noexcept { return kUnlimited; }
    void transfer_read_bytes(std::size_t) const {
        if (onBytes) onBytes();
    }
    void transfer_write_bytes(std::size_t) const noexcept {}
    void on_timer() const noexcept {}
};

using PlainStream = beast::basic_stream<asio::ip::tcp, asio::any_io_executor, ReadBell>;
using TlsStream = beast::ssl_stream<PlainStream>;

constexpr std::size_t kReadBytes = 4096;
/// What a refused caller may still send before the connection is cut.
constexpr std::size_t kMaxDrainedBytes = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds kDrainTime{1000};
constexpr std::size_t kMaxReadWhenRefused = 1024;

std::string_view viewOf(beast::string_view text) {
    return {text.data(), text.size()};
}

/// Of a text that is UTF-8 but for its end: Beast does not look there when the last part is empty.
bool endsWithinCharacter(std::string_view text) {
    for (std::size_t i = 1; i <= std::min<std::size_t>(3, text.size()); ++i) {
        const auto byte = static_cast<unsigned char>(text[text.size() - i]);
        if (byte < 0x80) return false;
        if (byte >= 0xC0) return (byte >= 0xF0 ? 4U : byte >= 0xE0 ? 3U : 2U) > i;
    }
    return false;
}

template <class Stream>
class Caller final : public BridgeCaller, public std::enable_shared_from_this<Caller<Stream>> {
    static constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;
    using Self = std::shared_ptr<Caller>;

public:
    Caller(Stream stream, BridgeTls::Context tls, const BridgePolicy& policy, BridgeHouse& house,
           BridgeConnection id)
        : m_tls(std::move(tls)),
          m_policy(policy),
          m_house(house),
          m_limits(house.options.limits),
          m_id(id),
          m_socket(std::move(stream)),
          m_timer(m_socket.get_executor()),
          m_bucket(m_limits.messagesPerSecond, m_limits.messagesAtOnce, std::chrono::steady_clock::now()),
          m_reads(m_limits.readsPerSecond, m_limits.readsAtOnce, std::chrono::steady_clock::now()) {}

    void start() override {
        beast::error_code ignored;
        // Before the TLS handshake: without it every wss connection costs about 40 ms.
        lowest().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        lowest().expires_never();
        limitTime(m_limits.head, &Caller::onHeadLate);
        if constexpr (kIsTls)
            stream().async_handshake(asio::ssl::stream_base::server,
                                     [self = self()](beast::error_code error) {
                                         if (error) return self->end();
                                         self->readHead();
                                     });
        else
            readHead();
    }

    void send(std::string text, bool isAnswer) override {
        if (!isOpen()) return;
        if (isAnswer && m_underWay != 0) --m_underWay;
        push(std::move(text));
    }

    void goAway() override {
        if (m_state == State::answer) return end();  // It does not know yet that it is let in.
        shut(websocket::close_code::going_away);
    }

    void close() override { end(); }

private:
    Self self() { return this->shared_from_this(); }
    Stream& stream() { return m_socket.next_layer(); }
    PlainStream& lowest() { return beast::get_lowest_layer(m_socket); }
    bool isOpen() const { return m_state == State::open; }

    // ---- the clock ----
    void limitTime(std::chrono::milliseconds time, void (Caller::*onLate)()) {
        m_timer.expires_after(time);
        // A wait that is over may be called after it was replaced.
        m_timer.async_wait([weak = this->weak_from_this(), onLate, turn = ++m_turn](beast::error_code error) {
            const auto self = weak.lock();
            if (!error && self && self->m_turn == turn) ((*self).*onLate)();
        });
    }

    void stopTime() {
        ++m_turn;
        m_timer.cancel();
    }

    void onHeadLate() {
        if (m_state != State::head) return end();
        m_isLate = true;  // The read ends with operation_aborted, and then 408 can be said.
        lowest().cancel();
    }

    void onMessageLate() { shut(websocket::close_code::policy_error); }

    // ---- HTTP ----
    void readHead() {
        m_state = State::head;
        m_parser.emplace();
        m_parser->header_limit(static_cast<std::uint32_t>(m_limits.headBytes));
        http::async_read_header(
            stream(), m_buffer, *m_parser,
            [self = self()](beast::error_code error, std::size_t) { self->onHead(error); });
    }

    void onHead(beast::error_code error) {
        if (m_state != State::head) return;
        stopTime();
        m_state = State::answer;
        if (m_isLate) return refuse(408);
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return refuse(hasRequestLine() ? 431 : 414);
        if (error == http::error::end_of_stream || error == http::error::partial_message ||
            error.category() != http::make_error_code(http::error::bad_method).category())
            return error ? end() : onRequest();
        refuse(400);
    }

    bool hasRequestLine() const { return m_parser->got_some() && !m_parser->get().target().empty(); }

    BridgeHead head() const {
        const auto& request = m_parser->get();
        BridgeHead head{
            viewOf(request.method_string()), viewOf(request.target()), request.version() == 11, {}};
        for (const auto& field : request)
            head.fields.emplace_back(viewOf(field.name_string()), viewOf(field.value()));
        return head;
    }

    void onRequest() {
        const auto admission = admit(head(), m_policy);
        if (!admission) return refuse(admission.error());
        // No browser sends anything before it has been answered.
        if (m_buffer.size() != 0) return refuse(400);
        switch (admission->wish) {
            case BridgeWish::hello:
                return answer(bridgeHello(*admission));
            case BridgeWish::preflight:
                return answer(bridgePreflight(*admission));
            case BridgeWish::handOff:
                return handOff(admission->ticket);
            case BridgeWish::upgrade:
                return upgrade(admission->origin);
        }
    }

    void handOff(const std::string& ticket) {
        auto target = m_house.tickets.redeem(ticket, std::chrono::steady_clock::now());
        if (!target) return refuse(403);
        answer(bridgeHandOff(std::move(*target)));
    }

    void refuse(BridgeRefusal status) {
        m_house.logRefusal(status, status == 403 ? "Origin" : status == 421 ? "Host" : "request");
        answer(bridgeRefusal(status));
    }

    void answer(BridgeAnswer content) {
        m_response.version(11);
        m_response.result(content.status);
        for (const auto& [name, value] : content.fields) m_response.set(name, value);
        m_response.keep_alive(false);
        m_response.body() = std::move(content.body);
        if (content.status != 204) m_response.prepare_payload();
        limitTime(m_limits.head, &Caller::end);
        http::async_write(stream(), m_response, [self = self()](beast::error_code error, std::size_t) {
            if (error) return self->end();
            self->drain();
        });
    }

    /// Closing with unread data makes the kernel send a reset, which can overtake the answer.
    void drain() {
        beast::error_code ignored;
        lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        limitTime(kDrainTime, &Caller::end);
        readOn();
    }

    void readOn() {
        m_buffer.clear();
        lowest().async_read_some(m_buffer.prepare(kReadBytes),
                                 [self = self()](beast::error_code error, std::size_t size) {
                                     self->m_drainedBytes += size;
                                     if (error || self->m_drainedBytes > kMaxDrainedBytes) return self->end();
                                     self->readOn();
                                 });
    }

    // ---- WebSocket ----
    void upgrade(const std::string& origin) {
        if (!m_house.settle(m_id, origin)) return refuse(503);
        m_origin = origin;
        m_socket.read_message_max(kMaxRpcBytes);
        m_socket.set_option(
            websocket::stream_base::timeout{m_limits.head, websocket::stream_base::none(), false});
        m_socket.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
            response.set(http::field::sec_websocket_protocol,
                         beast::string_view(kBridgeProtocol.data(), kBridgeProtocol.size()));
            // Beast names itself and its version where nothing is named.
            response.set(http::field::server, "signet");
        }));
        m_socket.control_callback(
            [this](websocket::frame_type kind, beast::string_view) { onControlFrame(kind); });
        // Beast looks at the first of several lines only, and would answer by itself.
        m_parser->get().set(http::field::connection, "upgrade");
        limitTime(m_limits.head, &Caller::end);
        m_socket.async_accept(m_parser->get(), [self = self()](beast::error_code error) {
            // It may have been ended while the upgrade was on its way.
            if (error || self->m_state != State::answer) return self->end();
            self->open();
        });
    }

    void open() {
        stopTime();
        m_parser.reset();
        m_buffer = beast::flat_buffer();
        m_state = State::open;
        lowest().rate_policy().onBytes = [this] { onBytes(); };
        m_house.onOpened(m_id, m_origin);
        read();
    }

    void read() {
        m_socket.async_read_some(
            m_message, kMaxRpcBytes,
            [self = self()](beast::error_code error, std::size_t) { self->onRead(error); });
    }

    void onRead(beast::error_code error) {
        if (error) return end();
        if (m_socket.got_binary()) return shut(websocket::close_code::unknown_data);
        if (m_socket.is_message_done()) {
            endMessage();
            const auto text = m_message.data();
            onMessage({static_cast<const char*>(text.data()), text.size()});
            m_message.clear();
        } else {
            beginMessage();
        }
        if (m_state == State::open) read();
    }

    void beginMessage() {
        if (std::exchange(m_isInMessage, true)) return;
        limitTime(m_limits.message, &Caller::onMessageLate);
    }

    void endMessage() {
        if (std::exchange(m_isInMessage, false)) stopTime();
    }

    void onBytes() {
        if (!isOpen() || isTooMuch(m_reads)) return;
        beginMessage();
    }

    bool isTooMuch(TokenBucket& bucket) {
        if (bucket.take(std::chrono::steady_clock::now())) return false;
        if (++m_refusedMessages > m_limits.refusedMessages) shut(websocket::close_code::policy_error);
        return true;
    }

    /// Pings are answered by the stream itself, and so is a goodbye; then the stream waits for the other end.
    void onControlFrame(websocket::frame_type kind) {
        if (kind == websocket::frame_type::close) return limitTime(kDrainTime, &Caller::end);
        if (isTooMuch(m_bucket)) return;
        if (m_message.size() == 0) endMessage();
    }

    void onMessage(std::string_view text) {
        const bool isRefused = isTooMuch(m_bucket);
        if (m_state != State::open) return;
        if (endsWithinCharacter(text)) return shut(websocket::close_code::bad_payload);
        // Reading it would cost more than it is worth.
        if (isRefused && text.size() > kMaxReadWhenRefused) return push(rpcRateLimited(nullptr));
        auto request = parseRpc(text);
        if (!request) return push(isRefused ? rpcRateLimited(nullptr) : rpcFault(request.error()));
        if (isRefused) return push(rpcRateLimited(&request->id));
        if (request->method == RpcMethod::hello) return push(rpcHelloResult(request->id));
        if (m_underWay >= m_limits.requestsUnderWay) return push(rpcRateLimited(&request->id));
        ++m_underWay;
        m_house.onRequest(m_id, std::move(*request));
    }

    void push(std::string text) {
        m_unsentBytes += text.size();
        if (m_unsentBytes > m_limits.unsentBytes) return end();
        m_unsent.push_back(std::move(text));
        if (m_unsent.size() == 1) write();
    }

    void write() {
        m_socket.text(true);
        m_socket.async_write(asio::buffer(m_unsent.front()),
                             [self = self()](beast::error_code error, std::size_t) {
                                 if (error) return self->end();
                                 self->m_unsentBytes -= self->m_unsent.front().size();
                                 self->m_unsent.pop_front();
                                 if (!self->m_unsent.empty()) self->write();
                             });
    }

    /// With a close frame; the reading goes on until the other end has answered it.
    void shut(websocket::close_code code) {
        if (m_state != State::open) return;
        m_state = State::closing;
        limitTime(kDrainTime, &Caller::end);
        m_socket.async_close(code, [self = self()](beast::error_code) { self->end(); });
        m_house.leave(m_id);
    }

    void end() {
        beast::error_code ignored;
        lowest().socket().close(ignored);
        m_state = State::ended;
        stopTime();
        m_house.leave(m_id);
    }

    enum class State { handshake, head, answer, open, closing, ended };

    const BridgeTls::Context m_tls;  ///< outlives the stream
    const BridgePolicy& m_policy;
    BridgeHouse& m_house;
    const BridgeLimits& m_limits;
    const BridgeConnection m_id;
    websocket::stream<Stream> m_socket;
    asio::steady_timer m_timer;
    std::uint64_t m_turn = 0;
    TokenBucket m_bucket;
    TokenBucket m_reads;
    State m_state = State::handshake;
    std::string m_origin;

    beast::flat_buffer m_buffer;  ///< HTTP, and what is thrown away
    std::optional<http::request_parser<http::empty_body>> m_parser;
    http::response<http::string_body> m_response;
    std::size_t m_drainedBytes = 0;
    bool m_isLate = false;

    beast::flat_buffer m_message;
    bool m_isInMessage = false;  ///< bytes came after the last one
    std::size_t m_refusedMessages = 0;
    std::size_t m_underWay = 0;
    std::deque<std::string> m_unsent;
    std::size_t m_unsentBytes = 0;
};

}  // namespace

std::shared_ptr<BridgeCaller> makeBridgeCaller(asio::ip::tcp::socket socket, BridgeTls::Context tls,
                                               const BridgePolicy& policy, BridgeHouse& house,
                                               BridgeConnection id) {
    if (!tls)
        return std::make_shared<Caller<PlainStream>>(PlainStream(std::move(socket)), nullptr, policy, house,
                                                     id);
    TlsStream stream(std::move(socket), *tls);
    return std::make_shared<Caller<TlsStream>>(std::move(stream), std::move(tls), policy, house, id);
}

}  // namespace signet
