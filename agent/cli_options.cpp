// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli_options.hpp"

#include "agent/option_tokens.hpp"
#include "certs/identity.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace signet {
namespace {

using enum CliCommand;

constexpr std::array kCommands{
    CliCommandInfo{tokens, "tokens", "列出 USB key 和证书,说明哪些可用于登录",
                   "list tokens and certificates, and which may log in"},
    CliCommandInfo{enrol, "register", "用证书注册,或把证书绑定到账户",
                   "register with a certificate, or bind one to the account"},
    CliCommandInfo{login, "login", "用证书登录", "log in with a certificate"},
    CliCommandInfo{changePin, "pin change", "修改口令(PIN)", "change the PIN"},
    CliCommandInfo{requestCertificate, "certificate request", "为 USB key 中的密钥生成证书请求(续期)",
                   "make a certificate request for a key on the token (renewal)"},
    CliCommandInfo{installCertificate, "certificate install", "把发证机构的证书文件写入 USB key(后跟文件名)",
                   "write the issuer's answer, FILE, beside its key on the token"},
    CliCommandInfo{doctor, "doctor", "自检:说明哪里不对、怎么办", "self-check: what is wrong and what to do"},
    CliCommandInfo{journal, "journal", "显示这台电脑上签过什么", "show what was signed on this computer"},
    CliCommandInfo{listSites, "sites", "列出登录过、可以得知是否插入 USB key 的网站",
                   "list the sites that may know whether a token is there"},
    CliCommandInfo{revokeSite, "sites revoke", "撤销对某个网站的许可(后跟其来源)",
                   "take that back from ORIGIN"},
    CliCommandInfo{checkConfiguration, "config check", "检查配置并显示生效的值及来源",
                   "check the configuration and show what holds and why"}};

tl::unexpected<Error> usage(std::string what) {
    return fail(ErrorCode::invalidRequest, std::move(what), "usage");
}

std::vector<KnownOption> knownOptions() {
    std::vector<KnownOption> known;
    for (const auto& option : cliOptionTable()) known.push_back({option.name, !option.value.empty()});
    for (const auto& key : configurationKeys())
        if (key.name != "issuer") known.push_back({key.name, true});
    return known;
}

/// Commands with a word of their own after them.
bool hasArgument(const std::vector<std::string>& words, std::string_view first, std::string_view second) {
    return words.size() == 3 && words[0] == first && words[1] == second;
}
bool hasFile(const std::vector<std::string>& words) {
    return hasArgument(words, "certificate", "install");
}
bool hasSite(const std::vector<std::string>& words) {
    return hasArgument(words, "sites", "revoke");
}

CliCommand commandOf(const std::vector<std::string>& words) {
    if (hasFile(words)) return installCertificate;
    if (hasSite(words)) return revokeSite;
    std::string spoken;
    for (const auto& word : words) spoken += (spoken.empty() ? "" : " ") + word;
    const auto found = std::find_if(kCommands.begin(), kCommands.end(),
                                    [&](const auto& row) { return row.words == spoken; });
    return found == kCommands.end() ? none : found->command;
}

Result<std::string> fingerprint(std::string text) {
    std::erase(text, ':');
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text.size() != 64 || !std::all_of(text.begin(), text.end(), isHex))
        return usage("expected a SHA-256 of 64 hexadecimal digits");
    return text;
}

Result<std::optional<NewKeyKind>> newKeyKind(const std::string& text) {
    const auto kind = newKeyKindFromName(text);
    if (!kind) return usage("--new-key: expected rsa2048, rsa3072, p256 or p384");
    return kind;
}

bool isAnsweredWithout(const CliOptions& options) {
    return options.isHelpWanted || options.isVersionWanted || options.areLicencesWanted;
}

/// What one command alone demands; --help, --version and --licenses are answered without.
Result<void> checkWhole(const CliOptions& options) {
    if (isAnsweredWithout(options)) return {};
    if (options.command == requestCertificate && options.out.empty()) return usage("--out FILE is missing");
    if (!options.subjectFrom.empty() && !options.newKey)
        return usage("--subject-from is for a new key (--new-key)");
    if (!options.subjectFrom.empty() && !options.selection.isAny())
        return usage("--subject-from excludes --certificate and --label");
    if (options.command == installCertificate && options.file.empty()) return usage("FILE is missing");
    if (options.command == revokeSite && options.site.empty()) return usage("ORIGIN is missing");
    return {};
}

/// Fills a CliOptions from options and words in their order.
class Reader {
public:
    explicit Reader(CliCommand command) { m_options.command = command; }

    Result<void> read(const OptionToken& option) {
        if (option.name.empty()) {
            m_isAfterCommand = true;
            return {};
        }
        const auto& table = cliOptionTable();
        const auto row =
            std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.name == option.name; });
        if (row == table.end() || (row->name == "issuer" && !isIssuerChosen())) {
            m_entries.push_back({option.name, option.value, 0});
            return {};
        }
        if (!m_seen.insert(option.name).second) return usage("--" + option.name + " is given twice");
        const auto& commands = row->commands;
        const bool isFit =
            commands.empty() || std::count(commands.begin(), commands.end(), m_options.command) != 0;
        // Without a command only --help and --version make sense, and they say so.
        if (!isFit && m_options.command != none)
            return usage("--" + option.name + " does not belong to this command");
        return take(option.name, option.value);
    }

    Result<CliOptions> finish(const std::filesystem::path& workingFolder) {
        if (!m_options.selection.fingerprintHex.empty() && !m_options.selection.label.empty())
            return usage("--certificate and --label exclude each other");
        auto entries = commandLineEntries(std::move(m_entries), workingFolder);
        if (!entries) return fail(entries.error());
        m_options.configuration = std::move(*entries);
        return std::move(m_options);
    }

