# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What stands between agent and platform fails in every way; nothing is signed for it, and a login is whole or not at all."""
import json
import threading
import unittest

from front import Front, TlsServer, free_port
from harness import LIB, SOFTHSM, Pki, Stage

SPY = LIB / "libsignet-spy-module.so"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Hostile(unittest.TestCase):
    """attacks.md 52: http, redirects, wrong names are refused, answers are capped; each has its own cause."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.spy_log = self.stage.folder / "spy.log"
        self.stage.environment.update({"SIGNET_SPY_TARGET": SOFTHSM, "SIGNET_SPY_LOG": str(self.spy_log)})
        self.stage.add_token("lock", "enterprise-p256")

    def login_at(self, answer, **options):
        server = TlsServer(PKI, answer, **options)
        self.addCleanup(server.close)
        self.stage.configure(server.issuer, modules=(SPY,))
        result = self.stage.login(server)
        calls = self.spy_log.read_text() if self.spy_log.exists() else ""
        self.assertNotIn("C_Sign", calls)
        self.assertNotIn("C_Login", calls)
        self.assertEqual(self.stage.prompts(), [])
        return result

    def test_wrong_name(self):
        answer = self.login_at(lambda *_: (200, {}, b"{}"), certificate="tls-wrong-name.crt", key="tls-wrong-name.key")
        self.assertEqual((answer.status, answer.code, answer.reason), (7, "platform_tls", "tls_name_mismatch"), answer)

    def test_other_root(self):
        answer = self.login_at(lambda *_: (200, {}, b"{}"), certificate="tls-other-root.crt", key="tls-other-root.key")
        self.assertEqual((answer.status, answer.code, answer.reason), (7, "platform_tls", "tls_untrusted"), answer)

    def test_redirect(self):
        answer = self.login_at(lambda *_: (302, {"Location": "https://localhost/"}, b""))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "redirect_refused"), answer)

    def test_ten_megabytes(self):
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, b" " * 10_000_000))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "answer_too_large"), answer)

    def test_garbage(self):
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, b"\xff\xfe{{{"))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "answer_malformed"), answer)

    def test_slow_answer(self):
        released = threading.Event()
        self.addCleanup(released.set)
        answer = self.login_at(lambda *_: released.wait(60) and None)
        self.assertEqual((answer.status, answer.code), (7, "timeout"), answer)

    def test_another_issuer_in_the_metadata(self):
        other = "https://uc.example.test"
        metadata = {"issuer": other, "api": 1, "origins": [other], "challenge_endpoint": f"{other}/agent/v1/challenges",
                    "login_endpoint": f"{other}/agent/v1/logins", "browser_handoff": f"{other}/login/handoff", "algs": ["ES256"],
                    "agreements": [], "service": {"status": "ok"}}
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, json.dumps(metadata).encode()))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "issuer_mismatch"), answer)

    def test_nobody_listens(self):
        issuer = f"https://localhost:{free_port()}"
        self.stage.configure(issuer, modules=(SPY,))
        answer = self.stage.signet("login", "--issuer", issuer, "--askpass", self.stage.askpass, "--json")
        self.assertEqual((answer.status, answer.code), (7, "platform_unreachable"), answer)

    def test_plain_http_issuer_is_a_configuration_error(self):
        self.stage.configure("http://localhost:1", modules=(SPY,))
        answer = self.stage.signet("config", "check")
        self.assertEqual(answer.status, 2, answer)
        self.assertIn(f"{self.stage.config}:1:", answer.err)


class HalfWay(unittest.TestCase):
    """R55: the link or the platform dies at each step; logged in once or not at all."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.inner_port = free_port()
        self.stage.add_token("lock", "enterprise-p256")

    def start(self):
        """The platform believes in the front's address; the front's port is known first."""
        self.front = Front(PKI, self.inner_port)
        self.addCleanup(self.front.server.close)
        self.platform = self.stage.start_platform(port=self.inner_port, public_port=self.front.port)
        self.stage.configure(self.front.server.issuer)

    def restart(self):
        self.platform.kill()
        self.platform.start()

    def test_platform_killed_between_commit_and_answer(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        self.front.lose[("POST", "/agent/v1/logins")] = self.restart
        answer = self.stage.login(self.front.server)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.front.lose, {})
        status, _, who = self.platform.session(answer.document["session"])
        self.assertEqual((status, who["account"]["kind"]), (200, "enterprise"))
        self.assertEqual(len(self.stage.prompts("pin")), 2)

    def test_platform_killed_after_it_made_the_session(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        self.front.lose[("POST", "/login/complete")] = self.restart
        answer = self.stage.login(self.front.server)
        self.assertEqual(answer.status, 0, answer)
        status, _, _ = self.platform.session(answer.document["session"])
        self.assertEqual(status, 200)

    # attacks.md 52, after the metadata: nothing is signed for a bad challenge, and a bad answer to the signed login is named.
    def test_bad_answers_on_the_way(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        json_type = {"Content-Type": "application/json"}
        bad = {
            "redirect_refused": (302, {"Location": "https://localhost/"}, b""),
            "answer_too_large": (200, json_type, b" " * 10_000_000),
            "answer_malformed": (200, json_type, b"\xff{{"),
        }
        for path in ("/agent/v1/challenges", "/agent/v1/logins", "/login/complete"):
            for reason, reply in bad.items():
                with self.subTest(path=path, reason=reason):
                    asked = len(self.stage.prompts("pin"))
                    self.front.change = {("POST", path): lambda *_, reply=reply: reply}
                    answer = self.stage.login(self.front.server)
                    self.assertEqual((answer.code, answer.reason), ("platform_error", reason), answer)
                    self.assertEqual(len(self.stage.prompts("pin")) - asked, 0 if path.endswith("challenges") else 1)
        self.front.change = {}
        self.assertEqual(self.stage.login(self.front.server).status, 0)

    def test_platform_gone_before_the_relay_leaves_no_login(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        killer = self.stage.folder / "killer"
        killer.write_text(f'#!/bin/sh\nkill -9 {self.platform.process.pid}\nexec {self.stage.askpass} "$1"\n')
        killer.chmod(0o700)
        answer = self.stage.login(self.front.server, askpass=killer)
        self.assertEqual((answer.status, answer.code), (7, "platform_unreachable"), answer)
        self.platform.process.wait()
        self.platform.start()
        self.assertEqual(self.stage.login(self.front.server).status, 0)
        self.assertEqual(len(self.platform.logins()), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
