# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A person at a terminal: sees who asks and for what, mistypes, is asked again, logs in; nothing typed is shown."""
import os
import pty
import select
import time
import unittest

from harness import PIN, Pki, Stage


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Terminal:
    """The program on a pseudo-terminal of its own."""

    def __init__(self, stage, *arguments):
        command = stage.command(*arguments)
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.execve(command[0], command, {**stage.environment, "TERM": "xterm"})
        self.screen, self.seen = "", 0

    def read_some(self, seconds):
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 4096)
        except OSError:
            return False
        self.screen += data.decode(errors="replace")
        return bool(data)

    def awaits(self, text, seconds=20):
        deadline = time.monotonic() + seconds
        while self.screen.find(text, self.seen) < 0:
            if not self.read_some(max(0, deadline - time.monotonic())):
                raise AssertionError(f"waited for {text!r} in vain:\n{self.screen}")
        self.seen = self.screen.find(text, self.seen) + len(text)

    def type(self, text):
        os.write(self.master, text.encode())

    def status(self):
        while self.read_some(20):
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


class AtTheTerminal(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.platform = self.stage.start_platform()

    # R29, R57
    def test_wrong_pin_is_asked_again_by_the_person(self):
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(self.platform.issuer)
        self.assertEqual(self.stage.register(self.platform).status, 0)
        terminal = Terminal(self.stage, "login")
        terminal.awaits("localhost")
        terminal.awaits("You want to log in")
        terminal.awaits("云南示例建筑有限公司")
        terminal.awaits("PIN: ")
        terminal.type("000000\n")
        terminal.awaits("Wrong PIN.")
        terminal.awaits("Try again? [y/N] ")
        terminal.type("y\n")
        terminal.awaits("PIN, few tries left: ")
        terminal.type(PIN + "\n")
        terminal.awaits("Logged in: 云南示例建筑有限公司")
        self.assertEqual(terminal.status(), 0)
        self.assertNotIn(PIN, terminal.screen)
        self.assertNotIn("000000", terminal.screen)

    def test_no_more_tries_ends_with_5(self):
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(self.platform.issuer)
        self.assertEqual(self.stage.register(self.platform).status, 0)
        terminal = Terminal(self.stage, "login")
        terminal.awaits("PIN: ")
        terminal.type("000000\n")
        terminal.awaits("[y/N] ")
        terminal.type("\n")
        self.assertEqual(terminal.status(), 5)

    def test_several_certificates_are_chosen_by_number_in_chinese(self):
        self.stage.add_token("lock", "enterprise-p256", "person")
        self.stage.configure(self.platform.issuer, language="zh")
        terminal = Terminal(self.stage, "register")
        terminal.awaits("请选择证书:")
        terminal.awaits("请输入序号:")
        number = next(line.split()[0] for line in terminal.screen.splitlines() if "云南示例" in line and line.strip()[:1].isdigit())
        terminal.type("7\n")  # none of the list: asked again
        terminal.awaits("请输入序号:")
        terminal.type(number + "\n")
        terminal.awaits("您同意以上协议吗?")
        terminal.type("y\n")
        terminal.awaits("口令(PIN):")
        terminal.type(PIN + "\n")
        terminal.awaits("已注册并登录:云南示例建筑有限公司")
        self.assertEqual(terminal.status(), 0)

    def test_self_check_shows_how_far_it_is_and_asks_before_it_replaces_a_file(self):
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure(self.platform.issuer)
        report = self.stage.folder / "report.txt"
        report.write_text("mine")
        terminal = Terminal(self.stage, "doctor", "--report", report)
        terminal.awaits("Replace it?")
        terminal.type("n\n")
        self.assertEqual(terminal.status(), 2, terminal.screen)
        self.assertEqual(report.read_text(), "mine")
        terminal = Terminal(self.stage, "doctor", "--report", report)
        terminal.awaits("Replace it?")
        terminal.type("y\n")
        terminal.awaits("module libsofthsm2.so")  # as each part is done
        terminal.awaits("The module works.")
        self.assertEqual(terminal.status(), 0, terminal.screen)
        self.assertIn("(module: configuration", report.read_text())


if __name__ == "__main__":
    unittest.main(verbosity=2)
