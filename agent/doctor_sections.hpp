// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor_checks.hpp"
#include "agent/doctor_run.hpp"

#include <string>
#include <vector>

namespace signet {

/// A part of the self-check that is shown as a whole once all that it judges is known.
struct CheckSection {
    std::string title;  ///< "Drivers", or the platform; for the time in which it is pending
    bool isPending = false;
    Checks checks{};  ///< none while it is pending
};

/// What checkAll says, in its order, in parts; from a run that may not be over. Thread: any.
std::vector<CheckSection> checkSections(const DoctorFacts& facts, const DoctorPending& pending,
                                        Language language);

}  // namespace signet
