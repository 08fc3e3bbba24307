// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"
#include "certs/statement.hpp"
#include "platform/records.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// The agreements: every version that is known, and the newest of each id, which is in force.
/// Thread: any, never changed after load.
class Documents {
public:
    /// Every *.md of the folder. Errors: configurationInvalid with the file's name, also of one whose id and
    /// version another file has with another text.
    static Result<Documents> load(const std::filesystem::path& folder);
    /// The samples that are built in.
    static Documents builtIn();
    explicit Documents(std::vector<DocumentRecord> all);

    const std::vector<DocumentRecord>& all() const { return m_all; }
    /// Sorted by id.
    const std::vector<DocumentRecord>& inForce() const { return m_inForce; }
    /// As a challenge names them.
    std::vector<AgreementRef> references() const;
    bool areInForce(const std::vector<AgreementRef>& references) const;

private:
    std::vector<DocumentRecord> m_all;
    std::vector<DocumentRecord> m_inForce;
};

/// A document's two parts.
struct DocumentParts {
    std::map<std::string, std::string, std::less<>> head;  ///< "name: value", a line each
    std::string_view body;                                 ///< the Markdown after it; a view into the text
};

/// nullopt for a text that has no head between two lines "---". Pure.
std::optional<DocumentParts> partsOf(std::string_view text);

/// One Markdown file: a head between two lines "---" with id, version and title, then the text. What is
/// hashed, kept and served is the whole file. Errors: configurationInvalid naming `fileName`.
Result<DocumentRecord> parseDocument(std::string_view text, std::string_view fileName);

}  // namespace signet
