# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""`signet doctor` with the real programs: a desktop where all is well, and the cause that it names in each staged situation.

Issue 3, point 7: "doctor names the cause in each of at least fifteen staged situations". Each test below but the first is one; what needs
other USB devices, readers or ports has a computer of its own (namespaces.py).
"""
import os
import pwd
import re
import signal
import socket
import subprocess
import threading
import time
import unittest

from doctor_stages import (FakeModule, ScriptedPlatform, compile_library, elf_for, inspecting_proxy, library_without_its_dependency)
from front import TlsServer, free_port
from harness import SOFTHSM, Answer, Pki, Stage, wait_for
from namespaces import can_isolate, has_pcscd, run_isolated
from responders import OcspResponder

GM3000, EPASS2003 = "055c:db08", "096e:0807"
ONE_TOKEN = ("slot 1", "label fake", "serial 9180273645", "pin-sha256 " + 64 * "0")


def setUpModule():
    global PKI, OCSP
    OCSP = OcspResponder()
    unittest.addModuleCleanup(OCSP.close)
    PKI = Pki("--ocsp-url", OCSP.url)
    unittest.addModuleCleanup(PKI.close)
    OCSP.pki = PKI


class DoctorCase(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        # A service that runs on the tester's own computer is not part of the stage.
        self.stage.environment["PCSCLITE_CSOCK_NAME"] = str(self.stage.folder / "pcscd.comm")

    def doctor(self, *arguments, **options):
        return self.stage.signet("doctor", "--json", *arguments, **options)

    def named(self, answer, code, status="fault"):
        """The check of that code, which must be there once with that status; a stage's cause is named, not hinted at."""
        found = [check for check in answer.document["checks"] if check["code"] == code]
        self.assertEqual([check["status"] for check in found], [status], answer)
        self.assertTrue(found[0]["message"], answer)
        if status == "fault":
            self.assertEqual(answer.status, 1, answer)
            self.assertFalse(answer.document["ok"])
        return found[0]

    def statuses(self, answer):
        found = {}
        for check in answer.document["checks"]:
            found.setdefault(check["status"], []).append(check["code"])
        return found


class AllIsWell(DoctorCase):
    def test_every_part_is_checked_and_nothing_is_wrong(self):
        platform = self.stage.start_platform()
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(platform.issuer, revocation="hard-fail")
        answer = self.doctor()
        self.assertEqual(answer.status, 0, answer)
        self.assertTrue(answer.document["ok"])
        found = self.statuses(answer)
        self.assertEqual(set(found), {"ok"}, answer)
        for code in ("configuration", "module", "token", "trust", "certificate", "proxy", "issuer", "clock", "bridge_port"):
            self.assertIn(code, found["ok"], answer)
        self.assertIn("good by OCSP", self.named(answer, "certificate", "ok")["seen"])
        self.assertEqual(self.stage.signet("doctor").status, 0)


class Configured(DoctorCase):
    def test_broken_line(self):
        self.stage.config.write_text("language = en\nissuer = http://a.test\n")
        answer = self.doctor()
        self.assertEqual(answer.status, 2, answer)
        check = next(c for c in answer.document["checks"] if c["code"] == "configuration_invalid")
        self.assertIn("agent.conf:2", check["message"])
        # What needs no configuration is checked all the same.
        self.assertIn("pcsc_absent", [c["code"] for c in answer.document["checks"]])

    def test_configuration_that_everybody_may_write(self):
        self.stage.configure("https://localhost:1")
        self.stage.config.chmod(0o666)
        answer = self.doctor()
        self.assertEqual(answer.status, 2, answer)
        self.assertEqual(answer.document["checks"][0]["code"], "configuration_unsafe", answer)

    def test_no_issuer(self):
        self.stage.configure()
        self.named(self.doctor(), "no_issuer")

    def test_trust_folder_without_a_ca(self):
        empty = self.stage.folder / "empty"
        empty.mkdir()
        self.stage.configure("https://localhost:1", trust=empty)
        self.named(self.doctor(), "trust_empty")

    def test_trust_folder_with_rubbish(self):
        broken = self.stage.folder / "broken"
        broken.mkdir()
        (broken / "ca.pem").write_text("no certificate")
        self.stage.configure("https://localhost:1", trust=broken)
        self.assertIn("ca.pem", self.named(self.doctor(), "trust_invalid")["message"])


