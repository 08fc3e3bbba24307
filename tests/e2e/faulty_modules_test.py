# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Modules that hang and crash beside one that works: the real programs go on (issue 3, point 4)."""
import shutil
import subprocess
import time
import unittest

from harness import LIB, SOFTHSM, Pki, Stage

DEADLINE = 10  # of a listing, seconds


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class FaultyModules(unittest.TestCase):
    """Attack 44"""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.stage.add_token("lock", "enterprise-p256")
        hanging = self.add_module("hanging", "fault C_GetSlotList 1+ hang")
        crashing = self.add_module("crashing", "fault C_GetSlotList 1+ crash")
        leaving = self.add_module("leaving", "fault C_Initialize 1+ exit 0")
        text = self.stage.folder / "text.so"
        text.write_text("no library")
        self.stage.configure(self.platform.issuer, modules=(hanging, crashing, leaving, text, SOFTHSM))

    def add_module(self, name, *lines):
        path = self.stage.folder / f"{name}.so"
        shutil.copy(LIB / "libsignet-fake-module.so", path)
        path.with_name(f"{name}.so.control").write_text("\n".join([*lines, "slot 0"]) + "\n")
        return path

    def test_tokens_names_each_and_lists_the_good_one(self):
        began = time.monotonic()
        answer = self.stage.signet("tokens", "--json")
        self.assertLess(time.monotonic() - began, 2 * DEADLINE, "they are asked at the same time")
        reasons = {module["path"].rsplit("/", 1)[-1]: module.get("error", {}).get("reason")
                   for module in answer.document["modules"]}
        self.assertEqual((reasons["hanging.so"], reasons["crashing.so"], reasons["leaving.so"], reasons["text.so"]),
                         ("deadline", "crashed", "exited", "load_failed"), answer)
        self.assertTrue(any(c["usable"] for token in answer.document["tokens"] for c in token["certificates"]), answer)

    def test_login_with_a_chosen_certificate_does_not_wait(self):
        fingerprint = subprocess.run(["sha256sum", PKI.path("enterprise-p256.der")], capture_output=True,
                                     text=True).stdout[:64]
        began = time.monotonic()
        answer = self.stage.register(self.platform, "--certificate", fingerprint)
        self.assertEqual(answer.status, 0, answer)
        self.assertLess(time.monotonic() - began, DEADLINE)

    def test_login_without_a_choice_costs_the_deadline_and_no_more(self):
        began = time.monotonic()
        answer = self.stage.register(self.platform)
        self.assertEqual(answer.status, 0, answer)
        self.assertLess(time.monotonic() - began, 2 * DEADLINE)


if __name__ == "__main__":
    unittest.main()
