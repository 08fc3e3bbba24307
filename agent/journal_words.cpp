// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/journal_words.hpp"

#include "agent/language.hpp"
#include "certs/certificate.hpp"
#include "certs/statement.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

namespace signet {
namespace {

struct Named {
    std::string_view name;
    Text text;
};

constexpr std::array kPurposes{Named{"login", {"登录", "Log in"}},
                               Named{"bind", {"注册或绑定证书", "Register or bind a certificate"}},
                               Named{"rebind", {"批准绑定另一张证书", "Approve another certificate"}},
                               Named{"cancel", {"注销账户", "Close the account"}},
                               Named{"freeze", {"冻结账户", "Freeze the account"}},
                               Named{"step-up", {"再次确认身份", "Confirm who you are"}},
                               Named{"web-eid", {"登录网站(Web eID)", "Log in to a site (Web eID)"}}};

constexpr std::array kCapacities{
    Named{"self", {"本人", "Yourself"}}, Named{"legal_rep", {"法定代表人", "Legal representative"}},
    Named{"operator", {"经办人", "Operator"}}, Named{"enterprise", {"企业", "Enterprise"}}};

template <std::size_t size>
std::string wordFor(const std::array<Named, size>& table, std::string_view name, Language language) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Named& row) { return row.name == name; });
    return found == table.end() ? std::string(name) : found->text.of(language);
}

std::string hostOf(const std::string& address) {
    const auto scheme = address.find("://");
    const auto begin = scheme == std::string::npos ? 0 : scheme + 3;
    return address.substr(begin, address.find('/', begin) - begin);
}

std::string originWords(const std::string& origin, Language language) {
    if (origin != kAgentOrigin) return origin;
    return Text{"由您在印信中发起", "Started by you in Signet"}.of(language);
}

}  // namespace

std::string localTimeText(TimePoint time) {
    const auto seconds = static_cast<std::time_t>(time.time_since_epoch().count());
    std::tm parts{};
    std::array<char, 32> text{};
    if (::localtime_r(&seconds, &parts) == nullptr) return timeText(time);
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return text.data();
}

std::string siteWords(const JournalEntry& entry) {
    const bool isOwn = entry.origin.empty() || entry.origin == kAgentOrigin;
    return hostOf(isOwn ? entry.issuer : entry.origin);
}

std::string purposeWords(const JournalEntry& entry, Language language) {
    auto words = wordFor(kPurposes, entry.purpose, language);
    return entry.client.empty() ? words : words + " · " + entry.client;
}

std::string actWords(const JournalEntry& entry, Language language) {
    const auto colon = entry.act.find(':');
    auto words = wordFor(kCapacities, std::string_view(entry.act).substr(0, colon), language);
    return colon == std::string::npos ? words : words + " " + entry.act.substr(colon + 1);
}

bool hasSucceeded(const JournalEntry& entry) {
    return entry.result == "ok";
}

std::string resultWords(const JournalEntry& entry, Language language) {
    if (hasSucceeded(entry)) return Text{"成功", "Done"}.of(language);
    const auto code = errorCodeFromName(entry.result);
    if (!code) return entry.result;
    Error error{.code = *code};
    if (const auto host = hostOf(entry.issuer); !host.empty()) error.params["host"] = host;
    return sentence(error, language);
}

std::vector<JournalField> journalFields(const JournalEntry& entry, Language language) {
    JournalEntry plain = entry;
    plain.client.clear();
    const auto field = [&](const Text& name, std::string value) {
        return JournalField{name.of(language), std::move(value)};
    };
    return {field({"时间", "Time"}, localTimeText(entry.time)),
            field({"时间(UTC)", "Time (UTC)"}, timeText(entry.time)),
            field({"请求来自", "Asked by"}, originWords(entry.origin, language)),
            field({"平台", "Platform"}, entry.issuer),
            field({"事项", "What for"}, purposeWords(plain, language)),
            field({"应用", "Application"}, entry.client),
            field({"办理身份", "Acting as"}, actWords(entry, language)),
            field({"证书持有人", "Certificate holder"}, entry.subject),
            field({"证书指纹(SHA-256)", "Certificate (SHA-256)"}, entry.certificate),
            field({"请求编号", "Request number"}, entry.challenge),
            field({"结果", "Result"}, resultWords(entry, language)),
            field({"结果代码", "Result code"}, entry.result)};
}

}  // namespace signet
