// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/reply.hpp"

#include <memory>
#include <utility>

namespace signet {

/// The replies of a state machine `Self`, which has finishWith(const Error&) and inherits this.
///
/// Every command that is given carries a turn. A reply counts once, and only while its turn is the present
/// one: whatever comes late, twice or after the end finds its turn gone. A function that gives a command, or
/// ends the machine, does so as its last act, because the reply may come at once and may destroy the object.
template <class Self>
class Turns {
protected:
    /// The reply to the next command: an error ends the machine, a value goes to `handler`.
    template <class T>
    Reply<T> then(void (Self::*handler)(T)) {
        return then<T>(handler, &Self::finishWith);
    }
    template <class T>
    Reply<T> then(void (Self::*handler)(const T&)) {
        return replyTo<T>(handler, &Self::finishWith);
    }
    template <class T>
    Reply<T> then(void (Self::*handler)(T), void (Self::*onError)(const Error&)) {
        return replyTo<T>(handler, onError);
    }
    template <class T>
    Reply<T> then(void (Self::*handler)(const T&), void (Self::*onError)(const Error&)) {
        return replyTo<T>(handler, onError);
    }

    std::weak_ptr<int> beginTurn() {
        m_turn = std::make_shared<int>(0);
        return m_turn;
    }
    void endTurn() { m_turn.reset(); }

private:
    template <class T, class Handler>
    Reply<T> replyTo(Handler handler, void (Self::*onError)(const Error&)) {
        return [self = static_cast<Self*>(this), turn = beginTurn(), handler, onError](Result<T> result) {
            if (turn.expired()) return;
            self->endTurn();
            if (!result) return (self->*onError)(result.error());
            (self->*handler)(std::move(*result));
        };
    }

    std::shared_ptr<int> m_turn;
};

}  // namespace signet
