// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "pkcs11/pcsc_context.hpp"

#include "pkcs11/token.hpp"

#include <winscard.h>

#include <algorithm>
#include <array>
#include <utility>

namespace signet {
namespace {

const char* reasonOf(long status) {
    switch (status) {
        case SCARD_E_NO_SERVICE:
        case SCARD_E_SERVICE_STOPPED:
            return "pcsc_absent";
        // polkit: pcscd takes the connection and drops it.
        case SCARD_W_SECURITY_VIOLATION:
        case SCARD_F_COMM_ERROR:
            return "pcsc_refused";
        case SCARD_E_UNKNOWN_READER:
            return "pcsc_reader_gone";
        default:
            return "pcsc_failed";
    }
}

/// Names that end with a zero byte each, and one more at the end.
std::vector<std::string> splitNames(const std::vector<char>& names) {
    std::vector<std::string> list;
    auto begin = names.begin();
    while (begin != names.end() && *begin != '\0') {
        const auto end = std::find(begin, names.end(), '\0');
        list.emplace_back(begin, end);
        begin = end == names.end() ? end : std::next(end);
    }
    return list;
}

Result<std::vector<std::string>> readerNames(long context) {
    // A reader may come between the two calls.
    for (int attempt = 0; attempt < 3; ++attempt) {
        DWORD size = 0;
        LONG status = ::SCardListReaders(context, nullptr, nullptr, &size);
        std::vector<char> names(size);
        if (status == SCARD_S_SUCCESS) status = ::SCardListReaders(context, nullptr, names.data(), &size);
        if (status == SCARD_E_NO_READERS_AVAILABLE) return std::vector<std::string>{};
        if (status == SCARD_S_SUCCESS) return splitNames(names);
        if (status != SCARD_E_INSUFFICIENT_BUFFER) return fail(pcscError(status, "SCardListReaders"));
    }
    return fail(pcscError(SCARD_E_INSUFFICIENT_BUFFER, "SCardListReaders"));
}

CardReader toReader(const SCARD_READERSTATE& state) {
    const auto has = [&](DWORD flag) { return (state.dwEventState & flag) != 0; };
    CardReader reader{.name = state.szReader,
                      .isCardPresent = has(SCARD_STATE_PRESENT),
                      .isCardMute = has(SCARD_STATE_MUTE),
                      .isCardInUse = has(SCARD_STATE_EXCLUSIVE)};
    const auto length = std::min<std::size_t>(state.cbAtr, sizeof(state.rgbAtr));
    reader.state = state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
    reader.atr.assign(state.rgbAtr, state.rgbAtr + length);
    return reader;
}

}  // namespace

Error pcscError(long status, std::string_view function) {
    Error error{.code = ErrorCode::tokenError, .reason = reasonOf(status)};
    error.detail = std::string(function) + ": " + ::pcsc_stringify_error(status);
    return error;
}

Result<PcscContext> PcscContext::open() {
    SCARDCONTEXT handle = 0;
    const LONG status = ::SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle);
    if (status != SCARD_S_SUCCESS) return fail(pcscError(status, "SCardEstablishContext"));
    return PcscContext(handle);
}

PcscContext::PcscContext(PcscContext&& other) noexcept
    : m_handle(other.m_handle), m_isOpen(std::exchange(other.m_isOpen, false)) {
}

PcscContext& PcscContext::operator=(PcscContext&& other) noexcept {
    if (this == &other) return *this;
    release();
    m_handle = other.m_handle;
    m_isOpen = std::exchange(other.m_isOpen, false);
    return *this;
}

PcscContext::~PcscContext() {
    release();
}

void PcscContext::release() {
    if (m_isOpen) (void)::SCardReleaseContext(m_handle);
    m_isOpen = false;
}

void PcscContext::cancel() const {
    (void)::SCardCancel(m_handle);
}

Result<std::vector<CardReader>> PcscContext::readers() const {
    auto readers = lookAtReaders();
    // One that went between the two questions.
    for (int again = 0; again < 3 && !readers && readers.error().reason == "pcsc_reader_gone"; ++again)
        readers = lookAtReaders();
    return readers;
}

Result<std::vector<CardReader>> PcscContext::lookAtReaders() const {
    const auto names = readerNames(m_handle);
    if (!names) return fail(names.error());
    std::vector<CardReader> readers;
    if (names->empty()) return readers;
    std::vector<SCARD_READERSTATE> states(names->size());
    for (std::size_t i = 0; i < names->size(); ++i) states[i].szReader = (*names)[i].c_str();
    const LONG status = ::SCardGetStatusChange(m_handle, 0, states.data(), states.size());
    if (status != SCARD_S_SUCCESS && status != SCARD_E_TIMEOUT)
        return fail(pcscError(status, "SCardGetStatusChange"));
    std::transform(states.begin(), states.end(), std::back_inserter(readers), toReader);
    return readers;
}

bool PcscContext::awaitRemoval(const CardReader& reader, std::chrono::milliseconds limit) const {
    SCARD_READERSTATE state{};
    state.szReader = reader.name.c_str();
    state.dwCurrentState = reader.state;
    const LONG status = ::SCardGetStatusChange(m_handle, static_cast<DWORD>(limit.count()), &state, 1);
    if (status == SCARD_E_UNKNOWN_READER) return true;
    return status == SCARD_S_SUCCESS && (state.dwEventState & SCARD_STATE_PRESENT) == 0;
}

/// Readers whose names begin alike may be cut off to one description: then the one with a card.
const CardReader* readerOfSlot(const std::vector<CardReader>& readers, std::string_view slotDescription) {
    const CardReader* found = nullptr;
    for (const auto& reader : readers)
        if (isSlotOfReader(slotDescription, reader.name) && (found == nullptr || reader.isCardPresent))
            found = &reader;
    return found;
}

CardPresence cardPresence(const std::vector<CardReader>& readers, std::string_view slotDescription) {
    const auto* reader = readerOfSlot(readers, slotDescription);
    if (reader == nullptr) return CardPresence::unknown;
    return reader->isCardPresent ? CardPresence::present : CardPresence::absent;
}

}  // namespace signet
