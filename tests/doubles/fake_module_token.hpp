// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "tests/doubles/fake_module_control.hpp"

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <map>
#include <string>

namespace signet::fake {

/// Lower-case hexadecimal SHA-256; what the module keeps and logs of a PIN.
std::string sha256Hex(BytesView bytes);

/// What the tokens remember without power: PIN (its hash) and tries left, by slot. Kept in a file, so that a
/// module which crashed and was loaded again does not have fresh tokens.
class TokenMemory {
public:
    struct Entry {
        std::string pinSha256;
        int triesLeft = 0;
    };

    explicit TokenMemory(std::filesystem::path file) : m_file(std::move(file)) {}
    /// What was stored last, or a fresh token.
    Entry entry(const SlotControl& slot) const;
    void store(CK_SLOT_ID slot, const Entry& entry);

private:
    std::map<CK_SLOT_ID, Entry> readAll() const;

    std::filesystem::path m_file;
};

/// CKF_* of C_GetTokenInfo as tries and control file have them.
CK_FLAGS tokenFlags(const SlotControl& slot, const TokenMemory::Entry& entry);

/// Spends or restores tries as a token does: a wrong length costs none.
CK_RV checkPin(const SlotControl& slot, TokenMemory& memory, BytesView pin);
/// The same, where the holder types on the reader.
CK_RV askPad(const SlotControl& slot, TokenMemory& memory);
CK_RV changePin(const SlotControl& slot, TokenMemory& memory, BytesView oldPin, BytesView newPin);

}  // namespace signet::fake
