// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "agent/agreement_text.hpp"
#include "agent/platform_client.hpp"
#include "certs/statement.hpp"

#include <string>
#include <vector>

namespace signet {

/// An agreement in force with its text, which is the very one that the metadata names by its SHA-256.
struct AgreementDocument {
    PublishedAgreement published{};
    AgreementText text{};

    /// As a challenge names it.
    AgreementRef reference() const { return {published.id, published.version, published.sha256}; }
};

/// Reads the agreements of a platform, so that a person can read them before registering.
/// Replies once, never from load(); the destructor ends it silently. Thread: main.
class AgreementDocuments {
public:
    /// `platform` outlives this object.
    explicit AgreementDocuments(PlatformClient& platform) : m_platform(platform) {}
    ~AgreementDocuments() { cancel(); }
    AgreementDocuments(const AgreementDocuments&) = delete;
    AgreementDocuments& operator=(const AgreementDocuments&) = delete;

    /// In the order of the metadata; what runs is dropped. Errors: those of PlatformClient; maintenance;
    /// platformError with reason "document_malformed" (also: its head names another id or version),
    /// "question_too_long" (more than can be shown).
    void load(const std::string& issuer, Reply<std::vector<AgreementDocument>> reply);
    void cancel();

private:
    void onMetadata(Result<IssuerMetadata> metadata);
    void fetchNext();
    void onText(Result<std::string> text);
    void conclude(Result<std::vector<AgreementDocument>> result);

    PlatformClient& m_platform;
    CommandId m_command = 0;
    IssuerMetadata m_metadata;
    std::vector<AgreementDocument> m_documents;
    Reply<std::vector<AgreementDocument>> m_reply;
};

}  // namespace signet
