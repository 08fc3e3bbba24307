#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""./dev demo --desktop: the tray and its first run, then a browser at the platform's login page, on the desktop that this is started from,
with a token of its own. Ends with the browser, with the tray or with Ctrl-C, and leaves nothing."""
import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness import PIN, Pki, Stage

TEXT = """Platform  {issuer}
PIN       {pin}

1. The window "{window}" of the tray is open now. It registers the certificate of the demo's USB key.
   (Closed too early? The red seal in the tray has a menu that opens it again.)
2. After that a browser opens, and its page logs in with the certificate. Enter opens it at once.

Close the browser, or press Ctrl-C here, to end the demo."""


class Here:
    """The desktop of whoever started this; home, tokens, configuration and temporary files are the demo's."""

    def __init__(self, folder):
        names = ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_CURRENT_DESKTOP")
        self.environment = {name: os.environ[name] for name in names if name in os.environ}
        locales = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
        self.environment |= {"TMPDIR": folder, "LC_ALL": next(filter(None, locales), "C.UTF-8")}
        self.language = "zh" if self.environment["LC_ALL"].startswith("zh") else "en"
        wayland = os.environ.get("WAYLAND_DISPLAY")
        if wayland:
            self.environment["WAYLAND_DISPLAY"] = str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland)


def free_pair():
    """The first of two ports in a row that are free now: an agent of the user's own may have the usual ones."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                second.bind(("127.0.0.1", port + 1))
                return port


def trust(stage):
    """The stage's browser trusts the platform's authority, and nothing else does."""
    database = stage.home / ".pki/nssdb"
    database.mkdir(parents=True)
    for arguments in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "demo", "-i", stage.pki.path("tls-ca.pem")]):
        subprocess.run(["certutil", "-d", f"sql:{database}", *map(str, arguments)], check=True, capture_output=True)


def await_account(platform, agent):
    """Until there is one, or whoever watches presses Enter; False once the tray has ended."""
    stdin = [sys.stdin] if sys.stdin.isatty() else []
    while agent.process.poll() is None:
        if platform.admin("accounts").stdout:
            return True
        if select.select(stdin, [], [], 1)[0]:
            sys.stdin.readline()
            return True
    return False


def browse(stage, agent, address):
    browser = ["chromium", "--no-first-run", "--window-size=1000,800", f"--user-data-dir={stage.folder / 'profile'}", address]
    if os.geteuid() == 0:
        browser[1:1] = ["--no-sandbox", "--test-type"]  # the latter keeps it from complaining of the former
    process = subprocess.Popen(browser, env=agent.environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and agent.process.poll() is None:
        time.sleep(0.2)
    if process.returncode:
        print(f"The browser ended with {process.returncode}: {' '.join(browser)}", flush=True)


def show(folder):
    here = Here(folder)
    with contextlib.ExitStack() as stack:
        stage = Stage(stack.enter_context(contextlib.closing(Pki())))
        stack.callback(stage.close)
        port = free_pair()
        platform = stage.start_platform(agent_port=port)
        stage.add_token("demo", "enterprise-rsa2048")
        stage.configure(platform.issuer, language=here.language)
        trust(stage)
        agent = stage.start_agent(desktop=here, port=port)
        window = "注册 – 印信" if here.language == "zh" else "Register – Signet"
        print(TEXT.format(issuer=platform.issuer, pin=PIN, window=window), flush=True)
        if await_account(platform, agent):
            browse(stage, agent, f"{platform.issuer}/login")


def end_children():
    """Also those whose start was interrupted."""
    found = subprocess.run(["pgrep", "-P", str(os.getpid())], capture_output=True, text=True, check=False).stdout.split()
    for pid in map(int, found):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 10
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < deadline:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.05)


def remove(folder):
    """A browser's last helpers may write for a moment after it has ended."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(folder):
            return
        time.sleep(0.1)


def interrupted(number, _frame):
    """Once: what follows is the cleaning up."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


def main():
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, interrupted)
    folder = tempfile.mkdtemp(prefix="signet-demo-")
    tempfile.tempdir = folder
    try:
        show(folder)
    except KeyboardInterrupt:
        pass
    finally:
        end_children()
        remove(folder)
    return 0


if __name__ == "__main__":
    if not shutil.which("chromium"):
        sys.exit("chromium is missing; ./dev demo --desktop installs it")
    sys.exit(main())
