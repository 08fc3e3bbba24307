// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/algorithm.hpp"
#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "pkcs11/token.hpp"

#include <sys/types.h>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace signet {

/// Which key on which token. Slot numbers may change between listings, so label and serial are compared
/// before a PIN is sent.
struct KeyReference {
    std::uint64_t slot = 0;
    std::string tokenLabel{};
    std::string tokenSerial{};
    Bytes keyId{};        ///< CKA_ID
    Bytes certificate{};  ///< DER; the host checks that the token still holds it
};

struct SignRequest {
    KeyReference key{};
    /// Accepted algorithms, best first; the host takes the first that the token's mechanisms allow.
    std::vector<Algorithm> algorithms{};
    /// The signing input of the statement for every algorithm, in step with `algorithms` (the header names
    /// alg). What does not begin as a statement does is refused here and in the host: nothing else is ever
    /// signed.
    std::vector<std::string> statements{};
};

struct SignReply {
    std::size_t chosen = 0;                    ///< index into algorithms
    Bytes signature{};                         ///< in the statement's form (raw r‖s, RSA block)
    std::chrono::microseconds signDuration{};  ///< of C_SignInit and C_Sign alone
};

struct HostDeadlines {
    std::chrono::milliseconds list{10'000};
    std::chrono::milliseconds sign{60'000};
    std::chrono::milliseconds changePin{60'000};
};

/// Where signet-token-host is: beside the running program, else in the libexec folder of the installation.
/// Never from the environment, which anybody may have set.
std::filesystem::path tokenHostProgram();

/// The agent's end of one signet-token-host: starts it at the first command, starts it again after it died. A
/// process that died idle is replaced without an error. A module that crashes, exits or does not answer in
/// time ends the command as moduleFailed, params["module"] naming it; the next command has a new process.
/// Back-off: the second failure in a row to start (load, C_Initialize, death before that) and each one after
/// it closes the module for a time (1, 2, 4 … 60 s), in which commands are moduleFailed with reason
/// "backing_off" at once; nobody is made to wait.
/// Thread: commands from one thread at a time, they block; interrupt() from any.
class TokenHostClient {
public:
    /// `program` is the path of signet-token-host. Nothing is started yet.
    TokenHostClient(std::filesystem::path program, std::filesystem::path module,
                    HostDeadlines deadlines = {});
    ~TokenHostClient();
    TokenHostClient(const TokenHostClient&) = delete;
    TokenHostClient& operator=(const TokenHostClient&) = delete;

    const std::filesystem::path& module() const;

    /// All slots with their tokens and certificates.
    /// Errors: moduleFailed with reason "crashed" (the signal in `detail`), "exited", "deadline",
    /// "load_failed", "initialize_failed", "protocol", "start_failed" (no process), "backing_off".
    Result<TokenListing> list();

    /// Logs in, signs, logs out: one message each way. An empty `pin` is for a protected authentication path.
    /// The PIN's memory is wiped here and in the host before this returns, whatever the outcome.
    /// Errors: pinIncorrect, pinLocked (triesLeft where told), tokenRemoved, tokenError, noCertificate,
    /// algNotAllowed, moduleFailed, userCancelled, signatureInvalid (the token gave a signature of wrong
    /// length), invalidRequest (not a statement).
    Result<SignReply> sign(const SignRequest& request, SecretBytes pin);

    /// C_SetPIN after C_Login is not needed by PKCS#11; both PINs are wiped.
    /// Errors: as sign; badRequest with reason "pin_length".
    Result<void> changePin(const KeyReference& token, SecretBytes oldPin, SecretBytes newPin);

    /// Ends a command that is running: it returns userCancelled, and the process is ended. Without one it
    /// does nothing: it is not kept for the next.
    void interrupt();
    /// Process id of the host, 0 when none runs. For tests and doctor.
    pid_t processId() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
