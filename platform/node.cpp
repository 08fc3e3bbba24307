// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/node.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "base/ini.hpp"
#include "platform/log.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace signet {
namespace {

constexpr std::size_t kMaxPemBytes = 256 * 1024;
constexpr std::size_t kStorageThreads = 8;
/// They wait for OCSP responders most of their time.
constexpr std::size_t kNetworkThreads = 32;
constexpr std::size_t kMaxQueued = 1024;
constexpr std::chrono::seconds kSweepEvery{30};

/// base64url SHA-256 of the first certificate of a PEM file.
Result<std::string> bindingOf(const std::filesystem::path& file) {
    auto pem = readFile(file, kMaxPemBytes);
    if (!pem) return fail(std::move(pem.error()));
    auto certificates = Certificate::fromPem(*pem);
    if (!certificates) {
        auto error = configurationError(file.string(), 1, "no certificate");
        return fail(std::move(error));
    }
    return toBase64Url(certificates->front().fingerprint());
}

Result<std::vector<std::string>> bindingsOf(const PlatformSettings& settings) {
    std::vector<std::filesystem::path> files = settings.frontCertificates;
    files.insert(files.begin(), settings.tlsCertificate);
    std::vector<std::string> bindings;
    for (const auto& file : files) {
        auto binding = bindingOf(file);
        if (!binding) return fail(std::move(binding.error()));
        bindings.push_back(std::move(*binding));
    }
    return bindings;
}

Result<TrustList> trustOf(const PlatformSettings& settings) {
    TrustList all;
    for (const auto& folder : settings.trust) {
        auto trust = TrustList::load(folder);
        if (!trust) return trust;
        all.merge(*trust);
    }
    return all;
}

}  // namespace

Result<NodeParts> loadNodeParts(const PlatformSettings& settings) {
    auto bindings = bindingsOf(settings);
    if (!bindings) return fail(std::move(bindings.error()));
    auto trust = trustOf(settings);
    if (!trust) return fail(std::move(trust.error()));
    auto documents = settings.documents.empty() ? Result<Documents>(Documents::builtIn())
                                                : Documents::load(settings.documents);
    if (!documents) return fail(std::move(documents.error()));
    // A key that is made beside a database that is there cannot be its key.
    const auto database = databaseFileOf(settings);
    std::error_code error;
    const bool isFirstStart = database.empty() || !std::filesystem::exists(database, error);
    auto vault = Vault::open(dataKeyOf(settings), isFirstStart);
    if (!vault) return fail(std::move(vault.error()));
    auto storage = openStorage(settings.database, vault->keyCheck());
    if (!storage) return fail(std::move(storage.error()));
    return NodeParts{settings,          std::move(*trust),   std::move(*documents),
                     std::move(*vault), std::move(*storage), std::move(*bindings)};
}

Node::Node(NodeParts parts, const Clock& clock, RevocationTransport& transport)
    : m_parts(std::move(parts)),
      m_clock(clock),
      m_verifier(m_parts.trust),
      m_revocation(transport, clock, m_parts.settings.revocation),
      m_core{m_parts.settings,  clock,      *m_parts.storage, m_parts.vault,
             m_parts.documents, m_verifier, m_revocation,     m_parts.channelBindings},
      m_routes(m_core),
      m_storageWorkers(kStorageThreads, kMaxQueued),
      m_networkWorkers(kNetworkThreads, kMaxQueued) {
}

Node::~Node() {
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_ending.notify_all();
    if (m_sweeper.joinable()) m_sweeper.join();
}

Result<void> Node::prepare() {
    return m_parts.storage->saveDocuments(m_parts.documents.all(), m_clock.now());
}

void Node::handle(HttpRequest request, const std::function<void(HttpResponse)>& respond) {
    const auto weight = Routes::weightOf(request);
    if (weight == Routes::Weight::instant) return respond(m_routes.handle(request));
    auto& workers = weight == Routes::Weight::network ? m_networkWorkers : m_storageWorkers;
    const auto shared = std::make_shared<HttpRequest>(std::move(request));
    if (workers.post([this, shared, respond] { respond(m_routes.handle(*shared)); })) return;
    auto response = problem(ErrorCode::rateLimited, "the platform is overloaded", 503);
    addSecurityFields(response, false);
    respond(std::move(response));
}

void Node::stop() {
    m_storageWorkers.stop();
    m_networkWorkers.stop();
    m_revocation.stop();
}

void Node::sweep() {
    if (auto swept = m_parts.storage->sweep(m_clock.now()); !swept)
        writeLog(LogLevel::error, "sweep: " + swept.error().detail);
}

void Node::startSweeping() {
    m_sweeper = std::thread([this] { keepSweeping(); });
}

void Node::keepSweeping() {
    std::unique_lock lock(m_mutex);
    while (!m_ending.wait_for(lock, kSweepEvery, [this] { return m_isEnding; })) {
        lock.unlock();
        sweep();
        lock.lock();
    }
}

}  // namespace signet
