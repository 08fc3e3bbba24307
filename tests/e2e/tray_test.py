# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The tray on a real desktop: icon and menu in a host of tray icons, logins whose PIN a program types into the window (issue 5)."""
import json
import os
import shutil
import subprocess
import time
import unittest
from pathlib import Path

from harness import BIN, LIB, PIN, is_sanitized, wait_for
from page import code_of
from screen_reader import ScreenReader
from tray_stage import GUARD_SECONDS, LOGIN_WINDOW, TrayCase, setUpModule  # noqa: F401  (unittest calls it)


class IconTest(TrayCase):
    def test_icon_standsInTheTray(self):
        self.start_agent()
        wait_for(self.icons, "the icon in the tray")

    def test_menu_hasItsEntries_andOneOpensAWindow(self):
        self.start_agent()
        icon = wait_for(self.icons, "the icon in the tray")[0]
        self.desktop.click(icon, 16, 16, button=3)
        menu = wait_for(lambda: [w for w in self.desktop.windows("--class", "signet-agent")
                                 if self.desktop.geometry(w).get("HEIGHT", 0) > 150], "the menu")[0]
        self.assertGreater(self.desktop.geometry(menu)["WIDTH"], 80)
        self.desktop.xdo("key", "--delay", "100", "Down", "Down", "Down", "Return")  # login, register, keys
        self.desktop.window("USB key 和证书")

    def test_click_showsTheKeys(self):
        self.start_agent()
        icon = wait_for(self.icons, "the icon in the tray")[0]
        self.desktop.click(icon, 16, 16)
        self.desktop.window("USB key 和证书")

    def test_secondStart_showsTheOneThatRuns(self):
        agent = self.start_agent()
        again = subprocess.run([BIN / "signet-agent", "--config", self.stage.config], env=agent.environment, timeout=30)
        self.assertEqual(again.returncode, 0)
        self.desktop.window("USB key 和证书")

    def test_end_leavesNothing(self):
        agent = self.start_agent()
        wait_for(self.icons, "the icon in the tray")
        agent.stop()
        self.assertEqual(agent.process.returncode, 0, agent.log.read_text())
        left = subprocess.run(["pgrep", "-f", str(self.stage.folder)], capture_output=True, text=True).stdout.split()
        wait_for(lambda: not self.icons(), "the icon to go")
        self.assertEqual([pid for pid in left if Path(f"/proc/{pid}").exists() and pid != str(self.platform.process.pid)], [])

    def test_withoutADesktop_itSaysSo(self):
        environment = {key: value for key, value in self.stage.environment.items()}
        done = subprocess.run([BIN / "signet-agent", "--config", self.stage.config], env=environment, capture_output=True,
                              text=True, timeout=30)
        self.assertEqual(done.returncode, 2)
        self.assertIn("图形桌面", done.stderr)


