// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/token_watch.hpp"

#include "pkcs11/reader_watch.hpp"
#include "pkcs11/usb_watch.hpp"

#include <mutex>
#include <utility>

namespace signet {

struct TokenWatch::State {
    explicit State(std::function<void(const TokenEvent&)> call)
        : onEvent(std::move(call)),
          readers([this](const TokenEvent& event) { tell(event); }),
          usb([this](const TokenEvent& event) { tell(event); }) {}

    void tell(const TokenEvent& event) {
        const std::lock_guard lock(mutex);
        onEvent(event);
    }

    std::mutex mutex;
    const std::function<void(const TokenEvent&)> onEvent;
    ReaderWatch readers;
    UsbWatch usb;
};

TokenWatch::TokenWatch(std::function<void(const TokenEvent&)> onEvent)
    : m_state(std::make_unique<State>(std::move(onEvent))) {
}

TokenWatch::~TokenWatch() = default;

}  // namespace signet
