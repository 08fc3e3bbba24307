// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/doctor_report.hpp"

#include "agent/system_proxies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace signet {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const PersonalFacts kPersonal{"/home/zhang", "zhang", "desk-7", {"9180273645", "123456"}};

TEST(WithoutPersonal, namesOfPersonAndComputer_areLeftOut) {
    const auto clean = [](const char* text) { return withoutPersonal(text, kPersonal); };
    EXPECT_EQ(clean("/home/zhang/.config/signet/agent.conf:3"), "~/.config/signet/agent.conf:3");
    EXPECT_EQ(clean("/home/zhangsan/x and zhangsan"), "/home/zhangsan/x and zhangsan");
    EXPECT_EQ(clean("owned by zhang."), "owned by (user).");
    EXPECT_EQ(clean("on desk-7: refused"), "on (computer): refused");
    EXPECT_EQ(clean("https://zhang.example.test"), "https://zhang.example.test");
    EXPECT_EQ(clean("desk-70, big-desk-7"), "desk-70, big-desk-7");
    EXPECT_EQ(withoutPersonal("/root/x by root", {}), "/root/x by root");
}

TEST(WithoutPersonal, serialNumbers_keepTheirEnd) {
    EXPECT_EQ(withoutPersonal("serial 9180273645, 123456", kPersonal), "serial …3645, …3456");
}

TEST(WithoutPersonal, identityNumbers_areMasked) {
    const auto clean = [](const std::string& text) { return withoutPersonal(text, {}); };
    EXPECT_THAT(clean("张三@11010519491231002X"), Not(HasSubstr("11010519491231002X")));
    EXPECT_THAT(clean("(91350200MA2YJ1XR9G)"), Not(HasSubstr("91350200MA2YJ1XR9G")));
    EXPECT_THAT(clean("110105491231002"), Not(HasSubstr("110105491231002")));
    EXPECT_THAT(clean("1@5009SF11010519491231002x"), Not(HasSubstr("11010519491231002")));
    EXPECT_THAT(clean("JJ91350200MA2YJ1XR9G"), Not(HasSubstr("91350200MA2YJ1XR9G")));
    // The start of a fingerprint, an ATR and a size are none.
    for (const char* plain : {"a1b2c3d4e5f60718", "3b021450", "891704 bytes", "2026-11-24T10:00:00Z",
                              "28617, 28618", "3bdf18008131fe67805ba0c8"})
        EXPECT_EQ(clean(plain), plain);
}

TEST(DoctorReport, text_hasVersionsCodesAndNothingPersonal) {
    const Check check{CheckCode::moduleMissing, Finding::fault, "/home/zhang/x.so",
                      "gone: /home/zhang/x.so", "look",         "zhang 9180273645"};
    const ReportHead head{
        TimePoint(std::chrono::seconds(1790000000)), "1.2", "Debian", "6.1 x86_64", "OpenSSL 3", "6.4"};
    const auto text = doctorReport(head, {check}, kPersonal, Language::en);
    for (const char* part :
         {"signet: 1.2\n", "system: Debian\n", "kernel: 6.1 x86_64\n", "OpenSSL: OpenSSL 3\n", "Qt: 6.4\n",
          "2026-09-2", "(module_missing: (user) …3645)", "~/x.so", "→ look"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(text, Not(HasSubstr("zhang")));
    const auto own = reportHead("1.2", head.time);
    EXPECT_THAT(own.openssl, HasSubstr("OpenSSL"));
    EXPECT_FALSE(own.qt.empty() || own.kernel.empty());
}

TEST(DoctorReport, systemsName_isReadFromOsRelease) {
    EXPECT_EQ(prettyName("NAME=x\nPRETTY_NAME=\"Kylin V10 (SP1)\"\n"), "Kylin V10 (SP1)");
    EXPECT_EQ(prettyName("PRETTY_NAME=UOS"), "UOS");
    EXPECT_EQ(prettyName("PRETTY_NAME=\""), "\"");
    EXPECT_EQ(prettyName("OTHER_PRETTY_NAME=x\n"), "");
    EXPECT_EQ(prettyName(""), "");
}

TEST(ProxyText, userAndPassword_areNeverShown) {
    const QNetworkProxy proxy(QNetworkProxy::HttpProxy, "p.test", 3128, "clerk", "sekret");
    EXPECT_EQ(proxyText(proxy), "http://p.test:3128");
    EXPECT_EQ(proxyText(QNetworkProxy(QNetworkProxy::Socks5Proxy, "p.test", 1080, "clerk", "sekret")),
              "socks5://p.test:1080");
    EXPECT_EQ(proxyText(QNetworkProxy(QNetworkProxy::NoProxy)), "direct");
}

}  // namespace
}  // namespace signet
