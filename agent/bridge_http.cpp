// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A connection from its first byte to its answer: TLS, the head of one request, who is let in and what that
// gets. A page's WebSocket is handed on to bridge_websocket.cpp.
#include "agent/bridge_answers.hpp"
#include "agent/bridge_stream.hpp"

#include <optional>
#include <type_traits>
#include <utility>

namespace signet {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t kReadBytes = 4096;
/// What a refused caller may still send before the connection is cut.
constexpr std::size_t kMaxDrainedBytes = std::size_t{64} * 1024;

std::string_view viewOf(beast::string_view text) {
    return {text.data(), text.size()};
}

template <class Stream>
class HttpCaller final : public BridgeCaller, public std::enable_shared_from_this<HttpCaller<Stream>> {
    static constexpr bool kIsTls = std::is_same_v<Stream, TlsStream>;
    using Self = std::shared_ptr<HttpCaller>;

public:
    HttpCaller(Stream stream, BridgeTls::Context tls, const BridgePolicy& policy, BridgeHouse& house,
               BridgeConnection id)
        : m_tls(std::move(tls)),
          m_policy(policy),
          m_house(house),
          m_limits(house.options.limits),
          m_id(id),
          m_stream(std::move(stream)),
          m_clock(m_stream.get_executor()) {}

    void start() override {
        beast::error_code ignored;
        // Before the TLS handshake: without it every wss connection costs about 40 ms.
        lowest().socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        lowest().expires_never();
        m_clock.limit(m_limits.head, self(), &HttpCaller::onHeadLate);
        if constexpr (kIsTls)
            m_stream.async_handshake(asio::ssl::stream_base::server,
                                     [self = self()](beast::error_code error) {
                                         if (error) return self->end();
                                         self->readHead();
                                     });
        else
            readHead();
    }

    // It is no page's connection yet.
    void send(std::string, bool) override {}
    void goAway() override { end(); }
    void close() override { end(); }

private:
    Self self() { return this->shared_from_this(); }
    PlainStream& lowest() { return beast::get_lowest_layer(m_stream); }

    void onHeadLate() {
        if (m_state != State::head) return end();
        m_isLate = true;  // The read ends with operation_aborted, and then 408 can be said.
        lowest().cancel();
    }

    void readHead() {
        m_state = State::head;
        m_parser.emplace();
        m_parser->header_limit(static_cast<std::uint32_t>(m_limits.headBytes));
        http::async_read_header(
            m_stream, m_buffer, *m_parser,
            [self = self()](beast::error_code error, std::size_t) { self->onHead(error); });
    }

    void onHead(beast::error_code error) {
        if (m_state != State::head) return;
        m_clock.stop();
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
        m_clock.limit(m_limits.head, self(), &HttpCaller::end);
        http::async_write(m_stream, m_response, [self = self()](beast::error_code error, std::size_t) {
            if (error) return self->end();
            self->drain();
        });
    }

    /// Closing with unread data makes the kernel send a reset, which can overtake the answer.
    void drain() {
        beast::error_code ignored;
        lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        m_clock.limit(kDrainTime, self(), &HttpCaller::end);
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

    void upgrade(const std::string& origin) {
        if (!m_house.settle(m_id, origin)) return refuse(503);
        m_state = State::ended;
        const auto page =
            makeBridgeWebSocket(std::move(m_stream), m_parser->release(), {m_id, origin, m_tls}, m_house);
        m_house.enter(m_id, page);
        page->start();
    }

    void end() {
        beast::error_code ignored;
        lowest().socket().close(ignored);
        m_state = State::ended;
        m_clock.stop();
        m_house.leave(m_id);
    }

    enum class State { handshake, head, answer, ended };

    const BridgeTls::Context m_tls;  ///< outlives the stream
    const BridgePolicy& m_policy;
    BridgeHouse& m_house;
    const BridgeLimits& m_limits;
    const BridgeConnection m_id;
    Stream m_stream;
    BridgeClock m_clock;
    State m_state = State::handshake;

    beast::flat_buffer m_buffer;  ///< the head, and what is thrown away
    std::optional<http::request_parser<http::empty_body>> m_parser;
    http::response<http::string_body> m_response;
    std::size_t m_drainedBytes = 0;
    bool m_isLate = false;
};

}  // namespace

std::shared_ptr<BridgeCaller> makeBridgeCaller(asio::ip::tcp::socket socket, BridgeTls::Context tls,
                                               const BridgePolicy& policy, BridgeHouse& house,
                                               BridgeConnection id) {
    if (!tls)
        return std::make_shared<HttpCaller<PlainStream>>(PlainStream(std::move(socket)), nullptr, policy,
                                                         house, id);
    TlsStream stream(std::move(socket), *tls);
    return std::make_shared<HttpCaller<TlsStream>>(std::move(stream), std::move(tls), policy, house, id);
}

}  // namespace signet
