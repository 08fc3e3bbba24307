// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A page's connection from the answer to its upgrade to its end: frames, messages, limits.
#include "agent/bridge_stream.hpp"
#include "agent/token_bucket.hpp"

#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace signet {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;

constexpr std::size_t kMaxReadWhenRefused = 1024;

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
class PageCaller final : public BridgeCaller, public std::enable_shared_from_this<PageCaller<Stream>> {
    using Self = std::shared_ptr<PageCaller>;

public:
    PageCaller(Stream stream, BridgeUpgrade request, BridgePage page, BridgeHouse& house)
        : m_page(std::move(page)),
          m_house(house),
          m_limits(house.options.limits),
          m_request(std::move(request)),
          m_socket(std::move(stream)),
          m_clock(m_socket.get_executor()),
          m_bucket(m_limits.messagesPerSecond, m_limits.messagesAtOnce, std::chrono::steady_clock::now()),
          m_reads(m_limits.readsPerSecond, m_limits.readsAtOnce, std::chrono::steady_clock::now()) {}

    void start() override {
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
        m_request.set(http::field::connection, "upgrade");
        m_clock.limit(m_limits.head, self(), &PageCaller::end);
        m_socket.async_accept(m_request, [self = self()](beast::error_code error) {
            // It may have been ended while the upgrade was on its way.
            if (error || self->m_state != State::accepting) return self->end();
            self->open();
        });
    }

    void send(std::string text, bool isAnswer) override {
        if (!isOpen()) return;
        if (isAnswer && m_underWay != 0) --m_underWay;
        push(std::move(text));
    }

    void goAway() override {
        if (m_state == State::accepting) return end();  // It does not know yet that it is let in.
        shut(websocket::close_code::going_away);
    }

    void close() override { end(); }

private:
    Self self() { return this->shared_from_this(); }
    PlainStream& lowest() { return beast::get_lowest_layer(m_socket); }
    bool isOpen() const { return m_state == State::open; }
    void onMessageLate() { shut(websocket::close_code::policy_error); }

    void open() {
        m_clock.stop();
        m_request = {};
        m_state = State::open;
        lowest().rate_policy().onBytes = [this] { onBytes(); };
        m_house.onOpened(m_page.id, m_page.origin);
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
        m_clock.limit(m_limits.message, self(), &PageCaller::onMessageLate);
    }

    void endMessage() {
        if (std::exchange(m_isInMessage, false)) m_clock.stop();
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
        if (kind == websocket::frame_type::close) return m_clock.limit(kDrainTime, self(), &PageCaller::end);
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
        m_house.onRequest(m_page.id, std::move(*request));
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
        m_clock.limit(kDrainTime, self(), &PageCaller::end);
        m_socket.async_close(code, [self = self()](beast::error_code) { self->end(); });
        m_house.leave(m_page.id);
    }

    void end() {
        beast::error_code ignored;
        lowest().socket().close(ignored);
        m_state = State::ended;
        m_clock.stop();
        m_house.leave(m_page.id);
    }

    enum class State { accepting, open, closing, ended };

    const BridgePage m_page;
    BridgeHouse& m_house;
    const BridgeLimits& m_limits;
    BridgeUpgrade m_request;
    websocket::stream<Stream> m_socket;
    BridgeClock m_clock;
    TokenBucket m_bucket;
    TokenBucket m_reads;
    State m_state = State::accepting;

    beast::flat_buffer m_message;
    bool m_isInMessage = false;  ///< bytes came after the last one
    std::size_t m_refusedMessages = 0;
    std::size_t m_underWay = 0;
    std::deque<std::string> m_unsent;
    std::size_t m_unsentBytes = 0;
};

}  // namespace

std::shared_ptr<BridgeCaller> makeBridgeWebSocket(PlainStream stream, BridgeUpgrade request, BridgePage page,
                                                  BridgeHouse& house) {
    return std::make_shared<PageCaller<PlainStream>>(std::move(stream), std::move(request), std::move(page),
                                                     house);
}

std::shared_ptr<BridgeCaller> makeBridgeWebSocket(TlsStream stream, BridgeUpgrade request, BridgePage page,
                                                  BridgeHouse& house) {
    return std::make_shared<PageCaller<TlsStream>>(std::move(stream), std::move(request), std::move(page),
                                                   house);
}

}  // namespace signet
