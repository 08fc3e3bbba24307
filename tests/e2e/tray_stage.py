# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What the tests of the tray stand on: a desktop, a platform, a token, an agent with its tray, a login by a page."""
import os
import re
import subprocess
import threading
import time
import unittest

from desktop import Desktop
from harness import PIN, Pki, Stage
from page import Page, Visit

LOGIN_WINDOW = "印信 - localhost"
GUARD_SECONDS = 0.6  # in which the window takes nothing


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Login(threading.Thread):
    """A page's login, under way."""

    def __init__(self, page, visit, issuer):
        super().__init__(daemon=True)
        self.page, self.visit, self.issuer, self.answer = page, visit, issuer, None
        self.start()

    def run(self):
        try:
            self.answer = self.page.login(self.issuer, self.visit.challenge_id)
        except Exception as error:  # told by whoever waits for the answer
            self.answer = {"exception": repr(error)}

    def wait(self):
        self.join(60)
        return self.answer


class TrayCase(unittest.TestCase):
    has_tray = True
    is_registered = True  # and was led through the first run

    def setUp(self):
        self.desktop = Desktop(has_tray=self.has_tray)
        self.addCleanup(self.desktop.close)
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()
        self.stage.add_token("lock", "enterprise-rsa2048")
        self.stage.configure(self.platform.issuer, language="zh")
        if self.is_registered:
            registered = self.stage.register(self.platform)
            self.assertEqual(registered.status, 0, registered)
            self.stage.remember_first_run(self.platform.issuer)

    def start_agent(self, **options):
        return self.stage.start_agent(desktop=self.desktop, **options)

    def begin(self, agent):
        page = Page(agent, self.platform.issuer)
        self.addCleanup(page.close)
        return Login(page, Visit(self.platform), self.platform.issuer)

    def type_pin(self, window, pin=PIN):
        """As a person does who has seen the window: a click on the field, the PIN, Enter."""
        time.sleep(GUARD_SECONDS)
        self.desktop.xdo("windowfocus", "--sync", window)
        time.sleep(GUARD_SECONDS)
        self.desktop.xdo("type", "--delay", "15", pin)
        self.desktop.xdo("key", "Return")

    def icons(self):
        """The windows that the tray has taken in."""
        tree = subprocess.run(["xwininfo", "-root", "-tree"], env={**os.environ, **self.desktop.environment},
                              capture_output=True, text=True).stdout
        return [line.split()[0] for line in tree.splitlines()
                if '("signet-agent" "signet-agent")' in line and re.search(r"  (2[0-9]|3[0-9])x(2[0-9]|3[0-9])\+", line)]
