// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/asker.hpp"
#include "agent/renewal_choice.hpp"
#include "agent/tokens.hpp"
#include "base/clock.hpp"
#include "certs/trust_list.hpp"
#include "pkcs11/renewal.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace signet {

/// What a renewal works with; all of it outlives the job.
struct RenewalPorts {
    Tokens& tokens;
    Asker& asker;
    const TrustList& trust;
    const Clock& clock;
    Language language = Language::zh;
    bool usePinPad = true;
};

struct CertificateRequestWish {
    std::filesystem::path out{};  ///< the new file
    CertificateSelection selection{};
    std::string token{};                  ///< label; empty: any
    std::optional<NewKeyKind> newKey{};   ///< nullopt: for the key that the certificate has
    std::filesystem::path subjectFrom{};  ///< a certificate's file, in place of one on a token
};

struct CertificateRequestMade {
    TokenChoice token;
    Certificate certificate;  ///< whose subject it repeats
    CertificateRequestReply reply;
    std::string pem;
};

/// Whether a request can be made for this certificate's key, or for a new one in its place.
/// Errors: algNotAllowed with reason "sm2_request_unsupported".
Result<void> checkRequestKey(const Certificate& certificate, const std::optional<NewKeyKind>& newKey);

/// The kind of a new key that is nearest to the certificate's.
NewKeyKind newKeyLike(const Certificate& certificate);

/// Makes a certificate request and writes it to a new file: finds out what it is for, asks, and has the token
/// sign it. One at a time. Thread: main, with a Qt event loop.
class CertificateRequestJob {
public:
    explicit CertificateRequestJob(const RenewalPorts& ports);
    ~CertificateRequestJob();  ///< as cancel()
    CertificateRequestJob(const CertificateRequestJob&) = delete;
    CertificateRequestJob& operator=(const CertificateRequestJob&) = delete;

    /// The reply may come before the call returns.
    /// Errors: those of the asker, of renewable(), of PinDialog::askPin() and of
    /// Tokens::requestCertificate(); invalidRequest with reason "file_exists", "file_unwritable" or
    /// "file_unreadable"; badRequest with reason "no_certificate_in_file".
    void start(CertificateRequestWish wish, Reply<CertificateRequestMade> reply);
    /// No question and no command stays, and no reply comes.
    void cancel();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
