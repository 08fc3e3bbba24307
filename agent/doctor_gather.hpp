// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/cli_interrupt.hpp"
#include "agent/configuration_files.hpp"
#include "agent/doctor_facts.hpp"
#include "agent/doctor_hardware.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace signet {

/// How long each part may take. All run at the same time, so the self-check ends within the longest.
struct DoctorDeadlines {
    std::chrono::milliseconds readers{5'000};
    std::chrono::milliseconds modules{10'000};
    std::chrono::milliseconds request{6'000};  ///< each of a platform's
    std::chrono::milliseconds whole{18'000};
};

enum class DoctorStep { readers, module, platform, revocation };
/// Called as each part is done; `subject` is the module, the platform or the certificate.
using DoctorProgress =
    std::function<void(DoctorStep step, const std::string& subject, std::chrono::milliseconds elapsed)>;

/// Which files count.
ConfigurationFacts configurationFacts(const Result<Configuration>& configuration,
                                      const ConfigurationPaths& paths,
                                      const std::optional<std::filesystem::path>& configFile);

/// Gathers what the checks need, everything at the same time. Without a valid configuration no module is
/// loaded and no platform asked.
/// Errors: userCancelled. Thread: main, with a Qt application.
Result<DoctorFacts> gatherFacts(ConfigurationFacts configuration, InterruptWatch& interrupts,
                                const DoctorProgress& progress = {}, const DoctorPlaces& places = {},
                                const DoctorDeadlines& deadlines = {});

}  // namespace signet
