// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "platform/settings.hpp"

#include "tests/platform/test_platform.hpp"

#include "platform/documents.hpp"
#include "platform/log.hpp"
#include "platform/vault.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

namespace signet {
namespace {

TEST(Settings, file_sets_every_kind_of_key) {
    const auto settings = parseSettings(
        "# the user centre\nlisten = [::1]:443\nissuer = https://uc.example.test\norigin = "
        "https://a.test\norigin = https://b.test\n"
        "revocation = hard-fail\nallow-unbound = true\nchallenge-lifetime = 60\nalgs = ES256 "
        "SM2SM3\n[log]\nlevel = debug\n",
        "p.conf");
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->listen.address, "::1");
    EXPECT_EQ(settings->listen.port, 443);
    EXPECT_EQ(settings->origins, (std::vector<std::string>{"https://a.test", "https://b.test"}));
    EXPECT_EQ(settings->revocation, RevocationPolicy::hardFail);
    EXPECT_TRUE(settings->allowUnbound);
    EXPECT_EQ(settings->challengeLifetime, std::chrono::seconds(60));
    EXPECT_EQ(settings->algorithms, (std::vector<Algorithm>{Algorithm::es256, Algorithm::sm2sm3}));
    EXPECT_EQ(settings->logLevel, LogLevel::debug);
}

TEST(Settings, wrong_lines_are_named_with_file_and_line) {
    const std::pair<const char*, const char*> cases[] = {
        {"issuer = https://uc.example.test\nisuer = x\n", "p.conf:2: isuer: unknown key"},
        {"\n\norigin = https://*.example.test\n", "p.conf:3: origin: "},
        {"origin = https://a.test/\n", "p.conf:1: origin: "},
        {"origin = http://a.test\n", "p.conf:1: origin: "},
        {"issuer = https://UC.example.test\n", "p.conf:1: issuer: "},
        {"issuer = https://uc.example.test:443\n", "p.conf:1: issuer: "},
        {"challenge-lifetime = 121\n", "p.conf:1: challenge-lifetime: "},
        {"challenge-lifetime = 60s\n", "p.conf:1: challenge-lifetime: "},
        {"listen = 8443\n", "p.conf:1: listen: "},
        {"listen = 127.0.0.1:99999\n", "p.conf:1: listen: "},
        {"allow-unbound = yes\n", "p.conf:1: allow-unbound: "},
        {"algs = ES256 none\n", "p.conf:1: algs: "},
        {"revocation = maybe\n", "p.conf:1: revocation: "},
        {"agent-port = 0\n", "p.conf:1: agent-port: "},
        {"agent-port = 65535\n", "p.conf:1: agent-port: "},
        {"agent-port = 28617x\n", "p.conf:1: agent-port: "},
        {"download-url = http://get.example.test/\n", "p.conf:1: download-url: "},
        {"download-url = //get.example.test/\n", "p.conf:1: download-url: "},
        {"download-url = /\\get.example.test/\n", "p.conf:1: download-url: "},
        {"download-url = javascript:alert(1)\n", "p.conf:1: download-url: "},
        {"download-url = https://get.example.test/a b\n", "p.conf:1: download-url: "},
        {"download-url = https://user@get.example.test/\n", "p.conf:1: download-url: "},
        {"download-url = https://get.example.test:{port}/\n", "p.conf:1: download-url: "},
        {"download-url = https:///x\n", "p.conf:1: download-url: "},
        {"download-url = \n", "p.conf:1: download-url: "},
        {"db = a\ndb = b\n", "p.conf:2: db: is set twice"},
    };
    for (const auto& [text, start] : cases) {
        const auto settings = parseSettings(text, "p.conf");
        ASSERT_FALSE(settings) << text;
        EXPECT_EQ(settings.error().code, ErrorCode::configurationInvalid);
        EXPECT_EQ(settings.error().detail.rfind(start, 0), 0U) << settings.error().detail;
    }
}

TEST(Settings, command_line_takes_the_same_keys_and_admin_words) {
    const auto line = readCommandLine({"--listen", "127.0.0.1:0", "--issuer", "https://localhost:{port}",
                                       "--trust", "a", "--trust", "b", "--log.level", "error"});
    ASSERT_TRUE(line) << line.error().detail;
    EXPECT_EQ(line->action, CommandLine::Action::serve);
    EXPECT_EQ(line->settings.trust.size(), 2U);
    const auto ready = withPort(line->settings, 1234);
    EXPECT_EQ(ready.issuer, "https://localhost:1234");
    EXPECT_EQ(ready.origins, std::vector<std::string>{"https://localhost:1234"});
    EXPECT_EQ(withPort(ready, 1234).origins.size(), 1U) << "not twice";
    const auto admin = readCommandLine({"admin", "evidence", "CID", "--out", "dir", "--db", "sqlite:x"});
    ASSERT_TRUE(admin);
    EXPECT_EQ(admin->action, CommandLine::Action::admin);
    EXPECT_EQ(admin->adminArguments, (std::vector<std::string>{"evidence", "CID"}));
    EXPECT_EQ(dataKeyOf(admin->settings), "x.key");
    EXPECT_FALSE(readCommandLine({"--unknown", "1"}));
    EXPECT_FALSE(readCommandLine({"--issuer"}));
    EXPECT_FALSE(readCommandLine({"--issuer", "http://x"}));
    EXPECT_FALSE(readCommandLine({"serve"}));
    EXPECT_EQ(readCommandLine({"--help"})->action, CommandLine::Action::help);
}

TEST(Settings, ports_of_the_agent_and_the_place_to_download_it) {
    EXPECT_EQ(withPort({}, 1).agentPorts, (std::vector<std::uint16_t>{28617, 28627, 28637}));
    for (const auto* url :
         {"https://get.example.test", "https://get.example.test:8443/signet?os=linux", "/download", "/"})
        EXPECT_EQ(parseSettings("download-url = " + std::string(url) + "\n", "p.conf")->downloadUrl, url);
    const test::TempFolder folder;
    const auto file = (folder.path() / "p.conf").string();
    std::ofstream(file) << "agent-port = 4000\nagent-port = 5000\n";
    EXPECT_EQ(readCommandLine({"--config", file})->settings.agentPorts,
              (std::vector<std::uint16_t>{4000, 5000}));
    EXPECT_EQ(readCommandLine({"--config", file, "--agent-port", "1"})->settings.agentPorts,
              std::vector<std::uint16_t>{1});
    std::string many;
    for (int i = 0; i < 17; ++i) many += "agent-port = 4000\n";
    EXPECT_FALSE(parseSettings(many, "p.conf"));
    for (const auto* key : {"--agent-port", "--download-url"})
        EXPECT_NE(usageText().find(key), std::string::npos);
}

TEST(Settings, serving_needs_five_things) {
    EXPECT_FALSE(checkForServing({}));
    PlatformSettings settings;
    settings.issuer = "https://uc.example.test";
    settings.tlsCertificate = "a";
    settings.tlsKey = "b";
    settings.database = "sqlite:c";
    EXPECT_FALSE(checkForServing(settings));
    settings.trust = {"d"};
    EXPECT_TRUE(checkForServing(settings));
}

TEST(Documents, built_in_samples_are_two_with_bold_material_clauses) {
    const auto documents = Documents::builtIn();
    ASSERT_EQ(documents.inForce().size(), 2U);
    for (const auto& document : documents.inForce()) {
        EXPECT_NE(document.text.find("**"), std::string::npos) << document.id;
        EXPECT_EQ(document.sha256, digestOf(document.text));
    }
    EXPECT_TRUE(documents.areInForce(documents.references()));
    EXPECT_FALSE(documents.areInForce({}));
}

TEST(Documents, newest_version_is_in_force) {
    const auto make = [](const char* version) {
        return *parseDocument(std::string("---\nid: a\nversion: ") + version + "\ntitle: A\n---\ntext\n",
                              "a.md");
    };
    const Documents documents({make("2026-01"), make("2026-09"), make("2025-12")});
    ASSERT_EQ(documents.inForce().size(), 1U);
    EXPECT_EQ(documents.inForce().front().version, "2026-09");
    EXPECT_EQ(documents.all().size(), 3U);
}

TEST(Documents, one_version_with_two_texts_is_refused_by_name) {
    const test::TempFolder folder;
    const auto write = [&](const char* name, const std::string& text) {
        std::ofstream(folder.path() / name) << "---\nid: a\nversion: 2026-01\ntitle: A\n---\n" << text;
    };
    write("one.md", "text\n");
    write("copy.md", "text\n");
    EXPECT_TRUE(Documents::load(folder.path())) << "the same text twice is one document";
    write("copy.md", "other text\n");
    const auto documents = Documents::load(folder.path());
    ASSERT_FALSE(documents);
    EXPECT_EQ(documents.error().code, ErrorCode::configurationInvalid);
    const auto& detail = documents.error().detail;
    EXPECT_TRUE(detail.find("one.md") != std::string::npos || detail.find("copy.md") != std::string::npos)
        << detail;
}

TEST(Documents, heads_that_are_not_whole_are_refused) {
    for (const auto* text :
         {"text", "---\nid: a\n", "---\nid: a\nversion: 1\n---\n",
          "---\nid: ../a\nversion: 1\ntitle: A\n---\n", "---\nversion: 1\ntitle: A\n---\n"}) {
        const auto document = parseDocument(text, "a.md");
        ASSERT_FALSE(document) << text;
        EXPECT_EQ(document.error().detail.rfind("a.md: ", 0), 0U);
    }
}

TEST(Vault, sealed_value_opens_in_its_place_only) {
    const auto vault = Vault::fromKey(Bytes(32, 1));
    const auto sealed = *vault->seal(bytesOf("number"), "account/1/number");
    EXPECT_EQ(textOf(*vault->unseal(sealed, "account/1/number")), "number");
    EXPECT_FALSE(vault->unseal(sealed, "account/2/number"));
    EXPECT_FALSE(Vault::fromKey(Bytes(32, 2))->unseal(sealed, "account/1/number"));
    auto flipped = sealed;
    flipped[13] ^= 1;
    EXPECT_FALSE(vault->unseal(flipped, "account/1/number"));
    EXPECT_FALSE(vault->unseal(Bytes(27), "account/1/number"));
    EXPECT_NE(sealed, *vault->seal(bytesOf("number"), "account/1/number"));
    EXPECT_FALSE(Vault::fromKey(Bytes(31, 1)));
}

TEST(Vault, first_starts_at_once_share_one_key) {
    const test::TempFolder folder;
    const auto file = folder.path() / "data.key";
    std::vector<std::thread> threads;
    std::vector<Bytes> checks(16);
    for (auto& check : checks)
        threads.emplace_back([&] {
            if (const auto vault = Vault::open(file, true)) check = vault->keyCheck();
        });
    for (auto& thread : threads) thread.join();
    for (const auto& check : checks) EXPECT_EQ(check, checks.front());
    EXPECT_FALSE(checks.front().empty());
    const std::filesystem::directory_iterator files(folder.path());
    EXPECT_EQ(std::distance(begin(files), end(files)), 1) << "nothing else is left";
}

TEST(Vault, key_that_others_may_read_is_refused) {
    const test::TempFolder folder;
    const auto file = folder.path() / "data.key";
    ASSERT_TRUE(Vault::open(file, true));
    for (const mode_t mode : {0640U, 0604U, 0620U}) {
        ASSERT_EQ(::chmod(file.c_str(), mode), 0);
        const auto vault = Vault::open(file, true);
        ASSERT_FALSE(vault);
        EXPECT_EQ(vault.error().code, ErrorCode::configurationInvalid);
        EXPECT_EQ(vault.error().reason, "data_key");
        EXPECT_NE(vault.error().detail.find("others may read it"), std::string::npos);
    }
    ASSERT_EQ(::chmod(file.c_str(), 0400), 0);
    EXPECT_TRUE(Vault::open(file, false));
}

// A new key beside an old database would make everything in it unreadable for good.
TEST(Vault, no_key_is_made_beside_a_database) {
    test::TestPlatform platform;
    const auto key = dataKeyOf(platform.settings);
    ASSERT_TRUE(std::filesystem::remove(key));
    const auto parts = loadNodeParts(withPort(platform.settings, 8443));
    ASSERT_FALSE(parts);
    EXPECT_EQ(parts.error().reason, "data_key");
    EXPECT_FALSE(std::filesystem::exists(key));
}

TEST(Vault, derived_tokens_depend_on_every_part) {
    const auto vault = Vault::fromKey(Bytes(32, 1));
    EXPECT_EQ(vault->derivedToken("handoff", {"ab", "c"}), vault->derivedToken("handoff", {"ab", "c"}));
    EXPECT_NE(vault->derivedToken("handoff", {"ab", "c"}), vault->derivedToken("handoff", {"a", "bc"}));
    EXPECT_NE(vault->derivedToken("handoff", {"ab", "c"}), vault->derivedToken("session", {"ab", "c"}));
    EXPECT_NE(vault->identityLookup(SubjectKind::person, "1"),
              vault->identityLookup(SubjectKind::enterprise, "1"));
}

// Attack 54: nobody can forge a second line.
TEST(Log, control_characters_are_escaped) {
    EXPECT_EQ(escapedForLog("a\nb\r\x1b[31m\x7f"), "a\\x0ab\\x0d\\x1b[31m\\x7f");
    EXPECT_EQ(escapedForLog("云南"), "云南");
}

}  // namespace
}  // namespace signet
