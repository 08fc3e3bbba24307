# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Pages at the agent's bridge: logins over ws and wss, one window at a time, nothing of another's (issue 4)."""
import base64
import json
import subprocess
import time
import unittest
import urllib.parse

from harness import BIN, PIN, Pki, Stage, is_sanitized, wait_for
from page import Closed, Page, Visit, code_of, request

ENTERPRISE = "云南示例建筑有限公司"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class BridgeTest(unittest.TestCase):
    """A platform, a token with an account, an agent."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.origin = self.platform.issuer
        self.stage.add_token("lock", "enterprise-rsa2048")
        self.configure()
        registered = self.stage.register(self.platform)
        self.assertEqual(registered.status, 0, registered)

    def configure(self, **keys):
        self.stage.configure(self.platform.issuer, **keys)

    def page(self, agent, door="ws", origin=None):
        page = Page(agent, origin or self.origin, door)
        self.addCleanup(page.close)
        return page

    def log_in(self, agent, door="ws"):
        """A whole login by page; gives the page."""
        page = self.page(agent, door)
        visit = Visit(self.platform)
        answer = page.login(self.platform.issuer, visit.challenge_id)
        self.assertIn("result", answer)
        status, headers, done = visit.complete(answer["result"]["handoff"])
        self.assertEqual(status, 200, done)
        self.assertEqual(done["account"]["name"], ENTERPRISE)
        self.assertIn("__Host-signet-session=", headers["Set-Cookie"])
        return page

    def questions(self, agent):
        """The askpass programs that stand before the user."""
        return subprocess.run(["pgrep", "-P", str(agent.pid), "-f", "waiting"], capture_output=True, text=True).stdout.split()

    def waiting_askpass(self):
        """An askpass that waits until the test lets it answer; gives (program, gate)."""
        gate = self.stage.folder / "gate"
        return self.stage.write_askpass("waiting", PIN, f'while [ ! -e "{gate}" ]; do sleep 0.02; done'), gate


class Login(BridgeTest):
    # R15: the same workflow behind every door.
    def test_by_ws_and_wss(self):
        agent = self.stage.start_agent()
        for door in ("ws", "wss"):
            with self.subTest(door):
                page = self.log_in(agent, door)
                self.assertEqual(page.stages(), ["choose", "pin", "signing", "relaying"])
                page.close()

    def test_hello_says_nothing_but_that(self):
        agent = self.stage.start_agent()
        page = self.page(agent)
        self.assertEqual(page.call("hello")["result"], {"agent": "signet", "api": 1, "ready": True})
        response = request(agent.ws, ["GET /v1/hello HTTP/1.1", f"Host: 127.0.0.1:{agent.ws}", f"Origin: {self.origin}"])
        self.assertEqual((response.status, json.loads(response.body)), (200, {"agent": "signet", "api": 1}))
        self.assertEqual(response.fields["access-control-allow-origin"], self.origin)

    def test_handoff_works_once_and_only_in_the_browser_that_started(self):
        agent = self.stage.start_agent()
        visit, other = Visit(self.platform), Visit(self.platform)
        handoff = self.page(agent).login(self.platform.issuer, visit.challenge_id)["result"]["handoff"]
        self.assertNotEqual(visit.complete(handoff, cookie=other.cookie)[0], 200)
        self.assertNotEqual(other.complete(handoff)[0], 200)
        self.assertEqual(visit.complete(handoff)[0], 200)
        self.assertNotEqual(visit.complete(handoff)[0], 200)

    # R45
    def test_issuer_that_is_not_configured_is_refused(self):
        agent = self.stage.start_agent()
        answer = self.page(agent).login("https://elsewhere.example", Visit(self.platform).challenge_id)
        self.assertEqual(code_of(answer), "issuer_not_allowed")
        self.assertEqual(self.stage.prompts(), [p for p in self.stage.prompts() if "elsewhere" not in p[1]])

    # R45, attack 32: an origin that may connect but is not one of the issuer's gets nothing.
    def test_origin_that_the_issuer_does_not_know_is_refused(self):
        self.configure(bridge_extra_origin="https://app.example.test")
        text = self.stage.config.read_text().replace("bridge-extra-origin", "bridge.extra-origin")
        self.stage.config.write_text(text)
        agent = self.stage.start_agent()
        before = len(self.stage.prompts())
        answer = self.page(agent, origin="https://app.example.test").login(self.platform.issuer,
                                                                            Visit(self.platform).challenge_id)
        self.assertEqual(code_of(answer), "origin_not_allowed")
        self.assertEqual(len(self.stage.prompts()), before)


class Sessions(BridgeTest):
    # Attack 37
    def test_second_login_is_busy_and_the_first_goes_on(self):
        askpass, gate = self.waiting_askpass()
        agent = self.stage.start_agent(askpass=askpass)
        first, second = self.page(agent), self.page(agent)
        visit = Visit(self.platform)
        asked = first.ask("login", {"issuer": self.platform.issuer, "challenge_id": visit.challenge_id})
        wait_for(lambda: len(self.stage.prompts("pin")) == 2, "the question")
        self.assertEqual(code_of(second.login(self.platform.issuer, Visit(self.platform).challenge_id)), "busy")
        self.assertEqual(code_of(first.login(self.platform.issuer, Visit(self.platform).challenge_id)), "busy")
        # While one login stands, hello is answered.
        self.assertIn("result", second.call("hello"))
        gate.touch()
        self.assertIn("result", first.answer(asked))

    # Attack 35
    def test_cancel_ends_this_connections_login_only(self):
        askpass, gate = self.waiting_askpass()
        agent = self.stage.start_agent(askpass=askpass)
        first, second = self.page(agent), self.page(agent)
        asked = first.ask("login", {"issuer": self.platform.issuer, "challenge_id": Visit(self.platform).challenge_id})
        wait_for(lambda: len(self.stage.prompts("pin")) == 2, "the question")
        self.assertEqual(second.call("cancel")["result"], {})
        self.assertIn("result", second.call("hello"))
        cancelled = first.ask("cancel")
        self.assertEqual(code_of(first.answer(asked)), "user_cancelled")
        self.assertEqual(first.answer(cancelled)["result"], {})
        gate.touch()
        self.assertIn("result", second.login(self.platform.issuer, Visit(self.platform).challenge_id))

    def test_lost_connection_closes_the_question(self):
        askpass, gate = self.waiting_askpass()
        agent = self.stage.start_agent(askpass=askpass)
        page = self.page(agent)
        page.ask("login", {"issuer": self.platform.issuer, "challenge_id": Visit(self.platform).challenge_id})
        wait_for(lambda: len(self.stage.prompts("pin")) == 2, "the question")
        page.close()
        wait_for(lambda: not self.questions(agent), "the question to go away")
        gate.touch()
        self.log_in(agent)

    def test_killed_agent_ends_the_connection_and_the_next_one_works(self):
        askpass, gate = self.waiting_askpass()
        agent = self.stage.start_agent(askpass=askpass)
        page = self.page(agent)
        asked = page.ask("login", {"issuer": self.platform.issuer, "challenge_id": Visit(self.platform).challenge_id})
        wait_for(lambda: len(self.stage.prompts("pin")) == 2, "the question")
        agent.kill()
        with self.assertRaises(Closed):
            page.answer(asked)
        gate.touch()
        self.log_in(self.stage.start_agent())

    # Attack 42
    def test_watch_needs_a_login_first_and_then_tells_only_whether_a_token_is_there(self):
        agent = self.stage.start_agent()
        page = self.page(agent)
        self.assertEqual(code_of(page.call("watch")), "origin_not_allowed")
        page.login(self.platform.issuer, Visit(self.platform).challenge_id)
        self.assertEqual(page.call("watch")["result"], {"present": True})
        # Approved once: after a new start too.
        agent.stop()
        self.assertEqual(self.page(self.stage.start_agent()).call("watch")["result"], {"present": True})


class Sites(BridgeTest):
    # attack 56; `signet sites` works with and without the agent.
    def test_revoking_closes_the_sites_connections_within_a_second(self):
        agent = self.stage.start_agent()
        page = self.log_in(agent)
        self.assertEqual(self.stage.signet("sites", "--json").document, {"ok": True, "sites": [self.origin]})
        begin = time.monotonic()
        self.assertEqual(self.stage.signet("sites", "revoke", self.origin).status, 0)
        with self.assertRaises(Closed):
            page.call("hello")
        self.assertLess(time.monotonic() - begin, 10 if is_sanitized() else 1)
        self.assertEqual(code_of(self.page(agent).call("watch")), "origin_not_allowed")
        self.assertEqual(self.stage.signet("sites", "revoke", self.origin).status, 1)
        self.log_in(agent)
        agent.stop()
        self.assertEqual(self.stage.signet("sites", "revoke", self.origin).status, 0)
        self.assertEqual(self.stage.signet("sites", "--json").document["sites"], [])


class WebEid(BridgeTest):
    NONCE = base64.b64encode(b"n" * 33).decode()

    def test_configured_origin_gets_a_token_and_another_none(self):
        site = "https://site.example.test"
        self.stage.config.write_text(self.stage.config.read_text() + f"webeid-origin = {site}\n")
        agent = self.stage.start_agent()
        self.assertEqual(code_of(self.page(agent).call("webeid.authenticate", {"challengeNonce": self.NONCE})),
                         "origin_not_allowed")
        token = self.page(agent, origin=site).call("webeid.authenticate", {"challengeNonce": self.NONCE})["result"]
        self.assertEqual(set(token), {"unverifiedCertificate", "algorithm", "signature", "format", "appVersion"})
        self.assertEqual((token["format"], token["algorithm"]), ("web-eid:1.0", "RS256"))
        self.assertIn("site.example.test", self.stage.prompts("pin")[-1][1])

    # Attack 42: whether there is a token is told to a site where the person wants to log in, and to no other.
    def test_new_site_is_asked_about_before_a_token_is_looked_at(self):
        site = "https://site.example.test"
        refusing = self.stage.write_askpass("refusing", "exit 1")
        for has_token in (True, False):
            if not has_token:
                self.configure(modules=[])
            self.stage.config.write_text(self.stage.config.read_text() + f"webeid-origin = {site}\n")
            agent = self.stage.start_agent(askpass=refusing)
            asked = len(self.stage.prompts())
            answer = self.page(agent, origin=site).call("webeid.authenticate", {"challengeNonce": self.NONCE})
            self.assertEqual(answer["error"]["data"], {"code": "user_cancelled"})
            kinds = [kind for kind, _ in self.stage.prompts()[asked:]]
            self.assertEqual(kinds, ["confirm"])
            self.assertIn("site.example.test", self.stage.prompts()[-1][1])
            agent.stop()
        agent = self.stage.start_agent()
        answer = self.page(agent, origin=site).call("webeid.authenticate", {"challengeNonce": self.NONCE})
        self.assertEqual(code_of(answer), "no_token")


class Link(BridgeTest):
    def setUp(self):
        super().setUp()
        self.opened = self.stage.folder / "opened"
        programs = self.stage.folder / "programs"
        programs.mkdir()
        (programs / "xdg-open").write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>"{self.opened}.new"\nmv "{self.opened}.new" "{self.opened}"\n')
        (programs / "xdg-open").chmod(0o700)
        self.stage.environment["PATH"] = f"{programs}:{self.stage.environment['PATH']}"

    def follow(self, link):
        return subprocess.run([BIN / "signet-agent", link, "--config", self.stage.config], capture_output=True, text=True,
                              env=self.stage.environment, timeout=60)

    # The `signet:` door: the browser is sent to the platform with a handoff that it can redeem, once.
    def test_logs_in_and_sends_the_browser_to_the_platform(self):
        agent = self.stage.start_agent()
        followed = self.follow(f"signet://login?issuer={urllib.parse.quote(self.platform.issuer, safe='')}")
        self.assertEqual(followed.returncode, 0, followed.stderr)
        wait_for(self.opened.exists, "the browser")
        address = urllib.parse.urlsplit(self.opened.read_text().strip())
        self.assertEqual((address.scheme, address.netloc), ("http", f"127.0.0.1:{agent.ws}"))
        head = [f"GET {address.path} HTTP/1.1", f"Host: {address.netloc}"]
        foreign = request(agent.ws, [head[0], f"Host: evil.example:{agent.ws}"])
        self.assertEqual(foreign.status, 421)
        response = request(agent.ws, head)
        self.assertEqual(response.status, 303)
        page, _, fragment = response.fields["location"].partition("#")
        self.assertEqual(page, f"{self.platform.issuer}/login/handoff")
        challenge, handoff, secret = fragment.split(".")
        self.assertEqual(request(agent.ws, head).status, 403)
        status, headers, done = self.platform.request(
            "POST", "/login/complete", {"challenge_id": challenge, "handoff": handoff, "secret": secret})
        self.assertEqual((status, done["account"]["name"]), (200, ENTERPRISE), done)
        # No secret was in an argument list: what xdg-open got is the address of this computer alone.
        self.assertNotIn(secret, self.opened.read_text())
        self.assertNotIn(handoff, self.opened.read_text())

    # attack 51
    def test_hostile_links_are_refused_by_name(self):
        self.stage.start_agent()
        before = len(self.stage.prompts())
        for link, status in (("signet://login?issuer=https://elsewhere.example", 1),
                             (f"signet://login?issuer={self.platform.issuer}&challenge_id=abc", 1),
                             ("signet://login?issuer=javascript:alert(1)", 1), ("--config=/etc/passwd", 2),
                             ("signet://run?cmd=rm", 1), ("signet://login?issuer=%00", 1)):
            with self.subTest(link):
                self.assertEqual(self.follow(link).returncode, status)
        self.assertEqual(len(self.stage.prompts()), before)


class Doctor(BridgeTest):
    def test_own_agent_is_no_stranger_on_its_port(self):
        agent = self.stage.start_agent()
        answer = self.stage.signet("doctor", "--json", "--bridge.port", str(agent.ws))
        checks = {check["code"]: check for check in answer.document["checks"]}
        self.assertIn("bridge_port", checks, answer)
        self.assertIn("signet-agent", checks["bridge_port"]["seen"])


class Instance(BridgeTest):
    def test_with_nobody_to_ask_it_does_not_become_resident(self):
        for arguments in ([], [f"signet://login?issuer={self.platform.issuer}"]):
            alone = subprocess.run([BIN / "signet-agent", *arguments, "--config", self.stage.config], capture_output=True,
                                   text=True, env=self.stage.environment, timeout=30)
            self.assertEqual(alone.returncode, 2, alone.stderr)
            self.assertIn("--askpass", alone.stderr)
        self.log_in(self.stage.start_agent())

    def test_started_again_it_hands_over_and_ends(self):
        agent = self.stage.start_agent()
        again = subprocess.run([BIN / "signet-agent", "--headless", "--config", self.stage.config], capture_output=True,
                               text=True, env=self.stage.environment, timeout=30)
        self.assertEqual((again.returncode, again.stdout), (0, ""), again.stderr)
        self.assertIsNone(agent.process.poll())

    def test_ends_cleanly_and_leaves_no_file_of_the_session(self):
        agent = self.stage.start_agent()
        agent.stop()
        self.assertEqual(agent.process.returncode, 0, agent.log.read_text())
        self.assertFalse(agent.port_file.exists())
        self.assertFalse((self.stage.runtime / "signet/agent.sock").exists())


if __name__ == "__main__":
    unittest.main()
