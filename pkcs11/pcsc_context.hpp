// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A smart card reader as PC/SC sees it.
struct CardReader {
    std::string name{};
    bool isCardPresent = false;
    bool isCardMute = false;   ///< a card that does not answer its power-up: put in the wrong way, or broken
    bool isCardInUse = false;  ///< another program holds it for itself alone
    Bytes atr{};
    unsigned long state = 0;  ///< dwEventState: with a counter of insertions and removals in its high half
};

/// A connection to the PC/SC service.
/// Thread: one at a time, but for cancel().
/// Source: PC/SC part 5; pcsc-lite's winscard.
class PcscContext {
public:
    /// Errors: tokenError with reason "pcsc_absent" (no service runs), "pcsc_refused" (it takes no orders
    /// from this user, by polkit's word) or "pcsc_failed".
    static Result<PcscContext> open();
    PcscContext(PcscContext&& other) noexcept;
    PcscContext& operator=(PcscContext&& other) noexcept;
    PcscContext(const PcscContext&) = delete;
    PcscContext& operator=(const PcscContext&) = delete;
    ~PcscContext();

    /// Every reader with its card as it is now; none is no error. One question to the service, no APDU.
    /// Errors: as open().
    Result<std::vector<CardReader>> readers() const;

    /// Sleeps until the card has gone from its reader, at most for `limit`. Whether it has. The service may
    /// learn of a removal half a second after an APDU has failed: many readers are asked by their driver from
    /// time to time.
    bool awaitRemoval(const CardReader& reader, std::chrono::milliseconds limit) const;
    /// Ends a wait of another thread. One that has not begun yet is not ended.
    void cancel() const;
    /// SCARDCONTEXT.
    long handle() const { return m_handle; }

private:
    explicit PcscContext(long handle) : m_handle(handle) {}
    void release();
    Result<std::vector<CardReader>> lookAtReaders() const;

    long m_handle = 0;
    bool m_isOpen = true;
};

/// What PC/SC says of a card: of the reader that a PKCS#11 slot names by its description.
enum class CardPresence { present, absent, unknown };

/// The reader that a slot is; nullptr where the module does not name one.
const CardReader* readerOfSlot(const std::vector<CardReader>& readers, std::string_view slotDescription);
/// Whether the card is in the reader now. `slotDescription` is CK_SLOT_INFO's, which cuts a reader's name off
/// after 64 bytes; a module that does not name the reader there gives unknown.
CardPresence cardPresence(const std::vector<CardReader>& readers, std::string_view slotDescription);

/// The error of a PC/SC function, in pkcs11's words.
Error pcscError(long status, std::string_view function);

}  // namespace signet
