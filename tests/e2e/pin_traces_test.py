# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Where a PIN could stay behind once it was used: memory, arguments, environments and files of the real programs."""
import os
import subprocess
import threading
import unittest
from pathlib import Path

from front import Front, free_port
from harness import Pki, Stage, is_sanitized, wait_for

PIN = "77395146208853"  # of no other test, so that what is found is ours


def setUpModule():
    global PKI
    PKI = Pki("--only", "enterprise-p256")
    unittest.addModuleCleanup(PKI.close)


def descendants(pid):
    """The process and all that it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += descendants(int(child))
    return found


def memory_of(pid):
    """Everything that the process can read, mapping by mapping."""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        for line in maps:
            span, rights, *_ = line.split()
            if rights[0] != "r" or "[v" in line:  # the kernel's own pages cannot be read
                continue
            first, last = (int(part, 16) for part in span.split("-"))
            if last - first > 1 << 32:  # a sanitizer's shadow
                continue
            try:
                memory.seek(first)
                yield memory.read(last - first)
            except (OSError, ValueError):
                continue


def count_in(pid, secret):
    return sum(block.count(secret) for block in memory_of(pid))


class Traces(unittest.TestCase):
    """R29; attacks.md 40"""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.stage.add_token("lock", "enterprise-p256", pin=PIN)
        self.askpass = self.stage.write_askpass("pin-askpass", PIN)
        inner = free_port()
        self.front = Front(PKI, inner)
        self.addCleanup(self.front.server.close)
        self.platform = self.stage.start_platform(port=inner, public_port=self.front.port)
        self.stage.configure(self.front.server.issuer)

    def held_login(self, look):
        """Registers; while the signed login waits for the platform's answer, `look` gets the program's process."""
        arrived, released = threading.Event(), threading.Event()
        self.addCleanup(released.set)

        def hold():
            arrived.set()
            released.wait(60)

        self.front.before[("POST", "/agent/v1/logins")] = hold
        process = subprocess.Popen(
            self.stage.command("register", "--issuer", self.front.server.issuer, "--accept-agreements", "--askpass", self.askpass,
                               "--json"),
            env=self.stage.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_for(arrived.is_set, "the signed login to arrive")
        look(process)
        released.set()
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)
        return out + err

    @unittest.skipIf(is_sanitized(), "a sanitizer keeps what was freed")
    def test_memory_of_agent_and_host_holds_no_pin_after_the_call(self):
        def look(process):
            programs = {Path(f"/proc/{pid}/comm").read_text().strip(): pid for pid in descendants(process.pid)}
            self.assertIn("signet-token-ho", programs)
            # The scanner finds what is there: a label that the listing brought.
            self.assertGreater(count_in(process.pid, b"enterprise-p256"), 0)
            for name, pid in programs.items():
                self.assertEqual(count_in(pid, PIN.encode()), 0, name)

        self.held_login(look)

    def test_arguments_environments_and_files_hold_no_pin(self):
        seen = []

        def look(process):
            for pid in descendants(process.pid):
                seen.append(Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes())

        output = self.held_login(look)
        self.assertTrue(any(b"signet-token-host" in text for text in seen))
        self.assertEqual(self.stage.signet("journal", "--json").status, 0)
        self.stage.folder.joinpath("output").write_bytes(output)
        for text in seen:
            self.assertNotIn(PIN.encode(), text)
        for path in self.stage.folder.rglob("*"):
            if path.is_file() and path != self.askpass:
                self.assertNotIn(PIN.encode(), path.read_bytes(), path)

    def test_core_files_are_off_while_a_pin_may_be_there(self):
        gate = self.stage.folder / "gate"
        os.mkfifo(gate)
        waiting = self.stage.write_askpass("waiting", PIN, before=f"cat {gate} >/dev/null")
        process = subprocess.Popen(
            self.stage.command("register", "--issuer", self.front.server.issuer, "--accept-agreements", "--askpass", waiting, "--json"),
            env=self.stage.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_for(lambda: self.stage.prompts("pin"), "the PIN prompt")
        programs = {Path(f"/proc/{pid}/comm").read_text().strip(): pid for pid in descendants(process.pid)}
        for name in ("signet", "signet-token-ho"):
            limits = Path(f"/proc/{programs[name]}/limits").read_text()
            line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
            self.assertEqual(line.split()[4:6], ["0", "0"], name)
        gate.write_text("go\n")
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
