// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <vector>

namespace signet {

/// What the person can do about an error, each a button of the window.
enum class WayOn {
    enterPinAgain,
    lookAgain,           ///< at the tokens; the same login
    anotherCertificate,  ///< one of several
    startAgain,          ///< a new login, where the person started it here
    selfCheck,
    registerHere,
    tokens,  ///< the window that shows why each certificate cannot be used
};

/// Where an error came up.
struct ErrorPlace {
    bool hasEnded = false;  ///< the login is over
    bool isOwn = false;     ///< the person started it in the tray
    std::size_t usableCertificates = 0;
};

/// The best first; the first is the window's main button. May be empty: there is nothing but to close it.
/// Source: ui.md, "an error takes the field's place".
std::vector<WayOn> waysOn(const Error& error, const ErrorPlace& place);

}  // namespace signet
