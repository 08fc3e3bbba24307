// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_table.hpp"

#include <array>

namespace signet {
namespace {

using enum CheckCode;
constexpr auto kFine = Finding::fine;
constexpr auto kHint = Finding::hint;
constexpr auto kFault = Finding::fault;

// clang-format off
constexpr std::array kTable{
    // Configuration and policy.
    CheckInfo{configuration, "configuration", kFine, "配置有效。", "The configuration is valid.", "", "", "Files read, number of issuers."},
    CheckInfo{configurationInvalid, "configuration_invalid", kFault, "{why}", "{why}", "请按提示修改配置文件。", "Correct the configuration file.", "A line or a file that it names is wrong; `seen` has FILE:LINE. Modules, certificates and platforms are not checked."},
    CheckInfo{configurationUnsafe, "configuration_unsafe", kFault, "配置文件可被他人修改,没有使用:{why}", "The configuration could be changed by others and was not used: {why}", "请收回该文件的写权限(chmod o-w)。", "Take away others' right to write that file (chmod o-w).", "World-writable configuration or root file."},
    CheckInfo{noIssuer, "no_issuer", kFault, "还没有配置平台。", "No platform is configured.", "请在配置文件中写入 issuer = https://…", "Write issuer = https://… into the configuration file.", "No `issuer` in any layer."},
    CheckInfo{policy, "policy", kFine, "管理员策略生效。", "The administrator's policy holds.", "", "", "`/etc/signet/policy.conf` was read; `seen` lists the locked keys."},
    CheckInfo{policyUnsafe, "policy_unsafe", kFault, "管理员策略不可用:{why}", "The administrator's policy cannot be used: {why}", "请管理员修复策略文件的所有者和权限。", "Ask your administrator to mend the owner and mode of the policy file.", "The policy is unreadable, or not root's alone along its whole path; the programs refuse to start."},
    // What is plugged in.
    CheckInfo{usbKey, "usb_key", kFine, "看到 USB key:{name}。", "A USB key is plugged in: {name}.", "", "", "A device of pkcs11/data/known_keys.txt; `seen` has VID:PID and interface classes."},
    CheckInfo{usbNoKey, "usb_no_key", kHint, "USB 上没有看到已知的 USB key。", "No known USB key is seen on USB.", "请换一个 USB 口重新插入;虚拟机中请把 USB 设备连接到虚拟机。", "Plug it into another port; in a virtual machine, pass the device through.", "The kernel shows no device of the list: port, cable, hub, virtual machine, or a model that is not on it (`seen` has all VID:PID)."},
    CheckInfo{usbKeyNoModule, "usb_key_no_module", kFault, "看到 {name},但没有安装它的驱动。", "{name} is plugged in, but its driver is not installed.", "请安装含 {modules} 的厂商驱动包。", "Install the maker's package that has {modules}.", "None of the PKCS#11 modules that know this VID:PID is used; install one, or name it with `module`."},
    CheckInfo{usbKeyUnknownToModule, "usb_key_unknown_to_module", kFault, "看到 {name},但驱动 {module} 不认识它。", "USB shows {name}, but no module knows it ({module} sees no token).", "请更新驱动,或试用 {modules}。", "Update the driver, or try {modules}.", "The module loads but shows no token while the key is plugged in: its built-in product table lacks this model, or the device node is not accessible."},
    CheckInfo{usbKeyNeedsPcsc, "usb_key_needs_pcsc", kFault, "{name} 需要智能卡服务(pcscd),但它没有运行。", "{name} needs the smart card service (pcscd), which is not running.", "请安装并启动 pcscd。", "Install and start pcscd.", "The device has a CCID interface and PC/SC cannot be reached: apt install pcscd; systemctl enable --now pcscd.socket."},
    CheckInfo{usbKeyNotAccessible, "usb_key_not_accessible", kFault, "{name} 以光盘方式出现,但您没有读取它的权限。", "{name} shows as a disc, which this user may not read.", "请管理员安装厂商的 udev 规则,或把您加入 cdrom 组。", "Ask your administrator for the maker's udev rule, or to add you to the group cdrom.", "Mass storage key (interface class 08) and no /dev/sg* that this user can open."},
    // PC/SC.
    CheckInfo{pcsc, "pcsc", kFine, "智能卡服务在运行。", "The smart card service is running.", "", "", "PC/SC answers; `seen` has the number of readers."},
    CheckInfo{pcscNotNeeded, "pcsc_not_needed", kFine, "智能卡服务没有运行,现有的 USB key 不需要它。", "The smart card service is not running; the keys that were found do not need it.", "", "", "No PC/SC, but tokens are there."},
    CheckInfo{pcscAbsent, "pcsc_absent", kHint, "智能卡服务(pcscd)没有运行。", "The smart card service (pcscd) is not running.", "使用读卡器或智能卡时,请安装并启动 pcscd。", "If you use a card reader, install and start pcscd.", "No socket /run/pcscd/pcscd.comm, or nobody behind it. Keys that are mass storage or HID do without."},
    CheckInfo{pcscNotPermitted, "pcsc_not_permitted", kHint, "您没有使用智能卡服务(pcscd)的权限。", "This user may not use the smart card service (pcscd).", "请管理员检查 pcscd 的权限(polkit 规则)。", "Ask your administrator about the rights to pcscd (polkit).", "The socket is there but refuses this user."},
    CheckInfo{pcscFailed, "pcsc_failed", kHint, "智能卡服务(pcscd)没有正常回答。", "The smart card service (pcscd) does not answer as it should.", "请重新启动 pcscd。", "Restart pcscd.", "The service was reached; `seen` has what it said, or that it was silent."},
    CheckInfo{pcscNoReader, "pcsc_no_reader", kHint, "智能卡服务没有看到读卡器。", "The smart card service sees no reader.", "请插入读卡器;已插入时请安装它的驱动。", "Plug the reader in; if it is, install its driver.", "pcscd runs and lists no reader: not plugged in, or no IFD handler (libccid)."},
    CheckInfo{reader, "reader", kFine, "读卡器可用。", "The reader works.", "", "", "`seen` says whether a card is in it, and its ATR."},
    CheckInfo{readerNoCard, "reader_no_card", kHint, "读卡器中没有卡。", "There is no card in the reader.", "请插入卡。", "Insert the card.", "The reader is empty."},
    CheckInfo{cardMute, "card_mute", kHint, "读卡器中的卡没有回应。", "The card in the reader does not answer.", "请检查卡的方向,擦拭触点后重新插入。", "Check which way round it is, wipe the contacts and insert it again.", "SCARD_STATE_MUTE: wrong way round, dirty, or broken."},
    CheckInfo{cardInUse, "card_in_use", kHint, "卡正被另一个程序独占。", "Another program holds the card for itself alone.", "请关闭该程序后再试。", "Close that program and try again.", "SCARD_STATE_EXCLUSIVE."},
    CheckInfo{cardUnknownToModules, "card_unknown_to_modules", kFault, "读卡器中有卡,但没有驱动认识它。", "There is a card in the reader, but no module knows it.", "请安装发证机构提供的驱动。", "Install the driver that your certificate issuer provides.", "A card with the ATR of `seen`, and no module shows a token."},
    // Modules.
    CheckInfo{p11Kit, "p11_kit", kFine, "已查找 p11-kit 登记的驱动。", "Modules that p11-kit registers were looked for.", "", "", "Which modules p11-kit registers."},
    CheckInfo{p11KitOff, "p11_kit_off", kFine, "配置为不使用 p11-kit 登记的驱动。", "Modules of p11-kit are switched off.", "", "", "`p11-kit = no`."},
    CheckInfo{noModule, "no_module", kFault, "没有找到 USB key 的驱动。", "No token module was found.", "请安装 USB key 的驱动,或在配置中写入 module = 路径。", "Install the token's driver, or write module = PATH into the configuration.", "Neither configured, nor registered, nor in a known place."},
    CheckInfo{module, "module", kFine, "驱动可用。", "The module works.", "", "", "Where it comes from, what it calls itself, slots, tokens, time, owner and mode of the file."},
    CheckInfo{moduleMissing, "module_missing", kFault, "驱动文件不存在:{why}", "The module is not there: {why}", "请安装驱动,或改正配置中的 module。", "Install the driver, or correct `module` in the configuration.", "The path of `module`, or one that p11-kit registers, does not exist or is no regular file."},
    CheckInfo{moduleUnsafe, "module_unsafe", kFault, "驱动文件可被他人替换,没有加载:{why}", "The module could be replaced by others and was not loaded: {why}", "请管理员修复该文件及其上级文件夹的所有者和权限。", "Ask your administrator to mend the owner and mode of the file and the folders above it.", "The file or a folder above it is writable by others or owned by another user."},
    CheckInfo{moduleNotLibrary, "module_not_library", kFault, "驱动文件不是程序库。", "The module is not a library at all.", "请重新安装驱动。", "Install the driver again.", "No ELF header: a text, a truncated download, a Windows DLL."},
    CheckInfo{moduleArchitecture, "module_architecture", kFault, "驱动是 {theirs} 的,而这台电脑的程序是 {ours} 的。", "The module is for {theirs}, the programs of this computer are for {ours}.", "请安装 {ours} 的驱动。", "Install the driver for {ours}.", "Machine or word length of the ELF header differs from this program's."},
    CheckInfo{moduleIsSkf, "module_is_skf", kFault, "这个文件是 SKF 接口的库,不是 PKCS#11 驱动。", "This is an SKF library (GM/T 0016), not a PKCS#11 module.", "请改用同一厂商的 PKCS#11 驱动(文件名通常含 pkcs11)。", "Use the PKCS#11 module of the same maker (its name mostly has pkcs11 in it).", "SKF functions and no C_GetFunctionList, as libgm3000.1.0.so; the maker's PKCS#11 module is another file."},
    CheckInfo{moduleNotPkcs11, "module_not_pkcs11", kFault, "这个库不是 PKCS#11 驱动。", "This library is not a PKCS#11 module.", "请在配置中写入正确的驱动文件。", "Name the right file in the configuration.", "It has no C_GetFunctionList."},
    CheckInfo{moduleMissingLibrary, "module_missing_library", kFault, "驱动需要的 {library} 没有安装。", "The module needs {library}, which is not installed.", "请安装提供 {library} 的软件包。", "Install the package that provides {library}.", "The dynamic linker's own words are in `seen`; apt-file search or dnf provides finds the package."},
    CheckInfo{moduleLoadFailed, "module_load_failed", kFault, "无法加载驱动。", "The module could not be loaded.", "请重新安装驱动。", "Install the driver again.", "The dynamic linker's own words are in `seen`: an undefined symbol, a too old glibc."},
    CheckInfo{moduleInitializeFailed, "module_initialize_failed", kFault, "驱动无法启动。", "The module could not start.", "请重新插入 USB key;仍然失败时请更新驱动。", "Plug the key in again; if it still fails, update the driver.", "C_Initialize failed; `seen` has the CKR code."},
    CheckInfo{moduleCrashed, "module_crashed", kFault, "驱动崩溃了。", "The module crashed.", "请更新驱动。", "Update the driver.", "Its process ended by a signal or by exit(); the agent lives."},
    CheckInfo{moduleHangs, "module_hangs", kFault, "驱动在规定时间内没有回答。", "The module did not answer in time.", "请拔下 USB key 后重试;仍然如此时请更新驱动。", "Unplug the key and try again; if it stays so, update the driver.", "No answer within the deadline of a listing (10 s); its process was ended."},
    CheckInfo{moduleFailed, "module_failed", kFault, "驱动没有正常工作。", "The module does not work.", "请更新驱动。", "Update the driver.", "Any other failure of its process; `seen` has the reason."},
    CheckInfo{moduleSlot, "module_slot", kFault, "驱动的一个插槽报告了错误。", "A slot of the module reported an error.", "请重新插入 USB key 后再试。", "Plug the key in again and retry.", "C_GetTokenInfo or C_OpenSession of one slot failed; the others work."},
    CheckInfo{moduleNoSlot, "module_no_slot", kHint, "驱动可用,但没有看到任何读卡器或插槽。", "The module works, but shows no slot.", "请插入 USB key 或读卡器。", "Plug in the key or the reader.", "C_GetSlotList gives none: no reader."},
    CheckInfo{moduleNoToken, "module_no_token", kHint, "驱动可用,但没有看到 USB key。", "The module works, but sees no token.", "请插入 USB key;已插入时,这个驱动可能不认识它。", "Plug the key in; if it is, this module may not know it.", "Slots without a token."},
    CheckInfo{moduleSlow, "module_slow", kHint, "驱动可用,但很慢(用了 {seconds} 秒)。", "The module works, but is slow ({seconds} s).", "请更新驱动,或去掉不用的驱动。", "Update the driver, or take unused modules out.", "Load, C_Initialize and listing took more than 3 s."},
    // Tokens.
    CheckInfo{noToken, "no_token", kFault, "没有找到 USB key。", "No USB key was found.", "请插入 USB key 后稍等几秒;已插入时请看其他各项。", "Plug it in and wait a few seconds; if it is, see the other lines.", "No module shows an initialised token."},
    CheckInfo{token, "token", kFine, "USB key 可用。", "The token works.", "", "", "Manufacturer, model, end of the serial number."},
    CheckInfo{tokenPinLocked, "token_pin_locked", kFault, "口令已锁定。", "The PIN is locked.", "请到发证机构解锁。", "Your certificate issuer can unlock it.", "CKF_USER_PIN_LOCKED."},
    CheckInfo{tokenPinFinalTry, "token_pin_final_try", kHint, "只剩最后一次口令机会。", "Only one PIN try is left.", "请先向发证机构确认口令。", "Make sure of the PIN with your certificate issuer first.", "CKF_USER_PIN_FINAL_TRY."},
    CheckInfo{tokenPinNotSet, "token_pin_not_set", kHint, "还没有设置口令。", "No PIN has been set.", "请联系发证机构。", "Ask your certificate issuer.", "CKF_USER_PIN_INITIALIZED is not set."},
    CheckInfo{tokenPinMustChange, "token_pin_must_change", kHint, "须先修改口令。", "The PIN must be changed first.", "请运行 signet pin change。", "Run signet pin change.", "CKF_USER_PIN_TO_BE_CHANGED."},
    CheckInfo{tokenPinCountLow, "token_pin_count_low", kHint, "曾输错口令,请留意。", "A wrong PIN was entered before; take care.", "", "", "CKF_USER_PIN_COUNT_LOW."},
    // Trust and certificates.
    CheckInfo{trust, "trust", kFine, "信任列表已读取。", "The trust list was read.", "", "", "Number of CAs, and how many have expired."},
    CheckInfo{trustInvalid, "trust_invalid", kFault, "信任列表有误:{why}", "The trust list is not valid: {why}", "请管理员修正信任文件夹。", "Ask your administrator to mend the trust folder.", "A certificate or description in a trust folder cannot be read."},
    CheckInfo{trustEmpty, "trust_empty", kFault, "信任列表是空的,没有证书可用于登录。", "The trust list is empty: no certificate may log in.", "请管理员把发证机构的证书放入信任文件夹。", "Ask your administrator to put the CAs' certificates into the trust folder.", "No *.pem or *.crt in any trust folder."},
    CheckInfo{certificate, "certificate", kFine, "证书可用于登录。", "The certificate may log in.", "", "", "Start of the SHA-256, issuer, end of validity, revocation."},
    CheckInfo{certificateExpiresSoon, "certificate_expires_soon", kHint, "证书将于 {date} 到期。", "The certificate expires on {date}.", "请尽早联系发证机构续期。", "Ask your certificate issuer to renew it in time.", "Less than 30 days are left."},
    CheckInfo{certificateExpired, "certificate_expired", kHint, "证书已于 {date} 到期。", "The certificate expired on {date}.", "请联系发证机构续期。", "Ask your certificate issuer to renew it.", "By this computer's clock."},
    CheckInfo{certificateNotYetValid, "certificate_not_yet_valid", kHint, "证书自 {date} 起有效,现在还不能使用。", "The certificate is valid from {date} only.", "请检查电脑的日期和时间。", "Check this computer's date and time.", "By this computer's clock."},
    CheckInfo{clockHidesCertificate, "clock_hides_certificate", kFault, "电脑时间不对,因此证书看起来不在有效期内。", "This computer's clock is wrong, which makes the certificate look out of its dates.", "请校准电脑的日期和时间,证书本身没有问题。", "Set this computer's date and time; the certificate itself is fine.", "Within its dates by the platform's clock, outside by this computer's."},
    CheckInfo{certificateUntrusted, "certificate_untrusted", kHint, "{why}", "{why}", "请使用平台认可的发证机构的证书,或请管理员把该机构放入信任文件夹。", "Use a certificate of an accepted issuer, or ask your administrator to put that CA into the trust folder.", "No chain to a CA of the trust list; `seen` has the finer reason."},
    CheckInfo{certificateNotForLogin, "certificate_not_for_login", kHint, "{why}", "{why}", "请选择签名证书。", "Choose the signing certificate.", "keyUsage or extendedKeyUsage: every key has an encryption certificate besides the signing one."},
    CheckInfo{certificateRevoked, "certificate_revoked", kHint, "证书已被吊销。", "The certificate has been revoked.", "请向发证机构申请新证书。", "Ask your certificate issuer for a new one.", "By OCSP or CRL."},
    CheckInfo{revocationUnknown, "revocation_unknown", kHint, "无法确认证书是否被吊销。", "It could not be found out whether the certificate has been revoked.", "请检查网络;单位网络请放行发证机构的 OCSP 和 CRL 地址。", "Check the network; firewalls must let the CA's OCSP and CRL addresses through.", "OCSP and CRL could not be had; under hard-fail logins fail, under soft-fail they go on."},
    CheckInfo{noPrivateKey, "no_private_key", kHint, "USB key 中没有这张证书的私钥。", "The private key of this certificate is not on the token.", "", "", "No private key of that CKA_ID: a CA's certificate, or one that was copied alone."},
    CheckInfo{certificateMalformed, "certificate_malformed", kHint, "这不是一张可读的证书。", "This is not a readable certificate.", "请联系发证机构。", "Ask your certificate issuer.", "The object's bytes are no X.509 certificate."},
    CheckInfo{certificateUnusable, "certificate_unusable", kHint, "{why}", "{why}", "请换一张证书,或联系发证机构。", "Use another certificate, or ask your certificate issuer.", "Any other reason, by the code of errors.md in `seen`."},
    CheckInfo{noCertificate, "no_certificate", kFault, "USB key 中没有可用于登录的证书。", "There is no certificate on the USB key that can be used to log in.", "原因见上面的各张证书。", "See the certificates above for the reasons.", "Tokens are there, none of their certificates may log in."},
    // Platforms.
    CheckInfo{proxy, "proxy", kFine, "访问平台的方式:{way}。", "The way to the platform: {way}.", "", "", "The system's proxy for this platform, without user and password."},
    CheckInfo{proxyUnreachable, "proxy_unreachable", kFault, "连不上代理服务器 {way}。", "The proxy {way} cannot be reached or refuses.", "请检查系统的代理设置。", "Check the system's proxy settings.", "Refused, not found, silent, or asks for a password."},
    CheckInfo{issuer, "issuer", kFine, "平台可以访问,安全连接可信。", "The platform answers over a trusted connection.", "", "", "TLS and metadata are fine; `seen` has the time it took."},
    CheckInfo{issuerSlow, "issuer_slow", kHint, "平台可以访问,但很慢(用了 {seconds} 秒)。", "The platform answers, but slowly ({seconds} s).", "请检查网络。", "Check the network.", "More than 3 s to the metadata."},
    CheckInfo{maintenance, "maintenance", kHint, "平台正在维护。", "The platform is under maintenance.", "请稍后再试。", "Try again later.", "The platform says so in its metadata; `seen` has its notice."},
    CheckInfo{nameNotFound, "name_not_found", kFault, "找不到 {host} 的地址。", "The address of {host} cannot be found.", "请检查网络和域名解析(DNS)。", "Check the network and the name server (DNS).", "The resolver knows no such host."},
    CheckInfo{issuerUnreachable, "issuer_unreachable", kFault, "连不上 {host}。", "{host} cannot be reached.", "请检查网络和防火墙。", "Check the network and the firewall.", "Connection refused, closed or no route; `seen` says which."},
    CheckInfo{issuerTimeout, "issuer_timeout", kFault, "{host} 没有在规定时间内回答。", "{host} did not answer in time.", "请检查网络和防火墙,稍后再试。", "Check the network and the firewall, and try again later.", "Silent for 6 s: packets are dropped, or the platform is overloaded."},
    CheckInfo{tlsUntrusted, "tls_untrusted", kFault, "{host} 的服务器证书不是由受信任的机构签发的({name})。", "The server certificate of {host} is not from a trusted authority ({name}).", "请检查网址;单位网络请联系管理员(配置项 issuer-ca)。", "Check the address, or ask your administrator (issuer-ca in the configuration).", "Its root is neither in issuer-ca nor, without one, in the system's list; `seen` has subject and issuer."},
    CheckInfo{tlsIntercepted, "tls_intercepted", kFault, "与 {host} 的安全连接可能被中间设备打开({name})。", "Something in between probably opens the secure connection to {host} ({name}).", "请管理员让该平台不经过 HTTPS 检查。", "Ask your administrator to exempt the platform from HTTPS inspection.", "The certificate's issuer is a known inspection product, or the system trusts it while issuer-ca does not. Logins would end as channel_mismatch even if it were trusted."},
    CheckInfo{tlsNameMismatch, "tls_name_mismatch", kFault, "服务器证书不属于 {host}。", "The server's certificate does not belong to {host}.", "请检查网址;单位网络请联系管理员(可能是上网认证页面)。", "Check the address, or ask your administrator (it may be a network's login page).", "`seen` has the certificate's subject."},
    CheckInfo{tlsExpired, "tls_expired", kFault, "{host} 的服务器证书不在有效期内。", "The server certificate of {host} is not within its dates.", "请检查电脑的日期和时间;时间无误时请联系平台。", "Check this computer's date and time; if they are right, tell the platform.", "Expired, by this computer's clock."},
    CheckInfo{tlsNotYetValid, "tls_not_yet_valid", kFault, "{host} 的服务器证书还没有生效,这台电脑的时间可能慢了。", "The server certificate of {host} is not valid yet: this computer's clock is probably behind.", "请校准电脑的日期和时间。", "Set this computer's date and time.", "notBefore is in the future by this computer's clock."},
    CheckInfo{tlsFailed, "tls_failed", kFault, "与 {host} 的安全连接没有建立。", "No secure connection to {host} could be made.", "请联系平台或管理员。", "Tell the platform or your administrator.", "The handshake failed without a certificate error: protocol versions, ciphers, or no TLS on that port."},
    CheckInfo{platformError, "platform_error", kFault, "{host} 的回答无法理解。", "The answer of {host} could not be understood.", "请检查网址;仍然失败时请联系平台。", "Check the address; if it still fails, tell the platform.", "Not this protocol, another issuer's metadata, or an HTTP error; `seen` has the reason."},
    CheckInfo{clock, "clock", kFine, "电脑时间与平台一致。", "This computer's clock agrees with the platform's.", "", "", "Difference in seconds, from a challenge that nobody answers."},
    CheckInfo{clockOff, "clock_off", kHint, "电脑时间与平台相差 {minutes} 分钟。", "This computer's clock differs from the platform's by {minutes} min.", "请校准电脑的日期和时间。", "Set this computer's date and time.", "More than a minute; challenges live for two."},
    CheckInfo{clockUnknown, "clock_unknown", Finding::skipped, "无法与平台对时。", "The clock could not be compared with the platform's.", "", "", "No challenge could be had; `seen` says why."},
    // Doors for web pages.
    CheckInfo{bridgePort, "bridge_port", kFine, "网页接口的端口可用。", "The ports for web pages are free.", "", "", "28617/18, 28627/28, 28637/38, or bridge.port: free, or held by signet-agent."},
    CheckInfo{bridgePortTaken, "bridge_port_taken", kHint, "网页接口的端口 {port} 被 {name} 占用,将使用下一个。", "Port {port} for web pages is taken by {name}; the next one will be used.", "", "", "Another program listens there; pages find the agent on the next pair."},
    CheckInfo{bridgePortsTaken, "bridge_ports_taken", kHint, "网页接口的所有端口都被其他程序占用,网页将找不到印信。", "All ports for web pages are taken by other programs; pages will not find Signet.", "请关闭占用端口的程序,或设置 bridge.port。", "Close those programs, or set bridge.port.", "`seen` names port and program."},
    CheckInfo{otherHelper, "other_helper", kHint, "另一个登录助手在运行:{name}(端口 {port})。", "Another login helper is running: {name} (port {port}).", "登录失败且 USB key 被占用时,请先退出它。", "If a login fails because the key is busy, close it first.", "A port of agent/data/other_helpers.txt is listening; the list tells ports only, so another program may be meant."},
};
// clang-format on

constexpr bool tableFollowsEnum() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].code) != i) return false;
    return kTable.size() == static_cast<std::size_t>(otherHelper) + 1;
}
static_assert(tableFollowsEnum());

std::string filled(std::string_view text, const CheckWords& words) {
    std::string said;
    while (!text.empty()) {
        const auto open = text.find('{');
        said += text.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = text.find('}', open);
        const auto found = words.find(std::string(text.substr(open + 1, close - open - 1)));
        if (found != words.end()) said += found->second;
        text.remove_prefix(close + 1);
    }
    return said;
}

}  // namespace

std::span<const CheckInfo> checkTable() {
    return kTable;
}

const CheckInfo& checkInfo(CheckCode code) {
    return kTable.at(static_cast<std::size_t>(code));
}

Check makeCheck(CheckCode code, Language language, std::string subject, std::string seen,
                const CheckWords& words) {
    const auto& info = checkInfo(code);
    const bool isChinese = language == Language::zh;
    Check check{code, info.finding, std::move(subject)};
    check.sentence = filled(isChinese ? info.zh : info.en, words);
    check.advice = filled(isChinese ? info.adviceZh : info.adviceEn, words);
    check.seen = std::move(seen);
    return check;
}

}  // namespace signet
