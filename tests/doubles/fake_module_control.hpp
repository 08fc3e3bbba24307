// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The control file of the fake PKCS#11 module: lines of words, comments by #, read again at each call.
/// Counting starts over when its text changes.
///
///     log FILE                          one line for each call
///     memory FILE                       PIN and tries, which outlive the process as in a real token
///     fault FUNCTION|any N|N+ ACTION    the N-th call, or that and all later ones:
///           return CKR_…|0x…            … fails with this code and does nothing
///           after CKR_…|0x…             … does its work and says this code all the same
///           crash | exit STATUS | hang | sleep MILLISECONDS
///           remove                      … finds the token gone, and so do all later ones
///           length NUMBER               … works, but says this count or length
///           corrupt                     … works, but one bit of what it gives is wrong
///           spare-zero                  … (C_Sign, ECDSA) gives r or s with a zero byte that DER leaves out
///     slot-events FIFO                  C_WaitForSlotEvent returns for each byte; without: CKR_NO_EVENT
///     slot-events-locked FIFO           … and blocks every other function meanwhile
///     slot ID                           begins a slot; the lines below belong to the last one
///     empty                             no token in it
///     label TEXT | serial TEXT | model TEXT
///     pin-sha256 HEX                    never the PIN itself: tests scan the memory of this process for it
///     tries N                           tries of a fresh token
///     pin-length MIN MAX
///     flag NAME on|off                  instead of what the state says; names: kTokenFlags in
///     fake_module_names.cpp pad accept|wrong|cancel           what the holder does on the PIN pad (protected
///     authentication path) always-authenticate               every signature wants a login of its own
///     visible-private-keys              private keys are found without a login
///     sm2 NUMBER INPUT OUTPUT           a vendor's SM2 mechanism: INPUT prehashed, message (Z_A and SM3 in
///     the token), message-id (the same with the ID as parameter), message-no-za (SM3 alone), za-message;
///     OUTPUT raw, der, swapped (s‖r), garbage sm2-key-type NUMBER               of SM2 keys, instead of
///     CKK_EC manufacturer TEXT mechanisms NAME|NUMBER…           instead of all that are known
///     private-key|public-key|certificate ID FILE LABEL     DER: PKCS#8, SPKI, X.509
namespace signet::fake {

struct Fault {
    enum class Action { returnCode, after, crash, exit, hang, sleep, remove, length, corrupt, spareZero };
    std::string function{};  ///< empty: any
    unsigned long number = 1;
    bool isForLaterToo = false;
    Action action = Action::returnCode;
    unsigned long value = 0;

    /// Whether it strikes the `ofFunction`-th call of `called`, which is the `ofAll`-th call of all.
    bool strikes(std::string_view called, unsigned long ofFunction, unsigned long ofAll) const;
};

struct ObjectFile {
    enum class Kind { privateKey, publicKey, certificate };
    Kind kind = Kind::certificate;
    Bytes id{};
    std::filesystem::path file{};
    std::string label{};
};

enum class PadAnswer { accept, wrong, cancel };

/// A vendor's SM2 mechanism: what it takes, what it gives.
struct Sm2Control {
    enum class Input { prehashed, message, messageId, messageNoZa, zaMessage };
    enum class Output { raw, der, swapped, garbage };
    CK_MECHANISM_TYPE mechanism = 0;
    Input input = Input::prehashed;
    Output output = Output::raw;
};

struct SlotControl {
    CK_SLOT_ID id = 0;
    bool isEmpty = false;
    std::string label = "Signet fake token";
    std::string serial = "0001";
    std::string model = "Fake";
    std::string pinSha256{};
    int tries = 3;
    CK_ULONG minPinBytes = 4;
    CK_ULONG maxPinBytes = 32;
    std::map<CK_FLAGS, bool> flags{};
    PadAnswer pad = PadAnswer::accept;
    bool authenticatesAlways = false;
    bool hidesPrivateKeys = true;
    std::vector<CK_MECHANISM_TYPE> mechanisms{};  ///< empty: all
    std::vector<Sm2Control> sm2{};
    std::optional<CK_KEY_TYPE> sm2KeyType{};  ///< instead of CKK_EC
    std::string manufacturer = "Signet tests";
    std::vector<ObjectFile> objects{};
};

struct Control {
    std::filesystem::path log{};
    std::filesystem::path memory{};
    std::filesystem::path slotEvents{};
    bool holdsLockForSlotEvents = false;
    std::vector<Fault> faults{};
    std::vector<SlotControl> slots{};
};

/// Errors: configurationInvalid, with the number of the line.
Result<Control> parseControl(std::string_view text);

}  // namespace signet::fake
