# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Renewal of a certificate on the token (issue 3, point 8): request, the CA's answer, install, login with the new one."""
import subprocess
import unittest

from harness import BIN, LIB, PIN, SOFTHSM, Pki, Stage, run

SPY = LIB / "libsignet-spy-module.so"
OLD = "enterprise-p256"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Renewal(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.spy_log = self.stage.folder / "spy.log"
        self.stage.environment.update({"SIGNET_SPY_TARGET": SOFTHSM, "SIGNET_SPY_LOG": str(self.spy_log)})
        self.stage.configure("https://localhost:1", modules=(SPY,))
        self.stage.add_token("lock", OLD)

    # ---- what is done ----
    def request(self, *arguments, out=None, askpass=None):
        return self.stage.signet("certificate", "request", "--out", out or self.stage.folder / "request.pem",
                                 "--askpass", askpass or self.stage.askpass, "--json", *arguments)

    def install(self, file, *arguments, askpass=None):
        return self.stage.signet("certificate", "install", file, "--askpass", askpass or self.stage.askpass, "--json",
                                 *arguments)

    def sign(self, request, ca="issuing-p256", name="renewed", days="500"):
        """What the CA does with a request: it copies what was asked for."""
        answer = self.stage.folder / f"{name}.pem"
        run(["openssl", "x509", "-req", "-in", request, "-CA", PKI.path(f"ca/{ca}.crt"), "-CAkey", PKI.path(f"ca/{ca}.key"),
             "-days", days, "-set_serial", str(len(name) + int(days)), "-copy_extensions", "copy", "-out", answer])
        return answer

    def made(self, *arguments):
        answer = self.request(*arguments)
        self.assertEqual(answer.status, 0, answer)
        return self.stage.folder / "request.pem"

    # ---- what is seen ----
    def calls(self, function):
        text = self.spy_log.read_text() if self.spy_log.exists() else ""
        return sum(1 for line in text.splitlines() if line.split()[:1] == [function])

    def certificates(self):
        document = self.stage.signet("tokens", "--json").document
        return {c["sha256"]: c for token in document["tokens"] for c in token["certificates"]}

    @staticmethod
    def fingerprint(file):
        text = run(["openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256"]).stdout
        return text.split("=")[1].strip().replace(":", "").lower()

    # ---- the whole way ----
    def test_existing_key_from_request_to_login(self):
        platform = self.stage.start_platform()
        self.stage.configure(platform.issuer, modules=(SPY,))
        self.assertEqual(self.stage.register(platform).status, 0)
        request = self.made("--label", OLD)
        run(["openssl", "req", "-in", request, "-verify", "-noout"])
        old = self.fingerprint(PKI.path(f"{OLD}.crt"))
        answer = self.install(self.sign(request))
        self.assertEqual(answer.status, 0, answer)
        new = self.fingerprint(self.stage.folder / "renewed.pem")
        self.assertEqual((answer.document["certificate"], answer.document["usable"], answer.document["warnings"]),
                         (new, True, []))
        listed = self.certificates()
        self.assertEqual({old, new}, set(listed))  # the old one is not deleted
        self.assertEqual(self.calls("C_DestroyObject"), 0)
        self.assertTrue(listed[new]["usable"])
        self.assertEqual(listed[new]["identity"], listed[old]["identity"])
        # The platform's rule for a second certificate: the bound one approves it.
        first = self.stage.register(platform, "--certificate", new)
        self.assertEqual((first.status, first.code), (6, "certificate_not_bound"), first)
        self.assertEqual(self.stage.register(platform, "--certificate", old, "--approve", new).status, 0)
        login = self.stage.login(platform, "--certificate", new)
        self.assertEqual(login.status, 0, login)
        self.assertEqual(login.document["certificate"], new)

    def test_request_repeats_subject_and_identity(self):
        request = self.made()
        subject = [run(["openssl", *words, "-noout", "-subject", "-nameopt", "RFC2253"]).stdout
                   for words in (["req", "-in", request], ["x509", "-in", PKI.path(f"{OLD}.crt")])]
        self.assertEqual(subject[0], subject[1])
        text = run(["openssl", "req", "-in", request, "-noout", "-text"]).stdout
        self.assertIn("1.2.156.10260.4.1.4", text)  # the USCC
        self.assertIn("TLS Web Client Authentication", text)
        self.assertNotIn("Authority Key Identifier", text)

    def test_expired_certificate_can_be_renewed(self):
        self.stage.add_token("late", "expired")
        answer = self.request("--label", "expired")
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.install(self.sign(self.stage.folder / "request.pem")).status, 0)

    def test_new_key_is_asked_for_made_and_gets_its_certificate(self):
        for kind in ("p256", "rsa2048"):
            with self.subTest(kind):
                before = len(self.stage.prompts("confirm"))
                out = self.stage.folder / f"{kind}.pem"
                answer = self.request("--new-key", kind, "--label", OLD, out=out)
                self.assertEqual(answer.status, 0, answer)
                self.assertEqual(len(self.stage.prompts("confirm")), before + 1)
                installed = self.install(self.sign(out, name=kind))
                self.assertEqual(installed.status, 0, installed)
                self.assertEqual(installed.document["id"], answer.document["id"])
                self.assertTrue(self.certificates()[installed.document["certificate"]]["usable"])
        self.assertEqual(self.calls("C_GenerateKeyPair"), 2)

    def test_new_key_with_the_subject_of_a_file(self):
        self.stage.add_token("empty")
        answer = self.request("--new-key", "p256", "--subject-from", PKI.path("person.crt"), "--token", "empty")
        self.assertEqual(answer.status, 0, answer)
        installed = self.install(self.sign(self.stage.folder / "request.pem"), "--token", "empty")
        self.assertEqual((installed.status, installed.document.get("token")), (0, "empty"), installed)

    def test_answers_in_other_forms(self):
        pem = self.sign(self.made())
        p7b = self.stage.folder / "answer.p7b"
        der = self.stage.folder / "answer.cer"
        run(["openssl", "crl2pkcs7", "-nocrl", "-certfile", pem, "-certfile", PKI.path("ca/issuing-p256.crt"),
             "-outform", "DER", "-out", p7b])
        run(["openssl", "x509", "-in", pem, "-outform", "DER", "-out", der])
        self.assertEqual(self.install(p7b).status, 0)
        again = self.install(der)
        self.assertEqual((again.status, again.reason), (1, "already_installed"), again)

    # ---- refusals ----
    def test_who_says_no_has_changed_nothing(self):
        request = self.made()
        before = self.calls("C_Login")
        no = self.stage.write_askpass("no", PIN, before='[ "$SIGNET_PROMPT" = pin ] || exit 1')
        answer = self.install(self.sign(request), askpass=no)
        self.assertEqual((answer.status, answer.code), (3, "user_cancelled"), answer)
        declined = self.request("--new-key", "p256", out=self.stage.folder / "other.pem", askpass=no)
        self.assertEqual((declined.status, declined.code), (3, "user_cancelled"), declined)
        self.assertFalse((self.stage.folder / "other.pem").exists())
        self.assertEqual((self.calls("C_Login"), self.calls("C_CreateObject"), self.calls("C_GenerateKeyPair")),
                         (before, 0, 0))
        self.assertEqual(len(self.certificates()), 1)

    def test_file_that_is_there_is_not_overwritten(self):
        out = self.stage.folder / "request.pem"
        out.write_text("mine")
        answer = self.request()
        self.assertEqual((answer.status, answer.reason), (1, "file_exists"), answer)
        self.assertEqual(out.read_text(), "mine")
        nowhere = self.request(out=self.stage.folder / "none" / "request.pem")
        self.assertEqual((nowhere.status, nowhere.reason), (1, "file_unwritable"), nowhere)
        self.assertEqual(self.stage.prompts(), [])
        self.assertEqual(self.calls("C_Login"), 0)

    def test_wrong_answers_are_named_and_change_nothing(self):
        for file, expected in ((PKI.path("person.crt"), (1, "does_not_fit")),
                               (PKI.path(f"{OLD}.crt"), (1, "already_installed")),
                               (PKI.path("ca/issuing-p256.crt"), (1, "no_certificate_in_file")),
                               (self.stage.config, (1, "no_certificate_in_file")),
                               (self.stage.folder / "nothing", (1, "file_unreadable"))):
            with self.subTest(str(file)):
                answer = self.install(file)
                self.assertEqual((answer.status, answer.reason), expected, answer)
        self.assertEqual(self.calls("C_CreateObject"), 0)

    def test_expired_answer_is_refused_and_an_untrusted_one_warned_of(self):
        request = self.made()
        self.assertEqual(self.install(self.sign(request, days="-1", name="late")).code, "certificate_expired")
        answer = self.install(self.sign(request, ca="issuing-untrusted"))
        self.assertEqual((answer.status, answer.document["usable"]), (0, False), answer)
        self.assertEqual(answer.document["warnings"][0]["code"], "certificate_untrusted")
        self.assertIn("Note: ", self.stage.prompts("confirm")[-1][1])

    def test_wrong_pin_is_sent_once(self):
        wrong = self.stage.write_askpass("wrong", "000000")
        answer = self.request(askpass=wrong)
        self.assertEqual((answer.status, answer.code), (5, "pin_incorrect"), answer)
        self.assertEqual(self.calls("C_Login"), 1)
        self.assertFalse((self.stage.folder / "request.pem").exists())

    def test_words_for_a_person(self):
        done = subprocess.run(self.stage.command("certificate", "request", "--out", self.stage.folder / "r.pem", "--askpass",
                                                 self.stage.askpass), env=self.stage.environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("signet certificate install", done.stdout)
        self.assertNotIn(PIN, done.stdout + done.stderr)
        for arguments, expected in ((("request",), "--out FILE is missing"), (("install",), "FILE is missing")):
            misused = self.stage.signet("certificate", *arguments)
            self.assertEqual(misused.status, 2, misused)
            self.assertIn(expected, misused.err)

    # libp11 is the token host's; the agent loads no PKCS#11 library.
    def test_only_the_token_host_links_libp11(self):
        needed = {name: run(["readelf", "-d", BIN / name]).stdout for name in ("signet", "signet-token-host")}
        self.assertIn("libp11.so", needed["signet-token-host"])
        self.assertNotIn("libp11.so", needed["signet"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
