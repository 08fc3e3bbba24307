// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/cli_interrupt.hpp"
#include "agent/configuration_files.hpp"
#include "agent/doctor_run.hpp"

#include <filesystem>
#include <optional>

namespace signet {

/// Which files count.
ConfigurationFacts configurationFacts(const Result<Configuration>& configuration,
                                      const ConfigurationPaths& paths,
                                      const std::optional<std::filesystem::path>& configFile);

/// A DoctorRun from its beginning to its end, for a command.
/// Errors: userCancelled. Thread: main, with a Qt application.
Result<DoctorFacts> gatherFacts(ConfigurationFacts configuration, InterruptWatch& interrupts,
                                const DoctorProgress& progress = {}, const DoctorPlaces& places = {},
                                const DoctorDeadlines& deadlines = {});

}  // namespace signet
