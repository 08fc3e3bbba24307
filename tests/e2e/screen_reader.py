# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What a screen reader is told by the tray's windows, and what it can do in them: the tree of AT-SPI on a desktop of its own."""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from harness import wait_for

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

# In a process of its own, because the library keeps the first bus that it saw. With a role and a name it acts on the one that shows.
READER = r"""
import json, sys
import gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi
State = Atspi.StateType
def runs_of(text):
    found, at, end = [], 0, Atspi.Text.get_character_count(text)
    while at < end:
        attributes, begin, after = Atspi.Text.get_attribute_run(text, at, True)
        after = min(max(after, at + 1), end)
        found.append([Atspi.Text.get_text(text, at, after), attributes.get("weight", attributes.get("font-weight", ""))])
        at = after
    return found
def describe(node):
    states = node.get_state_set()
    role = node.get_role_name()
    about = {"role": "push button" if role == "button" else role, "name": node.get_name() or "",
             "description": node.get_description() or "", "focusable": states.contains(State.FOCUSABLE),
             "focused": states.contains(State.FOCUSED), "showing": states.contains(State.SHOWING),
             "enabled": states.contains(State.ENABLED), "checked": states.contains(State.CHECKED)}
    try:
        text = node.get_text_iface()
        if text:
            about["text"] = Atspi.Text.get_text(text, 0, -1)
            if "\n" in about["text"] and "--more" in sys.argv: about["runs"] = runs_of(text)
    except Exception: pass
    if "--more" in sys.argv and about["showing"] and node.get_component_iface():
        place = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
        about["place"] = [place.x, place.y, place.width, place.height]
    return about
def walk(node, depth=0):
    if node is None or depth > 14: return
    yield node
    for i in range(node.get_child_count()): yield from walk(node.get_child_at_index(i), depth + 1)
desktop = Atspi.get_desktop(0)
apps = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
nodes = [node for app in apps if app and "signet" in (app.get_name() or "").lower() for node in walk(app)]
if sys.argv[1] == "tell":
    print(json.dumps({"nodes": [describe(node) for node in nodes]}))
else:
    role, name = sys.argv[2:4]
    def fits(about): return about["showing"] and about["role"] == role and about["name"] == name
    node = next(node for node in nodes if fits(describe(node)))
    action = node.get_action_iface()
    names = [Atspi.Action.get_action_name(action, i).lower() for i in range(Atspi.Action.get_n_actions(action))]
    Atspi.Action.do_action(action, next(i for i, name in enumerate(names) if name in ("press", "toggle")))
    print("{\"nodes\": []}")
"""


class ScreenReader:
    """Of the desktop whose agent is started afterwards."""

    def __init__(self, desktop):
        launcher = next((path for path in LAUNCHERS if Path(path).exists()), None)
        if launcher is None:
            raise AssertionError("at-spi2-core is missing; ./dev test installs it")
        self.desktop = desktop
        desktop.environment.update(QT_ACCESSIBILITY="1", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        desktop.start(launcher, "--launch-immediately")
        wait_for(self._has_bus, "the accessibility bus")

    def _has_bus(self):
        command = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress"]
        return subprocess.run(command, env={**os.environ, **self.desktop.environment}, capture_output=True).returncode == 0

    def _run(self, *arguments):
        """None where the tree changed under the reader's hands."""
        done = subprocess.run(["/usr/bin/python3", "-Wignore", "-c", READER, *arguments], env={**os.environ, **self.desktop.environment},
                              capture_output=True, text=True, timeout=60)
        if done.returncode == 0:
            return json.loads(done.stdout)
        print(done.stderr, file=sys.stderr)
        return None

    def tree(self, *options):
        """Everything that shows; with --more also where it is ("place") and how texts of several lines are written ("runs")."""
        told = wait_for(lambda: self._run("tell", *options), "a tree that stands still")
        return [node for node in told["nodes"] if node["showing"]]

    def find(self, role, name, *options):
        """Those that show, of that role and whose name begins so, both regular expressions."""
        return [node for node in self.tree(*options) if re.fullmatch(role, node["role"]) and re.match(name, node["name"])]

    def wait(self, role, name, **states):
        """Waits for the one that shows and is so."""
        def fitting():
            return [node for node in self.find(role, name) if all(node[state] == value for state, value in states.items())]
        try:
            return wait_for(fitting, f"{role} {name} {states or ''}")[0]
        except AssertionError as error:
            raise AssertionError(f"{error}\n" + "\n".join(map(str, self.tree()))) from None

    def press(self, role, name):
        """A button is pressed, a box is ticked or the tick taken away, if it lets itself be."""
        wait_for(lambda: self._run("press", role, self.wait(role, name)["name"]), f"a press on {name}")

    def click(self, role, name):
        """With the mouse, also where a button is closed and has nothing to press."""
        x, y, width, height = wait_for(lambda: self.find(role, name, "--more"), f"{role} {name}")[0]["place"]
        self.desktop.xdo("mousemove", x + width // 2, y + height // 2)
        self.desktop.xdo("click", 1)
