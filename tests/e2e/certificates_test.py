# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Certificates that may not log in: each has its own code, said by the agent and, where the agent lets it pass, by the platform."""
import shutil
import unittest

from harness import Pki, Stage
from responders import CrlServer, OcspResponder, describe_without_ocsp


def setUpModule():
    global PKI, OCSP, CRL
    OCSP, CRL = OcspResponder(), CrlServer()
    unittest.addModuleCleanup(OCSP.close)
    unittest.addModuleCleanup(CRL.close)
    PKI = Pki("--ocsp-url", OCSP.url, "--crl-url", CRL.url)
    unittest.addModuleCleanup(PKI.close)
    OCSP.pki = CRL.pki = PKI


REASONS = {
    "enterprise-p256": None,
    "expired": "certificate_expired",
    "not-yet-valid": "certificate_not_yet_valid",
    "untrusted": "certificate_untrusted",
    "encryption-only": "certificate_not_for_login",
    "wrong-eku": "certificate_not_for_login",
}
DETAILS = {"encryption-only": "encryption_only", "wrong-eku": "extended_key_usage"}


class Certificates(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)

    def test_tokens_says_for_each_certificate_why_not(self):
        self.stage.add_token("mixed", *REASONS, with_public_keys=True)
        self.stage.add_certificate_without_key("mixed", "person")
        self.stage.configure("https://localhost:1")
        answer = self.stage.signet("tokens", "--json")
        self.assertEqual(answer.status, 0, answer)
        certificates = {c["label"]: c for t in answer.document["tokens"] for c in t["certificates"]}
        for name, reason in {**REASONS, "person": "no_private_key"}.items():
            with self.subTest(name):
                certificate = certificates[name]
                self.assertIs(certificate["usable"], reason is None, certificate)
                self.assertEqual(certificate.get("reason"), reason)
                if name in DETAILS:
                    self.assertIn(DETAILS[name], certificate["detail"])

    def test_agent_refuses_each_before_the_pin(self):
        platform = self.stage.start_platform()
        self.stage.configure(platform.issuer)
        for name, code in REASONS.items():
            if code is None:
                continue
            with self.subTest(name):
                stage = Stage(PKI)
                self.addCleanup(stage.close)
                stage.configure(platform.issuer)
                stage.add_token("lock", name)
                answer = stage.login(platform, "--label", name)
                self.assertEqual((answer.status, answer.code), (4, code), answer)
                self.assertEqual(stage.prompts(), [])

    def test_platform_refuses_what_only_the_agent_trusts(self):
        platform = self.stage.start_platform()
        trust = self.stage.folder / "wide-trust"
        shutil.copytree(PKI.path("trust"), trust)
        shutil.copy(PKI.path("ca/issuing-untrusted.crt"), trust)
        self.stage.configure(platform.issuer, trust=trust)
        self.stage.add_token("lock", "untrusted")
        answer = self.stage.register(platform)
        self.assertEqual((answer.status, answer.code), (6, "certificate_untrusted"), answer)

    def revoked(self, agent, platform_policy, name="revoked", agent_trust=None, **options):
        platform = self.stage.start_platform(revocation=platform_policy, **options)
        self.stage.configure(platform.issuer, revocation=agent, trust=agent_trust)
        self.stage.add_token("lock", name)
        return self.stage.register(platform)

    def test_agent_refuses_a_revoked_certificate_before_the_pin(self):
        answer = self.revoked("hard-fail", "off")
        self.assertEqual((answer.status, answer.code), (4, "certificate_revoked"), answer)
        self.assertEqual(self.stage.prompts(), [])

    def test_platform_refuses_a_revoked_certificate_by_ocsp(self):
        answer = self.revoked("off", "hard-fail")
        self.assertEqual((answer.status, answer.code), (6, "certificate_revoked"), answer)

    def crl_only_trust(self):
        """A trust folder whose CAs' state only the CRL tells: the OCSP responder does not answer meanwhile."""
        OCSP.pause()
        self.addCleanup(OCSP.resume)
        trust = self.stage.folder / "crl-trust"
        shutil.copytree(PKI.path("trust"), trust)
        describe_without_ocsp(trust, CRL)
        return trust

    def test_platform_refuses_a_revoked_certificate_by_crl(self):
        answer = self.revoked("off", "hard-fail", trust=self.crl_only_trust())
        self.assertEqual((answer.status, answer.code), (6, "certificate_revoked"), answer)

    def test_agent_refuses_a_revoked_certificate_by_crl(self):
        answer = self.revoked("hard-fail", "off", agent_trust=self.crl_only_trust())
        self.assertEqual((answer.status, answer.code), (4, "certificate_revoked"), answer)
        self.assertEqual(self.stage.prompts(), [])

    def test_agent_stops_where_the_state_is_unknown(self):
        for server in (OCSP, CRL):
            server.pause()
            self.addCleanup(server.resume)
        answer = self.revoked("hard-fail", "off", name="enterprise-p256")
        self.assertEqual((answer.status, answer.code), (4, "revocation_unknown"), answer)
        self.assertEqual(self.stage.prompts(), [])

    def test_good_certificate_passes_hard_fail_on_both_sides(self):
        answer = self.revoked("hard-fail", "hard-fail", name="enterprise-p256")
        self.assertEqual(answer.status, 0, answer)

    def test_unknown_state_fails_hard_and_passes_soft(self):
        for server in (OCSP, CRL):
            server.pause()
            self.addCleanup(server.resume)
        hard = self.revoked("off", "hard-fail", name="enterprise-p256")
        self.assertEqual((hard.status, hard.code), (6, "revocation_unknown"), hard)
        stage = Stage(PKI)
        self.addCleanup(stage.close)
        platform = stage.start_platform(revocation="soft-fail")
        stage.configure(platform.issuer, revocation="soft-fail")
        stage.add_token("lock", "enterprise-p256")
        soft = stage.register(platform)
        self.assertEqual(soft.status, 0, soft)

    def test_certificate_without_identity_is_refused_by_the_platform(self):
        platform = self.stage.start_platform()
        self.stage.configure(platform.issuer)
        self.stage.add_token("lock", "no-identity")
        answer = self.stage.register(platform)
        self.assertEqual((answer.status, answer.code), (6, "identity_missing"), answer)


if __name__ == "__main__":
    unittest.main(verbosity=2)
