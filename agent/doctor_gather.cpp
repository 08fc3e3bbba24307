// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_gather.hpp"

#include "agent/certificate_checker.hpp"
#include "agent/cli_setup.hpp"
#include "agent/issuer_probe.hpp"
#include "agent/local_door.hpp"
#include "agent/token_report.hpp"

#include <QEventLoop>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <utility>

namespace signet {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMaxRevocationChecks = 8;
constexpr milliseconds kAgentPatience{500};

bool isThere(const std::filesystem::path& path) {
    std::error_code fault;
    return std::filesystem::exists(path, fault);
}

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

/// Counts what is under way; the loop ends when nothing is.
class Gathering {
public:
    Gathering(ConfigurationFacts configuration, const DoctorProgress& progress,
              const DoctorDeadlines& deadlines)
        : m_progress(progress), m_deadlines(deadlines) {
        m_facts.now = m_clock.now();
        m_facts.configuration = std::move(configuration);
    }

    Result<DoctorFacts> run(InterruptWatch& interrupts, const DoctorPlaces& places) {
        m_begin = steady_clock::now();
        startReaders(places);
        if (m_facts.isConfigured()) {
            m_facts.trust = loadTrust(configuration());
            startIssuers();
            startModules();
        }
        m_facts.ports = listeningPorts(interestingPorts(m_facts.configuration), places.proc);
        nameAgent(m_facts.ports, places.agentSocket);
        wait(interrupts);
        if (interrupts.isInterrupted()) return fail(ErrorCode::userCancelled, "interrupted");
        for (const auto& probe : m_probes) m_facts.issuers.push_back(probe->facts());
        return std::move(m_facts);
    }

private:
    const Configuration& configuration() const { return *m_facts.configuration.configuration; }

    void startReaders(const DoctorPlaces& places) {
        m_facts.hardware = lookAtHardware(places);
        // Without its socket there is nobody to ask.
        if (m_facts.hardware.socket != PcscSocket::present) return;
        begin();
        m_facts.hardware.readers = fail(ErrorCode::tokenError, "it is silent", "pcsc_failed");
        m_readers.emplace([this](Result<std::vector<CardReader>> readers) {
            m_facts.hardware.readers = std::move(readers);
            endReaders();
        });
        QTimer::singleShot(m_deadlines.readers, &m_loop, [this] { endReaders(); });
    }
    void endReaders() {
        if (std::exchange(m_areReadersDone, true)) return;
        m_readers.reset();
        tell(DoctorStep::readers, {});
        end();
    }

    void startIssuers() {
        for (const auto& issuer : configuration().issuers) {
            begin();
            m_probes.push_back(
                std::make_unique<IssuerProbe>(configuration(), m_clock, issuer, m_deadlines.request));
            m_probes.back()->start([this](const IssuerFacts& facts) {
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
            m_checker->check(*entry.verdict,
                             [this, id = entry.certificate->fingerprintHex()](Result<RevocationProof> proof) {
                                 m_facts.revocation.insert_or_assign(id, std::move(proof));
                                 tell(DoctorStep::revocation, id.substr(0, 16));
                                 end();
                             });
        }
    }

    void begin() { ++m_pending; }
    void end() {
        if (--m_pending == 0) m_loop.quit();
    }
    milliseconds elapsed() const {
        return std::chrono::duration_cast<milliseconds>(steady_clock::now() - m_begin);
    }
    void tell(DoctorStep step, const std::string& subject) const {
        if (m_progress) m_progress(step, subject, elapsed());
    }
    void wait(InterruptWatch& interrupts) {
        if (m_pending == 0) return;
        interrupts.onInterrupt([this] { m_loop.quit(); });
        QTimer::singleShot(m_deadlines.whole, &m_loop, [this] { m_loop.quit(); });
        if (!interrupts.isInterrupted()) m_loop.exec();
        interrupts.onInterrupt({});
    }

    const DoctorProgress& m_progress;
    DoctorDeadlines m_deadlines;
    SystemClock m_clock;
    steady_clock::time_point m_begin{};
    DoctorFacts m_facts;
    int m_pending = 0;
    bool m_areReadersDone = false;
    QEventLoop m_loop;
    std::optional<ReaderQuestion> m_readers;
    std::vector<std::unique_ptr<IssuerProbe>> m_probes;
    std::optional<HostTokens> m_tokens;
    HttpRevocationTransport m_transport;
    std::optional<RevocationChecker> m_revocation;
    std::optional<ThreadedCertificateChecker> m_checker;
};

}  // namespace

ConfigurationFacts configurationFacts(const Result<Configuration>& configuration,
                                      const ConfigurationPaths& paths,
                                      const std::optional<std::filesystem::path>& configFile) {
    ConfigurationFacts facts{.configuration = configuration};
    const auto add = [&](const std::filesystem::path& file) {
        if (!file.empty() && isThere(file)) facts.files.push_back(file.string());
    };
    if (configFile)
        add(std::filesystem::absolute(*configFile));
    else
        add(paths.machineFile);
    if (!configFile && !paths.userFolder.empty()) add(paths.userFolder / "agent.conf");
    facts.hasPolicy = isThere(paths.policyFile);
    if (facts.hasPolicy) facts.files.push_back(paths.policyFile.string());
    return facts;
}

Result<DoctorFacts> gatherFacts(ConfigurationFacts configuration, InterruptWatch& interrupts,
                                const DoctorProgress& progress, const DoctorPlaces& places,
                                const DoctorDeadlines& deadlines) {
    return Gathering(std::move(configuration), progress, deadlines).run(interrupts, places);
}

}  // namespace signet
