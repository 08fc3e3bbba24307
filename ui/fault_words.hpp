// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/error.hpp"

#include <QString>

namespace signet {

/// Sentence and advice as a window says them: where the command line's user is told what to type, a window
/// names its own place for it. Either may come from outside in part; it is shown literally.
QString faultText(const Error& error, Language language);
QString adviceText(const Error& error, Language language);
/// "pin_incorrect: pin_length", for the help desk.
QString codeText(const Error& error);

}  // namespace signet
