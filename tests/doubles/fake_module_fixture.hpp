// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/fd.hpp"
#include "tests/doubles/softhsm_token.hpp"
#include "tests/doubles/spy_module_log.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace signet::test {

/// A token of the fake module. `lines` are further lines of the control file for its slot
/// (fake_module_control.hpp), for example "flag user-pin-locked on".
struct FakeToken {
    unsigned long slot = 0;
    std::string label = "Signet fake token";
    std::string serial = "0001";
    /// Lower-case hexadecimal SHA-256 of the PIN; empty: no PIN has been set.
    std::string pinSha256 = sha256OfPin("123456");
    std::vector<std::string> lines{};

    static std::string sha256OfPin(std::string_view pin);
};

/// What of a key is on the token beside the private key.
struct FakeKeyParts {
    bool hasPrivateKey = true;
    bool hasPublicKey = true;
    bool hasCertificate = true;
};

/// A copy of the fake PKCS#11 module with a control file, a log and tokens of its own; several live side by
/// side. Errors: whatever fails throws std::runtime_error, which fails the test.
class FakeModule {
public:
    FakeModule();

    /// To be loaded. SIGNET_LIB must name the folder of the built libraries.
    std::filesystem::path modulePath() const { return m_folder.path() / "fake.so"; }

    FakeModule& addToken(FakeToken token = {});
    /// A key and its certificate, on the token that was added last. `id` is hexadecimal.
    FakeModule& addKey(const std::string& id, const KeyAndCertificate& key, FakeKeyParts parts = {});
    /// Replaces the faults, "FUNCTION|any N ACTION" each; all counting starts over, also without faults.
    void setFaults(std::vector<std::string> faults);
    /// Replaces the further lines of a token.
    void setLines(unsigned long slot, std::vector<std::string> lines);

    /// Gives it slot events, each told by tellSlotEvent(). `isLocked`: it blocks its other functions while it
    /// waits for one.
    void enableSlotEvents(bool isLocked = false);
    void tellSlotEvent() const;

    /// What was called since the last clearLog().
    std::vector<LoggedCall> calls() const { return readModuleLog(logPath()); }
    std::vector<LoggedCall> callsOf(std::string_view function) const { return onlyOf(calls(), function); }
    void clearLog();
    /// The tokens are fresh again: first PIN, all tries.
    void forgetPins();

    std::filesystem::path logPath() const { return m_folder.path() / "calls.log"; }

private:
    void writeControl();
    std::filesystem::path memoryPath() const { return m_folder.path() / "memory"; }

    TemporaryFolder m_folder;
    struct TokenWithObjects {
        FakeToken token;
        std::vector<std::string> objects;
    };
    std::vector<TokenWithObjects> m_tokens;
    std::vector<std::string> m_faults;
    std::string m_slotEvents;  ///< the line of the control file
    Fd m_slotEventPipe;        ///< kept open, so that nothing in it is lost
    unsigned m_generation = 0;
};

/// makeKeyAndCertificate() once for the process: an RSA key costs up to a second.
const KeyAndCertificate& sharedKey(const std::string& kind);

}  // namespace signet::test
