# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The first run on a real desktop: from a window that opens by itself to an account at a real platform (R01, R02, R41).

Its buttons are pressed as a screen reader presses them; the PIN is typed.
"""
import base64
import hashlib
import json
import re
import sqlite3
import time
import unittest
from contextlib import closing

from harness import PIN, wait_for
from screen_reader import ScreenReader
from tray_stage import LOGIN_WINDOW, TrayCase, setUpModule  # noqa: F401  (unittest calls it)

FIRST_RUN_WINDOW = "注册 – 印信"
TITLES = {"privacy-policy": "隐私政策", "user-agreement": "用户服务协议"}  # in the order in which they are shown
ONWARD, REGISTER, CLOSE, LATER = r"下一步", r"注册\(", r"关闭", r"以后再说"
PIN_FIELD = "password text", r"口令\(PIN\)"
ACCOUNT = "云南示例建筑有限公司"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bold_in_source(text):
    """What stands between ** and ** in an agreement."""
    return re.findall(r"\*\*(.+?)\*\*", text)


def bold_in_window(node, headings):
    """What is bold in the text that a screen reader is told; headings are bold anyway."""
    found, was_bold = [], False
    for text, weight in node["runs"]:
        is_bold = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
        if is_bold and was_bold:
            found[-1] += text
        elif is_bold:
            found.append(text)
        was_bold = is_bold
    lines = [line for each in found for line in each.split("\n") if line]
    return [line for line in lines if line not in headings]


class FirstRunTest(TrayCase):
    is_registered = False

    def setUp(self):
        super().setUp()
        self.reader = ScreenReader(self.desktop)

    # ---- the window ----
    def is_open(self):
        return bool(self.desktop.windows("--name", FIRST_RUN_WINDOW))

    def box(self, name):
        return self.reader.wait("check box", f"我已阅读并同意《{TITLES[name]}》")

    def is_onward_open(self):
        return self.reader.wait("push button", ONWARD)["enabled"]

    def try_onward(self):
        """By the mouse and by the keyboard."""
        self.reader.click("push button", ONWARD)
        self.desktop.xdo("windowfocus", "--sync", self.desktop.window(FIRST_RUN_WINDOW))
        self.desktop.xdo("key", "Return")

    def go_on(self, button=ONWARD):
        self.reader.wait("push button", button, enabled=True)
        self.reader.press("push button", button)

    def tick(self, name):
        self.reader.press("check box", f"我已阅读并同意《{TITLES[name]}》")
        self.reader.wait("check box", f"我已阅读并同意《{TITLES[name]}》", checked=True)

    def go_to_agreements(self):
        self.desktop.window(FIRST_RUN_WINDOW)  # nobody asked for it
        self.reader.wait("label", f"localhost:{self.platform.port}")
        self.go_on()

    def accept(self):
        for name in TITLES:
            self.tick(name)
            self.go_on()

    def go_to_pin(self):
        """Through every step to the login window; gives the window."""
        self.go_to_agreements()
        self.accept()
        self.reader.wait("radio button", ACCOUNT, checked=True)  # the only certificate is chosen
        self.go_on()
        self.go_on(REGISTER)
        return self.desktop.window(LOGIN_WINDOW)

    def type_pin(self, window, pin=PIN):
        """Once the window takes it."""
        self.desktop.xdo("windowfocus", "--sync", window)
        self.reader.wait(*PIN_FIELD, focused=True)
        self.desktop.xdo("type", "--delay", "15", pin)
        self.reader.wait("push button", "^(签名|登录)$", enabled=True)
        self.assertNotIn(pin, str(self.reader.tree()))
        self.desktop.xdo("key", "Return")

    # ---- what is recorded ----
    def rows(self, statement):
        with closing(sqlite3.connect(f"file:{self.platform.folder / 'platform.db'}?mode=ro", uri=True)) as database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement)]

    def served(self, name):
        """(version, hash, text) of an agreement, as anybody reads it without a login."""
        status, _, metadata = self.platform.request("GET", "/.well-known/signet-issuer")
        self.assertEqual(status, 200, metadata)
        agreement = next(each for each in metadata["agreements"] if each["id"] == name)
        status, _, text = self.platform.request("GET", f"/agreements/{agreement['sha256']}")
        self.assertEqual(status, 200, text)
        status, _, page = self.platform.request("GET", agreement["url"].removeprefix(self.platform.issuer))
        self.assertEqual(status, 200, page)
        self.assertIn(TITLES[name], page)
        self.assertEqual(agreement["sha256"], base64url(hashlib.sha256(text.encode()).digest()), name)
        return agreement["version"], agreement["sha256"], text

    def accepted_here(self):
        file = self.stage.home / ".local/state/signet/agreements.json"
        if not file.exists():
            return {}
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        return json.loads(file.read_text())

    def assert_nothing_was_accepted(self):
        self.assertEqual(self.platform.admin("accounts").stdout, "")
        for table in ("account", "certificate", "consent", "login", "evidence"):
            self.assertEqual(self.rows(f"SELECT * FROM {table}"), [], table)
        self.assertEqual(self.accepted_here(), {})

    # ---- tests ----
    def test_agreements_areReadAndTickedOneByOne(self):  # R01, R41
        self.start_agent()
        self.go_to_agreements()
        for number, name in enumerate(TITLES, 1):
            self.reader.wait("label", rf"{TITLES[name]}\({number}/2\)")
            version, _, source = self.served(name)
            self.reader.wait("label", f"版本 {version}")
            view = wait_for(lambda: [node for node in self.reader.tree("--more") if "runs" in node], "the text")[0]
            self.assertEqual(view["name"], TITLES[name])
            headings = re.findall(r"^#+ (.*)$", source, re.M)
            self.assertEqual(bold_in_window(view, headings), bold_in_source(source))
            self.assertTrue(bold_in_source(source), "no clause to be shown bold")
            self.assertFalse(self.box(name)["checked"], "ticked from the start")
            self.assertEqual(len(self.reader.find("check box", "")), 1, "one tick for both")
            self.assertFalse(self.is_onward_open())
            self.try_onward()
            self.reader.wait("label", rf"{TITLES[name]}\({number}/2\)")
            self.tick(name)
            self.assertTrue(self.is_onward_open())
            self.go_on()
        self.reader.wait("radio button", ACCOUNT, checked=True)
        self.assertIn("以本政策为准", self.served("privacy-policy")[2])
        self.assert_nothing_was_accepted()

    def test_tickTakenAway_closesTheWay(self):  # R01
        self.start_agent()
        self.go_to_agreements()
        self.tick("privacy-policy")
        self.reader.press("check box", "我已阅读并同意")
        self.reader.wait("check box", "我已阅读并同意", checked=False)
        self.try_onward()
        self.assertFalse(self.box("privacy-policy")["checked"])
        self.assertFalse(self.is_onward_open())

    def test_registration_isRecorded_andNotAskedForAgain(self):  # R01, R02, R41
        agent = self.start_agent()
        window = self.go_to_pin()
        self.assert_nothing_was_accepted()
        self.type_pin(window)
        self.reader.wait("label", "已在 localhost")
        self.reader.wait("label", ACCOUNT)
        self.go_on(CLOSE)
        wait_for(lambda: not self.is_open(), "the window to go")
        self.assert_consent_is_recorded()
        before = self.rows("SELECT * FROM consent"), self.accepted_here()
        agent.stop()

        agent = self.start_agent()
        wait_for(self.icons, "the icon in the tray")
        login = self.begin(agent)
        self.type_pin(self.desktop.window(LOGIN_WINDOW))
        self.assertIn("result", login.wait(), agent.log.read_text())
        status, _, done = login.visit.complete(login.answer["result"]["handoff"])
        self.assertEqual(status, 200, done)
        self.assertFalse(self.is_open(), "the first run a second time")
        self.assertEqual((self.rows("SELECT * FROM consent"), self.accepted_here()), before, "accepted once more")

    def assert_consent_is_recorded(self):
        """By the platform, in what was signed, and by the agent."""
        cid = self.platform.logins()[0]
        consents = self.rows("SELECT * FROM consent ORDER BY agreement")
        expected = [(name, *self.served(name)[:2]) for name in TITLES]
        self.assertEqual([(row["agreement"], row["version"], row["sha256"]) for row in consents], expected)
        account = self.rows("SELECT id FROM account")[0]["id"]
        for row in consents:
            self.assertEqual((row["account_id"], row["verb"], row["channel"], row["cid"]), (account, "注册", "certificate", cid))
            self.assertEqual((row["effective_from"], row["effective_to"]), (row["given_at"], None))
            self.assertLess(abs(row["given_at"] - time.time()), 600)
        folder = self.stage.folder / "evidence"
        self.platform.admin("evidence", cid, "--out", folder)
        payload = (folder / "signing-input.txt").read_text().split(".")[1]
        statement = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        self.assertEqual(statement["purpose"], "bind")
        self.assertEqual([(each["id"], each["ver"], each["s256"]) for each in statement["agr"]], expected)
        here = self.accepted_here()
        self.assertEqual(list(here), [self.platform.issuer])
        fingerprint = hashlib.sha256(self.stage.pki.path("enterprise-rsa2048.der").read_bytes()).hexdigest()
        self.assertEqual(list(here[self.platform.issuer]), [fingerprint])
        accepted = [(each["id"], each["version"], each["sha256"]) for each in here[self.platform.issuer][fingerprint]]
        self.assertEqual(accepted, expected)

    def test_cancelAtThePin_leavesNothing(self):  # R01, R02
        self.start_agent()
        window = self.go_to_pin()
        self.desktop.xdo("windowfocus", "--sync", window)
        self.reader.wait(*PIN_FIELD, focused=True)
        self.desktop.xdo("key", "Escape")
        wait_for(lambda: not self.desktop.windows("--name", LOGIN_WINDOW), "the login window to go")
        self.reader.wait("push button", "重试")
        self.assert_nothing_was_accepted()
        self.reader.press("push button", LATER)
        wait_for(lambda: not self.is_open(), "the window to go")
        self.assert_nothing_was_accepted()

    def test_laterAfterBothTicks_leavesNothing(self):  # R01, R02
        agent = self.start_agent()
        self.go_to_agreements()
        self.accept()
        self.reader.wait("radio button", ACCOUNT, checked=True)
        self.reader.press("push button", LATER)
        wait_for(lambda: not self.is_open(), "the window to go")
        agent.stop()
        self.assert_nothing_was_accepted()


if __name__ == "__main__":
    unittest.main()
