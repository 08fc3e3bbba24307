// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "pkcs11/token_watch.hpp"

#include <functional>
#include <memory>

namespace signet {

/// Readers and cards that come and go, by the word of the PC/SC service. While none runs it waits for the
/// service's socket to appear.
/// Thread: made and destroyed on one thread; `onEvent` comes on its own. A service that hangs does not hold
/// up the destructor: its thread is then left to itself and says nothing more.
class ReaderWatch {
public:
    explicit ReaderWatch(std::function<void(const TokenEvent&)> onEvent);
    ~ReaderWatch();
    ReaderWatch(const ReaderWatch&) = delete;
    ReaderWatch& operator=(const ReaderWatch&) = delete;

private:
    class Run;
    std::shared_ptr<Run> m_run;  ///< also of the thread
};

}  // namespace signet
