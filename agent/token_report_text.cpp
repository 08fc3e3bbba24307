// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/language.hpp"
#include "agent/prompt_text.hpp"
#include "agent/token_report.hpp"

#include <string>
#include <vector>

namespace signet {
namespace {

std::string moduleLine(const ModuleListing& module, Language language) {
    std::string line = Text{"驱动:", "Module: "}.of(language) + module.module.string();
    if (!module.result)
        return line + "\n  " + sentence(module.result.error(), language) + "  (" +
               module.result.error().reason + ")";
    if (!module.result->moduleDescription.empty())
        line += "  " + shownLiterally(module.result->moduleDescription);
    for (const auto& fault : module.result->faults)
        line += "\n  slot " + std::to_string(fault.slot) + ": " + sentence(fault.error, language);
    return line;
}

void addIf(std::string& line, bool isSo, const Text& text, Language language) {
    if (isSo) line += (line.empty() ? "" : Text{",", ", "}.of(language)) + text.of(language);
}

std::string stateOf(const TokenInfo& info, Language language) {
    std::string line;
    addIf(line, !info.isInitialized, {"未初始化", "not initialised"}, language);
    addIf(line, info.isPinLocked, {"口令已锁定", "PIN locked"}, language);
    addIf(line, info.isPinFinalTry, {"只剩最后一次口令机会", "one PIN try left"}, language);
    addIf(line, info.isPinCountLow && !info.isPinFinalTry, {"曾输错口令", "a wrong PIN was entered before"},
          language);
    addIf(line, info.isInitialized && !info.isUserPinSet, {"未设置口令", "no PIN set"}, language);
    addIf(line, info.mustChangePin,
          {"须先修改口令(signet pin change)", "PIN must be changed (signet pin change)"}, language);
    addIf(line, info.hasProtectedPath, {"在读卡器上输入口令", "PIN is entered on the reader"}, language);
    return line;
}

std::string tokenLine(const TokenReport& token, Language language) {
    std::string line = "USB key: " + shownLiterally(token.info.label);
    line +=
        "  " + shownLiterally(token.info.manufacturer + " " + token.info.model + "  " + token.info.serial);
    const auto state = stateOf(token.info, language);
    return state.empty() ? line : line + "\n  " + state;
}

std::string leftOutLine(std::size_t count, Language language) {
    const auto number = std::to_string(count);
    return language == Language::zh ? "  另有 " + number + " 张证书过大(超过 64 KiB)或过多,没有列出"
                                    : "  " + number + " more too large (over 64 KiB) or too many, not listed";
}

std::string certificateLines(const CertificateReport& certificate, Language language) {
    const auto& entry = certificate.assessed;
    const bool isUsable = entry.isUsable();
    std::string text = std::string("  ") + (isUsable ? "✓ " : "✗ ") + cardLine(cardFor(entry), language);
    if (entry.certificate) text += "\n    SHA-256 " + entry.certificate->fingerprintHex();
    if (certificate.identity && !certificate.identity->checkDigitFits)
        text += "\n    " +
                Text{"号码的校验位不符(仅提示)", "the number's check digit does not fit (a hint only)"}.of(
                    language);
    if (isUsable) return text;
    text += "\n    " + reasonSentence(certificate, language) + "\n    (" + certificate.reason;
    return text + (certificate.detail.empty() ? "" : ": " + shownLiterally(certificate.detail)) + ")";
}

}  // namespace

std::string reasonSentence(const CertificateReport& certificate, Language language) {
    if (certificate.assessed.isUsable()) return {};
    if (certificate.reason == "no_private_key")
        return Text{"USB key 中没有这张证书的私钥。",
                    "The private key of this certificate is not on the USB key."}
            .of(language);
    if (certificate.reason == "certificate_malformed")
        return Text{"证书内容损坏。", "The certificate is damaged."}.of(language);
    return sentence(certificate.assessed.verdict.error(), language);
}

std::string tokensText(const TokensReport& report, Language language) {
    std::vector<std::string> lines;
    for (const auto& token : report.tokens) {
        lines.push_back(tokenLine(token, language));
        for (const auto& certificate : token.certificates)
            lines.push_back(certificateLines(certificate, language));
        if (token.leftOutCertificates > 0) lines.push_back(leftOutLine(token.leftOutCertificates, language));
        if (token.certificates.empty() && token.leftOutCertificates == 0)
            lines.push_back("  " + Text{"没有证书", "no certificates"}.of(language));
    }
    if (report.tokens.empty())
        for (const auto& module : report.modules) lines.push_back(moduleLine(module, language));
    return joined(lines);
}

}  // namespace signet
