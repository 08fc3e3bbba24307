// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/prompt_text.hpp"

#include "agent/language.hpp"
#include "certs/certificate.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace signet {
namespace {

constexpr std::size_t kHostColumns = 253;
constexpr std::size_t kNameColumns = 60;
constexpr std::size_t kTextColumns = 400;
/// A challenge's text in its longest form, every byte escaped: never cut, for all of it is signed.
constexpr std::size_t kWholeTextColumns = 8 * kMaxTextBytes;

Text purposeText(const LoginQuestion& question) {
    if (question.kind == LoginKind::webEid)
        return {"用您的证书登录这个网站(Web eID)", "log in to this site with your certificate (Web eID)"};
    switch (question.purpose) {
        case Purpose::login:
            return {"登录", "log in"};
        case Purpose::bind:
            return {"注册或绑定证书", "register or bind a certificate"};
        case Purpose::rebind:
            return {"批准绑定另一张证书", "approve another certificate"};
        case Purpose::cancel:
            return {"注销账户", "close the account"};
        case Purpose::freeze:
            return {"冻结账户", "freeze the account"};
        case Purpose::stepUp:
            return {"再次确认身份", "confirm who you are"};
    }
    return {};
}

struct Named {
    std::string_view name;
    Text text;
};

constexpr std::array kCapacities{Named{"legal_rep", {"法定代表人", "legal representative"}},
                                 Named{"operator", {"经办人", "operator"}},
                                 Named{"enterprise", {"企业", "enterprise"}}};

constexpr std::array kClaims{
    Named{"name", {"名称", "name"}},
    Named{"uscc", {"统一社会信用代码", "unified social credit code"}},
    Named{"id_number", {"身份证号码", "identity number"}},
    Named{"kind", {"账户类型", "kind of account"}},
    Named{"act", {"办理身份", "capacity"}},
    Named{"certificate",
          {"整张证书(含完整的姓名和号码)", "the whole certificate, with the names and numbers in it"}}};

template <std::size_t size>
std::string wordFor(const std::array<Named, size>& table, const std::string& name, Language language) {
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const Named& row) { return row.name == name; });
    return found == table.end() ? shownLiterally(name, kNameColumns) : found->text.of(language);
}

std::string separator(Language language) {
    return Text{"、", ", "}.of(language);
}

}  // namespace

std::string purposeLine(const LoginQuestion& question, Language language) {
    const bool isOwn = question.origin == kAgentOrigin;
    std::string line =
        isOwn ? Text{"您要", "You want to "}.of(language) : Text{"请求", "asks you to "}.of(language);
    line += purposeText(question).of(language);
    if (!question.client) return line;
    const auto name = shownLiterally(question.client->name, kNameColumns);
    const auto owner = shownLiterally(question.client->owner, kNameColumns);
    line += language == Language::zh ? " · 进入「" + name + "」" : " · to enter \"" + name + "\"";
    return owner.empty() ? line : line + (language == Language::zh ? "(" + owner + ")" : " (" + owner + ")");
}

std::string capacityLine(const Act& act, Language language) {
    const auto capacity = wordFor(kCapacities, act.as, language);
    return language == Language::zh ? "以" + capacity + "身份办理:" : "Acting as " + capacity + ":";
}

std::string agreementLine(const AgreementCard& card, Language language) {
    const auto title = shownLiterally(card.title.empty() ? card.ref.id : card.title, kNameColumns);
    std::string line =
        language == Language::zh ? "协议:《" + title + "》 版本 " : "Agreement: \"" + title + "\", version ";
    line += shownLiterally(card.ref.version, kNameColumns);
    if (card.acceptedVersion && card.acceptedVersion->empty())
        line += Text{"(新增)", " (new)"}.of(language);
    else if (card.acceptedVersion) {
        const auto older = shownLiterally(*card.acceptedVersion, kNameColumns);
        line += language == Language::zh ? "(您同意过版本 " + older + ")"
                                         : " (you accepted version " + older + ")";
    }
    return card.url.empty() ? line : line + "  " + shownLiterally(card.url, kTextColumns);
}

std::string claimsLine(const std::vector<std::string>& claims, Language language) {
    std::string line = Text{"将提供:", "Will be passed on: "}.of(language);
    for (std::size_t i = 0; i < claims.size(); ++i)
        line += (i == 0 ? "" : separator(language)) + wordFor(kClaims, claims[i], language);
    return line;
}

std::string shownText(const std::string& text) {
    return shownLiterally(text, kWholeTextColumns);
}

