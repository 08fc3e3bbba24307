// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "ui/fault_words.hpp"

#include "agent/language.hpp"
#include "ui/ui_language.hpp"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <string_view>

namespace signet {
namespace {

constexpr std::size_t kTextColumns = 400;

struct WindowAdvice {
    ErrorCode code;
    std::string_view reason;
    Text text;
};

using enum ErrorCode;

/// Instead of advice that is a command.
// clang-format off
constexpr std::array kWindowAdvice{
    WindowAdvice{noCertificate, "", {"「USB key 和证书」中写明每张证书不能使用的原因。", "\"Keys and certificates\" says why each cannot be used."}},
    WindowAdvice{noCertificate, "selection_not_found", {"请插入存有这张证书的 USB key。", "Plug in the USB key that holds it."}},
    WindowAdvice{noToken, "selection_not_found", {"请插入这个 USB key。", "Plug it in."}},
    WindowAdvice{badRequest, "already_installed", {"「USB key 和证书」的列表中可以看到它。", "It is in the list of \"Keys and certificates\"."}},
    WindowAdvice{tokenError, "not_kept", {"请拔下后重新插入,再看「USB key 和证书」中的列表。", "Plug the USB key in again and look at the list of \"Keys and certificates\"."}},
    WindowAdvice{tokenError, "pin_expired", {"请在「USB key 和证书」中修改口令。", "Change it in \"Keys and certificates\"."}},
    WindowAdvice{invalidRequest, "site_unknown", {"", ""}},
    WindowAdvice{invalidRequest, "report_exists", {"请换一个文件名。", "Choose another name."}},
    WindowAdvice{issuerNotAllowed, "issuer_missing", {"请联系管理员。", "Ask your administrator."}},
};
// clang-format on

/// "(signet doctor)", with the blank before it in English.
QString withoutCommands(QString text) {
    static const QRegularExpression command(QStringLiteral("\\s?\\(signet [^)]*\\)"));
    return text.remove(command);
}

}  // namespace

QString faultText(const Error& error, Language language) {
    return withoutCommands(shown(sentence(error, language), kTextColumns));
}

QString adviceText(const Error& error, Language language) {
    // A platform's reason is not ours to know.
    const auto reason = error.isFromPlatform ? std::string_view() : std::string_view(error.reason);
    const auto own = std::ranges::find_if(kWindowAdvice, [&](const WindowAdvice& row) {
        return row.code == error.code && row.reason == reason;
    });
    if (own != kWindowAdvice.end()) return toQt(own->text.of(language));
    return withoutCommands(shown(advice(error, language), kTextColumns));
}

QString codeText(const Error& error) {
    auto text = toQt(errorInfo(error.code).name);
    if (!error.reason.empty()) text += QStringLiteral(": ") + shown(error.reason, 60);
    return text;
}

}  // namespace signet
