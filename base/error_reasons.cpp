// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "base/error_reasons.hpp"

#include <algorithm>
#include <array>

namespace signet {
namespace {

using enum ErrorCode;

// clang-format off
constexpr std::array kReasons{
    ReasonInfo{algNotAllowed, "sm2_request_unsupported", "还不能为 SM2 密钥生成证书请求,没有做任何操作。", "A certificate request for an SM2 key cannot be made yet. Nothing was done.", "请用发证机构自己的工具续期。", "Renew it with your certificate issuer's own tool."},
    ReasonInfo{algNotAllowed, "sm2_no_mechanism", "USB key 的驱动没有已知的 SM2 签名机制。", "The key's driver has no SM2 mechanism that is known here.", "请更新 USB key 的驱动;或请管理员按厂商头文件写一个 module-profile。", "Update the key's driver, or have your administrator write a module-profile from the vendor's header."},
    ReasonInfo{algNotAllowed, "web_eid_sm2", "这个网站用 Web eID 登录,Web eID 不支持 SM2 证书。", "This site logs in with Web eID, which has no SM2 certificates.", "请使用 RSA 或 ECDSA 证书。", "Use an RSA or ECDSA certificate."},
    ReasonInfo{certificateNotForLogin, "key_usage_absent", "这张证书没有注明用途,Web eID 网站不接受。", "This certificate does not say what its key is for; no Web eID site accepts it.", "请换一张证书,或联系发证机构。", "Use another certificate, or ask your certificate issuer."},
    ReasonInfo{certificateNotForLogin, "encryption_only", "这是加密证书,不能用于登录。", "This is an encryption certificate; it cannot log in.", "请选择同一个 USB key 中的签名证书。", "Choose the signing certificate on the same USB key."},
    ReasonInfo{agreementOutdated, "agreements_declined", "没有同意协议,未做任何操作。", "The agreements were not accepted. Nothing was done.", "要登录,请重新开始,阅读并同意新的协议。", "To log in, start again, then read and accept the new version."},
    ReasonInfo{rateLimited, "refused_too_often", "这个网站的登录请求已被多次拒绝,请稍后再试。", "This site was refused several times in a row. Try again later.", "请稍等一分钟后重试。", "Wait a minute and try again."},
    ReasonInfo{badRequest, "pin_length", "新口令的长度不符合 USB key 的要求[(须为 {shortest} 到 {longest} 位)],没有修改。", "The new PIN's length does not fit the token[ ({shortest} to {longest} characters)]. Nothing was changed.", "请换一个长度合适的口令。", "Choose a PIN of another length."},
    ReasonInfo{badRequest, "pin_characters", "新口令中有 USB key 不接受的字符,没有修改。", "The new PIN has characters that the token does not accept. Nothing was changed.", "请只用数字和字母。", "Use digits and letters only."},
    ReasonInfo{badRequest, "pin_weak", "新口令太简单,USB key 不接受,没有修改。", "The new PIN is too simple for the token. Nothing was changed.", "请换一个更复杂的口令。", "Choose a less simple one."},
    ReasonInfo{badRequest, "no_certificate_in_file", "文件中没有证书。", "There is no certificate in the file.", "请使用发证机构发回的证书文件(PEM、DER 或 PKCS#7)。", "Use the file that your certificate issuer sent (PEM, DER or PKCS#7)."},
    ReasonInfo{badRequest, "does_not_fit", "USB key 中没有与这张证书对应的密钥,没有写入。", "No key on the USB key belongs to this certificate. Nothing was written.", "请插入当初生成请求的 USB key,或向发证机构确认。", "Plug in the USB key that made the request, or ask your certificate issuer."},
    ReasonInfo{badRequest, "already_installed", "这张证书已经在 USB key 中。", "This certificate is on the USB key already.", "运行 signet tokens 查看。", "Run signet tokens to see it."},
    ReasonInfo{originNotAllowed, "not_approved", "请先在这个网站登录一次。", "Log in to this site once first.", "", ""},
    ReasonInfo{originNotAllowed, "webeid_not_allowed", "没有为这个网站开通 Web eID。", "Web eID is not enabled for this site.", "请联系管理员(配置项 webeid-origin)。", "Ask your administrator (webeid-origin in the configuration)."},
    ReasonInfo{issuerNotAllowed, "issuer_missing", "没有说明要登录哪个平台。", "It is not said which platform is meant.", "请用 --issuer 指定平台。", "Say which platform with --issuer."},
    ReasonInfo{userCancelled, "agreements_declined", "没有同意协议,未做任何操作。", "The agreements were not accepted. Nothing was done.", "", ""},
    ReasonInfo{noToken, "selection_not_found", "没有找到指定的 USB key。", "The USB key that was asked for is not there.", "运行 signet tokens 查看已插入的 USB key。", "Run signet tokens to see what is plugged in."},
    ReasonInfo{noCertificate, "selection_not_found", "没有找到指定的证书。", "The certificate that was asked for is not there.", "运行 signet tokens 查看有哪些证书。", "Run signet tokens to see which there are."},
    ReasonInfo{noCertificate, "key_missing", "USB key 中没有这张证书的私钥。", "The private key of this certificate is not on the USB key.", "请插入存有该私钥的 USB key。", "Plug in the USB key that holds it."},
    ReasonInfo{pinIncorrect, "pin_length", "口令的长度不符合 USB key 的要求[(须为 {shortest} 到 {longest} 位)][,还可以试 {tries} 次]。", "The PIN's length does not fit the token[ ({shortest} to {longest} characters)].[ {tries} tries left.]", "请确认口令后重试。", "Check the PIN and try again."},
    ReasonInfo{pinIncorrect, "pin_characters", "口令中有 USB key 不接受的字符[,还可以试 {tries} 次]。", "The PIN has characters that the token does not accept.[ {tries} tries left.]", "请确认口令后重试。", "Check the PIN and try again."},
    ReasonInfo{tokenError, "pin_not_set", "这个 USB key 还没有设置口令。", "This token has no PIN yet.", "请联系发证机构。", "Ask your certificate issuer."},
    ReasonInfo{tokenError, "read_only", "这个 USB key 不能写入,没有做任何更改。", "This USB key cannot be written to. Nothing was changed.", "请联系发证机构。", "Ask your certificate issuer."},
    ReasonInfo{tokenError, "device_memory", "USB key 的空间不足,没有写入。", "There is no room left on the USB key. Nothing was written.", "请联系发证机构清理不用的证书。", "Ask your certificate issuer to remove what is no longer needed."},
    ReasonInfo{tokenError, "not_kept", "证书已写入,但 USB key 中找不到它。", "The certificate was written, but the USB key does not show it.", "请拔下后重新插入,再运行 signet tokens 查看。", "Plug the USB key in again and run signet tokens."},
    ReasonInfo{tokenError, "pin_expired", "口令已到期,须先修改。", "The PIN has expired and must be changed first.", "运行 signet pin change 修改口令。", "Change it with signet pin change."},
    ReasonInfo{moduleFailed, "load_failed", "无法加载 USB key 的驱动[({module})]。", "The key's driver could not be loaded[ ({module})].", "请确认它与这台电脑的架构相符,或重新安装;详情见自检(signet doctor)。", "Check that it fits this computer's architecture, or install it again; the self-check (signet doctor) says more."},
    ReasonInfo{moduleFailed, "initialize_failed", "USB key 的驱动无法启动[({module})]。", "The key's driver could not start[ ({module})].", "请重新插入 USB key 后再试;仍然失败时请更新该驱动。", "Plug the key in again and retry; if it still fails, update that driver."},
    ReasonInfo{signatureInvalid, "sm2_without_za", "USB key 的驱动生成的 SM2 签名不含签名者标识(Z_A),平台不能接受,没有发送。", "The key's driver makes SM2 signatures without the signer's ID (Z_A), which no platform accepts. Nothing was sent.", "请更新 USB key 的驱动;或请管理员按厂商头文件写一个 module-profile。", "Update the key's driver, or have your administrator write a module-profile from the vendor's header."},
    ReasonInfo{signatureInvalid, "sm2_no_strategy", "USB key 的 SM2 签名用已知的方式都不能通过验证,没有发送。", "No known way of SM2 gives a signature of this USB key that verifies. Nothing was sent.", "请更新 USB key 的驱动;或请管理员按厂商头文件写一个 module-profile。", "Update the key's driver, or have your administrator write a module-profile from the vendor's header."},
    ReasonInfo{platformTls, "tls_untrusted", "{host} 的服务器证书不是由受信任的机构签发的,未做任何操作。", "The server certificate of {host} is not from a trusted authority. Nothing was done.", "请检查网址;单位网络请联系管理员(配置项 issuer-ca)。", "Check the address, or ask your administrator (issuer-ca in the configuration)."},
    ReasonInfo{platformTls, "tls_name_mismatch", "服务器证书不属于 {host},未做任何操作。", "The server's certificate does not belong to {host}. Nothing was done.", "请检查网址;单位网络请联系管理员。", "Check the address, or ask your administrator."},
    ReasonInfo{platformTls, "tls_expired", "{host} 的服务器证书不在有效期内,未做任何操作。", "The server certificate of {host} is not within its dates. Nothing was done.", "请检查电脑的日期和时间;时间无误时请联系平台。", "Check this computer's date and time; if they are right, tell the platform."},
    ReasonInfo{platformTls, "certificate_changed", "登录过程中 {host} 的服务器证书变了,未完成登录。", "The server certificate of {host} changed during the login, which was not finished.", "请重试;单位网络请联系管理员。", "Try again, or ask your administrator."},
    ReasonInfo{platformError, "question_too_long", "平台[ {host} ]要求签署的内容太长,无法完整显示,没有签名。", "What the platform[ {host}] wants signed is too long to be shown whole; nothing was signed.", "请联系平台。", "Tell the platform."},
    ReasonInfo{platformError, "document_changed", "平台[ {host} ]给出的协议文本与公布的不一致,不能作为阅读的依据。", "The text of an agreement[ at {host}] is not the one that was published; it cannot be relied on.", "请稍后再试;仍然如此时请联系平台。", "Try again later; if it stays so, tell the platform."},
    ReasonInfo{platformError, "document_malformed", "平台[ {host} ]给出的协议文本无法显示。", "The text of an agreement[ at {host}] cannot be shown.", "请联系平台。", "Tell the platform."},
    ReasonInfo{invalidRequest, "no_display", "这里没有图形桌面,无法显示托盘。", "There is no desktop to show the tray on.", "请在桌面会话中启动,或使用 --headless 和 --askpass。", "Start it in a desktop session, or use --headless with --askpass."},
    ReasonInfo{invalidRequest, "no_tray", "没有安装托盘程序 signet-agent-tray。", "The tray program signet-agent-tray is not installed.", "请安装它,或使用 --headless 和 --askpass。", "Install it, or use --headless with --askpass."},
    ReasonInfo{invalidRequest, "no_terminal", "没有可以询问口令的终端。", "There is no terminal to ask on.", "请使用 --askpass。", "Use --askpass."},
    ReasonInfo{invalidRequest, "askpass_answer_empty", "askpass 程序没有给出口令。", "The askpass program gave no PIN.", "", ""},
    ReasonInfo{invalidRequest, "askpass_answer_too_long", "askpass 程序的回答太长。", "The askpass program's answer is too long.", "", ""},
    ReasonInfo{invalidRequest, "askpass_answer_unknown", "askpass 程序的选择不在列表中。", "The askpass program chose what is not on the list.", "", ""},
    ReasonInfo{invalidRequest, "report_exists", "文件已存在,没有覆盖[:{name}]。", "The file is there already and was left as it is[: {name}].", "请换一个文件名,或使用 --force。", "Name another file, or use --force."},
    ReasonInfo{invalidRequest, "report_unwritable", "无法写入报告[:{name}]。", "The report could not be written[: {name}].", "请换一个文件夹。", "Name another folder."},
    ReasonInfo{invalidRequest, "pin_mismatch", "两次输入的新口令不一致,没有修改。", "The two new PINs differ. Nothing was changed.", "", ""},
    ReasonInfo{invalidRequest, "file_exists", "文件已经存在,没有覆盖[:{name}]。", "The file is there already and was not overwritten[: {name}].", "请换一个文件名。", "Choose another name."},
    ReasonInfo{invalidRequest, "file_unreadable", "无法读取文件[:{name}]。", "The file cannot be read[: {name}].", "请检查文件名和权限。", "Check its name and its permissions."},
    ReasonInfo{invalidRequest, "file_unwritable", "无法写入文件[:{name}]。", "The file cannot be written[: {name}].", "请换一个文件夹。", "Choose another folder."},
    ReasonInfo{invalidRequest, "link", "链接无效,没有做任何操作。", "The link is not valid. Nothing was done.", "请从网站重新打开。", "Open it from the site again."},
    ReasonInfo{invalidRequest, "site_unknown", "没有许可过这个网站[:{name}]。", "This site has not been approved[: {name}].", "运行 signet sites 查看。", "Run signet sites to see which have."},
    ReasonInfo{configurationInvalid, "ports_taken", "网页接口的端口都被占用[:{name}]。", "The ports for web pages are taken[: {name}].", "请关闭占用端口的程序,或设置 bridge.port。", "Close the program that has them, or set bridge.port."},
    ReasonInfo{configurationInvalid, "localhost_certificate_broken", "本机证书无法使用[:{name}]。", "The certificate for localhost cannot be used[: {name}].", "请删除该文件后重试,程序会重新生成。", "Delete the file and try again; a new one is made."},
    ReasonInfo{internalError, "agent_socket_unsafe", "本机通信文件夹不安全,没有启动。", "The folder of the local socket is not safe. Nothing was started.", "该文件夹必须只属于本用户(权限 0700),请联系管理员。", "It must belong to this user alone (mode 0700). Ask your administrator."},
    ReasonInfo{internalError, "agent_not_running", "印信没有运行。", "The Signet agent is not running.", "请先启动 signet-agent。", "Start signet-agent first."},
};
// clang-format on

}  // namespace

std::span<const ReasonInfo> reasonTable() {
    return kReasons;
}

const ReasonInfo* reasonInfo(const Error& error) {
    if (error.reason.empty() || error.isFromPlatform) return nullptr;
    const auto found = std::find_if(kReasons.begin(), kReasons.end(), [&](const auto& row) {
        return row.code == error.code && row.reason == error.reason;
    });
    return found == kReasons.end() ? nullptr : &*found;
}

}  // namespace signet
