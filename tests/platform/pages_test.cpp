// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The pages as a browser gets them, without sockets.
#include "tests/platform/page_request.hpp"

#include "platform/page_files.hpp"

#include <gtest/gtest.h>

namespace signet::test {
namespace {

/// The cookie of somebody who is logged in.
HttpFields loggedIn(TestPlatform& platform, const Issued& signer) {
    const auto started = platform.startForAgent("bind");
    const auto done = platform.complete(started, platform.login(started, signer));
    EXPECT_EQ(done.status, 200) << done.body;
    return {{"cookie", cookieOf(done, "__Host-signet-session")}};
}

const char* const kPages[] = {"/", "/login", "/login/handoff"};

// R46.
TEST(Pages, each_page_carries_the_fields_that_keep_it_apart) {
    TestPlatform platform;
    for (const auto* path : kPages) {
        const auto page = get(platform, path);
        EXPECT_EQ(page.status, 200) << path;
        EXPECT_EQ(fieldOf(page, "Content-Type"), "text/html; charset=utf-8");
        EXPECT_EQ(fieldOf(page, "Cache-Control"), "no-store");
        EXPECT_EQ(fieldOf(page, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(fieldOf(page, "X-Frame-Options"), "DENY");
        EXPECT_EQ(fieldOf(page, "Referrer-Policy"), "no-referrer");
        EXPECT_EQ(fieldOf(page, "Cross-Origin-Opener-Policy"), "same-origin");
        EXPECT_EQ(fieldOf(page, "Cross-Origin-Resource-Policy"), "same-origin");
        EXPECT_EQ(fieldOf(page, "Vary"), "Accept-Language, Cookie");
        const auto policy = fieldOf(page, "Content-Security-Policy");
        for (const auto* part :
             {"default-src 'none';", "script-src 'self';", "style-src 'self';", "img-src 'self';",
              "form-action 'self';", "base-uri 'none';", "frame-ancestors 'none'"})
            EXPECT_TRUE(holds(policy, part)) << path << " " << part;
        EXPECT_FALSE(holds(policy, "unsafe"));
        EXPECT_EQ(fieldOf(page, "Set-Cookie"), "") << "a visit begins nothing";
    }
}

TEST(Pages, only_the_login_page_may_reach_the_agent) {
    TestPlatform platform;
    const auto login = get(platform, "/login");
    EXPECT_TRUE(
        holds(fieldOf(login, "Content-Security-Policy"),
              "connect-src 'self'"
              " ws://127.0.0.1:28617 http://127.0.0.1:28617 wss://localhost:28618 https://localhost:28618"
              " ws://127.0.0.1:28627 http://127.0.0.1:28627 wss://localhost:28628 https://localhost:28628"
              " ws://127.0.0.1:28637 http://127.0.0.1:28637 wss://localhost:28638 https://localhost:28638;"));
    EXPECT_TRUE(holds(fieldOf(login, "Permissions-Policy"),
                      "loopback-network=(self), local-network-access=(self), "));
    EXPECT_TRUE(holds(login.body, "data-ports=\"28617 28627 28637\""));
    for (const auto* path : {"/", "/login/handoff"}) {
        const auto page = get(platform, path);
        EXPECT_TRUE(holds(fieldOf(page, "Content-Security-Policy"), "connect-src 'self';")) << path;
        EXPECT_TRUE(holds(fieldOf(page, "Permissions-Policy"), "loopback-network=()")) << path;
    }
}

TEST(Pages, moved_bridge_and_download_come_from_the_settings) {
    TestPlatform platform([](PlatformSettings& settings) {
        settings.agentPorts = {4000, 65534};
        settings.downloadUrl = "https://get.example.test/signet";
    });
    const auto login = get(platform, "/login");
    EXPECT_TRUE(
        holds(fieldOf(login, "Content-Security-Policy"), "wss://localhost:65535 https://localhost:65535;"));
    EXPECT_FALSE(holds(fieldOf(login, "Content-Security-Policy"), "28617"));
    EXPECT_TRUE(holds(login.body, "data-ports=\"4000 65534\""));
    EXPECT_TRUE(holds(login.body, "href=\"https://get.example.test/signet\""));
    EXPECT_FALSE(holds(get(*std::make_unique<TestPlatform>(), "/login").body, "id=\"download\""));
}

TEST(Pages, nothing_is_inline_and_nothing_comes_from_elsewhere) {
    TestPlatform platform;
    for (const auto* path : kPages) {
        const auto body = get(platform, path).body;
        for (const auto* part :
             {"<style", " style=", " onclick=", " onload=", "javascript:", "http://", "src=\"//"})
            EXPECT_FALSE(holds(body, part)) << path << " " << part;
        for (auto at = body.find("<script"); at != std::string::npos; at = body.find("<script", at + 1))
            EXPECT_TRUE(holds(body.substr(at, body.find('>', at) - at + 10), "></script>")) << path;
    }
    EXPECT_FALSE(holds(std::string(pageFile("page.css")), "url("));
}

TEST(Pages, each_language_is_whole_and_remembered_when_chosen) {
    TestPlatform platform;
    const auto zh = get(platform, "/login", "", {{"accept-language", "zh-CN"}});
    EXPECT_TRUE(holds(zh.body, "<html lang=\"zh-CN\">"));
    EXPECT_TRUE(holds(zh.body, "证书登录"));
    EXPECT_EQ(fieldOf(zh, "Content-Language"), "zh-CN");
    const auto en = get(platform, "/login", "", {{"accept-language", "en"}});
    EXPECT_TRUE(holds(en.body, "<html lang=\"en\">"));
    EXPECT_TRUE(holds(en.body, "Log in with a certificate"));
    EXPECT_FALSE(holds(en.body, "证书登录"));
    const auto chosen = get(platform, "/login", "lang=en", {{"accept-language", "zh-CN"}});
    EXPECT_TRUE(holds(chosen.body, "<html lang=\"en\">"));
    const auto cookie = fieldOf(chosen, "Set-Cookie");
    EXPECT_TRUE(cookie.starts_with("__Host-signet-language=en; Path=/; Secure; HttpOnly; SameSite=Lax"))
        << cookie;
    for (const auto* path : kPages) {
        const auto page = get(platform, path, "", {{"cookie", "__Host-signet-language=en"}});
        EXPECT_TRUE(holds(page.body, "<html lang=\"en\">")) << path;
        EXPECT_FALSE(holds(page.body, "{{")) << path;
        EXPECT_TRUE(holds(page.body, "<main")) << path;
        EXPECT_TRUE(holds(page.body, "href=\"/agreements/privacy-policy\"")) << path << " R41";
    }
}

TEST(Pages, without_javascript_there_is_a_sentence_and_the_agents_link) {
    TestPlatform platform;
    const auto body = get(platform, "/login").body;
    const auto start = body.find("<noscript>");
    const auto part = body.substr(start, body.find("</noscript>") - start);
    EXPECT_TRUE(holds(part, "JavaScript"));
    EXPECT_TRUE(holds(part, "href=\"signet://login?issuer=https%3A%2F%2Flocalhost%3A8443\""));
    EXPECT_TRUE(holds(get(platform, "/login/handoff").body, "<noscript>"));
}

// Attack 20: nothing of a query comes back.
TEST(Pages, queries_are_not_reflected) {
    TestPlatform platform;
    for (const auto* path : kPages)
        for (const auto* query : {"lang=%3Cmarker%3E", "return=/marker", "client=marker", "marker"}) {
            const auto page = get(platform, path, query, {{"accept-language", "<marker>"}});
            EXPECT_EQ(page.body, get(platform, path, "", {{"accept-language", "en"}}).body) << path << query;
            for (const auto& [name, value] : page.fields) EXPECT_FALSE(holds(value, "marker")) << name;
        }
}

TEST(Pages, home_says_who_is_logged_in_and_the_login_page_too) {
    TestPlatform platform;
    EXPECT_TRUE(holds(get(platform, "/").body, "href=\"/login\""));
    EXPECT_FALSE(holds(get(platform, "/").body, "id=\"logout\""));
    const auto session = loggedIn(platform, sharedPki().enterprise());
    const auto home = get(platform, "/", "", session).body;
    EXPECT_TRUE(holds(home, kTestEnterprise));
    EXPECT_TRUE(holds(home, "企业"));
    EXPECT_TRUE(holds(home, maskedNumber(kTestUscc)));
    EXPECT_FALSE(holds(home, kTestUscc));
    EXPECT_TRUE(holds(home, "<time datetime=\"20"));
    EXPECT_TRUE(holds(home, "id=\"logout\""));
    EXPECT_TRUE(holds(get(platform, "/login", "", session).body, kTestEnterprise));
    EXPECT_EQ(platform.send("DELETE", "/session", "", session).status, 204);
    EXPECT_FALSE(holds(get(platform, "/", "", session).body, kTestEnterprise));
    EXPECT_FALSE(
        holds(get(platform, "/", "", {{"cookie", "__Host-signet-session=%3Cb%3E"}}).body, "id=\"logout\""));
}

TEST(Pages, maintenance_is_said_in_place_of_the_button) {
    TestPlatform platform([](PlatformSettings& settings) {
        settings.maintenance = "系统升级 <today>";
        settings.maintenanceUntil = "2026-10-01T08:00:00Z";
    });
    const auto body = get(platform, "/login").body;
    EXPECT_TRUE(holds(body, "系统升级 &lt;today&gt;"));
    EXPECT_TRUE(holds(body, "2026-10-01T08:00:00Z"));
    EXPECT_FALSE(holds(body, "id=\"begin\""));
}

TEST(Pages, assets_have_types_and_tags) {
    TestPlatform platform;
    const std::pair<const char*, const char*> cases[] = {{"page.css", "text/css; charset=utf-8"},
                                                         {"login.js", "text/javascript; charset=utf-8"},
                                                         {"signet.js", "text/javascript; charset=utf-8"},
                                                         {"seal.svg", "image/svg+xml"}};
    for (const auto& [name, type] : cases) {
        const auto path = std::string("/assets/") + name;
        const auto asset = get(platform, path);
        EXPECT_EQ(asset.status, 200) << name;
        EXPECT_EQ(asset.body, pageFile(name));
        EXPECT_EQ(fieldOf(asset, "Content-Type"), type);
        EXPECT_EQ(fieldOf(asset, "Cache-Control"), "no-cache");
        EXPECT_EQ(fieldOf(asset, "X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(fieldOf(asset, "Cross-Origin-Resource-Policy"), "same-origin");
        const auto tag = fieldOf(asset, "ETag");
        EXPECT_EQ(tag.size(), 45U) << tag;
        for (const auto& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
            const auto same = get(platform, path, "", {{"if-none-match", known}});
            EXPECT_EQ(same.status, 304) << known;
            EXPECT_EQ(same.body, "");
            EXPECT_EQ(fieldOf(same, "ETag"), tag);
        }
        EXPECT_EQ(get(platform, path, "", {{"if-none-match", "\"other\""}}).status, 200);
    }
    for (const auto* path : {"/assets/", "/assets/login.html", "/assets/words.zh.ini", "/assets/x.js",
                             "/assets/../http.cpp", "/assets/%6Cogin.js"})
        EXPECT_EQ(get(platform, path).status, 404) << path;
}

TEST(Pages, every_address_in_a_page_is_there) {
    TestPlatform platform;
    for (const auto* path : kPages) {
        const auto body = get(platform, path).body;
        for (const auto* attribute : {"href=\"/", "src=\"/"})
            for (auto at = body.find(attribute); at != std::string::npos; at = body.find(attribute, at + 1)) {
                const auto start = body.find('"', at) + 1;
                const auto target = body.substr(start, body.find('"', start) - start);
                EXPECT_EQ(get(platform, target).status, 200) << path << " → " << target;
            }
    }
}

TEST(Pages, other_methods_are_refused) {
    TestPlatform platform;
    for (const auto* path : {"/", "/login", "/login/handoff", "/assets/page.css"})
        for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
            const auto answer = platform.send(method, path);
            EXPECT_EQ(answer.status, 405) << method << path;
            EXPECT_EQ(fieldOf(answer, "Allow"), "GET") << method << path;
        }
}

// Login CSRF: what another site can make a browser send starts nothing and logs nobody in.
TEST(Pages, cross_site_requests_start_nothing) {
    TestPlatform platform;
    const HttpFields crossSite{{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}};
    for (const auto* path : kPages)
        EXPECT_EQ(fieldOf(get(platform, path, "return=/x", crossSite), "Set-Cookie"), "") << path;
    for (const auto* path : {"/login/challenges", "/login/complete", "/login/handoff/preview"}) {
        for (const auto* type : {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}) {
            const auto form = platform.send("POST", path, R"({"purpose":"login"})", {{"content-type", type}});
            EXPECT_EQ(form.status, 415) << path << type;
            EXPECT_EQ(fieldOf(form, "Set-Cookie"), "");
        }
        for (const auto* origin : {"https://evil.example.test", "null"}) {
            const auto foreign = platform.send("POST", path, R"({"purpose":"login"})", {{"origin", origin}});
            EXPECT_EQ(foreign.status, 403) << path;
            EXPECT_EQ(fieldOf(foreign, "Set-Cookie"), "");
        }
    }
}

}  // namespace
}  // namespace signet::test
