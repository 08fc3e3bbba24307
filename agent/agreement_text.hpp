// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace signet {

/// A piece of a paragraph. A material clause is bold, as the platform marked it ("**…**").
struct TextRun {
    std::string text{};
    bool isBold = false;

    friend bool operator==(const TextRun&, const TextRun&) = default;
};

struct AgreementParagraph {
    enum class Kind { heading, text, item };
    Kind kind = Kind::text;
    int level = 0;         ///< of a heading: 1 to 6
    std::string marker{};  ///< of an item: "1." or "•"
    std::vector<TextRun> runs{};
};

/// An agreement as a window shows it.
struct AgreementText {
    std::string id{};       ///< of its head; empty where it has none
    std::string version{};  ///< the same
    std::string date{};     ///< the same: when it was published, as it stands there
    std::vector<AgreementParagraph> paragraphs{};
};

/// Reads the Markdown of agreements: a head between two lines "---" (which need not be there), headings,
/// paragraphs, numbered and plain items, and "**…**". Whatever else stands there is kept as it is, so that
/// nothing of what is accepted stays unseen. Errors: platformError with reason "document_malformed" (not
/// UTF-8, nothing to read). Thread: any.
Result<AgreementText> parseAgreement(std::string_view markdown);

}  // namespace signet
