# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""From a challenge to a session with a real token: the main way, its certificates, its keys."""
import unittest

from harness import PIN, Pki, Stage

ENTERPRISE = "云南示例建筑有限公司"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Login(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.stage.configure(self.platform.issuer)

    # R15: challenge → agent signs on token → relay → completion.
    def test_each_key_type_registers_and_logs_in(self):
        for name in ("enterprise-rsa2048", "enterprise-rsa3072", "enterprise-p256", "enterprise-p384"):
            with self.subTest(name):
                stage = Stage(PKI)
                self.addCleanup(stage.close)
                platform = stage.start_platform()
                stage.configure(platform.issuer)
                stage.add_token("lock", name)
                registered = stage.register(platform)
                self.assertEqual(registered.status, 0, registered)
                answer = stage.login(platform)
                self.assertEqual(answer.status, 0, answer)
                document = answer.document
                self.assertEqual(set(document), {"ok", "account", "handoff_redeemed", "session", "certificate", "elapsed_ms"})
                self.assertIs(document["ok"], True)
                self.assertIs(document["handoff_redeemed"], True)
                self.assertEqual(document["account"], {"name": ENTERPRISE, "kind": "enterprise"})
                self.assertGreaterEqual(document["elapsed_ms"]["total"], document["elapsed_ms"]["sign"])
                status, _, who = platform.session(document["session"])
                self.assertEqual(status, 200)
                self.assertEqual(who["account"]["name"], ENTERPRISE)
                self.assertEqual(len(stage.prompts("pin")), 2)

    def test_login_without_account_says_so(self):
        self.stage.add_token("lock", "enterprise-p256")
        answer = self.stage.login(self.platform)
        self.assertEqual((answer.status, answer.code), (6, "account_unknown"), answer)

    def test_session_of_another_token_is_refused(self):
        status, _, problem = self.platform.session("A" * 43)
        self.assertEqual(status, 401)
        self.assertIn("code", problem)

    # R02: consent under the signature; R16: number masked.
    def test_person_registers_with_masked_number(self):
        self.stage.add_token("key", "person")
        answer = self.stage.register(self.platform)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(answer.document["account"]["kind"], "person")
        _, _, who = self.platform.session(answer.document["session"])
        self.assertNotIn("11010519491231002X", str(who))
        content = b"".join(p.read_bytes() for p in self.platform.folder.glob("platform.db*"))
        self.assertNotIn(b"11010519491231002X", content)

    # R27, R28: the same identity adds a certificate by the old one's signature; another identity may not.
    def test_second_certificate_needs_the_first(self):
        self.stage.add_token("old", "enterprise-p256")
        self.stage.add_token("new", "enterprise-renewed")
        self.stage.add_token("other", "other-enterprise")
        self.assertEqual(self.stage.register(self.platform, "--label", "enterprise-p256").status, 0)
        refused = self.stage.register(self.platform, "--label", "enterprise-renewed")
        self.assertEqual((refused.status, refused.code), (6, "certificate_not_bound"), refused)
        before = self.stage.login(self.platform, "--label", "enterprise-renewed")
        self.assertEqual((before.status, before.code), (6, "certificate_not_bound"), before)
        tokens = self.stage.signet("tokens", "--json").document["tokens"]
        new = next(c["sha256"] for t in tokens for c in t["certificates"] if c["label"] == "enterprise-renewed")
        self.assertEqual(self.stage.register(self.platform, "--label", "other-enterprise").status, 0)
        foreign = self.stage.register(self.platform, "--label", "other-enterprise", "--approve", new)
        self.assertEqual(foreign.status, 6, foreign)
        still = self.stage.login(self.platform, "--label", "enterprise-renewed")
        self.assertEqual(still.code, "certificate_not_bound", still)
        approved = self.stage.register(self.platform, "--label", "enterprise-p256", "--approve", new)
        self.assertEqual(approved.status, 0, approved)
        for label in ("enterprise-renewed", "enterprise-p256"):
            self.assertEqual(self.stage.login(self.platform, "--label", label).status, 0)

    def test_several_certificates_are_asked_about(self):
        self.stage.add_token("a", "enterprise-p256")
        self.stage.add_token("b", "person")
        for label in ("enterprise-p256", "person"):
            self.assertEqual(self.stage.register(self.platform, "--label", label).status, 0)
        chooser = self.stage.folder / "chooser"
        chooser.write_text('#!/bin/sh\nprintf "%s\\t%s\\n" "$SIGNET_PROMPT" q >>"$SIGNET_TEST_PROMPTS"\n'
                           f'if [ "$SIGNET_PROMPT" = choose ]; then echo 2; else echo {PIN}; fi\n')
        chooser.chmod(0o700)
        answer = self.stage.login(self.platform, askpass=chooser)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(len(self.stage.prompts("choose")), 1)
        chosen = self.stage.login(self.platform, "--certificate", answer.document["certificate"])
        self.assertEqual(chosen.status, 0, chosen)
        unknown = self.stage.login(self.platform, "--certificate", "00" * 32)
        self.assertEqual((unknown.status, unknown.code), (4, "no_certificate"), unknown)

    # R31: only one's own enterprise.
    def test_acting_for_ones_own_enterprise_only(self):
        self.stage.add_token("lock", "enterprise-p256")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        own = self.stage.login(self.platform, "--act", "org:91350200MA2YJ1XR9G")
        self.assertEqual(own.status, 0, own)
        other = self.stage.login(self.platform, "--act", "org:91440101MA5CJQ4N59")
        self.assertEqual((other.status, other.code), (6, "act_not_allowed"), other)

    def test_issuer_that_is_not_configured_is_refused_before_anything(self):
        self.stage.add_token("lock", "enterprise-p256")
        answer = self.stage.signet("login", "--issuer", "https://localhost:1", "--askpass", self.stage.askpass, "--json")
        self.assertEqual((answer.status, answer.code), (1, "issuer_not_allowed"), answer)
        self.assertEqual(self.stage.prompts(), [])

    # R26: the evidence verifies with openssl alone.
    def test_evidence_verifies_with_openssl(self):
        import subprocess
        self.stage.add_token("lock", "enterprise-rsa2048")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.stage.login(self.platform).status, 0)
        ids = self.platform.logins()
        self.assertEqual(len(ids), 2, ids)
        for number, cid in enumerate(ids):
            folder = self.stage.folder / f"evidence{number}"
            self.platform.admin("evidence", cid, "--out", folder)
            done = subprocess.run(["sh", "verify.sh"], cwd=folder, capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done)
            text = (folder / "signing-input.txt").read_bytes()
            (folder / "signing-input.txt").write_bytes(text[:-1] + bytes([text[-1] ^ 1]))
            done = subprocess.run(["sh", "verify.sh"], cwd=folder, capture_output=True, text=True, check=False)
            self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
