# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""R15 over real APDUs: a card in a virtual reader, pcscd, OpenSC's module, the real programs (issue 3, point 1)."""
import os
import subprocess
import sys
import unittest

from card_stack import CardTest, INSIDE, enter_namespaces
from harness import Pki, wait_for


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class CardLogin(CardTest):
    def setUp(self):
        super().setUp()
        wait_for(self.usable, "the card to be listed")

    def test_tokens_shows_the_certificate_usable(self):
        answer = self.stage.signet("tokens", "--json")
        self.assertEqual(answer.status, 0, answer)
        (token,) = answer.document["tokens"]
        (certificate,) = token["certificates"]
        self.assertIs(certificate["usable"], True, answer)
        self.assertEqual((certificate["key"], certificate["bits"]), ("rsa", 2048))

    # The readers of the machine stay with the machine's own pcscd.
    def test_service_knows_no_driver_but_the_virtual_one(self):
        log = self.service.log.read_text()
        self.assertIn("libifdvpcd.so", log)
        self.assertNotIn("ccid", log.lower())
        self.assertIn("No bundle files in pcsc drivers directory", log)

    def test_registers_and_logs_in(self):
        registered = self.stage.register(self.platform)
        self.assertEqual(registered.status, 0, registered)
        answer = self.stage.login(self.platform)
        self.assertEqual(answer.status, 0, answer)
        status, _, body = self.platform.session(answer.document["session"])
        self.assertEqual((status, body["account"]["name"]), (200, "云南示例建筑有限公司"))

    def test_slow_card_logs_in(self):
        self.card.command("slow 10")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.stage.login(self.platform).status, 0)

    # Both say that their stack is up, and neither logs in before the other has: they do run at the same time.
    def test_two_stacks_side_by_side(self):
        environment = {name: value for name, value in os.environ.items() if name != INSIDE}
        sides = [subprocess.Popen([sys.executable, "-B", __file__, "--side"], env=environment, stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        for side in sides:
            self.addCleanup(side.kill)
        for side in sides:
            self.assertEqual(side.stdout.readline(), "up\n", side.poll())
        answers = [side.communicate("go\n", timeout=120) for side in sides]
        self.assertEqual([side.returncode for side in sides], [0, 0], answers)

    # R57
    def test_wrong_pin_to_locked_to_unlocked(self):
        wrong = self.stage.write_askpass("wrong", "000000")
        first = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual((first.status, first.code), (5, "pin_incorrect"), first)
        second = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual((second.status, second.code, second.document.get("tries_left")), (5, "pin_incorrect", 1), second)
        # One is left: it is not used before somebody wants it to be.
        before = self.card.apdus.count("20")
        declined = self.stage.register(self.platform, askpass=self.stage.write_askpass("no", "exit 1"))
        self.assertEqual(declined.status, 3, declined)
        self.assertTrue(self.stage.prompts("confirm"))
        last = self.stage.register(self.platform, askpass=self.stage.write_askpass(
            "last", "000000", before='[ "$SIGNET_PROMPT" = confirm ] && exit 0'))
        self.assertEqual((last.status, last.code), (5, "pin_locked"), last)
        self.assertGreater(self.card.apdus.count("20"), before)
        locked = self.stage.register(self.platform)
        self.assertEqual((locked.status, locked.code), (5, "pin_locked"), locked)
        prompts = len(self.stage.prompts("pin"))
        self.assertEqual(self.stage.login(self.platform).code, "pin_locked")
        self.assertEqual(len(self.stage.prompts("pin")), prompts)
        self.card.command("tries 3")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.stage.login(self.platform).status, 0)

    def test_card_that_dies_in_the_signature_is_token_removed_and_works_again(self):
        self.card.command("die-in 42")
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.status, answer.code), (4, "token_removed"), answer)
        self.assertEqual(self.platform.logins(), [])
        self.card.insert()
        wait_for(self.usable, "the card to be back")
        self.assertEqual(self.stage.register(self.platform).status, 0)

    def test_no_card_is_no_token(self):
        self.card.remove()
        wait_for(lambda: not self.usable(), "the card to be gone")
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.status, answer.code), (4, "no_token"), answer)


class Side(CardLogin):
    """One of two stacks: tells its parent that it is up, and goes on when that says so."""

    def runTest(self):
        print("up", flush=True)
        self.assertEqual(sys.stdin.readline(), "go\n")
        self.test_registers_and_logs_in()


def load_tests(loader, tests, pattern):
    return loader.loadTestsFromTestCase(CardLogin)


if __name__ == "__main__":
    enter_namespaces()
    if sys.argv[1:] == ["--side"]:
        setUpModule()
        outcome = unittest.TextTestRunner(stream=sys.stderr).run(Side())
        unittest.doModuleCleanups()
        sys.exit(not outcome.wasSuccessful())
    unittest.main()
