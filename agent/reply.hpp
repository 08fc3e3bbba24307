// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>

namespace signet {

/// Receives the outcome of an asynchronous command, exactly once, on the main thread (never, when the command
/// was cancelled or its object is gone). The result may be move-only; what the function captures must be
/// copyable.
template <class T>
using Reply = std::function<void(Result<T>)>;

/// Names a running command to the object that started it, so that it can be cancelled. Never 0.
using CommandId = std::uint64_t;

}  // namespace signet
