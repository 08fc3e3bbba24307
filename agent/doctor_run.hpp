// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/doctor_facts.hpp"
#include "agent/doctor_hardware.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

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

/// What has not been found out yet.
struct DoctorPending {
    bool readers = false;
    bool modules = false;
    bool revocation = false;
    bool ports = false;
    std::vector<std::string> issuers{};
    bool isAny() const { return readers || modules || revocation || ports || !issuers.empty(); }
};

/// Gathers what the checks need, everything at the same time and without blocking. Without a valid
/// configuration no module is loaded and no platform asked. The destructor ends it: nothing is called any
/// more. Thread: main, with a Qt event loop.
class DoctorRun {
public:
    explicit DoctorRun(ConfigurationFacts configuration, DoctorPlaces places = {},
                       DoctorDeadlines deadlines = {});
    ~DoctorRun();
    DoctorRun(const DoctorRun&) = delete;
    DoctorRun& operator=(const DoctorRun&) = delete;

    /// `done` is called once, when all is known or the time is up; never from start(). In it, and in
    /// `progress` not, this object may be destroyed.
    void start(DoctorProgress progress, std::function<void()> done);
    /// What is known by now.
    DoctorFacts facts() const;
    DoctorPending pending() const;

private:
    class State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
