# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What a screen reader is told: the tree of AT-SPI on a real desktop (issue 5)."""
import subprocess
import time
import unittest

from harness import BIN, wait_for
from screen_reader import ScreenReader
from tray_stage import LOGIN_WINDOW, TrayCase, setUpModule  # noqa: F401  (unittest calls it)


class AccessibilityTest(TrayCase):
    def setUp(self):
        super().setUp()
        self.tree = ScreenReader(self.desktop).tree

    def test_loginWindow_isToldWhole(self):
        agent = self.start_agent()
        self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        tree = wait_for(lambda: [n for n in self.tree() if n["name"]] or None, "the tree of the window")
        names = " | ".join(node["name"] for node in tree)
        for text in ("localhost", "请求登录", "云南示例建筑有限公司", "口令(PIN)", "取消", "登录"):
            self.assertIn(text, names)
        fields = [node for node in tree if node["role"] == "password text" and node["focusable"]]
        self.assertTrue(fields, names)
        self.assertIn("口令(PIN)", fields[0]["name"])
        self.assertIn("dialog", {node["role"] for node in tree}, "a window that is read out as it comes up")
        # What is typed is told to nobody.
        time.sleep(0.6)
        self.desktop.xdo("windowfocus", "--sync", window)
        time.sleep(0.6)
        self.desktop.xdo("type", "482915")
        wait_for(lambda: any(n["enabled"] for n in self.tree() if (n["role"], n["name"]) == ("push button", "登录")), "the way on")
        self.assertNotIn("482915", str(self.tree()))
        nameless = [node for node in self.tree() if node["focusable"] and not node["name"] and node["role"] != "filler"
                    and node["role"] not in ("frame", "dialog", "window", "application", "scroll pane", "panel")]
        self.assertEqual(nameless, [], "\n".join(map(str, self.tree())))

    def test_otherWindows_haveNamesForEveryControl(self):
        agent = self.start_agent()
        wait_for(self.icons, "the icon in the tray")
        again = subprocess.run([BIN / "signet-agent", "--config", self.stage.config], env=agent.environment, timeout=30)
        self.assertEqual(again.returncode, 0)
        self.desktop.window("USB key 和证书")
        tree = wait_for(lambda: [n for n in self.tree() if n["focusable"]] or None, "the tree of the window")
        nameless = [node for node in tree if node["role"] in ("push button", "check box", "text", "table", "combo box")
                    and not node["name"]]
        self.assertEqual(nameless, [], "\n".join(map(str, self.tree())))


if __name__ == "__main__":
    unittest.main()
