// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_run.hpp"

#include "agent/certificate_checker.hpp"
#include "agent/cli_setup.hpp"
#include "agent/issuer_probe.hpp"
#include "agent/local_door.hpp"
#include "agent/main_queue.hpp"
#include "agent/token_report.hpp"
#include "agent/worker_thread.hpp"

#include <QObject>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <utility>

namespace signet {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxRevocationChecks = 8;
constexpr milliseconds kAgentPatience{500};

std::vector<std::uint16_t> interestingPorts(const ConfigurationFacts& facts) {
    std::vector<std::uint16_t> ports;
    const auto addPair = [&](std::uint16_t first) {
        ports.push_back(first);
        ports.push_back(static_cast<std::uint16_t>(first + 1));
    };
    for (const auto first : bridgePorts()) addPair(first);
    if (facts.configuration && facts.configuration->bridge.port) addPair(*facts.configuration->bridge.port);
    for (const auto& helper : otherHelpers()) ports.push_back(helper.port);
    return ports;
}

/// Our agent is hardened and shows its descriptors to nobody; it says for itself where it listens.
void nameAgent(std::vector<ListeningPort>& ports, const std::filesystem::path& socket) {
    const auto status = tellAgent(socket, StatusOpening{}, kAgentPatience);
    if (!status) return;
    for (auto& port : ports)
        if (port.port == status->port || port.port == status->tlsPort) port.program = "signet-agent";
}

}  // namespace

/// Counts what is under way; it is done when nothing is.
class DoctorRun::State {
public:
    State(ConfigurationFacts configuration, DoctorPlaces places, DoctorDeadlines deadlines)
        : m_places(std::move(places)), m_deadlines(deadlines) {
        m_facts.now = m_clock.now();
        m_facts.configuration = std::move(configuration);
    }

    void start(DoctorProgress progress, std::function<void()> done) {
        m_progress = std::move(progress);
        m_done = std::move(done);
        m_begin = steady_clock::now();
        begin();  // Nothing is over before all has begun.
        startReaders();
        startPorts();
        if (m_facts.isConfigured()) {
            m_facts.trust = loadTrust(configuration());
            startIssuers();
            startModules();
        }
        QTimer::singleShot(m_deadlines.whole, &m_context, [this] { conclude(); });
        end();
    }

    DoctorFacts facts() const {
        auto facts = m_facts;
        for (const auto& probe : m_probes) facts.issuers.push_back(probe->facts());
        return facts;
    }

    const DoctorPending& pending() const { return m_waiting; }

private:
    const Configuration& configuration() const { return *m_facts.configuration.configuration; }

    void startReaders() {
        m_facts.hardware = lookAtHardware(m_places);
        // Without its socket there is nobody to ask.
        if (m_facts.hardware.socket != PcscSocket::present) return;
        begin();
        m_waiting.readers = true;
        m_facts.hardware.readers = fail(ErrorCode::tokenError, "it is silent", "pcsc_failed");
        m_readers.emplace([this](Result<std::vector<CardReader>> readers) {
            m_facts.hardware.readers = std::move(readers);
            endReaders();
        });
        QTimer::singleShot(m_deadlines.readers, &m_context, [this] { endReaders(); });
    }
    void endReaders() {
        if (std::exchange(m_areReadersDone, true)) return;
        m_readers.reset();
        m_waiting.readers = false;
        tell(DoctorStep::readers, {});
        end();
    }

    /// On a thread: it goes through the processes, and asks the agent, which may be this very process.
    void startPorts() {
        begin();
        m_waiting.ports = true;
        m_worker.post([this, wanted = interestingPorts(m_facts.configuration)] {
            auto ports = listeningPorts(wanted, m_places.proc);
            nameAgent(ports, m_places.agentSocket);
            m_queue.post([this, ports = std::move(ports)] {
                m_facts.ports = ports;
                m_waiting.ports = false;
                end();
            });
        });
    }

    void startIssuers() {
        for (const auto& issuer : configuration().issuers) {
            begin();
            m_waiting.issuers.push_back(issuer);
            m_probes.push_back(
                std::make_unique<IssuerProbe>(configuration(), m_clock, issuer, m_deadlines.request));
            m_probes.back()->start([this](const IssuerFacts& facts) {
                std::erase(m_waiting.issuers, facts.issuer);
                tell(DoctorStep::platform, facts.issuer);
                end();
            });
        }
    }

