#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""./dev demo --desktop: the tray and a browser at the platform's login page, on the desktop that this is started from, with a token of its
own. Ends with the browser, and leaves nothing."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from harness import PIN, Pki, Stage


class Here:
    """The desktop of whoever started this; home, tokens and configuration are the stage's."""

    def __init__(self):
        names = ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "LANG")
        self.environment = {name: os.environ[name] for name in names if name in os.environ}
        wayland = os.environ.get("WAYLAND_DISPLAY")
        if wayland:
            self.environment["WAYLAND_DISPLAY"] = str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / wayland)


def trust(stage):
    """The stage's browser trusts the platform's authority, and nothing else does."""
    database = stage.home / ".pki/nssdb"
    database.mkdir(parents=True)
    for arguments in (["-N", "--empty-password"], ["-A", "-t", "C,,", "-n", "demo", "-i", stage.pki.path("tls-ca.pem")]):
        subprocess.run(["certutil", "-d", f"sql:{database}", *map(str, arguments)], check=True, capture_output=True)


def main():
    here = Here()
    pki = Pki()
    stage = Stage(pki)
    try:
        platform = stage.start_platform()
        stage.add_token("demo", "enterprise-rsa2048")
        stage.configure(platform.issuer)
        agent = stage.start_agent(desktop=here, port=28617)
        trust(stage)
        print(f"Platform  {platform.issuer}\nPIN       {PIN}\n"
              "The tray's first window registers the certificate; the page in the browser logs in with it.\n"
              "Close the browser to end the demo.", flush=True)
        browser = ["chromium", "--no-first-run", f"--user-data-dir={stage.folder / 'profile'}", f"{platform.issuer}/login"]
        if os.geteuid() == 0:
            browser.insert(1, "--no-sandbox")
        subprocess.run(browser, env={**agent.environment}, stderr=subprocess.DEVNULL, check=False)
    except KeyboardInterrupt:
        pass
    finally:
        stage.close()
        pki.close()
    return 0


if __name__ == "__main__":
    if not shutil.which("chromium"):
        sys.exit("chromium is missing; ./dev demo --desktop installs it")
    sys.exit(main())