class Modules(DoctorCase):
    def look_at(self, *modules):
        self.stage.configure("https://localhost:1", modules=modules)
        return self.doctor()

    def test_missing(self):
        answer = self.look_at(self.stage.folder / "gone.so")
        self.assertEqual(answer.status, 2, answer)
        check = answer.document["checks"][0]
        self.assertEqual(check["code"], "module_missing", answer)
        self.assertIn("gone.so", check["message"])
        self.assertIn("agent.conf:2", check["message"])

    def test_writable_by_everybody(self):
        module = FakeModule(self.stage, *ONE_TOKEN)
        module.path.chmod(0o666)
        answer = self.look_at(module.path)
        self.assertEqual(answer.status, 2, answer)
        self.assertEqual(answer.document["checks"][0]["code"], "module_unsafe", answer)

    def test_no_library_at_all(self):
        text = self.stage.folder / "module.so"
        text.write_text("<html>404 Not Found</html>")
        self.named(self.look_at(text), "module_not_library")

    def test_other_architecture(self):
        for machine, bits, name in ((183, 64, "arm64"), (3, 32, "x86 (32 bits)"), (258, 64, "loongarch64")):
            with self.subTest(name):
                check = self.named(self.look_at(elf_for(self.stage.folder, machine, bits)), "module_architecture")
                self.assertIn(name, check["message"])

    def test_library_that_it_needs_is_not_there(self):
        check = self.named(self.look_at(library_without_its_dependency(self.stage.folder)), "module_missing_library")
        self.assertIn("libvendorcrypto.so.7", check["message"])
        self.assertIn("libvendorcrypto.so.7", check["advice"])

    def test_library_without_pkcs11(self):
        module = compile_library(self.stage.folder, "other", "int nothing(void) { return 0; }")
        self.named(self.look_at(module), "module_not_pkcs11")

    def test_skf_library(self):
        module = compile_library(self.stage.folder, "libgm3000.1.0", "int SKF_EnumDev(void) { return 0; }")
        self.assertIn("SKF", self.named(self.look_at(module), "module_is_skf")["message"])

    def test_does_not_start(self):
        module = FakeModule(self.stage, "fault C_Initialize 1+ return CKR_DEVICE_ERROR", *ONE_TOKEN)
        check = self.named(self.look_at(module.path), "module_initialize_failed")
        self.assertIn("CKR_DEVICE_ERROR", check["seen"])

    def test_crashes(self):
        module = FakeModule(self.stage, "fault C_GetSlotList 1+ crash", *ONE_TOKEN)
        self.assertIn("signal", self.named(self.look_at(module.path), "module_crashed")["seen"])

    def test_hangs(self):
        module = FakeModule(self.stage, "fault C_GetSlotList 1+ hang", *ONE_TOKEN)
        self.named(self.look_at(module.path), "module_hangs")

    def test_slow(self):
        module = FakeModule(self.stage, "fault C_GetSlotList 1 sleep 3500", *ONE_TOKEN)
        self.named(self.look_at(module.path), "module_slow", "hint")

    def test_one_slot_fails(self):
        module = FakeModule(self.stage, "fault C_GetTokenInfo 1+ return CKR_DEVICE_ERROR", *ONE_TOKEN)
        self.assertIn("CKR_DEVICE_ERROR", self.named(self.look_at(module.path), "module_slot")["seen"])

    def test_without_slots(self):
        self.named(self.look_at(FakeModule(self.stage, "# none").path), "module_no_slot", "hint")

    def test_registered_by_p11_kit_but_writable_by_everybody(self):
        module = FakeModule(self.stage, *ONE_TOKEN)
        module.path.chmod(0o666)
        registry = self.stage.home / ".config/pkcs11/modules"
        registry.mkdir(parents=True)
        (registry / "fake.module").write_text(f"module: {module.path}\n")
        self.stage.configure("https://localhost:1", modules=(SOFTHSM,))
        self.stage.config.write_text(self.stage.config.read_text().replace("p11-kit = no", "p11-kit = yes"))
        check = next(c for c in self.doctor().document["checks"] if c["code"] == "module_unsafe")
        self.assertEqual((check["status"], check["subject"]), ("hint", str(module.path)))

    def test_none_at_all(self):
        self.named(self.look_at(), "no_module")

    def test_works_but_no_key_is_plugged_in(self):
        answer = self.look_at(SOFTHSM)
        self.named(answer, "module_no_token", "hint")
        self.named(answer, "no_token")


