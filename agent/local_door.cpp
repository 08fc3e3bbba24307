// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/local_door.hpp"

#include "agent/agent_socket.hpp"
#include "agent/frames.hpp"
#include "agent/token_bucket.hpp"

#include <QLocalServer>
#include <QLocalSocket>
#include <QTimer>

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace signet {
namespace {

constexpr double kMessagesPerSecond = 100;
constexpr double kMessagesAtOnce = 200;

bool isAmong(const std::vector<std::string>& known, const std::string& one) {
    return std::find(known.begin(), known.end(), one) != known.end();
}

}  // namespace

struct LocalDoor::State {
    /// One connection.
    class Caller final : public PageChannel {
    public:
        Caller(State& door, QLocalSocket* socket) : m_door(door), m_socket(socket) {
            m_socket->setReadBufferSize(kFrameHeadBytes + kMaxFrameBytes);
            QObject::connect(m_socket, &QLocalSocket::readyRead, [this] { onReadable(); });
            QObject::connect(m_socket, &QLocalSocket::disconnected, [this] { m_door.leave(this); });
            m_late.setSingleShot(true);
            QObject::connect(&m_late, &QTimer::timeout, [this] { m_door.leave(this); });
            m_late.start(m_door.options.limits.opening);
        }
        ~Caller() override {
            m_session.reset();
            m_socket->disconnect();
            m_socket->disconnectFromServer();  // What was written still goes out.
            m_socket->deleteLater();
        }
        Caller(const Caller&) = delete;
        Caller& operator=(const Caller&) = delete;

        void answer(std::string text) override { send(text); }
        void notify(std::string text) override { send(text); }
        bool isOf(const std::string& origin) const { return m_session && m_session->origin() == origin; }

    private:
        void onReadable() {
            const auto more = m_socket->readAll();
            m_received.append(more.constData(), static_cast<std::size_t>(more.size()));
            std::size_t taken = 0;
            for (;;) {
                const auto frame = firstFrame(bytesOf(m_received).subspan(taken));
                if (!frame) return m_door.leave(this);
                if (!*frame) break;
                taken += kFrameHeadBytes + (*frame)->size();
                if (!onFrame(**frame)) return m_door.leave(this);
            }
            m_received.erase(0, taken);
        }

        /// False: the connection is over.
        bool onFrame(std::string_view body) {
            if (!m_session) return onOpening(body);
            if (!m_bucket.take(std::chrono::steady_clock::now())) {
                send(rpcRateLimited(nullptr));
                return ++m_refusedMessages <= m_door.options.limits.refusedMessages;
            }
            const auto request = parseRpc(body);
            if (request)
                m_session->onRequest(*request);
            else
                send(rpcFault(request.error()));
            return true;
        }

        bool onOpening(std::string_view body) {
            const auto opening = parseLocalOpening(body);
            if (!opening) return refuse(opening.error().code);
            const auto* page = std::get_if<ExtensionOpening>(&*opening);
            if (page == nullptr) {
                send(localAnswerText(m_door.onOpening(*opening)));
                return false;
            }
            const auto& options = m_door.options;
            if (!isAmong(options.extensions, page->extension) || !isAmong(options.origins, page->origin))
                return refuse(ErrorCode::originNotAllowed);
            if (m_door.countOf(page->origin) >= options.limits.connectionsPerOrigin)
                return refuse(ErrorCode::rateLimited);
            m_late.stop();
            send(localAnswerText({}));
            m_session = std::make_unique<PageSession>(page->origin, m_door.services, *this);
            return true;
        }

        bool refuse(ErrorCode code) {
            send(localAnswerText({.refusal = code}));
            return false;
        }

        void send(const std::string& text) {
            const auto frame = encodeFrame(text);
            if (!frame) return;
            if (static_cast<std::size_t>(m_socket->bytesToWrite()) > m_door.options.limits.unsentBytes)
                return m_socket->abort();
            m_socket->write(frame->data(), static_cast<qint64>(frame->size()));
        }

        State& m_door;
        QLocalSocket* const m_socket;  ///< ours to delete, but not from within its own signal
        std::string m_received;
        std::unique_ptr<PageSession> m_session;
        TokenBucket m_bucket{kMessagesPerSecond, kMessagesAtOnce, std::chrono::steady_clock::now()};
        std::size_t m_refusedMessages = 0;
        QTimer m_late;
    };

    State(LocalDoorOptions given, PageServices& forPages, OnLocalOpening handler)
        : options(std::move(given)), services(forPages), onOpening(std::move(handler)) {}

    void onConnection() {
        while (auto* socket = server.nextPendingConnection()) {
            socket->setParent(nullptr);
            const bool isWelcome = isPeerSameUser(static_cast<int>(socket->socketDescriptor())) &&
                                   callers.size() < options.limits.connections;
            if (!isWelcome) {
                socket->abort();
                socket->deleteLater();
                continue;
            }
            auto caller = std::make_unique<Caller>(*this, socket);
            callers[caller.get()] = std::move(caller);
        }
    }

    /// Not at once: the caller may be at work.
    void leave(Caller* caller) {
        const auto found = callers.find(caller);
        if (found == callers.end()) return;
        std::shared_ptr<Caller> gone(std::move(found->second));
        callers.erase(found);
        QTimer::singleShot(0, &server, [gone]() mutable { gone.reset(); });
    }

    std::size_t countOf(const std::string& origin) const {
        return static_cast<std::size_t>(std::count_if(
            callers.begin(), callers.end(), [&](const auto& row) { return row.second->isOf(origin); }));
    }

    const LocalDoorOptions options;
    PageServices& services;
    const OnLocalOpening onOpening;
    QLocalServer server;
    std::map<Caller*, std::unique_ptr<Caller>> callers;
};

LocalDoor::LocalDoor(std::unique_ptr<State> state) : m_state(std::move(state)) {
}

LocalDoor::~LocalDoor() {
    m_state->server.close();
    m_state->callers.clear();
}

Result<std::unique_ptr<LocalDoor>> LocalDoor::open(LocalDoorOptions options, PageServices& services,
                                                   OnLocalOpening onOpening) {
    auto state = std::make_unique<State>(std::move(options), services, std::move(onOpening));
    const auto name = QString::fromStdString(state->options.socket.string());
    // One that was left behind by an agent that was killed; whoever holds the lock may take it away.
    QLocalServer::removeServer(name);
    state->server.setSocketOptions(QLocalServer::UserAccessOption);
    // Qt gives it 0700.
    if (!state->server.listen(name) || ::chmod(state->options.socket.c_str(), 0600) != 0)
        return fail(ErrorCode::internalError,
                    state->options.socket.string() + ": " + state->server.errorString().toStdString(),
                    "agent_socket_unsafe");
    QObject::connect(&state->server, &QLocalServer::newConnection,
                     [door = state.get()] { door->onConnection(); });
    return std::unique_ptr<LocalDoor>(new LocalDoor(std::move(state)));
}

void LocalDoor::closeOrigin(const std::string& origin) {
    std::vector<State::Caller*> closing;
    for (const auto& [caller, owned] : m_state->callers)
        if (owned->isOf(origin)) closing.push_back(caller);
    for (auto* caller : closing) m_state->leave(caller);
}

}  // namespace signet
