// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/login_kind.hpp"
#include "agent/reply.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "certs/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace signet {

/// A certificate as a person sees it.
struct CertificateCard {
    std::string fingerprintHex{};
    std::string name{};    ///< of the enterprise or the person
    std::string number{};  ///< masked; empty where the certificate names none
    std::string issuerName{};
    TimePoint notAfter{};
    std::string tokenLabel{};
    std::string label{};  ///< CKA_LABEL
};

/// One that cannot be used for this login, and why.
struct RefusedCard {
    CertificateCard card{};
    Error reason{};
};

/// An agreement that the signature accepts; `title` and `url` are empty where the platform does not tell
/// them.
struct AgreementCard {
    AgreementRef ref{};
    std::string title{};
    std::string url{};
    /// Set where this user accepted other agreements than those in force: the older version, empty for a
    /// document that is new.
    std::optional<std::string> acceptedVersion{};
};

/// What every face can show whole. A challenge with more is refused, for what is signed must have been shown.
inline constexpr std::size_t kMaxListed = 12;  ///< agreements, claims
inline constexpr std::size_t kMaxTextBytes = 2000;

/// Who asks, for what, as whom: what every question shows. Every text may come from the platform or a
/// certificate: it is shown literally, without control characters, and elided rather than let push the host
/// out.
struct LoginQuestion {
    std::string host{};    ///< who asks: the page's host, or the platform's when the user started it
    std::string origin{};  ///< the page's origin, or "signet:agent"
    std::string issuer{};  ///< empty for Web eID
    LoginKind kind = LoginKind::platform;
    Purpose purpose = Purpose::login;
    std::optional<ClientInfo> client{};  ///< the app that the login is for
    Act act{};
    std::vector<AgreementCard> agreements{};
    std::vector<std::string> claims{};
    std::optional<std::string> text{};             ///< txn
    std::optional<CertificateCard> certificate{};  ///< once it is chosen
    std::size_t usableCertificates =
        0;  ///< once the tokens were listed; a token that came since counts as one
    std::vector<RefusedCard> refusedCertificates{};
    std::string notice{};  ///< what the platform tells its users; may be empty
};

/// What a yes means.
enum class Confirmation {
    pinPad,             ///< sign; the PIN is entered on the reader, or the token asks for none
    finalPinTry,        ///< use the last PIN try
    agreements,         ///< accept the agreements (registration)
    changedAgreements,  ///< accept the new versions (R63)
    purposeText,        ///< do what the purpose and the text say
};

/// What a PIN is asked for. Units: bytes of UTF-8.
struct PinQuestion {
    std::string tokenLabel{};
    std::optional<int> triesLeft{};  ///< where the token tells
    bool isCountLow = false;
    bool isFinalTry = false;  ///< was confirmed already
    bool mustChange = false;  ///< the token wants it changed: still the issuer's, or expired
    std::uint32_t minPinBytes = 0;
    std::uint32_t maxPinBytes = 0;     ///< 0: not told
    std::optional<Error> lastError{};  ///< why it is asked again
};

/// Protocol.md section 5, `login.stage`.
enum class LoginStage { choose, pin, signing, relaying };

/// The reply to a PIN question, or to a confirmation of the PIN, with which a person goes back to the choice.
Error anotherCertificate();
bool isAnotherCertificate(const Error& error);

/// A face of the login: terminal, askpass, tray or a test. One question at a time: a new one takes the place
/// of one that is still open, whose reply is not called any more.
/// A reply of userCancelled is Cancel; any other error ends the login with that error. A reply may come
/// before the call returns. Thread: main.
class Ui {
public:
    virtual ~Ui() = default;

    /// The index of the card. Called only with two cards or more.
    virtual void chooseCertificate(const LoginQuestion& question, const std::vector<CertificateCard>& cards,
                                   Reply<std::size_t> reply) = 0;
    virtual void confirm(const LoginQuestion& question, Confirmation kind, Reply<bool> reply) = 0;
    virtual void askPin(const LoginQuestion& question, const PinQuestion& pin, Reply<SecretBytes> reply) = 0;
    /// Whether to go on after `error`: after pinIncorrect by asking for the PIN once more, after everything
    /// else by looking at the tokens anew, which also happens by itself when one comes or goes meanwhile.
    /// Only a person says yes: a program in the person's place always answers no.
    virtual void offerRetry(const LoginQuestion& question, const Error& error, Reply<bool> reply) = 0;
    virtual void showStage(LoginStage stage) = 0;
    /// A token came while a certificate is chosen and the PIN is asked for. The open question stands as it
    /// is; a person may now go back to the choice, where it is. `question` counts it.
    virtual void showArrival(const LoginQuestion&) {}
    /// The login has ended: well (nullptr) or with this error. close() follows.
    virtual void showEnd(const Error* error) = 0;
    /// The login has ended or was cancelled: an open question goes away, its reply is not called any more.
    virtual void close() = 0;
};

}  // namespace signet
