# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What a screen reader is told: the tree of AT-SPI on a real desktop (issue 5)."""
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path

from harness import BIN, wait_for
from tray_test import LOGIN_WINDOW, TrayTest, setUpModule  # noqa: F401  (unittest calls it)

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

# In a process of its own, because the library keeps the first bus that it saw.
READER = r"""
import json, sys
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi
def tell(node, depth=0):
    if node is None or depth > 12: return []
    states = node.get_state_set()
    found = [{"role": node.get_role_name(), "name": node.get_name() or "", "description": node.get_description() or "",
              "focusable": states.contains(Atspi.StateType.FOCUSABLE), "showing": states.contains(Atspi.StateType.SHOWING)}]
    try:
        text = node.get_text_iface()
        if text: found[0]["text"] = Atspi.Text.get_text(text, 0, -1)
    except Exception: pass
    for i in range(node.get_child_count()): found += tell(node.get_child_at_index(i), depth + 1)
    return found
desktop = Atspi.get_desktop(0)
out = []
for i in range(desktop.get_child_count()):
    app = desktop.get_child_at_index(i)
    if app and "signet" in (app.get_name() or "").lower() + "印信": out += tell(app)
print(json.dumps(out))
"""


class AccessibilityTest(TrayTest):
    def setUp(self):
        launcher = next((path for path in LAUNCHERS if Path(path).exists()), None)
        self.assertIsNotNone(launcher, "at-spi2-core is missing; ./dev test installs it")
        super().setUp()
        self.desktop.environment.update(QT_ACCESSIBILITY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        self.desktop.start(launcher, "--launch-immediately")
        time.sleep(1)

    def tree(self):
        done = subprocess.run(["/usr/bin/python3", "-c", READER], env={**os.environ, **self.desktop.environment},
                              capture_output=True, text=True, timeout=30)
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
            return []
        import json
        return [node for node in json.loads(done.stdout) if node["showing"]]

    def test_loginWindow_isToldWhole(self):
        agent = self.start_agent()
        self.begin(agent)
        window = self.desktop.window(LOGIN_WINDOW)
        tree = wait_for(lambda: [n for n in self.tree() if n["name"]] or None, "the tree of the window")
        names = " | ".join(node["name"] for node in tree)
        for text in ("localhost", "请求登录", "云南示例建筑有限公司", "口令(PIN)", "取消", "登录"):
            self.assertIn(text, names)
        fields = [node for node in tree if node["role"] in ("password text", "text", "entry") and node["focusable"]]
        self.assertTrue(fields, names)
        self.assertIn("口令(PIN)", fields[0]["name"])
        # What is typed is bullets to everyone.
        time.sleep(0.6)
        self.desktop.xdo("windowfocus", "--sync", window)
        time.sleep(0.6)
        self.desktop.xdo("type", "482915")
        wait_for(lambda: any("●" in node.get("text", "") for node in self.tree()), "the bullets")
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


del TrayTest  # its own tests run in tray_test.py

if __name__ == "__main__":
    unittest.main()
