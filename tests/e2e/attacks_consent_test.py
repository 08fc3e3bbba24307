# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Attacks on the consent: challenges of others, the PIN, the question, the token, the module (attacks.md 32–46, 56).

Where other tests show a line:
32, the platform's end: tests/platform/routes_test.cpp, certificates_test.cpp. 33: tests/pkcs11/statement_check_test.cpp, fault_token_test.cpp,
webeid_signing_test.cpp. 34: tests/agent/login_flow_test.cpp; the platform's end:
tests/platform/login_routes_test.cpp. 35: bridge_test.py (cancel). 36, another token in its place:
tests/agent/login_flow_pin_test.cpp. 38: tests/agent/prompt_text_test.cpp, language_test.cpp, token_report_test.cpp, journal_test.cpp.
39 is the tray's: on a terminal, tests/agent/terminal_ui_test.cpp. 44: tests/pkcs11/fault_crash_test.cpp, discovery_test.cpp, faulty_modules_test.py,
tests/agent/configuration_files_test.cpp. 45, at every single call: tests/pkcs11/fault_token_test.cpp, card_removal_test.py.
"""
import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import threading
import time
import unittest
from pathlib import Path

from attacks import CHROMIUM, EXTRA, PATIENCE, Attacked, Local, close_code, elapsed, is_sanitized, wait_for
from harness import LIB, PIN
from page import Visit, code_of, frame
from pin_traces_test import count_in, descendants

METHODS = ("sign", "signDigest", "signData", "rawSign", "C_Sign", "login.sign", "webeid.sign", "webeid.getSigningCertificate",
           "getCertificate", "certificates", "tokens",
           "listTokens", "pin", "pin.change", "changePin", "unlock", "initToken", "generateKey", "importKey", "deleteObject", "loadModule",
           "module.load", "config.set",
           "config", "setModule", "writeFile", "readFile", "openUrl", "open", "exec", "run", "update", "install", "shutdown", "quit",
           "version", "status", "journal", "revoke",
           "approve", "link", "rpc.discover", "system.listMethods", "LOGIN", "Login", "login ", " login", "login\0", "log\u0131n", "",
           "__proto__", "constructor", "hello.hello")


class Consent(Attacked):
    is_untouched = False

    @classmethod
    def configure(cls):
        """Three platforms: the honest one, one that bombs with questions, one that takes them back."""
        cls.other, cls.third = (cls.stage.start_platform(name=name) for name in ("platform-b", "platform-c"))
        cls.stage.configure(cls.platform.issuer, cls.other.issuer, cls.third.issuer, modules=("/spy",))
        text = cls.stage.config.read_text().replace("module = /spy", f"module = {LIB / 'libsignet-spy-module.so'}")
        cls.stage.config.write_text(text + f"bridge.extra-origin = {EXTRA}\n")

    def setUp(self):
        super().setUp()
        self.person("answer")
        self.asked = len(self.stage.prompts("pin"))

    def questions(self):
        return len(self.stage.prompts("pin")) - self.asked

    def windows(self):
        """The askpass programs that stand before the person now."""
        return subprocess.run(["pgrep", "-P", str(self.agent.pid), "-f", str(self.stage.askpass)], capture_output=True,
                              text=True).stdout.split()

    def begin(self, page, platform=None):
        """A login whose question stands; gives its id."""
        platform = platform or self.platform
        before = self.questions()
        identifier = page.ask("login", {"issuer": platform.issuer, "challenge_id": Visit(platform).challenge_id})
        wait_for(lambda: self.questions() > before, "the question")
        return identifier

    def test_32_challenge_of_one_site_through_another_is_refused(self):
        challenge = Visit(self.platform).challenge_id
        for origin in (self.other.issuer, EXTRA):
            with self.page(origin) as page:
                self.assertEqual(code_of(page.login(self.platform.issuer, challenge)), "origin_not_allowed")
        with self.page(self.other.issuer) as page:
            self.assertEqual(code_of(page.login(self.other.issuer, challenge)), "challenge_unknown")
        self.assertEqual(self.questions(), 0)
        # And it was not burnt by that.
        with self.page() as page:
            self.assertIn("result", page.login(self.platform.issuer, challenge))

    def test_33_43_no_other_operation_exists(self):
        before = self.traces()
        with self.page() as page:
            for method in METHODS:
                for params in ({}, {"data": "QUJD", "digest": "QUJD", "path": "/tmp/x", "url": "https://evil.example", "pin": PIN}):
                    page.ask(method, params)
                    self.assertEqual(page.read()["error"]["code"], -32601, method)
            # Nothing more can be said with the two that sign.
            for params in ({"issuer": self.platform.issuer, "challenge_id": "A" * 22, "data": "QUJD"},
                           {"issuer": self.platform.issuer, "challenge_id": "A" * 22, "pin": PIN},
                           {"issuer": self.platform.issuer, "challenge": {}}, {"statement": "e30.e30"}):
                page.send_raw(frame(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "login", "params": params})))
                self.assertEqual(page.read()["error"]["code"], -32600)
        self.assertEqual(self.traces(), before)

    def test_34_used_challenge_is_refused_before_anybody_is_asked(self):
        visit = Visit(self.platform)
        with self.page() as page:
            answer = page.login(self.platform.issuer, visit.challenge_id)
            self.assertEqual(visit.complete(answer["result"]["handoff"])[0], 200)
            for _ in range(2):
                again = page.login(self.platform.issuer, visit.challenge_id)
                self.assertIn(code_of(again), ("challenge_used", "challenge_unknown"))
        self.assertEqual(self.questions(), 1)

    def test_35_another_connection_sees_uses_and_cancels_nothing(self):
        self.person("wait")
        with self.page() as first, self.page() as same, self.page(self.other.issuer) as foreign:
            visit = Visit(self.platform)
            asked = first.ask("login", {"issuer": self.platform.issuer, "challenge_id": visit.challenge_id})
            wait_for(lambda: self.questions() == 1, "the question")
            for page in (same, foreign):
                self.assertEqual(page.call("cancel")["result"], {})
                page.next_id = asked  # an answer to the first one's number
                self.assertEqual(code_of(page.login(self.platform.issuer, visit.challenge_id)), "busy")
            self.person("answer")
            self.assertIn("result", first.answer(asked))
            for page in (same, foreign):
                self.assertIn("result", page.call("hello"))
                self.assertEqual(page.notifications, [])

    def test_36_41_each_signature_has_its_own_pin_and_its_own_consent(self):
        logins, signatures = len(self.calls("C_Login")), len(self.calls("C_Sign"))
        with self.page() as page:
            for _ in range(3):
                self.assertIn("result", page.login(self.platform.issuer, Visit(self.platform).challenge_id))
        self.assertEqual((self.questions(), len(self.calls("C_Login")) - logins, len(self.calls("C_Sign")) - signatures), (3, 3, 3))
        # Right after it, another site: asked anew, and refused.
        self.person("refuse")
        with self.page(self.other.issuer) as page:
            self.assertEqual(code_of(page.login(self.other.issuer, Visit(self.other).challenge_id)), "user_cancelled")
        self.assertEqual((self.questions(), len(self.calls("C_Login")) - logins, len(self.calls("C_Sign")) - signatures), (4, 3, 3))
        # A wrong PIN goes to the token once, and nobody tries it again.
        self.person("mistype")
        with self.page() as page:
            self.assertEqual(code_of(page.login(self.platform.issuer, Visit(self.platform).challenge_id)), "pin_incorrect")
        self.assertEqual((self.questions(), len(self.calls("C_Login")) - logins, len(self.calls("C_Sign")) - signatures), (5, 4, 3))

    def test_36_session_at_the_token_does_not_outlive_its_login(self):
        with self.page() as page:
            self.assertIn("result", page.login(self.platform.issuer, Visit(self.platform).challenge_id))
        functions = [line.split()[0] for line in self.calls()]
        last = len(functions) - 1 - functions[::-1].index("C_Login")
        self.assertTrue({"C_Logout", "C_CloseSession", "C_CloseAllSessions"} & set(functions[last:]), functions[last:])

    def test_37_prompt_bombing_shows_one_window_and_the_rest_is_busy(self):
        self.person("wait")
        with contextlib.ExitStack() as stack:
            pages = [stack.enter_context(self.page(origin)) for origin in (self.platform.issuer, self.other.issuer, self.third.issuer)
                     for _ in range(2)]
            first = self.begin(pages[0])
            for _ in range(5):
                for page, platform in zip(pages, [p for p in (self.platform, self.other, self.third) for _ in range(2)]):
                    self.assertEqual(code_of(page.login(platform.issuer, Visit(platform).challenge_id)), "busy")
            # The user's own link waits as well.
            with Local(self.stage) as local:
                local.say(json.dumps({"door": "link", "url": f"signet://login?issuer={self.other.issuer}"}))
                self.assertEqual(json.loads(local.hear()), {"ok": False, "code": "busy"})
            self.assertEqual((len(self.windows()), self.questions()), (1, 1))
            self.person("answer")
            self.assertIn("result", pages[0].answer(first))

    def test_37_three_refusals_make_that_origin_wait_and_no_other(self):
        self.person("refuse")
        codes = []
        for _ in range(5):  # another connection each time
            with self.page(self.other.issuer) as page:
                codes.append(code_of(page.login(self.other.issuer, Visit(self.other).challenge_id)))
        # One refusal may have been given by the test of the line above.
        self.assertIn(codes, (["user_cancelled"] * 3 + ["rate_limited"] * 2, ["user_cancelled"] * 2 + ["rate_limited"] * 3))
        self.person("answer")
        asked = self.questions()
        with Local(self.stage) as local:  # by the other door neither
            local.say(json.dumps({"door": "extension", "extension": CHROMIUM, "origin": self.other.issuer}))
            self.assertEqual(json.loads(local.hear()), {"ok": True})
            local.say(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "login",
                                  "params": {"issuer": self.other.issuer, "challenge_id": Visit(self.other).challenge_id}}))
            self.assertEqual(code_of(json.loads(local.hear())), "rate_limited")
        self.assertEqual(self.questions(), asked)
        self.log_in()

    def test_37_questions_that_come_and_go_end_too(self):
        self.person("wait")
        for number in range(12):
            with self.page(self.third.issuer) as page:
                asked = page.ask("login", {"issuer": self.third.issuer, "challenge_id": Visit(self.third).challenge_id})
                if number < 10:
                    wait_for(lambda: self.questions() == number + 1, "the question")
                    page.call("cancel") if number % 2 else None
                else:
                    self.assertEqual(code_of(page.answer(asked)), "rate_limited")
            wait_for(lambda: not self.windows(), "the question to go away")
        self.assertEqual(self.questions(), 10)

    def test_40_pin_member_is_refused_and_no_page_hears_a_pin(self):
        with self.page() as page:
            for message in ({"jsonrpc": "2.0", "id": 1, "method": "login",
                             "params": {"issuer": self.platform.issuer, "challenge_id": "A" * 22, "pin": self.pin}},
                            {"jsonrpc": "2.0", "id": 1, "method": "login",
                             "params": {"issuer": self.platform.issuer, "challenge_id": "A" * 22}, "pin": self.pin}):
                page.send_raw(frame(json.dumps(message)))
                answer = page.read()
                self.assertEqual(answer["error"]["code"], -32600)
                self.assertNotIn(self.pin, json.dumps(answer))
        self.assertEqual(self.questions(), 0)

    # Listening sockets and the connections of pages would live on in a helper that does not end.
    def test_40_no_program_inherits_a_connection_or_the_lock(self):
        self.person("wait")
        with self.page() as page, self.page(door="wss"), Local(self.stage):
            asked = self.begin(page)
            ours = set()
            for name in ("tcp", "tcp6"):
                ours |= {line.split()[9] for line in Path(f"/proc/{self.agent.pid}/net/{name}").read_text().splitlines()[1:]}
            agents = {os.readlink(f"/proc/{self.agent.pid}/fd/{n}") for n in os.listdir(f"/proc/{self.agent.pid}/fd") if self.is_there(n)}
            children = [pid for pid in descendants(self.agent.pid) if pid != self.agent.pid]
            names = set()
            for pid in children:
                with contextlib.suppress(FileNotFoundError):
                    names.add(Path(f"/proc/{pid}/comm").read_text().strip())
                    for link in [os.readlink(f"/proc/{pid}/fd/{n}") for n in os.listdir(f"/proc/{pid}/fd")]:
                        if link.startswith("socket:["):
                            self.assertNotIn(link[8:-1], ours)
                            self.assertNotIn(link, agents)  # the other end of a pair has another number
                        self.assertNotIn("agent.lock", link)
            self.assertTrue({"signet-token-ho", "person"} <= names, names)
            self.person("answer")
            self.assertIn("result", page.answer(asked))

    def is_there(self, number):
        return os.path.lexists(f"/proc/{self.agent.pid}/fd/{number}")

    def test_42_nothing_about_tokens_before_the_approval_and_present_alone_after_it(self):
        self.person("refuse")
        with self.page(EXTRA) as page:
            for method in ("watch", "watch"):
                answer = page.call(method)
                self.assertEqual(code_of(answer), "origin_not_allowed")
                self.assertEqual(set(answer["error"]["data"]), {"code", "reason"})
        with self.page() as page:
            self.assertEqual(page.call("watch")["result"], {"present": True})

    def test_56_revoking_closes_the_connections_of_that_origin_within_a_second(self):
        revoked, reason = [], json.dumps({"door": "revoke", "origin": self.origin})
        extension = Local(self.stage)
        self.addCleanup(extension.socket.close)
        extension.say(json.dumps({"door": "extension", "extension": CHROMIUM, "origin": self.origin}))
        self.assertEqual(json.loads(extension.hear()), {"ok": True})
        with self.page() as plain, self.page(door="wss") as secure, self.page(EXTRA) as other:
            self.person("wait")
            asked = self.begin(plain)
            self.assertTrue(asked)
            ends = [threading.Thread(target=lambda page=page: revoked.append(close_code(page))) for page in (plain, secure)]
            for end in ends:
                end.start()
            began = time.monotonic()
            with Local(self.stage) as local:
                local.say(reason)
                self.assertEqual(json.loads(local.hear()), {"ok": True})
            for end in ends:
                end.join(5)
            self.assertEqual(revoked, [1001, 1001])
            self.assertTrue(extension.is_over())
            self.assertLess(time.monotonic() - began, 1 * PATIENCE)
            wait_for(lambda: not self.windows(), "the question to go away")
            self.assertIn("result", other.call("hello"))
        self.person("answer")
        with self.page() as page:
            self.assertEqual(code_of(page.call("watch")), "origin_not_allowed")
        self.log_in()


class Traces(Attacked):
    """What a PIN leaves behind in the agent. The command line's: pin_traces_test.py."""

    pin = "77395146208853"
    is_untouched = False

    def test_40_pin_is_in_no_memory_argument_environment_or_file(self):
        page = self.honest_page()
        self.assertIn("result", page.login(self.platform.issuer, Visit(self.platform).challenge_id))
        # The last listing may still be under way.
        self.assertIn("result", page.call("hello"))
        for pid in descendants(self.agent.pid):
            with contextlib.suppress(FileNotFoundError):
                self.assertNotIn(self.pin.encode(), Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes())
                limits = Path(f"/proc/{pid}/limits").read_text()
                self.assertRegex(limits, r"Max core file size +0 +0 ")
                if not is_sanitized():  # which keeps what was freed
                    self.assertEqual(count_in(pid, self.pin.encode()), 0, Path(f"/proc/{pid}/comm").read_text())
        for path in self.stage.folder.rglob("*"):
            if path.is_file() and path != self.stage.askpass:
                self.assertNotIn(self.pin.encode(), path.read_bytes(), path)


