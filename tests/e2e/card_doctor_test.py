# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The self-check with a real card behind pcscd: fine while it is in, and named when it is out or known to no module (issue 3, point 7)."""
import signal
import unittest

from card_stack import CardTest, OPENSC, READERS, enter_namespaces
from harness import Pki, SOFTHSM, wait_for


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class WithACard(CardTest):
    def doctor(self):
        """(code, subject) → status, of the readers' checks, and the whole."""
        answer = self.stage.signet("doctor", "--json")
        return {(c["code"], c["subject"]): c["status"] for c in answer.document["checks"]}, answer

    def await_check(self, code, status, subject=""):
        found = []
        wait_for(lambda: found.append(self.doctor()) or found[-1][0].get((code, subject)) == status,
                 f"{code}, last: {found[-1][1] if found else ''}")
        return found[-1][1]

    def test_in_it_is_fine_and_out_it_is_named(self):
        self.stage.configure(self.platform.issuer, modules=(OPENSC,))
        answer = self.await_check("reader", "ok", READERS[0])
        self.assertEqual(answer.status, 0, answer)
        self.card.remove()
        answer = self.await_check("reader_no_card", "hint", READERS[0])
        self.assertIn("no_token", [c["code"] for c in answer.document["checks"] if c["status"] == "fault"], answer)

    def test_no_module_for_it(self):
        self.stage.configure(self.platform.issuer, modules=(SOFTHSM,))
        self.await_check("card_unknown_to_modules", "fault", READERS[0])
        # Another key works: the card does not stand in its way.
        self.stage.add_token("lock", "enterprise-p256")
        answer = self.await_check("card_unknown_to_modules", "hint", READERS[0])
        self.assertEqual(answer.status, 0, answer)

    def test_service_that_hangs(self):
        self.stage.configure(self.platform.issuer, modules=(SOFTHSM,))
        self.service.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.service.process.send_signal, signal.SIGCONT)
        self.await_check("pcsc_failed", "hint")


if __name__ == "__main__":
    enter_namespaces()
    unittest.main(verbosity=2)
