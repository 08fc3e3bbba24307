// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/documents.hpp"

#include "base/encoding.hpp"
#include "base/file.hpp"
#include "platform/builtin_documents.hpp"
#include "platform/vault.hpp"

#include <algorithm>
#include <map>
#include <system_error>

namespace signet {
namespace {

constexpr std::size_t kMaxDocumentBytes = 1024 * 1024;
constexpr std::string_view kFence = "---\n";

tl::unexpected<Error> documentError(std::string_view fileName, const std::string& what) {
    Error error;
    error.code = ErrorCode::configurationInvalid;
    error.detail = std::string(fileName) + ": " + what;
    error.params["name"] = error.detail;
    return fail(std::move(error));
}

auto headOf(std::string_view head) {
    decltype(DocumentParts::head) values;
    while (!head.empty()) {
        const auto line = head.substr(0, head.find('\n'));
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos)
            values[std::string(line.substr(0, colon))] = line.substr(colon + 2);
        head.remove_prefix(std::min(line.size() + 1, head.size()));
    }
    return values;
}

bool isSafeName(std::string_view text) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    return !text.empty() && text.size() <= 40 && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

/// One version is one text: a statement names the version, and its hash must not be a matter of luck.
bool contradicts(const DocumentRecord& a, const DocumentRecord& b) {
    return a.id == b.id && a.version == b.version && a.sha256 != b.sha256;
}

AgreementRef referenceTo(const DocumentRecord& document) {
    return {document.id, document.version, toBase64Url(document.sha256)};
}

}  // namespace

std::optional<DocumentParts> partsOf(std::string_view text) {
    const auto end = text.find("\n---\n");
    if (!text.starts_with(kFence) || end == std::string_view::npos) return std::nullopt;
    return DocumentParts{headOf(text.substr(kFence.size(), end + 1 - kFence.size())),
                         text.substr(end + 1 + kFence.size())};
}

Result<DocumentRecord> parseDocument(std::string_view text, std::string_view fileName) {
    auto parts = partsOf(text);
    if (!parts) return documentError(fileName, "expected a head between two lines of ---");
    auto& head = parts->head;
    DocumentRecord document{head["id"], head["version"], head["title"], std::string(text), digestOf(text)};
    if (!isSafeName(document.id))
        return documentError(fileName, "id: expected lower-case letters, digits, '-' and '.'");
    if (!isSafeName(document.version))
        return documentError(fileName, "version: expected letters, digits, '-' and '.'");
    if (document.title.empty()) return documentError(fileName, "title: is not set");
    return document;
}

Result<Documents> Documents::load(const std::filesystem::path& folder) {
    std::vector<DocumentRecord> all;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        if (it->path().extension() != ".md") continue;
        auto text = readFile(it->path(), kMaxDocumentBytes);
        if (!text) return fail(std::move(text.error()));
        auto document = parseDocument(*text, it->path().string());
        if (!document) return fail(std::move(document.error()));
        if (std::any_of(all.begin(), all.end(),
                        [&](const auto& known) { return contradicts(known, *document); }))
            return documentError(it->path().string(), "another file has the same id and version");
        all.push_back(std::move(*document));
    }
    if (error) return documentError(folder.string(), error.message());
    if (all.empty()) return documentError(folder.string(), "no *.md file");
    return Documents(std::move(all));
}

Documents Documents::builtIn() {
    std::vector<DocumentRecord> all;
    for (const auto text : kBuiltinDocuments)
        if (auto document = parseDocument(text, "built-in document")) all.push_back(std::move(*document));
    return Documents(std::move(all));
}

Documents::Documents(std::vector<DocumentRecord> all) : m_all(std::move(all)) {
    std::map<std::string, const DocumentRecord*> newest;
    for (const auto& document : m_all) {
        const auto*& known = newest[document.id];
        if (known == nullptr || known->version < document.version) known = &document;
    }
    for (const auto& [id, document] : newest) m_inForce.push_back(*document);
}

std::vector<AgreementRef> Documents::references() const {
    std::vector<AgreementRef> references;
    std::transform(m_inForce.begin(), m_inForce.end(), std::back_inserter(references), referenceTo);
    return references;
}

bool Documents::areInForce(const std::vector<AgreementRef>& references) const {
    return std::equal(references.begin(), references.end(), m_inForce.begin(), m_inForce.end(),
                      [](const AgreementRef& reference, const DocumentRecord& document) {
                          const auto now = referenceTo(document);
                          return reference.id == now.id && reference.version == now.version &&
                                 reference.sha256 == now.sha256;
                      });
}

}  // namespace signet
