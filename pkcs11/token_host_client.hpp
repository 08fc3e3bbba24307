// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "pkcs11/renewal.hpp"
#include "pkcs11/sign_request.hpp"
#include "pkcs11/token.hpp"

#include <sys/types.h>
#include <chrono>
#include <filesystem>
#include <memory>

namespace signet {

struct HostDeadlines {
    std::chrono::milliseconds list{10'000};
    std::chrono::milliseconds sign{60'000};
    std::chrono::milliseconds changePin{60'000};
    std::chrono::milliseconds request{120'000};  ///< with a new key, which slow tokens take long to make
    std::chrono::milliseconds install{60'000};
};

/// What ended a sleep between commands.
enum class IdleEvent { woken, slotChanged, hostDied };

/// Where signet-token-host is: beside the running program, else in the libexec folder of the installation.
/// Never from the environment, which anybody may have set.
std::filesystem::path tokenHostProgram();

/// The agent's end of one signet-token-host: starts it at the first command, starts it again after it died. A
/// process that died idle is replaced without an error. A module that crashes, exits or does not answer in
/// time ends the command as moduleFailed, params["module"] naming it; the next command has a new process.
/// Back-off: the second failure in a row to start (load, C_Initialize, death before that) and each one after
/// it closes the module for a time (1, 2, 4 … 60 s), in which commands are moduleFailed with reason
/// "backing_off" at once; nobody is made to wait.
/// Thread: commands from one thread at a time, they block; interrupt() and clearInterrupt() from any.
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
    /// length), invalidRequest (not a statement); pinFinalTryDeclined with reason "not_asked" and triesLeft 1
    /// when the token has one try left now and the request does not accept that: nothing was sent.
    Result<SignReply> sign(const SignRequest& request, SecretBytes pin);

    /// C_SetPIN after C_Login is not needed by PKCS#11; both PINs are wiped.
    /// Errors: as sign; badRequest with reason "pin_length".
    Result<void> changePin(const PinChangeRequest& request, SecretBytes oldPin, SecretBytes newPin);

    /// A PKCS#10 request for a key on the token or for one that is made there first, in a host of its own: it
    /// ends with the request. A key pair that was made stays on the token, whatever comes after it.
    /// Errors: as sign; algNotAllowed with reason "sm2_request_unsupported" or "key_type"; tokenError with
    /// reason "read_only", "device_memory", "function_not_supported".
    Result<CertificateRequestReply> requestCertificate(const CertificateRequest& request, SecretBytes pin);

    /// Writes a certificate beside its key; deletes and changes nothing.
    /// Errors: as sign; badRequest with reason "does_not_fit" (no key on the token has its public key) or
    /// "already_installed"; noCertificate with reason "key_missing" (only the public half is there);
    /// tokenError with reason "read_only", "device_memory", "function_not_supported".
    Result<CertificateInstallReply> installCertificate(const CertificateInstallRequest& request,
                                                       SecretBytes pin);

    /// Has the host tell the slot events of the module itself from now on, also after a restart; a module
    /// that has none stays silent. One that crashes at it, or blocks its other functions meanwhile (a listing
    /// right after it shows that), goes on without, for good; so does one whose later command misses its
    /// deadline. Errors: as list(); the host has ended then.
    Result<void> watchSlots();

    /// Sleeps until `wakeDescriptor` is readable (it is not read), the module tells a slot event, or the host
    /// dies. Without a host it sleeps for the descriptor alone.
    IdleEvent waitIdle(int wakeDescriptor);

    /// Ends the host: the next command starts another, whose module looks anew at what is plugged in.
    void restart();

    /// Ends a command that is running: it returns userCancelled, and the process is ended. One that comes
    /// before a command stays and ends that one at its beginning, so that none is lost while a command is
    /// about to begin; it goes with the command that it ends.
    void interrupt();
    /// Drops an interrupt that came too late for the last command. For who has more than one command: called
    /// before each, under the lock under which it decides whom an interrupt() is for.
    void clearInterrupt();
    /// Process id of the host, 0 when none runs. For tests and doctor.
    pid_t processId() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
