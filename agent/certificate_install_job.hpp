// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/certificate_request_job.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace signet {

struct CertificateInstallWish {
    std::filesystem::path file{};  ///< the issuer's answer
    std::string token{};           ///< label; empty: any
};

struct CertificateInstalled {
    Certificate certificate;
    TokenChoice token;
    CertificateInstallReply reply;
    std::vector<Error> warnings;
    bool isUsable = false;
    std::string reason{};  ///< an error's code, where it is not
};

/// Writes an issuer's answer beside its key: finds the key, says what goes where and what stays, asks, and
/// looks at the token again. One at a time. Thread: main, with a Qt event loop.
class CertificateInstallJob {
public:
    explicit CertificateInstallJob(const RenewalPorts& ports);
    ~CertificateInstallJob();  ///< as cancel()
    CertificateInstallJob(const CertificateInstallJob&) = delete;
    CertificateInstallJob& operator=(const CertificateInstallJob&) = delete;

    /// The reply may come before the call returns.
    /// Errors: those of the asker, of tokenChoices(), of PinDialog::askPin() and of
    /// Tokens::installCertificate(); invalidRequest with reason "file_unreadable"; badRequest with reason
    /// "no_certificate_in_file", "already_installed" or "does_not_fit"; certificateExpired; tokenError with
    /// reason "not_kept".
    void start(CertificateInstallWish wish, Reply<CertificateInstalled> reply);
    /// No question and no command stays, and no reply comes.
    void cancel();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace signet
