// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/language.hpp"

#include <algorithm>
#include <string>

namespace signet {
namespace {

constexpr std::size_t kColumn = 34;

std::string row(const std::string& left, const std::string& right) {
    const auto gap = left.size() + 4 < kColumn ? kColumn - left.size() - 2 : 2;
    return "  " + left + std::string(gap, ' ') + right + "\n";
}

std::string commandRows(Language language) {
    std::string text;
    for (const auto& command : cliCommandTable())
        text += row("signet " + std::string(command.words), Text{command.zh, command.en}.of(language));
    return text;
}

std::string optionRows(CliCommand command, Language language) {
    std::string text;
    for (const auto& option : cliOptionTable()) {
        const auto& fit = option.commands;
        const bool isShown = fit.empty() || std::find(fit.begin(), fit.end(), command) != fit.end();
        if (!isShown) continue;
        auto left = "--" + std::string(option.name);
        if (!option.value.empty()) left += " " + std::string(option.value);
        text += row(left, Text{option.zh, option.en}.of(language));
    }
    return text;
}

std::string keyRows() {
    std::string text;
    for (const auto& key : configurationKeys())
        text += row("--" + std::string(key.name) + " " + std::string(key.value), std::string(key.meaning));
    return text;
}

std::string exitRows(Language language) {
    return Text{
        "退出状态:0 完成,1 失败,2 用法或配置有误,3 已取消,4 没有 USB key 或可用证书,5 口令错误或锁定,6 "
        "平台拒绝,7 连不上平台\n",
        "Exit status: 0 done, 1 failed, 2 usage or configuration, 3 cancelled, 4 no token or usable "
        "certificate,\n"
        "5 PIN wrong or locked, 6 platform refused, 7 platform unreachable\n"}
        .of(language);
}

}  // namespace

std::string cliHelp(CliCommand command, Language language) {
    const auto table = cliCommandTable();
    const auto info =
        std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.command == command; });
    if (info != table.end())
        return "signet " + std::string(info->words) + ": " + Text{info->zh, info->en}.of(language) + "\n\n" +
               optionRows(command, language);
    return Text{"印信 signet:用 USB key 中的证书登录\n\n",
                "signet: log in with the certificate on a USB key\n\n"}
               .of(language) +
           commandRows(language) + "\n" + optionRows(CliCommand::none, language) +
           Text{"\n配置项(也可写在配置文件中):\n", "\nKeys of the configuration, also as options:\n"}.of(
               language) +
           keyRows() + "\n" + exitRows(language) +
           Text{"signet 命令 --help 显示该命令的选项。",
                "signet COMMAND --help shows that command's options."}
               .of(language);
}

}  // namespace signet
