// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/http_connection.hpp"

#include "platform/log.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <array>
#include <exception>
#include <optional>

namespace signet {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::size_t kReadBytes = 4096;
/// How much of a body that is too large is read and thrown away, so that its sender gets to see the 413.
constexpr std::uint64_t kMaxDiscardedBytes = 32ULL * 1024 * 1024;

std::string lowered(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

class Connection final : public HttpConnection {
public:
    Connection(asio::io_context& io, asio::ip::tcp::socket socket, asio::ssl::context& tls,
               HttpShared& shared, HttpCaller caller, std::function<void()> onEnd)
        : m_io(io),
          m_shared(shared),
          m_caller(std::move(caller)),
          m_onEnd(std::move(onEnd)),
          m_stream(std::move(socket), tls) {}
    ~Connection() override {
        m_shared.caps.leave(m_caller.id);
        m_onEnd();
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start() override {
        asio::dispatch(m_stream.get_executor(), [self = self()] { self->handshake(); });
    }
    void closeIfIdle() override {
        asio::post(m_stream.get_executor(), [self = self()] {
            if (!self->m_isBusy) self->abandon();
        });
    }
    void close() override {
        asio::post(m_stream.get_executor(), [self = self()] { self->abandon(); });
    }

private:
    std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }
    void expireAfter(std::chrono::milliseconds time) {
        beast::get_lowest_layer(m_stream).expires_after(time);
    }
    void abandon() {
        beast::error_code ignored;
        beast::get_lowest_layer(m_stream).socket().close(ignored);
    }

    void handshake() {
        beast::error_code ignored;
        beast::get_lowest_layer(m_stream).socket().set_option(asio::ip::tcp::no_delay(true), ignored);
        expireAfter(m_shared.limits.handshake);
        m_stream.async_handshake(asio::ssl::stream_base::server, [self = self()](beast::error_code error) {
            if (!error) self->waitForRequest();
        });
    }

    /// The time between two requests is not the time that a head may take.
    void waitForRequest() {
        if (m_shared.isStopping) return shutDown();
        m_parser.emplace();
        m_parser->header_limit(m_shared.limits.maxHeadBytes);
        m_parser->body_limit(m_shared.limits.maxBodyBytes);
        m_isHead = false;
        if (m_buffer.size() != 0) return readHead();
        expireAfter(m_isFirst ? m_shared.limits.head : m_shared.limits.idle);
        m_isFirst = false;
        m_stream.async_read_some(m_buffer.prepare(kReadBytes),
                                 [self = self()](beast::error_code error, std::size_t size) {
                                     if (error) return;
                                     self->m_buffer.commit(size);
                                     self->readHead();
                                 });
    }

    void readHead() {
        expireAfter(m_shared.limits.head);
        http::async_read_header(m_stream, m_buffer, *m_parser,
                                [self = self()](beast::error_code error, std::size_t) {
                                    if (error) return self->refuseBroken(error);
                                    self->readBody();
                                });
    }

    void readBody() {
        expireAfter(m_shared.limits.body);
        http::async_read(m_stream, m_buffer, *m_parser,
                         [self = self()](beast::error_code error, std::size_t) {
                             if (error) return self->refuseBroken(error);
                             self->handle();
                         });
    }

    void refuseBroken(beast::error_code error) {
        if (error == http::error::body_limit) return refuse(413, "the body is larger than 64 KiB");
        if (error == http::error::header_limit || error == http::error::buffer_overflow)
            return refuse(431, "the head is larger than 16 KiB");
        if (error.category() == http::make_error_code(http::error::bad_method).category() &&
            error != http::error::end_of_stream && error != http::error::partial_message)
            return refuse(400, "not an HTTP/1.1 request");
    }

    void refuse(int status, std::string_view detail) {
        m_isKept = false;
        m_mustDiscard = true;
        auto response = problem(ErrorCode::badRequest, detail, status);
        addSecurityFields(response, false);
        send(response);
    }

    /// Nothing that decides who is let in may be there twice, and the target must be a plain path.
    static std::optional<HttpRequest> convert(http::request<http::string_body>& message) {
        const std::string target(message.target().data(), message.target().size());
        if (!target.starts_with('/') || message.version() != 11) return std::nullopt;
        HttpRequest request;
        request.method = std::string(message.method_string().data(), message.method_string().size());
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != std::string::npos) request.query = target.substr(mark + 1);
        for (const auto& field : message)
            request.fields.emplace_back(lowered({field.name_string().data(), field.name_string().size()}),
                                        std::string(field.value().data(), field.value().size()));
        for (const auto* single : {"host", "origin", "content-type", "content-length", "authorization",
                                   "idempotency-key", "cookie"})
            if (request.countFields(single) > 1) return std::nullopt;
        if (!request.field("host")) return std::nullopt;
        request.body = std::move(message.body());
        return request;
    }

    void handle() {
        auto message = m_parser->release();
        m_isKept = message.keep_alive();
        m_isHead = message.method() == http::verb::head;
        auto request = convert(message);
        if (!request) return refuse(400, "not an acceptable HTTP/1.1 request");
        if (m_isHead) request->method = "GET";
        request->address = m_caller.address;
        m_isBusy = true;
        m_shared.caps.setBusy(m_caller.id, true);
        expireAfter(m_shared.limits.answer);
        handOver(std::move(*request));
    }

    void handOver(HttpRequest request) {
        const auto pending = std::make_shared<Pending>(self());
        try {
            m_shared.handler(std::move(request),
                             [pending](HttpResponse response) { pending->answer(std::move(response)); });
        } catch (const std::exception& error) {
            writeLog(LogLevel::error, std::string("handler: ") + error.what());
            pending->answer(problem(ErrorCode::internalError, ""));
        }
    }

    /// A request in the handler's hands. The answer comes from another thread, so the server's threads must
    /// not end, and neither stream nor strand outlive them, before that thread has let go of the connection.
    class Pending {
    public:
        explicit Pending(std::shared_ptr<Connection> connection)
            : m_work(connection->m_io.get_executor()), m_connection(std::move(connection)) {}
        /// The first answer counts.
        void answer(HttpResponse response) {
            if (!m_connection) return;
            const auto executor = m_connection->m_stream.get_executor();
            asio::post(executor, [self = std::move(m_connection), answer = std::move(response)] {
                self->send(answer);
            });
        }

    private:
        // Stands first, so it is released last: until then the server's threads run.
        asio::executor_work_guard<asio::io_context::executor_type> m_work;
        std::shared_ptr<Connection> m_connection;
    };

    void send(const HttpResponse& response) {
        m_response = {};
        m_response.version(11);
        m_response.result(static_cast<unsigned>(response.status));
        for (const auto& [name, value] : response.fields) m_response.insert(name, value);
        m_response.body() = response.body;
        m_response.keep_alive(m_isKept && !m_shared.isStopping);
        if (response.status == 204 || response.status == 304)
            m_response.erase(http::field::content_length);
        else
            m_response.prepare_payload();
        if (m_isHead) m_response.body().clear();  // The length stays that of the whole answer.
        expireAfter(m_shared.limits.answer);
        http::async_write(m_stream, m_response, [self = self()](beast::error_code error, std::size_t) {
            if (!error) self->afterAnswer();
        });
    }

    void afterAnswer() {
        m_isBusy = false;
        m_shared.caps.setBusy(m_caller.id, false);
        if (m_mustDiscard) {
            expireAfter(m_shared.limits.body);  // for all of it
            return discard();
        }
        if (!m_response.keep_alive()) return shutDown();
        waitForRequest();
    }

    /// Closing with unread data makes the kernel send a reset, which can overtake the answer.
    void discard() {
        m_buffer.clear();
        m_stream.async_read_some(m_buffer.prepare(kReadBytes),
                                 [self = self()](beast::error_code error, std::size_t size) {
                                     self->m_discardedBytes += size;
                                     if (error || self->m_discardedBytes > kMaxDiscardedBytes)
                                         return self->abandon();
                                     self->discard();
                                 });
    }

    void shutDown() {
        expireAfter(m_shared.limits.handshake);
        m_stream.async_shutdown([self = self()](beast::error_code) { self->abandon(); });
    }

    asio::io_context& m_io;
    HttpShared& m_shared;
    const HttpCaller m_caller;
    std::function<void()> m_onEnd;
    beast::ssl_stream<beast::tcp_stream> m_stream;
    beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::string_body>> m_parser;
    http::response<http::string_body> m_response;
    std::uint64_t m_discardedBytes = 0;
    bool m_isFirst = true;
    bool m_isKept = false;
    bool m_isHead = false;
    bool m_isBusy = false;
    bool m_mustDiscard = false;
};

}  // namespace

std::shared_ptr<HttpConnection> makeHttpConnection(asio::io_context& io, asio::ip::tcp::socket socket,
                                                   asio::ssl::context& tls, HttpShared& shared,
                                                   HttpCaller caller, std::function<void()> onEnd) {
    return std::make_shared<Connection>(io, std::move(socket), tls, shared, std::move(caller),
                                        std::move(onEnd));
}

}  // namespace signet
