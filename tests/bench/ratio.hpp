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

/// Medians of one run, in microseconds.
struct Compared {
    double measured = 0;
    double baseline = 0;
};

inline double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Runs both in turn, so that whatever else the machine does meets both alike; which is first alternates.
/// Absolute times of different runs are not comparable, the quotient of the medians of one run is.
template <class Measured, class Baseline>
Compared interleaved(int rounds, Measured measured, Baseline baseline) {
    const auto timed = [](auto& body) {
        const auto start = std::chrono::steady_clock::now();
        body();
        return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count();
    };
    std::vector<double> ofMeasured;
    std::vector<double> ofBaseline;
    for (int round = 0; round < rounds; ++round) {
        if (round % 2 == 0) ofBaseline.push_back(timed(baseline));
        ofMeasured.push_back(timed(measured));
        if (round % 2 == 1) ofBaseline.push_back(timed(baseline));
    }
    return {median(std::move(ofMeasured)), median(std::move(ofBaseline))};
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

inline bool printRatio(std::string_view name, const Compared& compared, double goal) {
    return printRatio(name, compared.measured, compared.baseline, goal);
}

/// A quotient that is told for its own sake: `ratio NAME QUOTIENT goal - - (…)`.
inline void printRatioWithoutGoal(std::string_view name, const Compared& compared) {
    std::printf("ratio %.*s %.3f goal - - (%.1f us / %.1f us)\n", static_cast<int>(name.size()), name.data(),
                compared.measured / compared.baseline, compared.measured, compared.baseline);
    std::fflush(stdout);
}

}  // namespace signet::bench
