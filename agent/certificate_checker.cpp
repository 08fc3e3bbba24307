// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/certificate_checker.hpp"

#include "agent/main_queue.hpp"
#include "agent/worker_thread.hpp"

#include <map>

namespace signet {

struct ThreadedCertificateChecker::State {
    explicit State(RevocationChecker& revocation) : checker(revocation) {}

    void deliver(CommandId id, Result<RevocationProof> result) {
        const auto node = replies.extract(id);
        if (!node.empty()) node.mapped()(std::move(result));
    }

    RevocationChecker& checker;
    std::map<CommandId, Reply<RevocationProof>> replies;  ///< main thread only
    CommandId lastId = 0;
    MainQueue queue;      ///< outlives the worker, which posts to it
    WorkerThread worker;  ///< last: destroyed first
};

ThreadedCertificateChecker::ThreadedCertificateChecker(RevocationChecker& checker)
    : m_state(std::make_unique<State>(checker)) {
}

ThreadedCertificateChecker::~ThreadedCertificateChecker() {
    m_state->checker.stop();
}

CommandId ThreadedCertificateChecker::check(const Chain& chain, Reply<RevocationProof> reply) {
    const auto id = ++m_state->lastId;
    m_state->replies[id] = std::move(reply);
    m_state->worker.post([state = m_state.get(), id, chain] {
        auto result = state->checker.check(chain);
        state->queue.post([state, id, result = std::move(result)] { state->deliver(id, result); });
    });
    return id;
}

void ThreadedCertificateChecker::cancel(CommandId command) {
    m_state->replies.erase(command);
}

}  // namespace signet
