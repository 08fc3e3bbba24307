// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

struct VReaderStruct;

namespace signet::test {

using ApduBytes = std::vector<std::uint8_t>;

/// A CAC card of libcacard whose certificates and keys are in an NSS database, with a PIN counter of its own,
/// because libcacard has none.
/// Thread: one at a time.
class CardApplet {
public:
    /// `names` are the certificates' nicknames; the PIN is the database's password. Ends the program when the
    /// database cannot be used.
    CardApplet(const std::string& database, const std::vector<std::string>& names, std::string pin);
    CardApplet(const CardApplet&) = delete;
    CardApplet& operator=(const CardApplet&) = delete;
    ~CardApplet() = default;

    const ApduBytes& atr() const { return m_atr; }
    void powerOn();
    void powerOff();
    /// The response to a command, with its status word.
    ApduBytes answer(const ApduBytes& command);

    void setTries(int tries) { m_tries = tries; }

private:
    ApduBytes verify(const ApduBytes& command);
    ApduBytes transmit(const ApduBytes& command);
    ApduBytes triesLeft() const;

    VReaderStruct* m_reader = nullptr;
    ApduBytes m_atr;
    const std::string m_pin;
    int m_tries = 3;
};

}  // namespace signet::test
