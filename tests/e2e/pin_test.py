# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The PIN: as often at the token as typed, never asked again by a program, in no log, argument or environment."""
import hashlib
import shutil
import subprocess
import unittest

from harness import BIN, LIB, PIN, SOFTHSM, Pki, Stage

SPY = LIB / "libsignet-spy-module.so"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Pin(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.spy_log = self.stage.folder / "spy.log"
        self.stage.environment.update({"SIGNET_SPY_TARGET": SOFTHSM, "SIGNET_SPY_LOG": str(self.spy_log)})
        self.stage.configure(self.platform.issuer, modules=(SPY,))
        self.stage.add_token("lock", "enterprise-p256")

    def calls(self, function):
        text = self.spy_log.read_text() if self.spy_log.exists() else ""
        return sum(1 for line in text.splitlines() if line.split()[:1] == [function])

    # R29; attacks.md 41
    def test_logins_at_the_token_equal_pins_typed(self):
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.stage.login(self.platform).status, 0)
        wrong = self.stage.write_askpass("wrong", "000000")
        self.assertEqual(self.stage.login(self.platform, askpass=wrong).status, 5)
        self.assertEqual(len(self.stage.prompts("pin")), 3)
        self.assertEqual(self.calls("C_Login"), 3)
        self.assertEqual(self.calls("C_Sign"), 2)

    def test_wrong_pin_ends_with_5_and_is_not_asked_again(self):
        wrong = self.stage.write_askpass("wrong", "000000")
        answer = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual((answer.status, answer.code), (5, "pin_incorrect"), answer)
        self.assertEqual(len(self.stage.prompts("pin")), 1)
        self.assertEqual(self.calls("C_Sign"), 0)
        self.assertEqual(self.stage.register(self.platform).status, 0)

    # Issue 3, point 6: default PIN flagged
    def test_factory_pin_is_hinted_at(self):
        self.stage.add_token("fresh", "person", pin="12345678")
        factory = self.stage.write_askpass("factory", "12345678")
        answer = self.stage.register(self.platform, "--label", "person", askpass=factory)
        self.assertEqual((answer.status, answer.document.get("pin_hint")), (0, "factory_pin"), answer)
        self.assertIn("signet pin change", answer.err)
        self.assertNotIn("12345678", answer.out + answer.err)
        self.assertNotIn("pin_hint", self.stage.register(self.platform, "--label", "enterprise-p256").document)

    def test_cancel_is_3_and_sends_nothing(self):
        cancel = self.stage.write_askpass("cancel", "exit 1")
        answer = self.stage.register(self.platform, askpass=cancel)
        self.assertEqual((answer.status, answer.code), (3, "user_cancelled"), answer)
        self.assertEqual(self.calls("C_Login"), 0)

    def test_pin_change_takes_effect(self):
        steps = self.stage.folder / "steps"
        new = "73951846"
        change = self.stage.folder / "change"
        change.write_text(f'#!/bin/sh\necho x >>{steps}\nif [ "$(wc -l <{steps})" = 1 ]; then echo {PIN}; else echo {new}; fi\n')
        change.chmod(0o700)
        answer = self.stage.signet("pin", "change", "--askpass", change)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.stage.register(self.platform).status, 5)
        fresh = self.stage.write_askpass("fresh", new)
        self.assertEqual(self.stage.register(self.platform, askpass=fresh).status, 0)


class Flags(unittest.TestCase):
    """R57: tokens that tell about their tries, modules that fail: through the fake module, with the real programs."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.module = self.stage.folder / "fake.so"
        shutil.copy(LIB / "libsignet-fake-module.so", self.module)
        self.log = self.stage.folder / "calls"
        self.stage.configure(self.platform.issuer, modules=(self.module,))
        self.control()

    def control(self, *lines):
        name = "enterprise-p256"
        public = self.stage.folder / "public.der"
        subprocess.run(["openssl", "pkey", "-in", PKI.path(f"{name}.key"), "-pubout", "-outform", "DER", "-out", public],
                       check=True, capture_output=True)
        faults = [line for line in lines if line.startswith("fault")]
        others = [line for line in lines if not line.startswith("fault")]
        text = "\n".join([
            f"log {self.log}", f"memory {self.stage.folder / 'memory'}", *faults, "slot 1",
            f"pin-sha256 {hashlib.sha256(PIN.encode()).hexdigest()}", *others,
            f"private-key 01 {PKI.path(name + '.key.der')} k", f"public-key 01 {public} k",
            f"certificate 01 {PKI.path(name + '.der')} c"])
        self.module.with_name("fake.so.control").write_text(text + "\n")

    def logins(self):
        text = self.log.read_text() if self.log.exists() else ""
        return sum(1 for line in text.splitlines() if "C_Login" in line.split())

    def test_tries_left_are_told(self):
        wrong = self.stage.write_askpass("wrong", "000000")
        first = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual((first.status, first.code), (5, "pin_incorrect"), first)
        second = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual(second.document.get("tries_left"), 1, second)
        # The last try asks first; who says no has used none.
        declining = self.stage.write_askpass("declining", PIN, before='[ "$SIGNET_PROMPT" = pin ] || exit 1')
        declined = self.stage.register(self.platform, askpass=declining)
        self.assertEqual((declined.status, declined.code), (3, "pin_final_try_declined"), declined)
        self.assertEqual(self.logins(), 2)
        third = self.stage.register(self.platform, askpass=wrong)
        self.assertEqual((third.status, third.code), (5, "pin_locked"), third)
        before = len(self.stage.prompts("pin"))
        locked = self.stage.register(self.platform)
        self.assertEqual((locked.status, locked.code), (5, "pin_locked"), locked)
        self.assertEqual(len(self.stage.prompts("pin")), before)
        self.assertEqual(self.logins(), 3)

    def test_last_try_with_the_right_pin_logs_in(self):
        wrong = self.stage.write_askpass("wrong", "000000")
        for _ in range(2):
            self.assertEqual(self.stage.register(self.platform, askpass=wrong).status, 5)
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(len(self.stage.prompts("confirm")), 1)

    def test_pin_pad_asks_for_no_pin_here(self):
        self.control("flag protected-path on", "pad accept")
        answer = self.stage.register(self.platform)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.stage.prompts("pin"), [])
        self.assertEqual(len(self.stage.prompts("confirm")), 1)

    def test_key_that_wants_a_login_for_each_signature(self):
        self.control("always-authenticate")
        answer = self.stage.register(self.platform)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(len(self.stage.prompts("pin")), 1)

    def test_module_that_dies_is_named_and_the_next_login_works(self):
        for action in ("crash", "exit 3"):
            with self.subTest(action):
                self.control(f"fault C_Sign 1 {action}")
                answer = self.stage.register(self.platform)
                self.assertEqual((answer.status, answer.code), (1, "module_failed"), answer)
                self.assertIn("fake.so", answer.document["message"])
                self.control()
                self.assertEqual(self.stage.register(self.platform).status, 0)

    # The signature is verified before it leaves.
    def test_wrong_signature_is_never_sent(self):
        self.control("fault C_Sign 1 corrupt")
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.status, answer.code), (1, "signature_invalid"), answer)
        self.assertEqual(self.platform.logins(), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
