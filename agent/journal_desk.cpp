// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal_desk.hpp"

#include "base/file.hpp"

#include <utility>

namespace signet {

void JournalDesk::read(Reply<JournalContent> reply) {
    m_worker.post([this, reply = std::move(reply)] {
        m_queue.post([reply, content = m_journal.read()] { reply(content); });
    });
}

void JournalDesk::write(std::filesystem::path to, std::function<std::string()> make, Reply<void> reply) {
    m_worker.post([this, to = std::move(to), make = std::move(make), reply = std::move(reply)] {
        m_queue.post([reply, written = writeFileAtomically(to, make())] { reply(written); });
    });
}

}  // namespace signet
