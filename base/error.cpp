// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/error.hpp"

#include "base/error_reasons.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace signet {
namespace {

using enum ErrorCode;

// clang-format off
constexpr std::array kTable{
    ErrorInfo{challengeUnknown, "challenge_unknown", "登录请求不存在。", "This login request is not known.", "请回到网页重新登录。", "Start the login again.", true},
    ErrorInfo{challengeExpired, "challenge_expired", "登录请求已过期。", "This login request has expired.", "请重新登录,并在两分钟内完成。", "Start the login again and finish it within two minutes.", true},
    ErrorInfo{challengeUsed, "challenge_used", "这个登录请求已经用过。", "This login request has been used already.", "请重新登录。", "Start the login again.", true},
    ErrorInfo{badSignature, "bad_signature", "平台没有通过签名验证。", "The platform could not verify the signature.", "请重试;仍然失败时请运行自检并联系发证机构。", "Try again; if it still fails, run the self-check and ask your certificate issuer.", true},
    ErrorInfo{algNotAllowed, "alg_not_allowed", "平台不接受这张证书的签名算法。", "The platform does not accept this certificate's signature algorithm.", "请换一张证书,或向平台咨询。", "Use another certificate, or ask the platform.", false},
    ErrorInfo{certificateUntrusted, "certificate_untrusted", "这张证书的发证机构不在信任列表中[({name})]。", "This certificate's issuer[ ({name})] is not on the trust list.", "请使用平台认可的发证机构的证书。", "Use a certificate from an issuer that the platform accepts.", false},
    ErrorInfo{certificateExpired, "certificate_expired", "证书已[于 {date} ]到期。请续期后再登录。", "This certificate expired[ on {date}]. Renew it to log in.", "请联系发证机构续期。", "Ask your certificate issuer to renew it.", false},
    ErrorInfo{certificateNotYetValid, "certificate_not_yet_valid", "证书尚未生效[,自 {date} 起有效]。", "This certificate is not valid yet[; it is valid from {date}].", "请检查电脑的日期和时间。", "Check this computer's date and time.", false},
    ErrorInfo{certificateRevoked, "certificate_revoked", "证书已被吊销,不能再用于登录。", "This certificate has been revoked and can no longer be used to log in.", "请向发证机构申请新证书。", "Ask your certificate issuer for a new one.", false},
    ErrorInfo{certificateNotForLogin, "certificate_not_for_login", "这张证书不能用于登录(用途不符)。", "This certificate is not meant for logging in.", "请选择签名证书。", "Choose the signing certificate.", false},
    ErrorInfo{revocationUnknown, "revocation_unknown", "无法确认证书是否被吊销。", "It could not be found out whether this certificate has been revoked.", "请检查网络后重试。", "Check the network and try again.", true},
    ErrorInfo{identityMissing, "identity_missing", "证书中没有统一社会信用代码或身份证号码。", "The certificate names no unified social credit code or identity number.", "请联系发证机构更换证书。", "Ask your certificate issuer for a certificate that names one.", false},
    ErrorInfo{accountRestricted, "account_restricted", "账户功能已被限制。", "The account is restricted.", "请联系平台客服。", "Contact the platform's support.", false},
    ErrorInfo{accountSuspended, "account_suspended", "账户已被中止使用。", "The account is suspended.", "请联系平台客服。", "Contact the platform's support.", false},
    ErrorInfo{accountFrozen, "account_frozen", "账户已被冻结。", "The account is frozen.", "请联系平台客服。", "Contact the platform's support.", false},
    ErrorInfo{accountTerminated, "account_terminated", "账户已被注销或终止。", "The account has been closed.", "请联系平台客服。", "Contact the platform's support.", false},
    ErrorInfo{accountUnknown, "account_unknown", "这张证书还没有注册账户。", "There is no account for this certificate yet.", "请先注册(signet register)。", "Register first (signet register).", false},
    ErrorInfo{certificateNotBound, "certificate_not_bound", "账户已存在,但这张证书还没有绑定。", "There is an account, but this certificate is not bound to it.", "请用已绑定的证书批准它,或联系平台办理。", "Approve it with a certificate that is bound already, or ask the platform.", false},
    ErrorInfo{agreementOutdated, "agreement_outdated", "用户协议已更新。请先阅读并同意新版本。", "The user agreement has changed. Read and accept it first.", "请重新登录,阅读并同意新的协议。", "Log in again, then read and accept the new version.", true},
    ErrorInfo{actNotAllowed, "act_not_allowed", "您不能以这个身份办理。", "You may not act in this capacity.", "请以本人身份登录,或请该企业授权。", "Log in as yourself, or ask the enterprise to authorise you.", false},
    ErrorInfo{channelMismatch, "channel_mismatch", "与平台的连接被中间设备替换了证书。", "Something between this computer and the platform replaces its certificate.", "请关闭代理或网络防护的 HTTPS 检查,或联系管理员。", "Ask your administrator to exempt the platform from HTTPS inspection.", false},
    ErrorInfo{rateLimited, "rate_limited", "操作太频繁。", "Too many requests.", "请稍等一会再试。", "Wait a moment and try again.", true},
    ErrorInfo{maintenance, "maintenance", "平台正在维护[,预计 {date} 恢复]。", "The platform is under maintenance[ until {date}].", "请稍后再试。", "Try again later.", true},
    ErrorInfo{badRequest, "bad_request", "平台不接受这个请求。", "The platform did not accept the request.", "请更新印信;仍然失败时请联系平台。", "Update Signet; if it still fails, contact the platform.", false},
    ErrorInfo{originNotAllowed, "origin_not_allowed", "该网站不在允许的范围内,未做任何操作。", "This site is not on the allowed list. Nothing was done.", "如果确需使用,请联系管理员添加。", "If you need it, ask your administrator to add it.", false},
    ErrorInfo{hostNotAllowed, "host_not_allowed", "请求的地址不对,未做任何操作。", "The request named a wrong host. Nothing was done.", "请从正确的网站重新登录。", "Start again from the right site.", false},
    ErrorInfo{issuerNotAllowed, "issuer_not_allowed", "平台[ {host} ]不在配置中,未做任何操作。", "The platform[ {host}] is not configured. Nothing was done.", "请检查网址,或请管理员在配置中添加 issuer。", "Check the address, or ask your administrator to add it as an issuer.", false},
    ErrorInfo{ErrorCode::busy, "busy", "另一个登录正在进行。", "Another login is in progress.", "请先完成或取消它。", "Finish or cancel it first.", true},
    ErrorInfo{userCancelled, "user_cancelled", "已取消。", "Cancelled.", "", "", true},
    ErrorInfo{noToken, "no_token", "没有找到 USB key。请插入后稍等几秒。", "No USB key found. Plug it in and wait a few seconds.", "已插入时请运行自检(signet doctor)。", "If it is plugged in, run the self-check (signet doctor).", true},
    ErrorInfo{noCertificate, "no_certificate", "USB key 中没有可用于登录的证书。", "There is no certificate on the USB key that can be used to log in.", "运行 signet tokens 查看每张证书不能使用的原因。", "Run signet tokens to see why each certificate cannot be used.", false},
    ErrorInfo{pinIncorrect, "pin_incorrect", "口令不正确[,还可以试 {tries} 次]。", "Wrong PIN.[ {tries} tries left.]", "请确认口令后重试。", "Check the PIN and try again.", true},
    ErrorInfo{pinLocked, "pin_locked", "口令已锁定。请到发证机构解锁,其他证书不受影响。", "The PIN is locked. Your certificate issuer can unlock it; other certificates still work.", "", "", false},
    ErrorInfo{pinFinalTryDeclined, "pin_final_try_declined", "只剩最后一次口令机会,没有使用它。", "Only one PIN try is left; it was not used.", "请先向发证机构确认口令。", "Make sure of the PIN with your certificate issuer first.", true},
    ErrorInfo{tokenRemoved, "token_removed", "USB key 已拔出。", "The USB key was removed.", "请重新插入后再试。", "Plug it in again and retry.", true},
    ErrorInfo{tokenError, "token_error", "USB key 报告了一个错误。", "The USB key reported an error.", "请拔下后重新插入;仍然失败时请运行自检(signet doctor)。", "Unplug it and plug it in again; if it still fails, run the self-check (signet doctor).", true},
    ErrorInfo{moduleFailed, "module_failed", "USB key 的驱动没有响应[({module})]。已重新启动它,请重试。", "The key's driver stopped responding[ ({module})]. It was restarted; try again.", "仍然失败时请更新该驱动。", "If it still fails, update that driver.", true},
    ErrorInfo{signatureInvalid, "signature_invalid", "USB key 给出的签名不正确,没有发送。", "The signature that the USB key made is not correct; nothing was sent.", "请运行自检并联系发证机构。", "Run the self-check and ask your certificate issuer.", false},
    ErrorInfo{platformUnreachable, "platform_unreachable", "连不上{host}。请检查网络或代理设置。", "Cannot reach {host}. Check the network or proxy.", "", "", true},
    ErrorInfo{platformTls, "platform_tls", "与 {host} 的安全连接不可信,未做任何操作。", "The secure connection to {host} cannot be trusted. Nothing was done.", "请检查网址和电脑时间;单位网络请联系管理员。", "Check the address and this computer's clock, or ask your administrator.", false},
    ErrorInfo{platformError, "platform_error", "平台[ {host} ]的回答无法理解。", "The answer of the platform[ {host}] could not be understood.", "请稍后再试;仍然失败时请联系平台。", "Try again later; if it still fails, contact the platform.", true},
    ErrorInfo{timeout, "timeout", "等待超时。", "It took too long.", "请重试。", "Try again.", true},
    ErrorInfo{invalidRequest, "invalid_request", "请求的格式不正确。", "The request is not well-formed.", "请联系网站的维护人员。", "Tell the makers of the site.", false},
    ErrorInfo{configurationInvalid, "configuration_invalid", "配置有误[:{name}]。", "The configuration is not valid[: {name}].", "请按提示修改配置文件。", "Correct the configuration file.", false},
    ErrorInfo{internalError, "internal_error", "程序内部出错。", "Something went wrong inside the program.", "请重试,并把日志发给技术支持。", "Try again, and send the log to support.", true},
};
// clang-format on

constexpr bool tableFollowsEnum() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].code) != i) return false;
    return kTable.size() == static_cast<std::size_t>(internalError) + 1;
}
static_assert(tableFollowsEnum());

