// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/frame_relay.hpp"

#include "agent/frames.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace signet {
namespace {

constexpr std::size_t kCapacity = kFrameHeadBytes + kMaxFrameBytes;

bool isTransient(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

/// One direction. Only whole frames are passed on, so that nobody gets a part of one.
class FramePipe {
public:
    bool wantsInput() const { return !m_hasEnded && m_buffer.size() < kCapacity; }
    bool hasOutput() const { return m_ready > 0; }
    bool hasEnded() const { return m_hasEnded; }
    bool endedWithinFrame() const { return m_hasEnded && m_buffer.size() > m_ready; }

    /// Takes what is there. Errors: a length out of bounds.
    Result<void> receive(int from) {
        std::array<std::uint8_t, kCapacity> chunk{};
        const auto count = ::read(from, chunk.data(), kCapacity - m_buffer.size());
        if (count < 0 && isTransient(errno)) return {};
        if (count <= 0) {
            m_hasEnded = true;
            return {};
        }
        m_buffer.insert(m_buffer.end(), chunk.begin(), chunk.begin() + count);
        return countWholeFrames();
    }

    /// Gives what the reader takes; false when it takes nothing any more.
    bool send(int to) {
        const auto count = ::write(to, m_buffer.data(), m_ready);
        if (count < 0) return isTransient(errno);
        m_buffer.erase(m_buffer.begin(), m_buffer.begin() + count);
        m_ready -= static_cast<std::size_t>(count);
        return true;
    }

private:
    Result<void> countWholeFrames() {
        for (;;) {
            const auto frame = firstFrame(BytesView(m_buffer).subspan(m_ready));
            if (!frame) return fail(frame.error());
            if (!*frame) return {};
            m_ready += kFrameHeadBytes + (*frame)->size();
        }
    }

    Bytes m_buffer;
    std::size_t m_ready = 0;  ///< bytes of the whole frames at the front that are still to be passed on
    bool m_hasEnded = false;
};

struct Ends {
    int in;
    int out;
    int agent;
};

/// An end that has nothing to do is left out: one that has hung up would be reported at once, again and
/// again.
pollfd pollFor(int file, bool reads, bool writes) {
    const short events = static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
    return {events == 0 ? -1 : file, events, 0};
}

class Relay {
public:
    explicit Relay(const Ends& ends) : m_ends(ends) {}

    Result<void> run() {
        while (!isOver())
            if (const auto turn = takeTurn(); !turn) return turn;
        if (m_toAgent.hasEnded() && m_toAgent.hasOutput()) (void)m_toAgent.send(m_ends.agent);
        if (m_toAgent.endedWithinFrame() || m_toBrowser.endedWithinFrame())
            return fail(ErrorCode::internalError, "closed within a frame", "connection_lost");
        return {};
    }

private:
    bool isOver() const {
        return m_isBrowserGone || m_toAgent.hasEnded() ||
               (m_toBrowser.hasEnded() && !m_toBrowser.hasOutput());
    }

    Result<void> takeTurn() {
        const bool agentTakes = m_toAgent.hasOutput() && !m_isAgentDeaf;
        std::array polls{pollFor(m_ends.in, m_toAgent.wantsInput(), false),
                         pollfd{m_ends.out, static_cast<short>(m_toBrowser.hasOutput() ? POLLOUT : 0), 0},
                         pollFor(m_ends.agent, m_toBrowser.wantsInput(), agentTakes)};
        if (::poll(polls.data(), polls.size(), -1) < 0) return {};
        const auto [in, out, agent] = polls;
        Result<void> done;
        if (in.revents != 0) done = m_toAgent.receive(m_ends.in);
        if (done && m_toBrowser.wantsInput() && (agent.revents & ~POLLOUT) != 0)
            done = m_toBrowser.receive(m_ends.agent);
        if (agentTakes && (agent.revents & POLLOUT) != 0) m_isAgentDeaf = !m_toAgent.send(m_ends.agent);
        if ((out.revents & POLLOUT) != 0) m_isBrowserGone = !m_toBrowser.send(m_ends.out);
        if ((out.revents & ~POLLOUT) != 0) m_isBrowserGone = true;
        return done;
    }

    Ends m_ends;
    FramePipe m_toAgent;
    FramePipe m_toBrowser;
    bool m_isBrowserGone = false;
    bool m_isAgentDeaf = false;  ///< it takes nothing any more, but what it said may still be on the way
};

void makeNonBlocking(int file) {
    ::fcntl(file, F_SETFL, ::fcntl(file, F_GETFL) | O_NONBLOCK);
}

}  // namespace

Result<void> relayFrames(int in, int out, int agent) {
    makeNonBlocking(out);
    makeNonBlocking(agent);
    return Relay({in, out, agent}).run();
}

}  // namespace signet
