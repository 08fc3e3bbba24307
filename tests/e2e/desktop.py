# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A desktop of its own for the tray: an X server without a screen, a window manager, a host of tray icons, a session bus.

Nothing of the user's session is touched. `environment` is what programs on it are started with.
"""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness import wait_for

NEEDED = ("Xvfb", "openbox", "trayer", "xdotool", "dbus-daemon", "import")


class Desktop:
    def __init__(self, size="1280x900", has_tray=True, scale=None):
        missing = [name for name in NEEDED if not shutil.which(name)]
        if missing:
            raise AssertionError(f"missing: {missing}; ./dev test installs them")
        self.folder = Path(tempfile.mkdtemp(prefix="signet-desktop-"))
        self.processes = []
        self.environment = {"QT_QPA_PLATFORM": "xcb"}
        if scale:
            self.environment["QT_SCALE_FACTOR"] = str(scale)
        try:
            self._start_display(size)
            self._start_bus()
            self.start("openbox", "--sm-disable")
            wait_for(lambda: self.xdo("get_desktop") is not None, "the window manager")
            if has_tray:
                self.start_tray()
        except BaseException:
            self.close()
            raise

    def start(self, *command, **options):
        with open(self.folder / f"{Path(command[0]).name}.log", "ab") as log:
            process = subprocess.Popen(command, env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log, **options)
        self.processes.append(process)
        return process

    def _start_display(self, size):
        """Xvfb chooses a display that is free and writes its number."""
        read, write = os.pipe()
        self.start("Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset", pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        self.environment["DISPLAY"] = f":{number}"

    def _start_bus(self):
        address = self.folder / "bus"
        self.start("dbus-daemon", "--session", "--nofork", f"--address=unix:path={address}")
        wait_for(address.exists, "the session bus")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={address}"

    def start_tray(self):
        self.tray = self.start("trayer", "--edge", "top", "--align", "right", "--widthtype", "request", "--height", "32",
                               "--tint", "0xf0f0f0", "--transparent", "false")
        wait_for(lambda: self.windows("--class", "trayer"), "the tray")

    def xdo(self, *arguments):
        """xdotool; None where it failed."""
        done = subprocess.run(["xdotool", *map(str, arguments)], env={**os.environ, **self.environment}, capture_output=True,
                              text=True, timeout=30)
        return done.stdout.strip() if done.returncode == 0 else None

    def windows(self, *arguments):
        """The ids of the visible windows that fit."""
        return (self.xdo("search", "--onlyvisible", *arguments) or "").split()

    def window(self, name):
        """Waits for the window of that title, a regular expression."""
        wait_for(lambda: self.windows("--name", name), f"a window {name}")
        return self.windows("--name", name)[-1]

    def geometry(self, window):
        text = self.xdo("getwindowgeometry", "--shell", window) or ""
        return {key: int(value) for key, value in (line.split("=") for line in text.split()) if value.isdigit()}

    def click(self, window, x, y, button=1):
        """At a place in the window; negative ones count from its right and lower edge."""
        size = self.geometry(window)
        x, y = x if x >= 0 else size["WIDTH"] + x, y if y >= 0 else size["HEIGHT"] + y
        self.xdo("mousemove", "--window", window, x, y)
        self.xdo("click", button)

    def shoot(self, file, window="root"):
        subprocess.run(["import", "-window", window, str(file)], env={**os.environ, **self.environment}, check=True,
                       capture_output=True, timeout=30)

    def close(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