class LoginTest(TrayCase):
    def test_page_logsInWithThePinTypedIntoTheWindow(self):  # R15, R29
        agent = self.start_agent()
        login = self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        self.type_pin(window)
        self.assertIn("result", login.wait(), agent.log.read_text())
        status, _, done = login.visit.complete(login.answer["result"]["handoff"])
        self.assertEqual(status, 200, done)
        wait_for(lambda: not self.desktop.windows("--name", LOGIN_WINDOW), "the window to go")
        self.assert_no_pin_in(agent)

    def assert_no_pin_in(self, agent):
        """Neither as bytes nor as the UTF-16 of a QString."""
        if os.geteuid() != 0 or is_sanitized():
            return
        for pattern in (PIN.encode(), PIN.encode("utf-16-le")):
            self.assertEqual(places_in_memory(agent.pid, pattern), [], f"the PIN as {pattern} in {agent.pid}")

    def test_window_showsBulletsOnly(self):
        """Two PINs of one length make the same picture."""
        agent = self.start_agent()
        self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        time.sleep(GUARD_SECONDS)
        self.desktop.xdo("windowfocus", "--sync", window)
        time.sleep(GUARD_SECONDS)
        pictures = []
        for pin in ("111111", "987654"):
            self.desktop.xdo("key", "ctrl+u")
            self.desktop.xdo("type", "--delay", "15", pin)
            time.sleep(1.5)  # the caret's last blink
            file = self.stage.folder / f"{pin}.ppm"
            self.desktop.shoot(file, window)
            pictures.append(file)
        difference = subprocess.run(["compare", "-metric", "AE", *map(str, pictures), "null:"], capture_output=True,
                                    text=True).stderr.split()[0]
        self.assertLess(float(difference), 100, "more than the caret")

    def test_cancel_andTheLoginAfterIt(self):
        agent = self.start_agent()
        login = self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        time.sleep(GUARD_SECONDS)
        self.desktop.xdo("windowfocus", "--sync", window)
        time.sleep(GUARD_SECONDS)
        self.desktop.xdo("key", "Escape")
        self.assertEqual(code_of(login.wait()), "user_cancelled")
        again = self.begin(agent)
        self.type_pin(self.desktop.window(LOGIN_WINDOW))
        self.assertIn("result", again.wait())

    def test_window_comesWithoutTheKeyboard(self):
        """attacks.md 37: who types elsewhere goes on typing there."""
        agent = self.start_agent()
        other = self.desktop.start("xterm") if Path("/usr/bin/xterm").exists() else None
        before = self.desktop.xdo("getwindowfocus")
        self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        time.sleep(GUARD_SECONDS)
        self.assertNotEqual(self.desktop.xdo("getwindowfocus"), window)
        self.assertIsNotNone(before)
        if other:
            other.terminate()

    def test_linkAfterThreeRefusals_isANoteAndNoWindow(self):
        """Any page can open links (attacks.md 37); whoever meant it is told why nothing comes."""
        reader = ScreenReader(self.desktop)
        notes = self.stage.folder / "notes"
        self.desktop.start("/usr/bin/python3", Path(__file__).with_name("note_service.py"), notes)
        wait_for(notes.exists, "the panel")
        agent = self.start_agent()
        link = [BIN / "signet-agent", "--config", self.stage.config, f"signet://login?issuer={self.platform.issuer}"]

        def follow():
            return subprocess.run(link, env=agent.environment, capture_output=True, text=True, timeout=30)

        for _ in range(3):
            self.assertEqual(follow().returncode, 0)
            window = self.desktop.window(LOGIN_WINDOW)
            reader.wait("password text", "")  # the question stands
            time.sleep(GUARD_SECONDS)
            self.desktop.xdo("windowfocus", "--sync", window)
            self.desktop.xdo("key", "Escape")
            wait_for(lambda: not self.desktop.windows("--name", LOGIN_WINDOW), "the window to go")
        refused = follow()
        self.assertNotEqual(refused.returncode, 0)
        wait_for(lambda: any("多次拒绝" in json.loads(line).get("text", "") for line in notes.read_text().splitlines()), "the note")
        self.assertEqual(self.desktop.windows("--name", LOGIN_WINDOW), [])

    def test_pageThatGoes_takesItsWindow(self):
        agent = self.start_agent()
        login = self.begin(agent)
        self.desktop.window(LOGIN_WINDOW)
        login.page.close()
        wait_for(lambda: not self.desktop.windows("--name", LOGIN_WINDOW), "the window to go")

    def test_wrongPin_isAskedForAgainInTheSameWindow(self):
        agent = self.start_agent()
        login = self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        self.type_pin(window, "000000")
        time.sleep(5)  # a slow machine verifies the wrong PIN
        self.desktop.xdo("key", "Return")  # "Enter it again" is the main button
        time.sleep(2)
        self.type_pin(window)
        self.assertIn("result", login.wait(), agent.log.read_text())


