# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""SM2 from the token to the session, with a module that has one vendor's ways after another's (issue 3, point 5; R15)."""
import hashlib
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from harness import LIB, PIN, Pki, Stage

SIGNING = "enterprise-sm2"
ENCRYPTION = "encryption-sm2"

# What each vendor's token takes and gives.
PERSONALITIES = {
    "prehashed, raw": ("sm2 0x80008105 prehashed raw", "sm2-key-type 0x80000004"),
    "prehashed, DER": ("sm2 0x80008104 prehashed der", "sm2-key-type 0x80000004"),
    "ID as parameter": ("sm2 0x80008102 message-id raw", "sm2-key-type 0x80000004"),
    "Z_A in the token": ("sm2 0x80008100 message raw", "sm2-key-type 0x80000004"),
    "Luna": ("sm2 0x80000B22 message raw", "sm2-key-type 0x80000016"),
    "IBM": ("sm2 0x8005000B prehashed raw", "sm2-key-type 0x80050002"),
    "EC key type": ("sm2 0x1041 prehashed raw",),
}


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Sm2(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.module = self.stage.folder / "vendor.so"
        shutil.copy(LIB / "libsignet-fake-module.so", self.module)
        self.log = self.stage.folder / "calls"
        self.stage.configure(self.platform.issuer, modules=(self.module,))

    def be(self, *lines):
        """Makes the module's token one with these ways, and with a pair of certificates in one container."""
        sm2 = [line for line in lines if line.startswith("sm2 ")]
        mechanisms = "mechanisms " + " ".join(line.split()[1] for line in sm2) if sm2 else "mechanisms CKM_RSA_PKCS"
        objects = []
        for number, name in enumerate((SIGNING, ENCRYPTION), 1):
            objects += [f"private-key {number:02x} {PKI.path(f'{name}.key.der')} container",
                        f"certificate {number:02x} {PKI.path(f'{name}.der')} container"]
        text = [f"log {self.log}", f"memory {self.stage.folder / 'memory'}", "slot 0", "label SM2 key",
                f"pin-sha256 {hashlib.sha256(PIN.encode()).hexdigest()}", mechanisms, *lines, *objects]
        self.module.with_name("vendor.so.control").write_text("\n".join(text) + "\n")

    def calls(self, function):
        text = self.log.read_text() if self.log.exists() else ""
        return sum(1 for line in text.splitlines() if line.split()[:1] == [function])

    def test_each_personality_registers_and_logs_in(self):
        for name, lines in PERSONALITIES.items():
            with self.subTest(name):
                self.be(*lines)
                answer = self.stage.register(self.platform)
                self.assertEqual(answer.status, 0, answer)
                # The second time its way is known: one signature, and the PIN once each time.
                self.log.unlink()
                answer = self.stage.login(self.platform)
                self.assertEqual(answer.status, 0, answer)
                self.assertEqual((self.calls("C_Login"), self.calls("C_Sign")), (1, 1))

    def test_way_is_remembered_for_this_module_only(self):
        # The first way that is tried is of another vendor and gives rubbish.
        self.be("sm2 0x80008101 message garbage", "sm2 0x80008105 prehashed der")
        self.assertEqual(self.stage.register(self.platform).status, 0)
        self.assertEqual(self.calls("C_Sign"), 2)
        self.log.unlink()
        self.assertEqual(self.stage.login(self.platform).status, 0)
        self.assertEqual(self.calls("C_Sign"), 1)
        memory = self.stage.home / ".local" / "state" / "signet" / "sm2-strategies.json"
        self.assertIn("0x80008105/prehashed", memory.read_text())
        self.assertEqual(memory.stat().st_mode & 0o777, 0o600)
        # Another version of the module is tried anew.
        with open(self.module, "ab") as module:
            module.write(b"\0")
        self.log.unlink()
        self.assertEqual(self.stage.login(self.platform).status, 0)
        self.assertEqual(self.calls("C_Sign"), 2)

    def test_without_za_is_signature_invalid_and_nothing_is_sent(self):
        self.be("sm2 0x80008100 message-no-za raw")
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.status, answer.code, answer.reason), (1, "signature_invalid", "sm2_without_za"), answer)
        self.assertIn("module-profile", answer.document["advice"])
        self.assertEqual(self.platform.logins(), [])
        self.assertNotIn("/agent/v1/logins", self.platform.log.read_text())

    def test_wrong_encoding_is_signature_invalid(self):
        self.be("sm2 0x80008105 prehashed swapped")
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.code, answer.reason), ("signature_invalid", "sm2_no_strategy"), answer)
        self.assertEqual(self.platform.logins(), [])

    def test_rsa_only_is_named_before_the_pin_is_sent(self):
        self.be()
        answer = self.stage.register(self.platform)
        self.assertEqual((answer.code, answer.reason), ("alg_not_allowed", "sm2_no_mechanism"), answer)
        self.assertEqual(self.calls("C_Login"), 0)

    def test_of_a_pair_the_signing_certificate_is_offered(self):
        self.be(*PERSONALITIES["prehashed, raw"])
        token, = self.stage.signet("tokens", "--json").document["tokens"]
        usable = {c["id"]: (c["usable"], c.get("detail", "").split(":")[0]) for c in token["certificates"]}
        self.assertEqual(usable, {"01": (True, ""), "02": (False, "encryption_only")}, token)

    def test_profile_of_the_users_own(self):
        self.be("sm2 0x8ABC0001 prehashed raw", "sm2-key-type 0x8ABC0000")
        self.assertEqual(self.stage.register(self.platform).reason, "sm2_no_mechanism")
        profile = self.stage.folder / "new.conf"
        profile.write_text("name = new\nmodule = vendor\nkey-type = 0x8ABC0000\nstrategy = 0x8ABC0001 prehashed\n")
        self.stage.configure(self.platform.issuer, modules=(self.module,), module_profile=profile)
        self.assertEqual(self.stage.register(self.platform).status, 0)
        profile.write_text("name = new\nstrategy = 0x8ABC0001 guessed\n")
        for command in (("config", "check"), ("login", "--json"), ("tokens",)):
            answer = self.stage.signet(*command)
            self.assertEqual(answer.status, 2, answer)
            self.assertIn("new.conf:2", answer.out + answer.err)

    # The token that signs without Z_A logs in once somebody says that it takes Z_A with the data.
    def test_profile_that_gives_za_with_the_data(self):
        self.be("sm2 0x80008100 za-message raw")
        self.assertEqual(self.stage.register(self.platform).reason, "sm2_without_za")
        profile = self.stage.folder / "za.conf"
        profile.write_text("name = za\nmodule = vendor\nstrategy = 0x80008100 za-message\n")
        self.stage.configure(self.platform.issuer, modules=(self.module,), module_profile=profile)
        self.assertEqual(self.stage.register(self.platform).status, 0)

    # R26
    def test_signature_is_accepted_by_sm_crypto(self):
        node = shutil.which("node")
        self.assertTrue(node, "node is missing; ./dev test installs it")
        for name in ("prehashed, DER", "Z_A in the token"):
            with self.subTest(name):
                self.be(*PERSONALITIES[name])
                self.assertEqual(self.stage.register(self.platform).status, 0)
                folder = self.stage.folder / f"evidence-{len(self.platform.logins())}"
                self.platform.admin("evidence", self.platform.logins()[-1], "--out", folder)
                script = Path(os.environ["SIGNET_SOURCE"]) / "tests" / "node" / "verify_evidence.mjs"
                done = subprocess.run([node, script, folder], capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stdout), (0, "good\n"), done.stderr)
                self.assertEqual(subprocess.run([folder / "verify.sh"], capture_output=True).returncode, 0)


if __name__ == "__main__":
    unittest.main()