private:
    bool isIssuerChosen() const {
        return m_isAfterCommand && (m_options.command == login || m_options.command == enrol);
    }

    Result<void> take(const std::string& name, const std::string& value) {
        if (name == "help") m_options.isHelpWanted = true;
        if (name == "version") m_options.isVersionWanted = true;
        if (name == "licenses") m_options.areLicencesWanted = true;
        if (name == "json") m_options.isJson = true;
        if (name == "accept-agreements") m_options.hasAcceptedAgreements = true;
        if (name == "config") m_options.configFile = value;
        if (name == "askpass") m_options.askpass = value;
        if (name == "issuer") m_options.issuer = value;
        if (name == "label") m_options.selection.label = value;
        if (name == "token") m_options.token = value;
        if (name == "out") m_options.out = value;
        if (name == "subject-from") m_options.subjectFrom = value;
        if (name == "new-key") return put(m_options.newKey, newKeyKind(value));
        if (name == "report") m_options.report = value;
        if (name == "force") m_options.isForced = true;
        if (name == "certificate") return put(m_options.selection.fingerprintHex, fingerprint(value));
        if (name == "approve") return put(m_options.approve, fingerprint(value));
        if (name == "act") return put(m_options.act, parseAct(value));
        return {};
    }

    template <class T>
    static Result<void> put(T& to, Result<T> from) {
        if (!from) return fail(from.error());
        to = std::move(*from);
        return {};
    }

    CliOptions m_options;
    std::vector<IniEntry> m_entries;
    std::set<std::string> m_seen;
    bool m_isAfterCommand = false;
};

}  // namespace

Result<Act> parseAct(std::string_view text) {
    Act act;
    if (text == "self") return act;
    const auto colon = std::min(text.find(':'), text.size());
    const auto capacity = text.substr(0, colon);
    act.org = text.substr(std::min(colon + 1, text.size()));
    if (capacity == "org" || capacity == "enterprise")
        act.as = "enterprise";
    else if (capacity == "legal_rep" || capacity == "operator")
        act.as = capacity;
    else
        return usage("--act: expected org:USCC");
    if (!isUsccShaped(act.org)) return usage("--act: not a unified social credit code");
    return act;
}

Result<CliOptions> parseCliOptions(const std::vector<std::string>& arguments,
                                   const std::filesystem::path& workingFolder) {
    const auto tokens = readOptionTokens(arguments, knownOptions());
    if (!tokens) return fail(tokens.error());
    std::vector<std::string> words;
    for (const auto& token : *tokens)
        if (token.name.empty()) words.push_back(token.value);
    Reader reader(commandOf(words));
    for (const auto& token : *tokens)
        if (auto read = reader.read(token); !read) return fail(read.error());
    auto options = reader.finish(workingFolder);
    if (options && options->command == none && !isAnsweredWithout(*options))
        return usage(words.empty() ? "a command is missing" : "there is no such command");
    if (options && hasFile(words)) options->file = words[2];
    if (options && hasSite(words)) options->site = words[2];
    if (options)
        if (auto whole = checkWhole(*options); !whole) return fail(whole.error());
    return options;
}

const std::vector<CliOptionInfo>& cliOptionTable() {
    static const std::vector<CliOptionInfo> table{
        {"help", "", "显示帮助", "this text", {}},
        {"version", "", "显示版本", "the version", {}},
        {"licenses", "", "显示所用组件的许可证", "the licences of the components", {}},
        {"config",
         "FILE",
         "用这个文件代替用户和本机的配置(管理员策略仍然生效)",
         "read instead of the user's and the machine's file; policy still applies",
         {}},
        {"json", "", "只输出一个 JSON 文档", "print one JSON document and nothing else", {}},
        {"issuer",
         "URL",
         "哪个平台(只配置了一个时可省略)",
         "which platform; may be left out where one is configured",
         {login, enrol}},
        {"certificate", "SHA256", "用这张证书", "use this certificate", {login, enrol, requestCertificate}},
        {"label",
         "LABEL",
         "用这个标签的证书(或 USB key)",
         "use the certificate, or the token, of this label",
         {login, enrol, requestCertificate}},
        {"act", "org:USCC", "代表该企业办理", "act for this enterprise", {login, enrol}},
        {"askpass",
         "PROG",
         "由这个程序询问口令",
         "ask for the PIN by this program",
         {login, enrol, changePin, requestCertificate, installCertificate}},
        {"accept-agreements", "", "同意用户协议和隐私政策", "accept the agreements", {enrol}},
        {"approve",
         "SHA256",
         "用已绑定的证书批准另一张证书",
         "approve another certificate with one that is bound",
         {enrol}},
        {"out", "FILE", "证书请求写入这个新文件", "the new file for the request", {requestCertificate}},
        {"new-key",
         "KIND",
         "先在 USB key 中生成新密钥:rsa2048、rsa3072、p256、p384",
         "make a new key on the token first: rsa2048, rsa3072, p256, p384",
         {requestCertificate}},
        {"subject-from",
         "FILE",
         "主体取自这个证书文件(仅用于新密钥)",
         "take the subject from this certificate (for a new key)",
         {requestCertificate}},
        {"report",
         "FILE",
         "把自检结果写成可以发给管理员的文本",
         "write the findings as a text to send to IT",
         {doctor}},
        {"force", "", "报告文件已存在时覆盖", "replace a report that is there already", {doctor}},
        {"token",
         "LABEL",
         "哪个 USB key",
         "which token",
         {changePin, requestCertificate, installCertificate}}};
    return table;
}

std::span<const CliCommandInfo> cliCommandTable() {
    return kCommands;
}

}  // namespace signet