class Modules(Attacked):
    """One agent over the fake module, whose faults are in a file."""

    is_untouched = False

    @classmethod
    def set_up_person(cls):
        super().set_up_person()
        cls.module = cls.stage.folder / "fake.so"
        shutil.copy(LIB / "libsignet-fake-module.so", cls.module)
        cls.log = cls.stage.folder / "calls"
        fifo = cls.stage.folder / "events"
        os.mkfifo(fifo)
        cls.events = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
        cls.addClassCleanup(os.close, cls.events)
        cls.public = cls.stage.folder / "public.der"
        subprocess.run(["openssl", "pkey", "-in", cls.pki.path("enterprise-p256.key"), "-pubout", "-outform", "DER", "-out", cls.public],
                       check=True, capture_output=True)
        cls.control()

    @classmethod
    def configure(cls):
        cls.stage.configure(cls.platform.issuer, modules=(cls.module,))
        with open(cls.stage.config, "a") as config:
            config.write(f"bridge.extra-origin = {EXTRA}\n")

    @classmethod
    def control(cls, *faults):
        name = "enterprise-p256"
        lines = [f"log {cls.log}", f"slot-events {cls.stage.folder / 'events'}", f"memory {cls.stage.folder / 'memory'}", *faults, "slot 1",
                 f"pin-sha256 {hashlib.sha256(cls.pin.encode()).hexdigest()}",
                 f"private-key 01 {cls.pki.path(name + '.key.der')} k", f"public-key 01 {cls.public} k",
                 f"certificate 01 {cls.pki.path(name + '.der')} c"]
        new = cls.stage.folder / "control.new"
        new.write_text("\n".join(lines) + "\n")
        new.rename(cls.module.with_name("fake.so.control"))

    def login(self):
        with self.page() as page:
            page.socket.settimeout(60)
            answer = page.login(self.platform.issuer, Visit(self.platform).challenge_id)
        return code_of(answer) if "error" in answer else "logged in"

    def plug_in_again(self):
        """The event that a token brings; what the agent had heard about the module before is nothing worth then."""
        os.write(self.events, b"x")
        wait_for(lambda: self.login() == "logged in", "the token to be found again", 10 * PATIENCE)

    def fault(self, *faults, is_listing_wrong=False):
        """What a login with these faults says; the next one without them works."""
        self.control(*faults)
        try:
            return self.login()
        finally:
            self.control()
            if is_listing_wrong:
                self.plug_in_again()
            self.assertEqual(self.login(), "logged in", faults)

    def test_44_modules_that_crash_or_leave_fail_and_the_agent_lives(self):
        for function in ("C_Login", "C_SignInit", "C_Sign"):
            for action in ("crash", "exit 0"):
                with self.subTest(function=function, action=action):
                    self.assertEqual(self.fault(f"fault {function} 1 {action}"), "module_failed")

    def test_44_modules_that_lie_about_lengths_or_fail_are_errors(self):
        for fault in ("C_Sign 1 length 4294967295", "C_Sign 1 length 0", "C_Sign 1 corrupt", "C_Sign 1 return CKR_GENERAL_ERROR",
                      "C_Sign 1 return 0xDEADBEEF",
                      "C_GetAttributeValue 1+ length 4294967295", "C_GetSlotList 1+ length 4294967295",
                      "C_FindObjects 1+ length 4294967295"):
            with self.subTest(fault):
                self.assertIn(self.fault(f"fault {fault}", is_listing_wrong="C_Sign" not in fault),
                              ("module_failed", "token_error", "signature_invalid", "no_token", "no_certificate"))

    def test_45_token_removed_at_each_step_is_named_and_the_next_login_works(self):
        for function in ("C_OpenSession", "C_FindObjectsInit", "C_FindObjects", "C_GetAttributeValue", "C_Login", "C_SignInit", "C_Sign"):
            with self.subTest(function):
                code = self.fault(f"fault {function} 1 remove", is_listing_wrong=True)
                # Before one was chosen it is just not there.
                self.assertIn(code, ("token_removed",)
                              if function in ("C_Login", "C_SignInit", "C_Sign") else ("token_removed", "no_token", "no_certificate"))

    def test_46_hello_of_another_takes_less_than_50_ms_while_a_signature_takes_three_seconds(self):
        self.control("fault C_Sign 1 sleep 3000")
        with self.page() as page, self.page(EXTRA) as other:
            began = time.monotonic()
            asked = page.ask("login", {"issuer": self.platform.issuer, "challenge_id": Visit(self.platform).challenge_id})
            while page.stages()[-1:] != ["signing"]:
                page.notifications.append(page.read())
            times = []
            signing = time.monotonic()
            while time.monotonic() - signing < 2:  # of its three seconds
                times.append(elapsed(lambda: self.assertIn("result", other.call("hello"))))
                times.append(elapsed(lambda: self.page(EXTRA, "wss" if len(times) % 4 == 1 else "ws").close()))
                time.sleep(0.05)
            self.assertLess(sorted(times)[len(times) // 2], 0.05 * PATIENCE, times)
            self.assertIn("result", page.answer(asked))
            self.assertGreater(time.monotonic() - began, 3)

    # Last: a module that has hung is not asked for its slot events any more. Its end by the deadline: faulty_modules_test.py.
    def test_46_module_that_hangs_keeps_nobody_else_waiting(self):
        self.control("fault C_GetSlotList 1+ hang")
        with self.page() as page, self.page(EXTRA) as other:
            asked = page.ask("login", {"issuer": self.platform.issuer, "challenge_id": Visit(self.platform).challenge_id})
            began = time.monotonic()
            while time.monotonic() - began < 1:
                self.assertLess(elapsed(lambda: self.assertIn("result", other.call("hello"))), 0.5 * PATIENCE)
                time.sleep(0.02)
            self.assertEqual(page.call("cancel")["result"], {})
            self.assertEqual([code_of(n) for n in page.notifications if n.get("id") == asked], ["user_cancelled"])
        self.control()
        self.plug_in_again()


if __name__ == "__main__":
    unittest.main(verbosity=2)
