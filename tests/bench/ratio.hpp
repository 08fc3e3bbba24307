// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

namespace signet::bench {

/// Medians and minima of one run, in microseconds.
struct Compared {
    double measured = 0;
    double baseline = 0;
    double leastMeasured = 0;  ///< 0: not known
    double leastBaseline = 0;
};

inline double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

inline double least(const std::vector<double>& values) {
    return values.empty() ? 0 : *std::min_element(values.begin(), values.end());
}

inline double microsecondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
}

/// Runs both in turn, so that whatever else the machine does meets both alike; which is first alternates.
/// Absolute times of different runs are not comparable, the quotient of the medians of one run is. Both give
/// the microseconds that count.
template <class Measured, class Baseline>
Compared interleavedTimes(int rounds, Measured measured, Baseline baseline) {
    std::vector<double> ofMeasured;
    std::vector<double> ofBaseline;
    for (int round = 0; round < rounds; ++round) {
        if (round % 2 == 0) ofBaseline.push_back(baseline());
        ofMeasured.push_back(measured());
        if (round % 2 == 1) ofBaseline.push_back(baseline());
    }
    return {median(ofMeasured), median(ofBaseline), least(ofMeasured), least(ofBaseline)};
}

/// The same where the whole of both counts.
template <class Measured, class Baseline>
Compared interleaved(int rounds, Measured measured, Baseline baseline) {
    const auto timed = [](auto& body) {
        const auto start = std::chrono::steady_clock::now();
        body();
        return microsecondsSince(start);
    };
    return interleavedTimes(
        rounds, [&] { return timed(measured); }, [&] { return timed(baseline); });
}

/// Prints one line that ./dev bench collects: `ratio NAME QUOTIENT goal GOAL met|missed (MEASURED us /
/// BASELINE us)`. Names are lower_snake: what, "_over_", by what. Returns whether the goal is met.
inline bool printRatio(std::string_view name, double measured, double baseline, double goal) {
    const double quotient = baseline > 0 ? measured / baseline : 0;
    const bool isMet = baseline > 0 && quotient <= goal;
    std::printf("ratio %.*s %.3f goal %.2f %s (%.1f us / %.1f us)\n", static_cast<int>(name.size()),
                name.data(), quotient, goal, isMet ? "met" : "missed", measured, baseline);
    std::fflush(stdout);
    return isMet;
}

/// The minima, on a line of their own.
inline void printLeast(std::string_view name, const Compared& compared) {
    if (compared.leastMeasured <= 0 || compared.leastBaseline <= 0) return;
    std::printf("least %.*s %.3f (%.1f us / %.1f us)\n", static_cast<int>(name.size()), name.data(),
                compared.leastMeasured / compared.leastBaseline, compared.leastMeasured,
                compared.leastBaseline);
    std::fflush(stdout);
}

inline bool printRatio(std::string_view name, const Compared& compared, double goal) {
    const bool isMet = printRatio(name, compared.measured, compared.baseline, goal);
    printLeast(name, compared);
    return isMet;
}

/// A quotient that is told for its own sake: `ratio NAME QUOTIENT goal - - (…)`.
inline void printRatioWithoutGoal(std::string_view name, const Compared& compared) {
    std::printf("ratio %.*s %.3f goal - - (%.1f us / %.1f us)\n", static_cast<int>(name.size()), name.data(),
                compared.measured / compared.baseline, compared.measured, compared.baseline);
    printLeast(name, compared);
    std::fflush(stdout);
}

/// What a user waits, on this machine and under its load: `time NAME MILLISECONDS ms goal GOAL met|missed`.
/// To be read, not to fail by.
inline void printTime(std::string_view name, double microseconds, std::chrono::milliseconds goal) {
    const double milliseconds = microseconds / 1000;
    const auto limit = static_cast<double>(goal.count());
    std::printf("time %.*s %.3f ms goal %.0f %s\n", static_cast<int>(name.size()), name.data(), milliseconds,
                limit, milliseconds <= limit ? "met" : "missed");
    std::fflush(stdout);
}

}  // namespace signet::bench
