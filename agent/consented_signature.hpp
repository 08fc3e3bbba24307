// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_choice.hpp"
#include "agent/login_ports.hpp"
#include "agent/turns.hpp"
#include "base/algorithm.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// What is to be signed with the chosen certificate, and how the journal names it.
struct SigningOrder {
    MessageKind kind = MessageKind::loginStatement;
    std::vector<Algorithm> algorithms{};  ///< best first
    std::vector<std::string> messages{};  ///< in step with them
    JournalRecord journal{};              ///< time, certificate, subject and result are filled in
};

/// A signature that verifies with the chosen certificate.
struct MadeSignature {
    Algorithm algorithm = Algorithm::es256;
    std::string message{};
    Bytes signature{};
    std::chrono::microseconds duration{};  ///< of C_SignInit and C_Sign alone
};

/// The flow that a signature is for. It may be destroyed in every one of these.
class SignatureOwner {
public:
    /// A certificate is chosen and not revoked. The owner asks what it has to ask, then calls enterPin().
    /// Again for another certificate, where the person could not go on with this one.
    virtual void onCertificateReady() = 0;
    /// The person has agreed, with the PIN or on the reader. An error ends the signature with it.
    virtual Result<SigningOrder> order() = 0;
    virtual void onSigned(MadeSignature signature) = 0;
    virtual void onNotSigned(const Error& error) = 0;

protected:
    ~SignatureOwner() = default;
};

/// One signature by a token that a person has chosen and agreed to: lists the tokens, chooses, checks, asks
/// for the PIN, signs and verifies. A PIN goes to the token exactly as often as a person gave one; a token
/// that leaves its slot stops it as tokenRemoved when it is the chosen one, or the last of those offered.
/// What a person can get over is offered to go on after, and a token that comes or goes meanwhile does so by
/// itself; only a person's no ends it with that error. A token that comes before a certificate is chosen is
/// among those offered; one that comes later is told to the face. Everything is asked for with the owner's
/// question. Thread: main. A member of its owner, which calls stop() before its own end.
class ConsentedSignature : private Turns<ConsentedSignature> {
public:
    /// Both outlive this object.
    ConsentedSignature(const LoginPorts& ports, SignatureOwner& owner) : m_ports(ports), m_owner(owner) {}
    ConsentedSignature(const ConsentedSignature&) = delete;
    ConsentedSignature& operator=(const ConsentedSignature&) = delete;
    ~ConsentedSignature() = default;

    /// Looks at the tokens before it is known what is asked.
    void startListing();
    /// Once. Chooses, and goes on to the owner's onCertificateReady().
    void open(LoginQuestion question, CertificateDemand demand, CertificateSelection selection);
    /// Goes on to the owner's onSigned().
    void enterPin();
    /// Drops whatever is under way; nothing is told any more. The Ui is left to the owner.
    void stop();
    /// Writes down how an attempt that reached the token has ended; nothing where there was none.
    void writeJournal(std::string_view result);

    /// fetch before open(), then choose to verify; relay when the signature has been handed over.
    LoginStep step() const { return m_step; }
    LoginQuestion& question() { return m_question; }
    const LoginQuestion& question() const { return m_question; }
    /// From onCertificateReady() on.
    const Chain& chain() const { return *m_chosen->verdict; }
    /// The PIN is one that keys are handed out with.
    bool hasFactoryPin() const { return m_hasFactoryPin; }

private:
    friend class Turns<ConsentedSignature>;

    void finishWith(const Error& error) { m_owner.onNotSigned(error); }

    // consented_signature.cpp: from the listing to the chosen certificate
    void startWatching();
    void onTokensChanged(const TokensChange& change);
    void onTokenRemoved(const TokenPlace& place);
    void onOfferRemoved(const TokenPlace& place);
    void onTokenAdded();
    bool isNews(const TokenPlace& place) const;
    bool isListed(const TokenPlace& place) const;
    void dropFromInventory(const TokenPlace& place);
    bool isOffered(const TokenPlace& place) const;
    void onModule(const ModuleListing& listing);
    void onInventory(TokenInventory inventory);
    void choose();
    Result<std::vector<AssessedCertificate>> choices();
    std::optional<AssessedCertificate> earlyChoice();
    void keepSame(std::vector<AssessedCertificate>& choices) const;
    void onChoices(std::vector<AssessedCertificate> choices);
    void onCardChosen(std::size_t index);
    void onCertificate(AssessedCertificate certificate);
    void onChecked(const RevocationProof& proof);
    void offerWayOn(const Error& error);
    void onWayOnOffered(bool isWanted);
    void chooseAgain();
    void onRefused(const Error& error);

    // consented_signature_pin.cpp: from the PIN to the signature
    void onFinalTryConfirmed(bool isAccepted);
    void askPin();
    void onPinPadConfirmed(bool isAccepted);
    void onPin(SecretBytes pin);
    void sign(SecretBytes pin);
    void openJournal(JournalRecord record);
    SignRequest signRequest(SigningOrder& order) const;
    void onSignFailed(const Error& error);
    void onRetryOffered(bool isWanted);
    void readTokenAgain();
    void onSigned(SignReply reply);
    Sm2Ways sm2Ways() const;
    void learnSm2(const std::string& strategy);
    void forgetSm2();
    Result<void> verify(const SignReply& reply) const;

    const LoginPorts& m_ports;
    SignatureOwner& m_owner;
    LoginStep m_step = LoginStep::fetch;
    LoginQuestion m_question;
    CertificateDemand m_demand;
    CertificateSelection m_selection;
    std::shared_ptr<int> m_listingTurn;  ///< the listing runs beside the owner's fetch
    std::shared_ptr<int> m_watchTurn;    ///< removals are told beside everything

    CommandId m_listCommand = 0;
    CommandId m_watchCommand = 0;
    CommandId m_signCommand = 0;
    CommandId m_checkCommand = 0;

    TokenInventory m_inventory;
    bool m_isListed = false;
    std::vector<AssessedCertificate> m_choices;
    std::optional<AssessedCertificate> m_chosen;
    bool m_wasFinalTryNews = false;  ///< the token was read again for it; once
    bool m_isWaiting = false;        ///< for a person's word on how to go on, or for a token
    bool m_isAskedAgain = false;  ///< a person wants to enter the PIN once more; everything else was settled

    std::optional<Error> m_lastError;
    SignRequest m_signRequest;
    std::optional<JournalRecord> m_journal;  ///< of an attempt that has not ended
    bool m_hasFactoryPin = false;
};

}  // namespace signet
