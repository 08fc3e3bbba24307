# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The pages over real TLS, and the requests that their scripts make, with logins signed outside our code."""
import re
import unittest

from harness import Pki, Stage
from signed_login import SignedLogin

ENTERPRISE = "云南示例建筑有限公司"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


def session_cookie(headers):
    cookies = [value.split(";")[0] for value in headers.get_all("Set-Cookie")]
    return next(cookie for cookie in cookies if cookie.startswith("__Host-signet-session="))


class Pages(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)

    # R46: no framing, nothing from elsewhere, nothing inline.
    def test_pages_carry_their_fields_over_tls(self):
        platform = self.stage.start_platform(agent_port="4000", download_url="/get")
        for path in ("/", "/login", "/login/handoff"):
            with self.subTest(path):
                status, headers, body = platform.request("GET", path, headers={"Accept-Language": "en"})
                self.assertEqual(status, 200)
                self.assertEqual(headers["Content-Type"], "text/html; charset=utf-8")
                policy = headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'", policy)
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertEqual("wss://localhost:4001" in policy, path == "/login")
                self.assertEqual(headers["X-Frame-Options"], "DENY")
                self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                self.assertEqual(headers["Referrer-Policy"], "no-referrer")
                for name in ("Content-Security-Policy", "Content-Type", "Cache-Control"):
                    self.assertEqual(len(headers.get_all(name)), 1, name)
                self.assertIn('<html lang="en">', body)
                length = headers["Content-Length"]
                status, headers, body = platform.request("HEAD", path, headers={"Accept-Language": "en"})
                self.assertEqual((status, body, headers["Content-Length"]), (200, "", length))
                self.assertEqual(platform.request("PUT", path)[0], 405)

    def test_assets_are_not_sent_twice(self):
        platform = self.stage.start_platform()
        _, _, page = platform.request("GET", "/login")
        assets = re.findall(r'"(/assets/[a-z_.]+)"', page)
        self.assertIn("/assets/login.js", assets)
        for asset in (*assets, "/assets/signet.js"):
            status, headers, body = platform.request("GET", asset)
            self.assertEqual(status, 200, asset)
            self.assertTrue(body)
            again = platform.request("GET", asset, headers={"If-None-Match": headers["ETag"]})
            self.assertEqual((again[0], again[2]), (304, ""), asset)
            self.assertNotIn("Content-Length", again[1])

    def test_a_link_of_the_agent_is_looked_at_before_it_is_taken(self):
        """What platform/pages/handoff.js asks for, in its order."""
        platform = self.stage.start_platform()
        preview = "/login/handoff/preview"
        first = SignedLogin(platform, "enterprise-p256", "bind")
        status, _, whose = platform.request("POST", preview, first.body)
        self.assertEqual(status, 200, whose)
        self.assertEqual(whose, {"account": {"name": ENTERPRISE, "kind": "enterprise"}, "purpose": "bind", "client": None,
                                 "replaces": None})
        status, headers, _ = platform.request("POST", "/login/complete", first.body)
        self.assertEqual(status, 200)
        cookie = {"Cookie": session_cookie(headers)}
        self.assertIn(ENTERPRISE, platform.request("GET", "/", headers=cookie)[2])

        # A second use, from whatever browser.
        status, _, problem = platform.request("POST", preview, first.body)
        self.assertEqual((status, problem["code"]), (409, "challenge_used"))
        # A wrong secret, which burns nothing.
        second = SignedLogin(platform, "person", "bind")
        status, _, problem = platform.request("POST", preview, {**second.body, "secret": "A" * 43}, cookie)
        self.assertEqual((status, problem["code"]), (404, "challenge_unknown"))
        # Another account is logged in in this browser: it is named, and its session ends with the new one.
        status, _, whose = platform.request("POST", preview, second.body, cookie)
        self.assertEqual((status, whose["replaces"]["name"]), (200, ENTERPRISE))
        status, headers, _ = platform.request("POST", "/login/complete", second.body, cookie)
        self.assertEqual(status, 200)
        self.assertEqual(platform.request("GET", "/session", headers=cookie)[0], 401)
        cookie = {"Cookie": session_cookie(headers)}
        self.assertEqual(platform.request("DELETE", "/session", headers=cookie)[0], 204)
        self.assertIn('href="/login"', platform.request("GET", "/", headers=cookie)[2])
        for secret in (first.secret, first.handoff, second.secret, second.handoff):
            self.assertNotIn(secret, platform.log.read_text())

    def test_page_started_login_in_the_order_of_the_script(self):
        platform = self.stage.start_platform()
        SignedLogin(platform, "enterprise-p256", "bind")
        origin = {"Origin": platform.issuer, "Sec-Fetch-Site": "same-origin"}
        status, headers, started = platform.request("POST", "/login/challenges", {"purpose": "login"}, origin)
        self.assertEqual(status, 200)
        browser = {**origin, "Cookie": headers["Set-Cookie"].split(";")[0]}
        login = SignedLogin(platform, "enterprise-p256", challenge_id=started["challenge_id"], origin=platform.issuer)
        body = {"challenge_id": login.challenge_id, "handoff": login.handoff}
        self.assertEqual(platform.request("POST", "/login/complete", body, origin)[0], 404)
        status, headers, answer = platform.request("POST", "/login/complete", body, browser)
        self.assertEqual(status, 200, answer)
        self.assertNotIn("session", answer)
        home = platform.request("GET", "/", headers={"Cookie": session_cookie(headers)})[2]
        self.assertIn(ENTERPRISE, home)


if __name__ == "__main__":
    unittest.main(verbosity=2)
