// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/reader_states.hpp"

#include <winscard.h>

#include <algorithm>
#include <utility>

namespace signet {
namespace {

/// The reader that stands for the list of readers.
constexpr const char* kReaderList = R"(\\?PnP?\Notification)";

/// pcsc-lite 1.9 misses a reader that comes between the look at the list and the wait: after a change, which
/// seldom comes alone, it is looked at once more. Milliseconds.
constexpr DWORD kSettling = 1000;
/// More are refused.
constexpr std::size_t kMaxStates = PCSCLITE_MAX_READERS_CONTEXTS;

const CardReader* find(const std::vector<CardReader>& readers, const std::string& name) {
    const auto found =
        std::find_if(readers.begin(), readers.end(), [&](const auto& reader) { return reader.name == name; });
    return found == readers.end() ? nullptr : &*found;
}

unsigned long counterOf(const CardReader& reader) {
    return reader.state >> 16;
}

TokenEvent eventOf(const CardReader& reader, bool isArrival) {
    return {.source = TokenEventSource::reader, .isArrival = isArrival, .reader = reader.name};
}

/// What became of a reader that was there before and is there now.
void compare(const CardReader& before, const CardReader& now, const ReaderStates::OnEvent& onEvent) {
    const bool isSwapped = before.isCardPresent && now.isCardPresent && counterOf(before) != counterOf(now);
    if (before.isCardPresent == now.isCardPresent && !isSwapped) return;
    if (before.isCardPresent) onEvent(eventOf(now, false));
    if (now.isCardPresent) onEvent(eventOf(now, true));
}

std::vector<SCARD_READERSTATE> statesOf(const std::vector<CardReader>& readers) {
    const auto count = std::min(readers.size(), kMaxStates - 1);
    std::vector<SCARD_READERSTATE> states(count + 1);
    for (std::size_t i = 0; i < count; ++i) {
        states[i].szReader = readers[i].name.c_str();
        states[i].dwCurrentState = readers[i].state;
    }
    states.back().szReader = kReaderList;
    // How many are known: newer versions of pcsc-lite compare it, so that none that came meanwhile is missed.
    states.back().dwCurrentState = readers.size() << 16;
    return states;
}

}  // namespace

Result<void> ReaderStates::learn(const PcscContext& context) {
    auto now = context.readers();
    if (!now) return fail(now.error());
    m_readers = std::move(*now);
    return {};
}

Result<void> ReaderStates::wait(const PcscContext& context, const OnEvent& onEvent) {
    auto states = statesOf(m_readers);
    const DWORD limit = m_isSettling ? kSettling : INFINITE;
    const LONG status = ::SCardGetStatusChange(context.handle(), limit, states.data(), states.size());
    if (status == SCARD_E_CANCELLED) return {};
    m_isSettling = status == SCARD_S_SUCCESS;
    // Unknown: a reader has gone since it was looked at.
    if (status != SCARD_S_SUCCESS && status != SCARD_E_UNKNOWN_READER && status != SCARD_E_TIMEOUT)
        return fail(pcscError(status, "SCardGetStatusChange"));
    auto now = context.readers();
    if (!now) return fail(now.error());
    update(std::move(*now), onEvent);
    return {};
}

void ReaderStates::update(std::vector<CardReader> now, const OnEvent& onEvent) {
    const auto before = std::exchange(m_readers, std::move(now));
    for (const auto& reader : before)
        if (find(m_readers, reader.name) == nullptr) onEvent(eventOf(reader, false));
    for (const auto& reader : m_readers) {
        const auto* known = find(before, reader.name);
        if (known == nullptr)
            onEvent(eventOf(reader, true));
        else
            compare(*known, reader, onEvent);
    }
}

}  // namespace signet
