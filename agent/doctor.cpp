// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor.hpp"

#include "agent/canonical_url.hpp"
#include "agent/language.hpp"

#include <algorithm>
#include <chrono>

namespace signet {
namespace {

constexpr std::chrono::seconds kClockTolerance{60};
constexpr std::chrono::days kSoon{30};

/// A finding whose cause is an error of the table.
Check failed(std::string code, std::string subject, const Error& error, Language language) {
    Check check{std::move(code), Finding::fault, std::move(subject)};
    check.sentence = sentence(error, language);
    check.advice = advice(error, language);
    check.seen = std::string(errorInfo(error.code).name);
    if (!error.reason.empty()) check.seen += " (" + error.reason + ")";
    if (!error.detail.empty()) check.seen += ": " + error.detail;
    return check;
}

Check checkModule(const ModuleFile& module, const ModuleListing* listing, Language language) {
    if (listing == nullptr) return {"module", Finding::skipped, module.path.string()};
    if (!listing->result) return failed("module", module.path.string(), listing->result.error(), language);
    const auto& result = *listing->result;
    if (!result.faults.empty())
        return failed("module_slot", module.path.string(), result.faults.front().error, language);
    Check check{"module", Finding::fine, module.path.string(),
                Text{"驱动可用。", "The module works."}.of(language)};
    check.seen = module.source + "; " + result.moduleDescription + "; " +
                 std::to_string(result.tokens.size()) + " token(s)";
    return check;
}

Check pinCheck(const TokenReport& token, Language language) {
    const auto& info = token.info;
    Error error{.code = ErrorCode::pinLocked};
    error.triesLeft = info.triesLeft;
    if (info.isPinLocked) return failed("token_pin_locked", info.label, error, language);
    Check check{
        "token", Finding::hint, info.label, {}, {}, info.manufacturer + " " + info.model + " " + info.serial};
    if (info.isPinFinalTry)
        check.sentence = Text{"只剩最后一次口令机会。", "Only one PIN try is left."}.of(language);
    else if (!info.isUserPinSet)
        check.sentence = Text{"还没有设置口令。", "No PIN has been set."}.of(language);
    else if (info.mustChangePin)
        check.sentence =
            Text{"须先修改口令(signet pin change)。", "The PIN must be changed first (signet pin change)."}
                .of(language);
    else if (info.isPinCountLow)
        check.sentence =
            Text{"曾输错口令,请留意。", "A wrong PIN was entered before; take care."}.of(language);
    else
        return {"token", Finding::fine, info.label, Text{"USB key 可用。", "The token works."}.of(language),
                {},      check.seen};
    return check;
}

Check certificateCheck(const CertificateReport& report, TimePoint now, Language language) {
    const auto card = cardFor(report.assessed);
    Check check{"certificate", Finding::fine, card.name,
                Text{"证书可用于登录。", "The certificate may log in."}.of(language)};
    check.seen = card.fingerprintHex + "; " + card.issuerName + "; until " + dateText(card.notAfter);
    if (!report.assessed.isUsable()) {
        check.finding = Finding::hint;
        check.code = report.reason;
        check.sentence = reasonSentence(report, language);
        check.advice =
            report.reason == "no_private_key" ? "" : advice(report.assessed.verdict.error(), language);
        check.seen += "; " + report.detail;
    } else if (card.notAfter - now < kSoon) {
        check.finding = Finding::hint;
        check.code = "certificate_expires_soon";
        check.sentence = language == Language::zh
                             ? "证书将于 " + dateText(card.notAfter) + " 到期。"
                             : "The certificate expires on " + dateText(card.notAfter) + ".";
        check.advice =
            Text{"请尽早联系发证机构续期。", "Ask your certificate issuer to renew it in time."}.of(language);
    }
    return check;
}

}  // namespace

std::string_view toString(Finding finding) {
    switch (finding) {
        case Finding::fine:
            return "ok";
        case Finding::hint:
            return "hint";
        case Finding::fault:
            return "fault";
        case Finding::skipped:
            return "skipped";
    }
    return {};
}

Check checkConfiguration(const Result<Configuration>& configuration, Language language) {
    if (!configuration) return failed("configuration", {}, configuration.error(), language);
    Check check{
        "configuration", Finding::fine, {}, Text{"配置有效。", "The configuration is valid."}.of(language)};
    check.seen = std::to_string(configuration->issuers.size()) + " issuer(s)";
    for (const auto& [key, values] : configuration->settings)
        if (configuration->isLocked(key)) check.seen += "; " + key + " is set by policy";
    if (!configuration->issuers.empty()) return check;
    check.finding = Finding::fault;
    check.code = "no_issuer";
    check.sentence = Text{"还没有配置平台。", "No platform is configured."}.of(language);
    check.advice =
        Text{"请在配置文件中写入 issuer = https://…", "Write issuer = https://… into the configuration file."}
            .of(language);
    return check;
}

std::vector<Check> checkModules(const std::vector<ModuleFile>& modules, const TokenInventory& inventory,
                                Language language) {
    std::vector<Check> checks;
    for (const auto& module : modules) {
        const auto& listings = inventory.modules;
        const auto found = std::find_if(listings.begin(), listings.end(),
                                        [&](const auto& l) { return l.module == module.path; });
        checks.push_back(checkModule(module, found == listings.end() ? nullptr : &*found, language));
    }
    if (checks.empty())
        checks.push_back({"no_module",
                          Finding::fault,
                          {},
                          Text{"没有找到 USB key 的驱动。", "No token module was found."}.of(language),
                          Text{"请安装 USB key 的驱动,或在配置中写入 module = 路径。",
                               "Install the token's driver, or write module = PATH into the configuration."}
                              .of(language)});
    return checks;
}

std::vector<Check> checkTokens(const TokensReport& report, Language language) {
    std::vector<Check> checks;
    for (const auto& token : report.tokens) checks.push_back(pinCheck(token, language));
    if (checks.empty()) checks.push_back(failed("no_token", {}, Error{.code = ErrorCode::noToken}, language));
    return checks;
}

std::vector<Check> checkCertificates(const TokensReport& report, TimePoint now, Language language) {
    std::vector<Check> checks;
    bool isAnyUsable = false;
    for (const auto& token : report.tokens) {
        for (const auto& certificate : token.certificates) {
            checks.push_back(certificateCheck(certificate, now, language));
            isAnyUsable = isAnyUsable || certificate.assessed.isUsable();
        }
    }
    if (!report.tokens.empty() && !isAnyUsable)
        checks.push_back(failed("no_certificate", {}, Error{.code = ErrorCode::noCertificate}, language));
    return checks;
}

Check checkTrust(const Result<TrustList>& trust, TimePoint now, Language language) {
    if (!trust) return failed("trust", {}, trust.error(), language);
    Check check{
        "trust", Finding::fine, {}, Text{"信任列表已读取。", "The trust list was read."}.of(language)};
    const auto& issuers = trust->issuers();
    const auto ended = std::count_if(issuers.begin(), issuers.end(), [&](const TrustedIssuer& issuer) {
        return issuer.certificate.notAfter() < now || (issuer.licensedTo && *issuer.licensedTo < now);
    });
    check.seen = std::to_string(issuers.size()) + " CA(s), " + std::to_string(ended) + " of them expired";
    if (!issuers.empty()) return check;
    check.finding = Finding::fault;
    check.code = "trust_empty";
    check.sentence =
        Text{"信任列表是空的,没有证书可用于登录。", "The trust list is empty: no certificate may log in."}.of(
            language);
    check.advice = Text{"请管理员把发证机构的证书放入信任文件夹。",
                        "Ask your administrator to put the CAs' certificates into the trust folder."}
                       .of(language);
    return check;
}

Check checkIssuer(const std::string& issuer, const Result<IssuerMetadata>& metadata, Language language) {
    if (!metadata) return failed("issuer", issuer, metadata.error(), language);
    Check check{
        "issuer", Finding::fine, issuer,
        Text{"平台可以访问,安全连接可信。", "The platform answers over a trusted connection."}.of(language)};
    if (!metadata->isInMaintenance) return check;
    check.finding = Finding::hint;
    check.code = "maintenance";
    check.sentence = sentence(Error{.code = ErrorCode::maintenance}, language);
    check.seen = metadata->notice;
    return check;
}

Check checkClock(const std::string& issuer, const Result<FetchedChallenge>& challenge, TimePoint now,
                 Language language) {
    if (!challenge)
        return {
            "clock", Finding::skipped,
            issuer,  {},
            {},      std::string(errorInfo(challenge.error().code).name) + ": " + challenge.error().detail};
    const auto ahead = now - challenge->challenge.issuedAt;
    Check check{
        "clock", Finding::fine, issuer,
        Text{"电脑时间与平台一致。", "This computer's clock agrees with the platform's."}.of(language)};
    check.seen = std::to_string(ahead.count()) + " s ahead of the platform";
    if (std::chrono::abs(ahead) <= kClockTolerance) return check;
    check.finding = Finding::hint;
    check.code = "clock_off";
    check.sentence =
        Text{"电脑时间与平台相差太多。", "This computer's clock differs too much from the platform's."}.of(
            language);
    check.advice = Text{"请校准电脑的日期和时间。", "Set this computer's date and time."}.of(language);
    return check;
}

Check checkP11Kit(const Configuration& configuration, const std::vector<ModuleFile>& modules,
                  Language language) {
    const auto registered =
        std::count_if(modules.begin(), modules.end(), [](const auto& m) { return m.source == "p11-kit"; });
    Check check{"p11_kit", Finding::fine, {}};
    check.sentence =
        configuration.useP11Kit
            ? Text{"已查找 p11-kit 登记的驱动。", "Modules that p11-kit registers were looked for."}.of(
                  language)
            : Text{"配置为不使用 p11-kit 登记的驱动。", "Modules of p11-kit are switched off."}.of(language);
    for (const auto& module : modules)
        if (module.source == "p11-kit") check.seen += module.path.string() + "; ";
    check.seen += std::to_string(registered) + " registered";
    return check;
}

bool hasFault(const std::vector<Check>& checks) {
    return std::any_of(checks.begin(), checks.end(),
                       [](const Check& check) { return check.finding == Finding::fault; });
}

}  // namespace signet
