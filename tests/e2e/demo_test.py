# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The demo ends with the enterprise logged in and leaves nothing behind; the one on a desktop leaves nothing however it ends."""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from desktop import Desktop
from harness import BIN, wait_for


class Demo(unittest.TestCase):
    def test_demo_logs_the_enterprise_in_and_cleans_up(self):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            home.mkdir()
            temporary = Path(folder) / "tmp"
            temporary.mkdir()
            script = Path(__file__).with_name("demo.sh")
            done = subprocess.run(["bash", str(script), str(BIN)], capture_output=True, text=True, check=False,
                                  env={**os.environ, "HOME": str(home), "TMPDIR": str(temporary)}, timeout=120)
            self.assertEqual(done.returncode, 0, done)
            self.assertIn("云南示例建筑有限公司", done.stdout.splitlines()[-1])
            self.assertEqual(list(home.rglob("*")), [])
            self.assertEqual(list(temporary.rglob("*")), [])
            running = subprocess.run(["pgrep", "-f", str(temporary)], capture_output=True, text=True, check=False)
            self.assertEqual(running.stdout, "")


class DesktopDemo(unittest.TestCase):
    def setUp(self):
        self.desktop = Desktop()
        self.addCleanup(self.desktop.close)
        self.temporary = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.temporary, True)

    def start(self):
        environment = {**os.environ, **self.desktop.environment, "TMPDIR": str(self.temporary), "LC_ALL": "C.UTF-8"}
        demo = subprocess.Popen([sys.executable, "-B", Path(__file__).with_name("demo_desktop.py")], env=environment,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.addCleanup(demo.stdout.close)
        return demo

    def assert_nothing_is_left(self, demo):
        self.assertEqual(list(self.temporary.rglob("*")), [])

        def running():
            told = subprocess.run(["ps", "-s", str(demo.pid), "-o", "stat=,args="], capture_output=True, text=True, check=False).stdout
            return [line for line in told.splitlines() if not line.startswith("Z")]

        wait_for(lambda: not running(), "the demo's programs to end", 5)

    def test_interrupt_leaves_nothing(self):
        for signal_number, window in ((signal.SIGINT, "Register – Signet"), (signal.SIGTERM, None)):
            with self.subTest(signal_number):
                demo = self.start()
                self.addCleanup(demo.kill)
                if window:
                    self.desktop.window(window)
                else:
                    wait_for(lambda: list(self.temporary.rglob("agent.conf")), "the middle of its start")
                os.killpg(demo.pid, signal_number)
                self.assertEqual(demo.wait(30), 0)
                self.assert_nothing_is_left(demo)


if __name__ == "__main__":
    unittest.main(verbosity=2)
