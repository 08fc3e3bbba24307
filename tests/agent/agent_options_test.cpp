// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/agent_options.hpp"

#include <gtest/gtest.h>

namespace signet {
namespace {

Result<AgentOptions> parse(const std::vector<std::string>& arguments) {
    return parseAgentOptions(arguments, "/work");
}

TEST(AgentOptions, noArguments_isTheAgentAsItIs) {
    const auto options = parse({});
    ASSERT_TRUE(options);
    EXPECT_FALSE(options->isHelpWanted || options->isVersionWanted || options->isHeadless);
    EXPECT_FALSE(options->configFile || options->portFile || options->askpass);
    EXPECT_TRUE(options->configuration.entries.empty());
    EXPECT_EQ(options->link, "");
}

TEST(AgentOptions, everyOption_isTaken) {
    const auto options =
        parse({"--headless", "--port", "0", "--port-file=/tmp/ports", "--config", "/etc/a.conf", "--askpass",
               "/usr/bin/ask", "--help", "--version", "--licenses"});
    ASSERT_TRUE(options) << options.error().detail;
    EXPECT_TRUE(options->isHelpWanted && options->isVersionWanted && options->areLicencesWanted &&
                options->isHeadless);
    EXPECT_EQ(options->portFile, "/tmp/ports");
    EXPECT_EQ(options->configFile, "/etc/a.conf");
    EXPECT_EQ(options->askpass, "/usr/bin/ask");
    ASSERT_EQ(options->configuration.entries.size(), 1U);
    EXPECT_EQ(options->configuration.entries[0].key, "bridge.port");
    EXPECT_EQ(options->configuration.entries[0].value, "0");
}

TEST(AgentOptions, keysOfTheConfiguration_areOptionsToo) {
    const auto options = parse({"--issuer", "https://a.example.test", "--issuer=https://b.example.test"});
    ASSERT_TRUE(options) << options.error().detail;
    EXPECT_EQ(options->configuration.entries.size(), 2U);
    const std::vector layers{options->configuration};
    EXPECT_EQ(effectiveConfiguration(layers).issuers,
              (std::vector<std::string>{"https://a.example.test", "https://b.example.test"}));
}

TEST(AgentOptions, link_isTheOneWord) {
    const std::string link = "signet://login?issuer=https://uc.example.test";
    const auto options = parse({"--headless", link});
    ASSERT_TRUE(options);
    EXPECT_EQ(options->link, link);
    EXPECT_TRUE(options->isHeadless);
}

// attack 51: a link is one argument; a second one, or an option that came in its place, is none.
TEST(AgentOptions, faultsOfUsage_areNamed) {
    for (const auto& arguments : std::vector<std::vector<std::string>>{{"signet://login", "signet://login"},
                                                                       {"--headless", "--headless"},
                                                                       {"--port", "1", "--port", "2"},
                                                                       {"--config", "/a", "--config", "/b"},
                                                                       {"--askpass"},
                                                                       {"--headles"},
                                                                       {"--tray"},
                                                                       {"-x"},
                                                                       {"-help"}}) {
        const auto options = parse(arguments);
        ASSERT_FALSE(options) << arguments.back();
        EXPECT_EQ(options.error().code, ErrorCode::invalidRequest);
        EXPECT_EQ(options.error().reason, "usage");
    }
}

// attack 14
TEST(AgentOptions, valuesThatTheConfigurationRefuses_areRefused) {
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"--port", "65536"},
                                               {"--port", "-1"},
                                               {"--port", "x"},
                                               {"--port="},
                                               {"--issuer", "http://uc.example.test"},
                                               {"--bridge.extra-origin", "https://*.example.test"},
                                               {"--bridge.extra-origin", "*"},
                                               {"--webeid-origin", "null"},
                                               {"--module", "relative.so"}}) {
        const auto options = parse(arguments);
        ASSERT_FALSE(options) << arguments.back();
        EXPECT_TRUE(options.error().code == ErrorCode::configurationInvalid ||
                    options.error().reason == "usage")
            << arguments.back();
    }
}

TEST(AgentOptions, help_namesEveryOptionInBothLanguages) {
    for (const auto language : {Language::zh, Language::en}) {
        const auto text = agentHelp(language);
        for (const auto* option : {"--help", "--version", "--licenses", "--headless", "--port N",
                                   "--port-file FILE", "--config FILE", "--askpass PROG"})
            EXPECT_NE(text.find(option), std::string::npos) << option;
    }
}

}  // namespace
}  // namespace signet