    void startModules() {
        m_facts.leftOutModules = leftOutModules(modulePlaces(configuration()));
        const auto files = findModules(configuration());
        if (!files || files->empty()) return;  // the checks say so
        std::vector<std::filesystem::path> paths;
        for (const auto& file : *files) {
            m_facts.modules.push_back({.file = file, .library = inspectLibrary(file.path)});
            paths.push_back(file.path);
        }
        HostDeadlines limits;
        limits.list = m_deadlines.modules;
        m_tokens.emplace(tokenHostProgram(), paths, limits);
        begin();
        m_waiting.modules = true;
        m_tokens->list([this](const ModuleListing& listing) { onModule(listing); },
                       [this](const TokenInventory&) { onInventory(); });
    }

    void onModule(const ModuleListing& listing) {
        auto& fact = m_facts.modules.at(listing.order);
        fact.listing = listing;
        fact.elapsed = elapsed();
        if (!listing.result && listing.result.error().reason == "load_failed")
            fact.library = inspectLibrary(fact.file.path, true);
        tell(DoctorStep::module, fact.file.name);
    }

    void onInventory() {
        m_waiting.modules = false;
        if (m_facts.trust) startRevocation();
        end();
    }

    /// Of those that may log in otherwise; the others are not asked about.
    void startRevocation() {
        const auto assessed = assess(m_facts.inventory(), *m_facts.trust, m_facts.now);
        std::size_t count = 0;
        for (const auto& entry : assessed) {
            if (!entry.isUsable() || count++ >= kMaxRevocationChecks) continue;
            if (!m_revocation) m_revocation.emplace(m_transport, m_clock, configuration().revocation);
            if (!m_checker) m_checker.emplace(*m_revocation);
            begin();
            ++m_revocationChecks;
            m_waiting.revocation = true;
            m_checker->check(*entry.verdict,
                             [this, id = entry.certificate->fingerprintHex()](Result<RevocationProof> proof) {
                                 m_facts.revocation.insert_or_assign(id, std::move(proof));
                                 m_waiting.revocation = --m_revocationChecks > 0;
                                 tell(DoctorStep::revocation, id.substr(0, 16));
                                 end();
                             });
        }
    }

    void begin() { ++m_pending; }
    void end() {
        // Not at once: what called may be destroyed in it.
        if (--m_pending == 0) QTimer::singleShot(0, &m_context, [this] { conclude(); });
    }
    void conclude() {
        if (m_isOver) return;
        m_isOver = true;
        m_waiting = {};
        const auto done = m_done;
        done();
    }
    milliseconds elapsed() const {
        return std::chrono::duration_cast<milliseconds>(steady_clock::now() - m_begin);
    }
    void tell(DoctorStep step, const std::string& subject) const {
        if (m_progress && !m_isOver) m_progress(step, subject, elapsed());
    }

    const DoctorPlaces m_places;
    const DoctorDeadlines m_deadlines;
    DoctorProgress m_progress{};
    std::function<void()> m_done{};
    SystemClock m_clock;
    steady_clock::time_point m_begin{};
    DoctorFacts m_facts;
    DoctorPending m_waiting{};
    int m_pending = 0;
    int m_revocationChecks = 0;
    bool m_isOver = false;
    bool m_areReadersDone = false;
    QObject m_context{};
    std::optional<ReaderQuestion> m_readers;
    std::vector<std::unique_ptr<IssuerProbe>> m_probes;
    std::optional<HostTokens> m_tokens;
    HttpRevocationTransport m_transport;
    std::optional<RevocationChecker> m_revocation;
    std::optional<ThreadedCertificateChecker> m_checker;
    MainQueue m_queue;
    WorkerThread m_worker;  ///< last: it uses the others
};

DoctorRun::DoctorRun(ConfigurationFacts configuration, DoctorPlaces places, DoctorDeadlines deadlines)
    : m_state(std::make_unique<State>(std::move(configuration), std::move(places), deadlines)) {
}

DoctorRun::~DoctorRun() = default;

void DoctorRun::start(DoctorProgress progress, std::function<void()> done) {
    m_state->start(std::move(progress), std::move(done));
}

DoctorFacts DoctorRun::facts() const {
    return m_state->facts();
}

DoctorPending DoctorRun::pending() const {
    return m_state->pending();
}

}  // namespace signet
