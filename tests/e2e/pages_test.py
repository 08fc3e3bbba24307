# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The pages over real TLS, and the requests that their scripts make, with logins signed outside our code."""
import base64
import hashlib
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

    # R01 R41: people get a page, programs the bytes that they hash.
    def test_agreements_are_pages_for_browsers_and_bytes_for_programs(self):
        platform = self.stage.start_platform()
        browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        listed = platform.request("GET", "/.well-known/signet-issuer")[2]["agreements"]
        self.assertEqual({agreement["id"] for agreement in listed}, {"user-agreement", "privacy-policy"})
        for agreement in listed:
            path = agreement["url"].removeprefix(platform.issuer)
            digest = base64.urlsafe_b64decode(agreement["sha256"] + "=").hex()
            for where, fields in ((path, {}), (path, {"Accept": "*/*"}), (path, {"Accept": "text/html;q=0"}),
                                  (path, {"Accept": "application/xhtml+xml"}), (path + "?raw=1", browser),
                                  ("/agreements/" + agreement["id"], {}), ("/agreements/" + digest, {})):
                with self.subTest(where, fields=fields):
                    status, headers, text = platform.request("GET", where, headers=fields)
                    self.assertEqual((status, headers["Content-Type"]), (200, "text/markdown; charset=utf-8"))
                    self.assertEqual(headers["Vary"], "Accept")
                    self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), digest)
            for where in (path, "/agreements/" + agreement["id"]):
                with self.subTest(where, page=True):
                    status, headers, page = platform.request("GET", where, headers=browser)
                    self.assertEqual((status, headers["Content-Type"]), (200, "text/html; charset=utf-8"))
                    self.assertEqual(headers.get_all("Vary"), ["Accept, Accept-Language, Cookie"])
                    self.assertEqual(headers["Content-Security-Policy"],
                                     platform.request("GET", "/")[1]["Content-Security-Policy"])
                    self.assertEqual(headers["Cache-Control"], "no-store")
                    self.assertIn('<html lang="zh-CN">', page)
                    self.assertIn(digest, page)
                    self.assertRegex(page, "版本 " + re.escape(agreement["version"]))
                    # R01: each clause that is marked as material is bold, and no mark is left.
                    clauses = re.findall(r"\*\*(.+?)\*\*", text)
                    self.assertTrue(clauses)
                    for clause in clauses:
                        self.assertIn(f"<strong>{clause}</strong>", page)
                    self.assertNotIn("**", page)
                    self.assertNotIn("id: " + agreement["id"], page)
                    raw = re.search(r'href="(/agreements/[^"]+raw=1)"', page)[1]
                    self.assertEqual(platform.request("GET", raw, headers=browser)[2], text)

    # R41: the link that every page has leads to the page, without a login.
    def test_links_of_a_page_lead_to_readable_agreements(self):
        platform = self.stage.start_platform()
        links = re.findall(r'href="(/agreements/[^"]+)"', platform.request("GET", "/login")[2])
        self.assertEqual(sorted(links), ["/agreements/privacy-policy", "/agreements/user-agreement"])
        for link in links:
            page = platform.request("GET", link, headers={"Accept": "text/html", "Accept-Language": "en"})[2]
            self.assertIn('<html lang="en">', page)
            self.assertIn('<article lang="zh-CN">', page)

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