class NoteTest(TrayCase):
    """What is told when a USB key is plugged in and pulled out."""

    def setUp(self):
        super().setUp()
        self.module = self.stage.folder / "fake.so"
        shutil.copy(LIB / "libsignet-fake-module.so", self.module)
        os.mkfifo(self.stage.folder / "events")
        self.events = os.open(self.stage.folder / "events", os.O_RDWR)
        self.addCleanup(os.close, self.events)
        self.set_slot("empty")
        self.stage.configure(self.platform.issuer, modules=[self.module], language="zh")

    def set_slot(self, *lines):
        new = self.stage.folder / "control.new"
        new.write_text("\n".join([f"slot-events {self.stage.folder / 'events'}", "slot 0", *lines]) + "\n")
        new.rename(self.module.with_name("fake.so.control"))

    def plug_in(self):
        path = self.stage.pki.path
        self.set_slot("label 演示锁", f"private-key 01 {path('enterprise-p256.key.der')} k",
                      f"certificate 01 {path('enterprise-p256.der')} c")
        os.write(self.events, b"x")

    def pull_out(self):
        self.set_slot("empty")
        os.write(self.events, b"x")

    def test_panelOfToday_isHandedTheNotes(self):
        """By the bus, as Plasma and most others have it."""
        file = self.stage.folder / "notes"
        self.desktop.start("/usr/bin/python3", Path(__file__).with_name("note_service.py"), file)
        wait_for(file.exists, "the panel")
        self.start_agent()

        def told(member):
            return [each for each in map(json.loads, file.read_text().splitlines()) if member in each]

        icon = wait_for(lambda: told("icon"), "the icon in the panel")[0]["icon"]
        wait_for(lambda: "没有插入 USB key" in self.tip(icon), "the first look at the slots")
        self.plug_in()
        wait_for(lambda: told("title"), "a note")
        self.pull_out()
        notes = wait_for(lambda: told("title")[1:] and told("title"), "a second note")
        self.assertEqual(notes, [{"title": "已插入 USB key", "text": "云南示例建筑有限公司"},
                                 {"title": "USB key 已拔出", "text": "演示锁"}])

    def tip(self, icon):
        """What the panel can say of the icon."""
        command = ["dbus-send", "--session", "--print-reply", f"--dest={icon}", "/StatusNotifierItem",
                   "org.freedesktop.DBus.Properties.Get", "string:org.kde.StatusNotifierItem", "string:ToolTip"]
        return subprocess.run(command, env={**os.environ, **self.desktop.environment}, capture_output=True, text=True).stdout

    def test_otherTray_isSpokenFromByABalloon(self):
        reader = ScreenReader(self.desktop)
        self.start_agent()
        icon = wait_for(self.icons, "the icon in the tray")[0]

        def is_told_empty():
            self.desktop.xdo("mousemove", 5, 500)
            self.desktop.xdo("mousemove", "--window", icon, 10, 10)
            self.desktop.xdo("mousemove_relative", 2, 2)
            time.sleep(1.5)  # until a tip comes
            return any("没有插入 USB key" in node["name"] for node in reader.tree())

        wait_for(is_told_empty, "the first look at the slots")
        self.plug_in()
        reader.wait("label", "已插入 USB key")
        reader.wait("label", "云南示例建筑有限公司")
        self.pull_out()
        reader.wait("label", "USB key 已拔出")
        reader.wait("label", "演示锁")


class WithoutTrayTest(TrayCase):
    has_tray = False

    def test_smallWindow_isThere(self):
        self.start_agent()
        self.desktop.window("^印信$")

    def start_panel(self):
        """The panel of a session is often later than what starts with it."""
        file = self.stage.folder / "notes"
        self.desktop.start("/usr/bin/python3", Path(__file__).with_name("note_service.py"), file)
        wait_for(file.exists, "the panel")
        return lambda: "icon" in file.read_text()

    def test_trayThatComesLate_takesTheIcon(self):
        agent = self.start_agent()
        self.desktop.window("^印信$")
        wait_for(self.start_panel(), "the icon in the new tray")
        wait_for(lambda: not self.desktop.windows("--name", "^印信$"), "the small window to go")
        self.assertIsNone(agent.process.poll())

    def test_trayThatComesLate_waitsForTheWindowThatIsOpen(self):
        agent = self.start_agent()
        self.desktop.window("^印信$")
        again = subprocess.run([BIN / "signet-agent", "--config", self.stage.config], env=agent.environment, timeout=30)
        self.assertEqual(again.returncode, 0)
        keys = self.desktop.window("USB key 和证书")
        has_icon = self.start_panel()
        time.sleep(2)
        self.assertFalse(has_icon())
        self.assertTrue(self.desktop.windows("--name", "USB key 和证书"))
        self.desktop.xdo("windowfocus", "--sync", keys)
        self.desktop.xdo("key", "Escape")
        wait_for(has_icon, "the icon, a while after the window went", 30)
        self.assertIsNone(agent.process.poll())


def places_in_memory(pid, pattern):
    """Where the pattern is in what the process may write to."""
    found = []
    maps = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for fields in maps:
            if not fields[1].startswith("rw") or fields[-1] in ("[vvar]", "[vsyscall]"):
                continue
            begin, end = (int(part, 16) for part in fields[0].split("-"))
            try:
                memory.seek(begin)
                if pattern in memory.read(end - begin):
                    found.append(" ".join(fields))
            except (OSError, ValueError):
                continue
    return found


if __name__ == "__main__":
    unittest.main()