std::optional<std::string> valueOf(const Error& error, std::string_view name) {
    if (name == "tries") {
        if (!error.triesLeft) return std::nullopt;
        return std::to_string(*error.triesLeft);
    }
    const auto found = error.params.find(std::string(name));
    if (found == error.params.end()) return std::nullopt;
    return found->second;
}

/// Fills the placeholders of one part; nullopt when one of them has no value.
std::optional<std::string> fillPart(const Error& error, std::string_view part) {
    std::string filled;
    while (!part.empty()) {
        const auto open = part.find('{');
        filled += part.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = part.find('}', open);
        assert(close != std::string_view::npos);
        const auto value = valueOf(error, part.substr(open + 1, close - open - 1));
        if (!value) return std::nullopt;
        filled += *value;
        part.remove_prefix(close + 1);
    }
    return filled;
}

std::string fill(const Error& error, std::string_view text, Language language) {
    std::string filled;
    while (!text.empty()) {
        const auto open = text.find('[');
        const auto plain = text.substr(0, open);
        auto whole = fillPart(error, plain);
        if (!whole) {  // A required value that nobody gave: say "the platform", never a raw placeholder.
            Error named = error;
            named.params["host"] = language == Language::zh ? "平台" : "the platform";
            whole = fillPart(named, plain);
        }
        filled += whole.value_or(std::string(plain));
        if (open == std::string_view::npos) break;
        const auto close = text.find(']', open);
        assert(close != std::string_view::npos);
        filled += fillPart(error, text.substr(open + 1, close - open - 1)).value_or("");
        text.remove_prefix(close + 1);
    }
    return filled;
}

}  // namespace

std::span<const ErrorInfo> errorTable() {
    return kTable;
}

const ErrorInfo& errorInfo(ErrorCode code) {
    return kTable.at(static_cast<std::size_t>(code));
}

std::optional<ErrorCode> errorCodeFromName(std::string_view name) {
    const auto found =
        std::find_if(kTable.begin(), kTable.end(), [&](const auto& row) { return row.name == name; });
    if (found == kTable.end()) return std::nullopt;
    return found->code;
}

std::string sentence(const Error& error, Language language) {
    const auto say = [&](const auto& row) {
        return fill(error, language == Language::zh ? row.zh : row.en, language);
    };
    if (const auto* reason = reasonInfo(error)) return say(*reason);
    return say(errorInfo(error.code));
}

std::string advice(const Error& error, Language language) {
    const auto say = [&](const auto& row) {
        return fill(error, language == Language::zh ? row.adviceZh : row.adviceEn, language);
    };
    if (const auto* reason = reasonInfo(error)) return say(*reason);
    return say(errorInfo(error.code));
}

}  // namespace signet
