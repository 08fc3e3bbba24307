# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A reader with a pad: the PIN is changed there, none is typed here (issue 3, point 6)."""
import shutil
import unittest

from harness import LIB, PIN, Pki, Stage


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class PinPad(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.module = self.stage.folder / "fake.so"
        self.log = self.stage.folder / "calls"
        shutil.copy(LIB / "libsignet-fake-module.so", self.module)
        self.stage.configure("https://localhost:1", modules=(self.module,))

    def control(self, *lines):
        text = "\n".join([f"log {self.log}", f"memory {self.stage.folder / 'memory'}", "slot 1",
                          "pin-sha256 " + "0" * 64, *lines])
        self.module.with_name("fake.so.control").write_text(text + "\n")

    def calls(self, function):
        text = self.log.read_text() if self.log.exists() else ""
        return sum(1 for line in text.splitlines() if function in line.split())

    def change(self, askpass=None, *options):
        return self.stage.signet("pin", "change", "--askpass", askpass or self.stage.askpass, "--json", *options)

    def test_the_reader_asks_and_the_question_says_so(self):
        self.control("flag protected-path on", "pad accept")
        answer = self.change()
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.stage.prompts("pin"), [])
        questions = self.stage.prompts("confirm")
        self.assertEqual(len(questions), 1)
        self.assertIn("on the reader", questions[0][1])
        self.assertEqual(self.calls("C_SetPIN"), 1)

    def test_who_says_no_changes_nothing(self):
        self.control("flag protected-path on", "pad accept")
        answer = self.change(self.stage.write_askpass("no", "exit 1"))
        self.assertEqual((answer.status, answer.code), (3, "user_cancelled"), answer)
        self.assertEqual(self.calls("C_SetPIN"), 0)

    # Minimum and maximum length checked before sending, and told in words.
    def test_impossible_length_is_not_sent_and_the_lengths_are_told(self):
        self.control("pin-length 6 8")
        short = self.change(self.stage.write_askpass("short", "123"))
        self.assertEqual((short.status, short.code, short.reason), (5, "pin_incorrect", "pin_length"), short)
        self.assertIn("6 to 8 characters", short.document["message"])
        steps = self.stage.folder / "steps"
        new = self.stage.folder / "new"
        new.write_text(f'#!/bin/sh\necho x >>{steps}\n[ "$(wc -l <{steps})" = 1 ] && echo {PIN} || echo 123456789\n')
        new.chmod(0o700)
        long = self.change(new)
        self.assertEqual((long.status, long.code, long.reason), (1, "bad_request", "pin_length"), long)
        self.assertIn("6 to 8 characters", long.document["message"])
        self.assertEqual(self.calls("C_SetPIN"), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
