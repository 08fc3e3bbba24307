// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_program.hpp"

#include "agent/agent_socket.hpp"
#include "agent/asker_ui.hpp"
#include "agent/cli_interrupt.hpp"
#include "agent/cli_output.hpp"
#include "agent/cli_setup.hpp"
#include "agent/idle_memory.hpp"
#include "agent/language.hpp"
#include "agent/resident.hpp"
#include "agent/unattended_asker.hpp"
#include "base/file.hpp"
#include "base/licences.hpp"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QProcess>

#include <unistd.h>

#include <ostream>
#include <utility>

namespace signet {
namespace {

constexpr const char* kMachineLocalhost = "/etc/signet/localhost";

/// One write for a line, so that lines of two threads do not mix.
void logLine(std::string_view text) {
    const auto line = "signet-agent: " + shownLiterally(text, 1000) + "\n";
    (void)!::write(STDERR_FILENO, line.data(), line.size());
}

/// That of the machine where the administrator made one, else the user's own.
LocalhostFiles localhostFilesHere() {
    const auto machine = localhostFiles(kMachineLocalhost);
    if (checkLocalhostFiles(machine, SystemClock().now())) return machine;
    const auto folder = userFolder("XDG_DATA_HOME", std::filesystem::path(".local") / "share");
    return localhostFiles(folder / "localhost");
}

Result<void> writePorts(const std::filesystem::path& file, const Resident& resident) {
    Json ports{{"ws", resident.port()}};
    if (const auto tls = resident.tlsPort()) ports["wss"] = *tls;
    return writeFileAtomically(file, ports.dump() + "\n");
}

/// To the agent that runs already.
Result<void> handOver(const AgentOptions& options, const std::filesystem::path& socket) {
    const auto answer = options.link.empty() ? tellAgent(socket, ShowOpening{})
                                             : tellAgent(socket, LinkOpening{options.link});
    if (!answer) return fail(answer.error());
    if (answer->refusal) return fail(*answer->refusal, "the agent that runs refused");
    return {};
}

Result<std::unique_ptr<Asker>> openAgentAsker(const AgentOptions& options, Language language) {
    if (options.askpass) return openAsker(options.askpass, language);
    logLine("without --askpass nobody can be asked: logins will be refused");
    return std::make_unique<UnattendedAsker>();
}

class AskerFace final : public AgentFace {
public:
    AskerFace(std::unique_ptr<Asker> asker, Language language)
        : m_asker(std::move(asker)), m_ui(*m_asker, language) {}
    Ui& ui() override { return m_ui; }

private:
    std::unique_ptr<Asker> m_asker;
    AskerUi m_ui;
};

/// How the agent runs.
struct Start {
    const AgentOptions& options;
    const Configuration& configuration;
    const ConfigurationPaths& paths;
    Language language;
    std::string version;
    const OpenFace& openFace;
};

Result<void> serve(const Start& start, const std::filesystem::path& socket) {
    const auto& options = start.options;
    InterruptWatch interrupts;
    // Not quit(), which a window could refuse.
    interrupts.onInterrupt([] { QCoreApplication::exit(0); });
    const auto face =
        start.openFace({options, start.configuration, start.paths, start.language, start.version});
    if (!face) return fail(face.error());
    auto& shown = **face;
    auto parts = LoginParts::load(start.configuration, [](const Error& error) { logLine(error.detail); });
    if (!parts) return fail(parts.error());
    const auto resident =
        Resident::open(start.configuration, **parts, shown.ui(),
                       {.socket = socket,
                        .localhost = localhostFilesHere(),
                        .openInBrowser = &openInBrowser,
                        .onShow = [&shown] { shown.onShow(); },
                        .onOwnLogin = [&shown](const LoginRequest& own) { shown.onOwnLogin(own); },
                        .onLinkRefused = [&shown](const Error& error) { shown.onLinkRefused(error); },
                        .log = &logLine});
    if (!resident) return fail(resident.error());
    if (options.portFile)
        if (auto written = writePorts(*options.portFile, **resident); !written) return written;
    shown.onOpened(**resident, **parts);
    if (!options.link.empty())
        if (auto followed = (*resident)->followLink(options.link); !followed)
            logLine(followed.error().detail);
    releaseIdleMemory();
    if (!interrupts.isInterrupted()) QCoreApplication::exec();
    shown.onClosing();
    if (options.portFile) ::unlink(options.portFile->c_str());
    return {};
}

Result<void> run(const Start& start) {
    const auto socket = defaultAgentSocket();
    const auto lock = lockAgent(socket);
    if (!lock) return fail(lock.error());
    if (!lock->isOpen()) return handOver(start.options, socket);
    return serve(start, socket);
}

}  // namespace

void openInBrowser(const std::string& url) {
    if (!QProcess::startDetached(QStringLiteral("xdg-open"), {QString::fromStdString(url)}))
        logLine("login: xdg-open could not be started; the login can be begun again");
}

Result<std::unique_ptr<AgentFace>> openAskerFace(const FaceSetting& setting) {
    auto asker = openAgentAsker(setting.options, setting.language);
    if (!asker) return fail(asker.error());
    return std::make_unique<AskerFace>(std::move(*asker), setting.language);
}

int runAgent(const std::vector<std::string>& arguments, const ConfigurationPaths& paths, std::ostream& out,
             std::ostream& err, const std::string& version, const OpenFace& openFace) {
    CliOutput output{out, err, chooseLanguage(std::nullopt), false};
    const auto options = parseAgentOptions(arguments, paths.workingFolder);
    if (!options) return static_cast<int>(output.fail(options.error()));
    if (options->isVersionWanted || options->isHelpWanted) {
        output.print(options->isVersionWanted ? "signet-agent " + version : agentHelp(output.language));
        return 0;
    }
    if (options->areLicencesWanted) {
        output.print(licencesText(ProgramKind::agent));
        return 0;
    }
    const auto configuration = loadConfiguration(paths, options->configFile, options->configuration);
    if (!configuration) return static_cast<int>(output.fail(configuration.error()));
    output.language = chooseLanguage(configuration->language);
    const auto done = run({*options, *configuration, paths, output.language, version, openFace});
    return static_cast<int>(done ? ExitStatus::done : output.fail(done.error()));
}

}  // namespace signet
