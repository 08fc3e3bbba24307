// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/program.hpp"

#include "base/file.hpp"
#include "base/licences.hpp"
#include "platform/http_server.hpp"
#include "platform/log.hpp"
#include "platform/node.hpp"

#include <sys/resource.h>

#include <csignal>
#include <cstdio>
#include <string>

namespace signet {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr std::chrono::seconds kGrace{5};

int complain(const Error& error) {
    const auto& text = error.detail.empty() ? std::string(errorInfo(error.code).en) : error.detail;
    std::fprintf(stderr, "signet-platform: %s\n", escapedForLog(text).c_str());
    const bool isUsage =
        error.code == ErrorCode::configurationInvalid || error.code == ErrorCode::invalidRequest;
    return isUsage ? kUsage : kFailed;
}

/// Every connection is a file.
void raiseFileLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

sigset_t endingSignals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

void waitForEnd() {
    const auto set = endingSignals();
    int received = 0;
    sigwait(&set, &received);
    writeLog(LogLevel::info, "ending on signal " + std::to_string(received));
}

Result<void> writePortFile(const PlatformSettings& settings, std::uint16_t port) {
    if (settings.portFile.empty()) return {};
    return writeFileAtomically(settings.portFile, std::to_string(port) + "\n");
}

int serve(const PlatformSettings& given) {
    if (auto complete = checkForServing(given); !complete) return complain(complete.error());
    // Before any thread, so that only waitForEnd takes them.
    const auto set = endingSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    setLogLevel(given.logLevel);
    auto server = HttpServer::listen(given);
    if (!server) return complain(server.error());
    const auto settings = withPort(given, (**server).port());
    auto parts = loadNodeParts(settings);
    if (!parts) return complain(parts.error());
    const SystemClock clock;
    HttpRevocationTransport transport;
    Node node(std::move(*parts), clock, transport);
    if (auto prepared = node.prepare(); !prepared) return complain(prepared.error());
    // The server listens; whoever comes before it accepts waits for that.
    if (auto written = writePortFile(settings, (**server).port()); !written) return complain(written.error());
    node.startSweeping();
    (**server).start([&node](HttpRequest request, HttpServer::Respond respond) {
        node.handle(std::move(request), std::move(respond));
    });
    writeLog(LogLevel::info, "listening on " + settings.listen.address + ":" +
                                 std::to_string((**server).port()) + " as " + settings.issuer);
    waitForEnd();
    (**server).drain(kGrace);
    node.stop();
    (**server).stop(std::chrono::seconds(0));
    return kDone;
}

}  // namespace

int runPlatform(const std::vector<std::string>& arguments) {
    std::signal(SIGPIPE, SIG_IGN);
    raiseFileLimit();
    auto line = readCommandLine(arguments);
    if (!line) return complain(line.error());
    switch (line->action) {
        case CommandLine::Action::help:
            std::fputs(usageText().c_str(), stdout);
            return kDone;
        case CommandLine::Action::version:
            std::puts("signet-platform " SIGNET_VERSION);
            return kDone;
        case CommandLine::Action::licences:
            std::fputs(licencesText(ProgramKind::platform).c_str(), stdout);
            return kDone;
        case CommandLine::Action::admin:
            return runAdmin(*line);
        case CommandLine::Action::serve:
            return serve(line->settings);
    }
    return kUsage;
}

}  // namespace signet
