// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agreement_documents.hpp"

#include "agent/canonical_url.hpp"
#include "agent/ui.hpp"

#include <utility>

namespace signet {
namespace {

Error maintenanceOf(const IssuerMetadata& platform) {
    Error error{.code = ErrorCode::maintenance, .isFromPlatform = true};
    if (!platform.maintenanceUntil.empty()) error.params["date"] = platform.maintenanceUntil;
    return error;
}

/// A head that contradicts the metadata: one of them is wrong, and the user would not know which.
bool contradicts(const AgreementText& text, const PublishedAgreement& published) {
    return (!text.id.empty() && text.id != published.id) ||
           (!text.version.empty() && text.version != published.version);
}

}  // namespace

void AgreementDocuments::load(const std::string& issuer, Reply<std::vector<AgreementDocument>> reply) {
    cancel();
    m_documents.clear();
    m_reply = std::move(reply);
    m_command = m_platform.fetchMetadata(
        issuer, [this](Result<IssuerMetadata> metadata) { onMetadata(std::move(metadata)); });
}

void AgreementDocuments::cancel() {
    if (m_command != 0) m_platform.cancel(std::exchange(m_command, 0));
    m_reply = nullptr;
}

void AgreementDocuments::onMetadata(Result<IssuerMetadata> metadata) {
    if (!metadata) return conclude(fail(metadata.error()));
    if (metadata->isInMaintenance) return conclude(fail(maintenanceOf(*metadata)));
    if (metadata->agreements.size() > kMaxListed)
        return conclude(
            fail(ErrorCode::platformError, "more agreements than can be shown", "question_too_long"));
    m_metadata = std::move(*metadata);
    fetchNext();
}

void AgreementDocuments::fetchNext() {
    const auto& agreements = m_metadata.agreements;
    if (m_documents.size() == agreements.size()) return conclude(std::move(m_documents));
    m_command = m_platform.fetchAgreement(m_metadata, agreements[m_documents.size()],
                                          [this](Result<std::string> text) { onText(std::move(text)); });
}

void AgreementDocuments::onText(Result<std::string> text) {
    if (!text) return conclude(fail(text.error()));
    const auto& published = m_metadata.agreements[m_documents.size()];
    auto parsed = parseAgreement(*text);
    if (parsed && contradicts(*parsed, published))
        parsed = fail(ErrorCode::platformError, "the head names another id or version", "document_malformed");
    if (!parsed) {
        auto error = parsed.error();
        error.params["host"] = hostOf(m_metadata.issuer);
        return conclude(fail(std::move(error)));
    }
    m_documents.push_back({published, std::move(*parsed)});
    fetchNext();
}

/// The last thing that happens: the reply may destroy this object.
void AgreementDocuments::conclude(Result<std::vector<AgreementDocument>> result) {
    m_command = 0;
    if (const auto reply = std::exchange(m_reply, nullptr)) reply(std::move(result));
}

}  // namespace signet