namespace {

std::string actLine(const Act& act, Language language) {
    const auto name = shownLiterally(act.name, kNameColumns);
    auto line = capacityLine(act, language) + (language == Language::zh ? "" : " ") + name;
    if (!act.org.empty()) line += (name.empty() ? "" : " ") + shownLiterally(act.org, kNameColumns);
    return line;
}

/// A login that changes nothing names them in one line; where the user is asked to accept them, each has its
/// own with its address.
std::vector<std::string> agreementLines(const LoginQuestion& question, Language language) {
    const auto& cards = question.agreements;
    const bool isChanged = std::any_of(cards.begin(), cards.end(),
                                       [](const auto& card) { return card.acceptedVersion.has_value(); });
    std::vector<std::string> lines;
    if (question.purpose == Purpose::bind || isChanged) {
        for (const auto& card : cards) lines.push_back(agreementLine(card, language));
        return lines;
    }
    std::string line;
    for (std::size_t i = 0; i < cards.size(); ++i)
        line += (i == 0 ? "" : separator(language)) +
                shownLiterally(cards[i].title.empty() ? cards[i].ref.id : cards[i].title, kNameColumns);
    if (!line.empty())
        lines.push_back(Text{"签名即确认同意:", "By signing you confirm: "}.of(language) + line);
    return lines;
}

}  // namespace

std::vector<std::string> questionLines(const LoginQuestion& question, Language language) {
    std::vector<std::string> lines{shownLiterally(question.host, kHostColumns),
                                   purposeLine(question, language)};
    if (question.act.as != "self") lines.push_back(actLine(question.act, language));
    for (auto& line : agreementLines(question, language)) lines.push_back(std::move(line));
    if (question.text) lines.push_back(Text{"内容:", "Text: "}.of(language) + shownText(*question.text));
    if (!question.claims.empty()) lines.push_back(claimsLine(question.claims, language));
    if (question.certificate)
        lines.push_back(Text{"证书:", "Certificate: "}.of(language) +
                        cardLine(*question.certificate, language));
    return lines;
}

std::string cardLine(const CertificateCard& card, Language language) {
    std::string line = shownLiterally(card.name, kNameColumns);
    if (!card.number.empty()) line += "  " + shownLiterally(card.number, kNameColumns);
    line += "  " + shownLiterally(card.issuerName, kNameColumns) + "  ";
    line += language == Language::zh ? dateText(card.notAfter) + " 到期"
                                     : "valid until " + dateText(card.notAfter);
    const auto token = shownLiterally(card.tokenLabel, kNameColumns);
    return token.empty() ? line : line + "  [" + token + "]";
}

std::string pinLine(const PinQuestion& pin, Language language) {
    std::string line;
    if (pin.lastError) line += sentence(*pin.lastError, language) + "\n";
    if (pin.mustChange)
        line += Text{"这是初始口令或已到期,请尽快修改(signet pin change)。\n",
                     "This PIN is the issuer's or has expired; change it soon (signet pin change).\n"}
                    .of(language);
    line += Text{"口令(PIN)", "PIN"}.of(language);
    if (pin.triesLeft)
        line += language == Language::zh ? ",剩余 " + std::to_string(*pin.triesLeft) + " 次"
                                         : ", " + std::to_string(*pin.triesLeft) +
                                               (*pin.triesLeft == 1 ? " try" : " tries") + " left";
    else if (pin.isCountLow)
        line += Text{",剩余次数不多", ", few tries left"}.of(language);
    return line + (Text{":", ": "}.of(language));
}

std::string confirmationLine(const LoginQuestion& question, Confirmation kind, Language language) {
    switch (kind) {
        case Confirmation::pinPad:
            return Text{"继续吗?有键盘的读卡器上请输入口令。",
                        "Go on? Where the reader has a keypad, enter the PIN there."}
                .of(language);
        case Confirmation::finalPinTry:
            return Text{"只剩最后一次口令机会,再错一次口令将被锁定。要使用它吗?",
                        "Only one PIN try is left; a wrong PIN locks the token. Use it?"}
                .of(language);
        case Confirmation::agreements:
            return Text{"您同意以上协议吗?", "Do you accept the agreements above?"}.of(language);
        case Confirmation::changedAgreements:
            return Text{"协议已更新。您同意新版本吗?",
                        "The agreements have changed. Do you accept the new versions?"}
                .of(language);
        case Confirmation::purposeText: {
            const auto purpose = purposeText(question).of(language);
            return language == Language::zh ? "确定要" + purpose + "吗?"
                                            : "Do you really want to " + purpose + "?";
        }
    }
    return {};
}

std::string chooseLine(Language language) {
    return Text{"请选择证书:", "Choose a certificate:"}.of(language);
}

std::string retryLine(Language language) {
    return Text{"要再试一次吗?", "Try again?"}.of(language);
}

std::string stageLine(LoginStage stage, Language language) {
    switch (stage) {
        case LoginStage::choose:
        case LoginStage::pin:
            return {};
        case LoginStage::signing:
            return Text{"正在签名…", "Signing…"}.of(language);
        case LoginStage::relaying:
            return Text{"正在登录…", "Logging in…"}.of(language);
    }
    return {};
}

std::string errorText(const Error& error, Language language) {
    std::string text = shownLiterally(sentence(error, language), kTextColumns);
    if (const auto way = advice(error, language); !way.empty())
        text += "\n" + shownLiterally(way, kTextColumns);
    text += "\n(" + std::string(errorInfo(error.code).name);
    if (!error.reason.empty()) text += ": " + shownLiterally(error.reason, kNameColumns);
    return text + ")";
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

}  // namespace signet
