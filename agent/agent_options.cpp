// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_options.hpp"

#include "agent/language.hpp"
#include "agent/option_tokens.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace signet {
namespace {

struct Row {
    std::string_view name;
    std::string_view value;  ///< empty: a switch
    Text meaning;
};

constexpr std::array kRows{
    Row{"help", "", {"显示帮助", "this text"}},
    Row{"version", "", {"显示版本", "the version"}},
    Row{"licenses", "", {"显示所用组件的许可证", "the licences of the components"}},
    Row{"headless", "", {"不显示托盘图标", "without a tray"}},
    Row{"port", "N", {"网桥端口;0 为任意空闲端口", "port of the bridge; 0: any free one"}},
    Row{"port-file", "FILE", {"开始监听后把端口写入此文件", "gets {\"ws\":N,\"wss\":M} once it listens"}},
    Row{"config",
        "FILE",
        {"用这个文件代替用户和本机的配置(管理员策略仍然生效)",
         "read instead of the user's and the machine's file; policy still applies"}},
    Row{"askpass", "PROG", {"由这个程序询问口令", "ask for the PIN by this program"}}};

tl::unexpected<Error> usage(std::string what) {
    return fail(ErrorCode::invalidRequest, std::move(what), "usage");
}

std::vector<KnownOption> knownOptions() {
    std::vector<KnownOption> known;
    for (const auto& row : kRows) known.push_back({row.name, !row.value.empty()});
    for (const auto& key : configurationKeys()) known.push_back({key.name, true});
    return known;
}

void take(const OptionToken& option, AgentOptions& options) {
    if (option.name == "help") options.isHelpWanted = true;
    if (option.name == "version") options.isVersionWanted = true;
    if (option.name == "licenses") options.areLicencesWanted = true;
    if (option.name == "headless") options.isHeadless = true;
    if (option.name == "port-file") options.portFile = option.value;
    if (option.name == "config") options.configFile = option.value;
    if (option.name == "askpass") options.askpass = option.value;
}

}  // namespace

Result<AgentOptions> parseAgentOptions(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& workingFolder) {
    const auto tokens = readOptionTokens(arguments, knownOptions());
    if (!tokens) return fail(tokens.error());
    AgentOptions options;
    std::vector<IniEntry> entries;
    std::set<std::string> seen;
    for (const auto& token : *tokens) {
        if (token.name.empty()) {
            if (!options.link.empty()) return usage("more than one link");
            options.link = token.value;
            continue;
        }
        const bool isOurs =
            std::any_of(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == token.name; });
        if (isOurs && !seen.insert(token.name).second) return usage("--" + token.name + " is given twice");
        if (!isOurs || token.name == "port")
            entries.push_back({isOurs ? "bridge.port" : token.name, token.value, 0});
        else
            take(token, options);
    }
    auto checked = commandLineEntries(std::move(entries), workingFolder);
    if (!checked) return fail(checked.error());
    options.configuration = std::move(*checked);
    return options;
}

std::string agentHelp(Language language) {
    std::string text =
        Text{"印信 signet-agent:让网页用 USB key 登录的桌面程序\n\n  signet-agent [选项] [signet:链接]\n\n",
             "signet-agent: lets web pages log in with a USB key\n\n"
             "  signet-agent [OPTION…] [signet: LINK]\n\n"}
            .of(language);
    for (const auto& row : kRows) {
        auto left = "  --" + std::string(row.name) + (row.value.empty() ? "" : " " + std::string(row.value));
        left.resize(std::max<std::size_t>(left.size() + 2, 24), ' ');
        text += left + row.meaning.of(language) + "\n";
    }
    return text + Text{"\n配置项也可以作为选项,见 signet --help。",
                       "\nThe keys of the configuration are options too: see signet --help."}
                      .of(language);
}

}  // namespace signet
