// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "certs/revocation.hpp"
#include "certs/trust_list.hpp"
#include "platform/core.hpp"
#include "platform/documents.hpp"
#include "platform/http.hpp"
#include "platform/routes.hpp"
#include "platform/settings.hpp"
#include "platform/storage.hpp"
#include "platform/vault.hpp"
#include "platform/verdicts.hpp"
#include "platform/worker_pool.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace signet {

/// What a node is made of; a test may replace any of it.
struct NodeParts {
    PlatformSettings settings;  ///< with the port filled in
    TrustList trust;
    Documents documents;
    Vault vault;
    std::unique_ptr<Storage> storage;
    std::vector<std::string> channelBindings;
};

/// Reads what the settings name: trust folders, documents, data key, database, TLS certificates.
/// Errors: configurationInvalid.
Result<NodeParts> loadNodeParts(const PlatformSettings& settings);

/// One running platform without its sockets. It keeps no state of logins but in the storage, so there may be
/// several. Its destructor ends the requests under way, so a server that waits for their answers must be
/// stopped before it and may be destroyed after it. Thread: any.
class Node {
public:
    Node(NodeParts parts, const Clock& clock, RevocationTransport& transport);
    ~Node();
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    /// Publishes the documents. Errors: internalError.
    Result<void> prepare();
    /// Blocks until it is answered.
    HttpResponse handle(const HttpRequest& request) { return m_routes.handle(request); }
    /// Does not block: `respond` is called from a worker, or at once when the work is too much.
    void handle(HttpRequest request, const std::function<void(HttpResponse)>& respond);
    /// Requests that no worker has begun are dropped without an answer, later ones are told that it is too
    /// much, and nothing waits for the network any more. For good.
    void stop();
    /// Marks and forgets what has expired.
    void sweep();
    /// Sweeps from now on, twice a minute.
    void startSweeping();

    const PlatformSettings& settings() const { return m_parts.settings; }
    Storage& storage() { return *m_parts.storage; }
    const Vault& vault() const { return m_parts.vault; }

private:
    void keepSweeping();

    NodeParts m_parts;
    const Clock& m_clock;
    StatementVerifier m_verifier;
    RevocationChecker m_revocation;
    PlatformCore m_core;
    Routes m_routes;
    std::mutex m_mutex;
    std::condition_variable m_ending;
    bool m_isEnding = false;
    std::thread m_sweeper;
    WorkerPool m_storageWorkers;
    WorkerPool m_networkWorkers;
};

}  // namespace signet
