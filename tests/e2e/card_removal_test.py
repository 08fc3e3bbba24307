# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The card is pulled out at each step of a login: `token_removed`, nothing half done, and it works again (issue 3, point 3)."""
import os
import subprocess
import unittest

from card_stack import CardTest, enter_namespaces
from front import Front, free_port
from harness import Answer, PIN, Pki, wait_for

SIGN = "42"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Removal(CardTest):
    """Attack 45"""

    def setUp(self):
        super().setUp()
        wait_for(lambda: len(self.usable()) == 1, "the card to be listed")

    def start_platform(self):
        """Behind a front, which can hold a signed login back."""
        inner = free_port()
        self.front = Front(PKI, inner)
        self.addCleanup(self.front.server.close)
        return self.stage.start_platform(port=inner, public_port=self.front.port)

    def expect_removed_then_works(self, answer):
        self.assertEqual((answer.status, answer.code), (4, "token_removed"), answer)
        self.assertEqual(self.platform.logins(), [])
        self.card.insert()
        wait_for(lambda: self.usable(), "the card to be back")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.stage.login(self.platform).status, 0)
        self.assertEqual(len(self.platform.logins()), 2)

    def register_while(self, do, *arguments):
        """Starts a registration whose PIN question waits; calls do() while it does; gives the answer."""
        question, go_on = self.stage.folder / "question", self.stage.folder / "go-on"
        os.mkfifo(question)
        os.mkfifo(go_on)
        askpass = self.stage.write_askpass("waiting", PIN, before=f"echo >{question}; read x <{go_on}")
        process = subprocess.Popen(
            self.stage.command("register", "--issuer", self.platform.issuer, "--accept-agreements", "--askpass", askpass,
                               "--json", *arguments),
            env=self.stage.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True)
        question.read_text()
        do()
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out, err, True)

    def test_before_the_pin_the_login_ends_by_itself(self):
        answer = self.register_while(self.card.remove)
        self.assertNotIn(SIGN, self.card.apdus)
        self.expect_removed_then_works(answer)

    def test_between_login_and_signature(self):
        self.card.command("remove-after pin")
        self.expect_removed_then_works(self.stage.register(self.platform))

    def test_during_the_signature(self):
        self.card.command(f"die-in {SIGN}")
        self.expect_removed_then_works(self.stage.register(self.platform))

    # From the relay on the signature is made and the login goes on (agent/login_flow.hpp): whole, and once.
    def test_while_the_signed_login_is_under_way_it_goes_on(self):
        def pull_out():
            self.card.remove()
            wait_for(lambda: not self.usable(), "the card to be gone")

        self.front.before[("POST", "/agent/v1/logins")] = pull_out
        answer = self.stage.register(self.platform)
        self.assertEqual(self.front.before, {})
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(len(self.platform.logins()), 1)
        without = self.stage.login(self.platform)
        self.assertEqual((without.status, without.code), (4, "no_token"), without)
        self.card.insert()
        wait_for(lambda: len(self.usable()) == 1, "the card to be back")
        self.assertEqual(self.stage.login(self.platform).status, 0)
        self.assertEqual(len(self.platform.logins()), 2)

    # The card is gone as the signature leaves it: whether that is noticed before it is sent is a matter of milliseconds, and either
    # is right, but what is said must be what the platform knows.
    def test_with_the_signature_it_is_whole_or_named(self):
        self.card.command("remove-after signature")
        answer = self.stage.register(self.platform)
        if answer.status != 0:
            return self.expect_removed_then_works(answer)
        self.assertEqual(len(self.platform.logins()), 1)

    def test_other_card_is_never_used_instead(self):
        other = self.add_card("enterprise-rsa3072", reader=1)
        wait_for(lambda: len(self.usable()) == 2, "both cards")
        chosen = self.stage.pki.path("enterprise-rsa2048.der")
        fingerprint = subprocess.run(["sha256sum", chosen], capture_output=True, text=True).stdout[:64]
        # One try is left: a PIN that came here would bring back all three or lock it.
        other.command("tries 1")
        asked = other.apdus.count(SIGN)
        answer = self.register_while(self.card.remove, "--certificate", fingerprint)
        self.assertEqual((answer.status, answer.code), (4, "token_removed"), answer)
        self.card.insert()
        wait_for(lambda: len(self.usable()) == 2, "both cards again")
        self.card.command(f"die-in {SIGN}")
        answer = self.stage.register(self.platform, "--certificate", fingerprint)
        self.assertEqual((answer.status, answer.code), (4, "token_removed"), answer)
        self.assertEqual(other.apdus.count(SIGN), asked)
        wait_for(lambda: len(self.usable()) == 1, "the chosen card to be gone")
        (left,) = self.stage.signet("tokens", "--json").document["tokens"]
        self.assertEqual((left["pin"].get("tries_left"), left["pin"]["locked"]), (1, False), left)
        self.assertEqual(self.platform.logins(), [])
        self.card.insert()
        wait_for(lambda: len(self.usable()) == 2, "both cards once more")
        self.assertEqual(self.stage.register(self.platform, "--certificate", fingerprint).status, 0)
        self.assertEqual(self.stage.login(self.platform, "--certificate", fingerprint).status, 0)
        self.assertEqual(other.apdus.count(SIGN), asked)


if __name__ == "__main__":
    enter_namespaces()
    unittest.main()
