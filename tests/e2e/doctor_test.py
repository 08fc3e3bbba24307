# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""`signet doctor` with the real programs: a desktop where all is well, and what it names where it is not."""
import signal
import subprocess
import threading
import unittest

from front import TlsServer, free_port
from harness import Pki, Stage, wait_for


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Doctor(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)

    def check(self, *arguments):
        """Codes by status, of which (code, subject) is the first."""
        answer = self.stage.signet("doctor", "--json", *arguments)
        found = {}
        for check in answer.document["checks"]:
            found.setdefault(check["status"], []).append(check["code"])
        return answer, found

    def test_all_is_well(self):
        platform = self.stage.start_platform()
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(platform.issuer)
        answer, found = self.check()
        self.assertEqual(answer.status, 0, answer)
        self.assertTrue(answer.document["ok"])
        self.assertNotIn("fault", found, answer)
        for code in ("configuration", "trust", "module", "token", "certificate", "issuer", "clock"):
            self.assertIn(code, found["ok"], answer)
        self.assertEqual(self.stage.signet("doctor").status, 0)

    def test_no_key_is_plugged_in(self):
        platform = self.stage.start_platform()
        self.stage.configure(platform.issuer)
        answer, found = self.check()
        self.assertEqual(answer.status, 1, answer)
        self.assertEqual(found["fault"], ["no_token"], answer)

    def test_module_that_is_none(self):
        platform = self.stage.start_platform()
        module = self.stage.folder / "none.so"
        module.write_bytes(b"\\x7fELF but no module")
        self.stage.configure(platform.issuer, modules=(module,))
        answer, found = self.check()
        self.assertEqual(answer.status, 1, answer)
        broken = next(check for check in answer.document["checks"] if check["status"] == "fault")
        self.assertIn("none.so", broken["subject"] + broken["message"])
        self.assertIn("load", broken["message"])

    def test_platform_with_another_name_or_away(self):
        self.stage.add_token("lock", "enterprise-p256")
        server = TlsServer(PKI, lambda *_: (200, {}, b"{}"), certificate="tls-wrong-name.crt", key="tls-wrong-name.key")
        self.addCleanup(server.close)
        for issuer, code in ((server.issuer, "platform_tls (tls_name_mismatch)"),
                             (f"https://localhost:{free_port()}", "platform_unreachable (refused)")):
            self.stage.configure(issuer)
            answer, found = self.check()
            self.assertEqual(answer.status, 1, answer)
            self.assertEqual(found["fault"], ["issuer"], answer)
            self.assertIn(code, next(check["seen"] for check in answer.document["checks"] if check["code"] == "issuer"))

    def test_certificate_that_cannot_log_in_says_why(self):
        platform = self.stage.start_platform()
        self.stage.add_token("lock", "encryption-only")
        self.stage.configure(platform.issuer)
        answer, found = self.check()
        self.assertEqual(answer.status, 1, answer)
        self.assertIn("certificate_not_for_login", found["hint"], answer)
        self.assertIn("no_certificate", found["fault"], answer)

    def test_interrupt_is_cancel(self):
        released = threading.Event()
        server = TlsServer(PKI, lambda *_: released.wait(60) and None)
        self.addCleanup(server.close)
        self.addCleanup(released.set)
        self.stage.configure(server.issuer)
        process = subprocess.Popen(self.stage.command("doctor", "--json"), env=self.stage.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_for(lambda: server.requests, "the request")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
