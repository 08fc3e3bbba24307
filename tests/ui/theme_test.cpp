// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/theme.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace signet {
namespace {

/// Source: WCAG 2.2, relative luminance and contrast ratio.
double luminance(const QColor& colour) {
    const auto channel = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) +
           0.0722 * channel(colour.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

TEST(Theme, everyText_hasAContrastOfFourAndAHalf) {
    for (const auto appearance : {Appearance::light, Appearance::dark, Appearance::highContrast}) {
        const auto& c = coloursOf(appearance);
        for (const auto& ground : {c.window, c.surface})
            for (const auto& text : {c.text, c.muted, c.accent, c.warning, c.success})
                EXPECT_GE(contrast(text, ground), 4.5)
                    << text.name().toStdString() << " on " << ground.name().toStdString();
        EXPECT_GE(contrast(c.onAccent, c.accent), 4.5);
    }
    EXPECT_GE(contrast(coloursOf(Appearance::highContrast).text, coloursOf(Appearance::highContrast).window),
              7.0);
}

}  // namespace
}  // namespace signet