class Tokens(DoctorCase):
    def look_at(self, *lines):
        module = FakeModule(self.stage, *ONE_TOKEN, *lines)
        self.stage.configure("https://localhost:1", modules=(module.path,))
        return self.doctor()

    def test_pin_locked(self):
        self.named(self.look_at("flag user-pin-locked on"), "token_pin_locked")

    def test_final_try(self):
        self.named(self.look_at("flag user-pin-final-try on"), "token_pin_final_try", "hint")

    def test_pin_not_set(self):
        self.named(self.look_at("flag user-pin-initialized off"), "token_pin_not_set", "hint")

    def test_pin_must_be_changed(self):
        self.named(self.look_at("flag user-pin-to-be-changed on"), "token_pin_must_change", "hint")


class Certificates(DoctorCase):
    def look_at(self, *names, issuer="https://localhost:1", **keys):
        self.stage.add_token("lock", *names)
        self.stage.configure(issuer, **keys)
        return self.doctor()

    def test_expired(self):
        answer = self.look_at("expired")
        self.named(answer, "certificate_expired", "hint")
        self.named(answer, "no_certificate")

    def test_from_an_unknown_ca(self):
        self.named(self.look_at("untrusted"), "certificate_untrusted", "hint")

    def test_for_encryption_only(self):
        answer = self.look_at("encryption-only")
        self.assertIn("encryption", self.named(answer, "certificate_not_for_login", "hint")["message"])
        self.named(answer, "no_certificate")

    def test_revoked(self):
        answer = self.look_at("revoked", revocation="hard-fail")
        self.named(answer, "certificate_revoked", "hint")
        self.named(answer, "no_certificate")

    def test_revocation_cannot_be_found_out(self):
        OCSP.pause()
        self.addCleanup(OCSP.resume)
        answer = self.look_at("enterprise-p256", revocation="hard-fail")
        self.named(answer, "revocation_unknown", "hint")
        self.named(answer, "no_certificate")

    def test_its_key_is_not_on_the_token(self):
        self.stage.add_token("lock", "encryption-only", with_public_keys=True)
        self.stage.add_certificate_without_key("lock", "person")
        self.stage.configure("https://localhost:1")
        self.named(self.doctor(), "no_private_key", "hint")

    def test_wrong_clock_makes_it_look_expired(self):
        end = subprocess.run(["openssl", "x509", "-in", PKI.path("expired.crt"), "-noout", "-enddate", "-dateopt", "iso_8601"],
                             check=True, capture_output=True, text=True).stdout.strip().removeprefix("notAfter=")
        day_before = int(time.mktime(time.strptime(end, "%Y-%m-%d %H:%M:%SZ")) - time.timezone) - 86400
        platform = ScriptedPlatform(PKI, day_before)
        self.addCleanup(platform.close)
        answer = self.look_at("expired", issuer=platform.issuer)
        self.named(answer, "clock_hides_certificate")
        self.named(answer, "clock_off", "hint")


