# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The demo ends with the enterprise logged in and leaves nothing behind."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness import BIN


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


if __name__ == "__main__":
    unittest.main(verbosity=2)
