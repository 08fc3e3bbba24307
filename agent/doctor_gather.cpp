// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_gather.hpp"

#include <QEventLoop>

#include <utility>

namespace signet {
namespace {

bool isThere(const std::filesystem::path& path) {
    std::error_code fault;
    return std::filesystem::exists(path, fault);
}

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
    DoctorRun run(std::move(configuration), places, deadlines);
    QEventLoop loop;
    interrupts.onInterrupt([&] { loop.quit(); });
    run.start(progress, [&] { loop.quit(); });
    if (!interrupts.isInterrupted()) loop.exec();
    interrupts.onInterrupt({});
    if (interrupts.isInterrupted()) return fail(ErrorCode::userCancelled, "interrupted");
    return run.facts();
}

}  // namespace signet