class Platforms(DoctorCase):
    def look_at(self, issuer, **options):
        self.stage.configure(issuer)
        return self.doctor(**options)

    def tls(self, certificate):
        server = TlsServer(PKI, lambda *_: (200, {}, b"{}"), certificate=f"{certificate}.crt", key=f"{certificate}.key")
        self.addCleanup(server.close)
        return self.look_at(server.issuer)

    def scripted(self, **options):
        platform = ScriptedPlatform(PKI, **options)
        self.addCleanup(platform.close)
        return self.look_at(platform.issuer)

    def test_certificate_of_another_name(self):
        self.named(self.tls("tls-wrong-name"), "tls_name_mismatch")

    def test_certificate_of_an_unknown_root(self):
        self.assertIn("issued by", self.named(self.tls("tls-other-root"), "tls_untrusted")["seen"])

    def test_connection_opened_by_an_inspecting_proxy(self):
        server = inspecting_proxy(self.stage.folder, PKI)
        self.addCleanup(server.close)
        check = self.named(self.look_at(server.issuer), "tls_intercepted")
        self.assertIn("FortiGate CA", check["message"])

    def test_no_tls_on_that_port(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=lambda: [c.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n") for c, _ in [server.accept()]],
                             daemon=True).start()
            self.named(self.look_at(f"https://localhost:{server.getsockname()[1]}"), "tls_failed")

    def test_nobody_listens(self):
        check = self.named(self.look_at(f"https://localhost:{free_port()}"), "issuer_unreachable")
        self.assertIn("refused", check["seen"])

    def test_name_that_does_not_exist(self):
        self.named(self.look_at("https://uc.signet-doctor.invalid"), "name_not_found")

    def test_silent(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            self.named(self.look_at(f"https://localhost:{server.getsockname()[1]}"), "issuer_timeout")

    def test_something_else_answers(self):
        server = TlsServer(PKI, lambda *_: (200, {"Content-Type": "text/html"}, b"<html>router</html>"))
        self.addCleanup(server.close)
        self.named(self.look_at(server.issuer), "platform_error")

    def test_maintenance(self):
        answer = self.scripted(now=int(time.time()), service={"status": "maintenance", "notice": "back at six"})
        self.assertEqual(self.named(answer, "maintenance", "hint")["seen"], "back at six")

    def test_clock_off(self):
        check = self.named(self.scripted(now=int(time.time()) + 600), "clock_off", "hint")
        self.assertIn("10 min", check["message"])

    def test_proxy_away_and_its_password_nowhere(self):
        port = free_port()
        proxy = f"http://clerk:sekret@127.0.0.1:{port}"
        answer = self.look_at("https://uc.example.test", environment={"https_proxy": proxy, "http_proxy": proxy})
        self.assertIn(f"http://127.0.0.1:{port}", self.named(answer, "proxy_unreachable")["message"])
        self.assertNotIn("sekret", answer.out + answer.err)
        self.assertNotIn("clerk", answer.out + answer.err)

    def test_everything_hangs_and_it_ends_all_the_same(self):
        module = FakeModule(self.stage, "fault C_GetSlotList 1+ hang", *ONE_TOKEN)
        with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as service:
            service.bind(self.stage.environment["PCSCLITE_CSOCK_NAME"])
            service.listen()
            self.stage.configure(f"https://localhost:{server.getsockname()[1]}", modules=(module.path,))
            begin = time.monotonic()
            answer = self.doctor(timeout=90)
            print(f"everything hangs: {time.monotonic() - begin:.1f} s")
        self.named(answer, "module_hangs")
        self.named(answer, "issuer_timeout")
        self.named(answer, "pcsc_failed", "hint")


@unittest.skipUnless(can_isolate(), "needs root, unshare and ip")
class OtherComputers(DoctorCase):
    """USB, readers and ports as they are on other computers."""

    def look_at(self, modules=(SOFTHSM,), **stage):
        self.stage.configure("https://localhost:1", modules=modules)
        del self.stage.environment["PCSCLITE_CSOCK_NAME"]
        return Answer(*run_isolated(self.stage.command("doctor", "--json"), self.stage.environment, **stage), True)

    def test_key_without_its_module(self):
        check = self.named(self.look_at(usb=[(GM3000, ["08"])]), "usb_key_no_module")
        self.assertIn("055c:db08", check["message"])
        self.assertIn("libgm3000_pkcs11.so", check["advice"])

    def test_key_that_its_module_does_not_see(self):
        module = FakeModule(self.stage, "slot 0", "empty", "slot 1", "empty", name="libgm3000_pkcs11.so")
        check = self.named(self.look_at(modules=(module.path,), usb=[(GM3000, ["08"])]), "usb_key_unknown_to_module")
        self.assertIn("055c:db08 (Longmai", check["message"])
        self.assertIn("libgm3000_pkcs11.so", check["message"])

    def test_key_that_needs_the_service(self):
        self.named(self.look_at(usb=[(EPASS2003, ["0b"])]), "usb_key_needs_pcsc")

    def test_no_known_key(self):
        check = self.named(self.look_at(usb=[("1d6b:0002", ["09"])]), "usb_no_key", "hint")
        self.assertIn("1d6b:0002", check["seen"])

    def test_no_service(self):
        self.named(self.look_at(), "pcsc_absent", "hint")

    def test_port_of_the_bridge_taken(self):
        check = self.named(self.look_at(listen=[28617]), "bridge_port_taken", "hint")
        self.assertIn("28617", check["message"])
        self.assertIn("python", check["message"])

    def test_all_ports_of_the_bridge_taken(self):
        self.named(self.look_at(listen=[28618, 28627, 28638]), "bridge_ports_taken", "hint")

    def test_another_makers_helper(self):
        self.assertIn("BJCA", self.named(self.look_at(listen=[21051, 21061]), "other_helper", "hint")["message"])

    @unittest.skipUnless(has_pcscd(), "needs pcscd and vpcd")
    def test_service_without_a_reader(self):
        self.named(self.look_at(pcscd="no-reader", until="pcsc_no_reader"), "pcsc_no_reader", "hint")

    @unittest.skipUnless(has_pcscd(), "needs pcscd and vpcd")
    def test_reader_without_a_card(self):
        answer = self.look_at(pcscd="readers", until="reader_no_card")
        self.assertEqual([c["status"] for c in answer.document["checks"] if c["code"] == "reader_no_card"], ["hint", "hint"], answer)

    @unittest.skipUnless(has_pcscd(), "needs pcscd and vpcd")
    def test_card_that_no_module_knows(self):
        answer = self.look_at(pcscd="readers", atr="3b021450", until="card_unknown_to_modules")
        self.assertIn("3b021450", self.named(answer, "card_unknown_to_modules")["seen"])


class Report(DoctorCase):
    """--report: a text for IT, with nothing personal in it beyond what the user sees."""
    SERIAL = "9180273645"

    def prepare(self):
        module = FakeModule(self.stage, *ONE_TOKEN, f"certificate 01 {PKI.path('person.der')} person",
                            f"private-key 01 {PKI.path('person.key.der')} person")
        self.stage.configure("https://localhost:1", modules=(module.path,))
        self.stage.environment["HOME"] = str(self.stage.folder)
        return self.stage.folder / "report.txt"

    def test_names_every_check_and_nobody(self):
        file = self.prepare()
        answer = self.doctor("--report", file)
        self.assertEqual(answer.status, 1, answer)
        text = file.read_text()
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        for check in answer.document["checks"]:
            self.assertIn(f"({check['code']}", text)
        for head in ("signet: ", "system: ", "kernel: ", "OpenSSL: ", "Qt: "):
            self.assertIn(head, text)
        numbers = self.numbers_in_the_certificate()
        self.assertTrue(numbers)
        for personal in (str(self.stage.folder), self.SERIAL, socket.gethostname(), *numbers):
            self.assertNotIn(personal, text)
        user = pwd.getpwuid(os.getuid()).pw_name
        if user != "root":  # names nobody
            self.assertNotRegex(text, rf"\b{re.escape(user)}\b")
        self.assertIn("~/libfake.so", text)
        self.assertIn("…3645", text)

    @staticmethod
    def numbers_in_the_certificate():
        text = subprocess.run(["openssl", "x509", "-in", PKI.path("person.crt"), "-noout", "-text"], check=True, capture_output=True,
                              text=True).stdout
        return re.findall(r"\d{17}[\dX]", text)

    def test_existing_file_is_left_alone(self):
        file = self.prepare()
        file.write_text("mine")
        answer = self.doctor("--report", file)
        self.assertEqual((answer.status, answer.reason), (2, "report_exists"), answer)
        self.assertEqual(file.read_text(), "mine")
        self.assertEqual(self.doctor("--report", file, "--force").status, 1)
        self.assertIn("module", file.read_text())

    def test_link_and_folder_are_not_followed(self):
        file = self.prepare()
        target = self.stage.folder / "target"
        target.write_text("mine")
        file.symlink_to(target)
        for place in (file, self.stage.folder, self.stage.folder / "absent" / "report.txt"):
            answer = self.doctor("--report", place, "--force")
            self.assertEqual((answer.status, answer.reason), (1, "report_unwritable"), answer)
        self.assertEqual(target.read_text(), "mine")


class Interrupted(DoctorCase):
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
