# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""pcscd with two virtual readers and cards in them, in namespaces of its own: tests run side by side, and the
machine's own pcscd, readers and network are not touched. See tests/virtual_card/README.md.
"""
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from harness import BIN, PIN, Stage, run, wait_for

OPENSC = next((str(p) for p in Path("/usr/lib").glob("*/opensc-pkcs11.so")), "opensc-pkcs11.so")
READERS = ("Virtual PCD 00 00", "Virtual PCD 00 01")
VPCD_PORTS = (0x8C7B, 0x8C7C)
INSIDE = "SIGNET_TEST_CARD_STACK"
NAMESPACES = ("--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
DRIVERS = Path("/usr/lib/pcsc/drivers")
SKIPPED = 77  # SKIP_RETURN_CODE in CMakeLists.txt


def enter_namespaces():
    """Starts this program again in mount, network and process namespaces; returns only within them."""
    if os.environ.get(INSIDE) == "yes":
        run(["ip", "link", "set", "lo", "up"])
        run(["mount", "-t", "tmpfs", "tmpfs", "/run"])
        Path("/run/pcscd").mkdir()
        hide_real_readers()
        return
    check_namespaces()
    os.environ[INSIDE] = "yes"
    arguments = unshared(sys.executable, "-B", *sys.argv)
    os.execvp(arguments[0], arguments)


def unshared(*command):
    return ["unshare", *NAMESPACES, *map(str, command)]


def check_namespaces():
    """Ends with a reason where namespaces cannot be had: skipped where the kernel lacks them, failed where they are refused.

    A user namespace of an unprivileged user does not do: there the files of root belong to nobody, and signet refuses a policy and
    modules that others than root and the user own (policy_unsafe).
    """
    missing = [kind for kind in ("mnt", "net", "pid") if not Path(f"/proc/self/ns/{kind}").exists()]
    if missing:
        print(f"SKIPPED: this kernel has no namespaces of kind {', '.join(missing)}", file=sys.stderr)
        sys.exit(SKIPPED)
    if os.geteuid() != 0:
        sys.exit("the card tests need root, for pcscd in namespaces of its own: run ctest -R e2e_card as root")
    tried = subprocess.run(unshared("true"), capture_output=True, text=True)
    if tried.returncode != 0:
        sys.exit(f"the card tests need mount, network and process namespaces: {tried.stderr.strip()}")


def hide_real_readers():
    """pcscd opens every USB reader that it has a driver for, whatever its configuration says, and would take the readers of the
    machine from the machine's own pcscd. Here it finds one driver, that of the virtual readers."""
    library = DRIVERS / "serial" / "libifdvpcd.so"
    content = library.read_bytes()
    run(["mount", "-t", "tmpfs", "tmpfs", DRIVERS])
    library.parent.mkdir()
    library.write_bytes(content)
    settings = Path("/run/readers")
    settings.mkdir()
    (settings / "vpcd").write_text(f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x8C7B\nLIBPATH {library}\nCHANNELID 0x8C7B\n')


class Card:
    """A card with certificates of the test PKI; it is out of the reader until insert()."""

    def __init__(self, stage, *certificates, reader=0, pin=PIN):
        self.folder = Path(tempfile.mkdtemp(prefix="card-", dir=stage.folder))
        password = self.folder / "pin"
        password.write_text(pin)
        database = f"sql:{self.folder}"
        run(["certutil", "-N", "-d", database, "-f", password])
        for name in certificates:
            bundle = self.folder / f"{name}.p12"
            run(["openssl", "pkcs12", "-export", "-inkey", stage.pki.path(f"{name}.key"), "-in",
                 stage.pki.path(f"{name}.crt"), "-name", name, "-passout", f"file:{password}", "-out", bundle])
            run(["pk12util", "-i", bundle, "-d", database, "-k", password, "-w", password])
        self.process = subprocess.Popen(
            [str(BIN / "signet-virtual-card"), str(VPCD_PORTS[reader]), str(self.folder), pin, *certificates],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.apdus = []
        self.lines = []
        self._answers = queue.Queue()
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        self.await_line("ready")

    def _read(self):
        for line in self.process.stdout:
            line = line.strip()
            with self._changed:
                if line.startswith("apdu "):
                    self.apdus.append(line[5:])
                self.lines.append(line)
                self._changed.notify_all()
            if line.startswith(("ok ", "error ")):
                self._answers.put(line)

    def command(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        answer = self._answers.get(timeout=20)
        assert answer == f"ok {text}", answer

    def await_line(self, line, seconds=20):
        with self._changed:
            assert self._changed.wait_for(lambda: line in self.lines, seconds), f"no {line!r} in {self.lines}"

    def await_apdu(self, instruction, count=1, seconds=20):
        with self._changed:
            assert self._changed.wait_for(lambda: self.apdus.count(instruction) >= count, seconds), self.apdus

    def insert(self):
        self.command("insert")

    def remove(self):
        self.command("remove")

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


class Service:
    """pcscd with the virtual readers."""

    def __init__(self, stage):
        self.stage = stage
        self.log = stage.folder / "pcscd.log"
        self.process = None

    def start(self):
        switches = ["--disable-polkit"] if _has_polkit_switch() else []
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(["/usr/sbin/pcscd", "--foreground", "--info", "--config", "/run/readers", *switches],
                                            stdout=log, stderr=log)
        wait_for(lambda: Path("/run/pcscd/pcscd.comm").exists(), "pcscd")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def kill(self):
        self.process.kill()
        self.process.wait(20)


def _has_polkit_switch():
    return "--disable-polkit" in subprocess.run(["/usr/sbin/pcscd", "--help"], capture_output=True, text=True).stdout


class CardTest(unittest.TestCase):
    """A desktop with pcscd, a platform and, in the first reader, a card of the enterprise. `PKI` is the module's."""

    def setUp(self):
        self.stage = Stage(sys.modules[type(self).__module__].PKI)
        self.addCleanup(self.stage.close)
        self.service = Service(self.stage)
        self.addCleanup(self.service.stop)
        self.service.start()
        self.platform = self.start_platform()
        self.stage.configure(self.platform.issuer, modules=(OPENSC,))
        self.card = self.add_card("enterprise-rsa2048")

    def start_platform(self):
        return self.stage.start_platform()

    def add_card(self, name, reader=0):
        card = Card(self.stage, name, reader=reader)
        self.addCleanup(card.close)
        card.insert()
        return card

    def usable(self):
        """The certificates that may log in now."""
        tokens = self.stage.signet("tokens", "--json").document["tokens"]
        return [c for token in tokens for c in token["certificates"] if c["usable"]]
