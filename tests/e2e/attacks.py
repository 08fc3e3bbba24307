# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The stage of the attacks_*_test.py: an agent with an account and a spied-on token, and what an attack must leave as it was.

Each test there has the number of its line in the list of attacks (attacks.md). Lines that other tests show name them in a comment.
"""
import os
import socket
import struct
import time
import unittest
from pathlib import Path

from harness import LIB, PIN, SOFTHSM, Pki, Stage, is_sanitized, wait_for
from page import Closed, Page, Visit, connect, read_response, request

SPY = LIB / "libsignet-spy-module.so"
EXTRA = "https://uc.example.test"  # may connect, is no issuer's
FOREIGN = "https://evil.example"
CHROMIUM = "chrome-extension://fenpihaljfccilimomllocjpjnpagcdj/"
PATIENCE = 10 if is_sanitized() else 1  # times as long


class Attacked(unittest.TestCase):
    """One agent for the class. After each test it must be alive, have asked nobody, called no token and written no file; in the end an
    honest login must work."""

    extra_origins = (EXTRA,)
    pin = PIN
    is_untouched = True  # what tearDown checks

    @classmethod
    def setUpClass(cls):
        cls.pki = Pki("--only", "enterprise-p256")
        cls.addClassCleanup(cls.pki.close)
        cls.stage = Stage(cls.pki)
        cls.addClassCleanup(cls.stage.close)
        cls.spy_log = cls.stage.folder / "spy.log"
        cls.stage.environment.update({"SIGNET_SPY_TARGET": SOFTHSM, "SIGNET_SPY_LOG": str(cls.spy_log)})
        cls.platform = cls.stage.start_platform()
        cls.origin = cls.platform.issuer
        cls.set_up_person()
        cls.configure()
        registered = cls.stage.register(cls.platform)
        if registered.status != 0:
            raise AssertionError(registered)
        cls.agent = cls.stage.start_agent()
        cls.log_in()
        cls.addClassCleanup(cls.log_in)
        time.sleep(0.1)  # the page of the login goes
        cls.resting = cls.descriptors() + 1  # when nobody is connected, with one that just ends

    @classmethod
    def set_up_person(cls):
        """The token, and the askpass program: what the person does is in a file, so that one agent will do."""
        cls.stage.add_token("lock", "enterprise-p256", pin=cls.pin)
        mode = cls.stage.folder / "mode"
        cls.stage.askpass = cls.stage.write_askpass(
            "person", cls.pin, f'while [ "$(cat {mode})" = wait ]; do sleep 0.02; done\n'
            f'case "$(cat {mode})" in refuse) exit 1;; mistype) echo 000000; exit;; esac')
        cls.person("answer")

    @classmethod
    def person(cls, does):
        """answer, refuse, mistype, or wait until it is something else."""
        new = cls.stage.folder / "mode.new"
        new.write_text(does)
        new.rename(cls.stage.folder / "mode")

    @classmethod
    def configure(cls, **keys):
        cls.stage.configure(cls.platform.issuer, modules=(SPY,), **keys)
        with open(cls.stage.config, "a") as config:
            config.writelines(f"bridge.extra-origin = {origin}\n" for origin in cls.extra_origins)

    def setUp(self):
        self.before = self.traces()

    def tearDown(self):
        self.assertIsNone(self.agent.process.poll(), "the agent ended")
        self.assertEqual(self.hello(self.agent.ws).status, 200)
        if self.is_untouched:
            self.assertEqual(self.traces(), self.before)

    # ---- what must not change ----
    @classmethod
    def calls(cls, function=None):
        lines = cls.spy_log.read_text().splitlines() if cls.spy_log.exists() else []
        return [line for line in lines if function is None or line.split()[0] == function]

    @classmethod
    def traces(cls):
        """Calls of the token, questions, and every file but the log and the platforms' own."""
        files = {}
        for path in sorted(cls.stage.folder.rglob("*")):
            place = path.relative_to(cls.stage.folder).parts[0]
            if path.is_file() and place != "agent.log" and not place.startswith("platform"):
                files[str(path)] = (path.stat().st_size, path.stat().st_mtime_ns)
        return len(cls.calls()), len(cls.stage.prompts()), files

    @classmethod
    def log_in(cls, door="ws"):
        """The honest login, from the page to the session."""
        with cls.page(door=door) as page:
            visit = Visit(cls.platform)
            answer = page.login(cls.platform.issuer, visit.challenge_id)
            if "result" not in answer:
                raise AssertionError(answer)
            status, _, done = visit.complete(answer["result"]["handoff"])
            if status != 200:
                raise AssertionError(done)

    # ---- who comes ----
    @classmethod
    def page(cls, origin=None, door="ws", **options):
        return Page(cls.agent, origin or cls.origin, door, **options)

    def honest_page(self, origin=None, **options):
        page = self.page(origin, **options)
        self.addCleanup(page.close)
        return page

    def hello(self, port, origin=None, **options):
        return request(port, self.hello_head(port, origin or self.origin), **options)

    @staticmethod
    def hello_head(port, origin, host=None, target="/v1/hello", method="GET", extra=()):
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}"]
        return [*lines, *([] if origin is None else [f"Origin: {origin}"]), *extra]

    def exchange(self, port, data, then_close=False, **options):
        """Sends the bytes; gives everything that comes until the end (b"" when nothing does)."""
        with connect(port, **options) as sock:
            try:
                sock.sendall(data)
                if then_close:
                    sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before we had said it all
            return read_all(sock)

    # ---- what it costs ----
    def memory(self):
        """Memory of the agent that is no file, in KiB."""
        for line in Path(f"/proc/{self.agent.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1])
        raise AssertionError("no Pss_Anon")

    @classmethod
    def descriptors(cls):
        return len(os.listdir(f"/proc/{cls.agent.pid}/fd"))

    def cpu(self):
        """Seconds of the agent's processors so far."""
        fields = Path(f"/proc/{self.agent.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def assert_flat(self, attack, kibibytes=2048):
        """Memory and descriptors are after the attack what they were before. The first run fills what is kept for the next ones."""
        attack()
        wait_for(lambda: self.descriptors() <= self.resting, "the connections to go")
        memory = self.memory()
        attack()
        wait_for(lambda: self.descriptors() <= self.resting, "the connections to go")
        if not is_sanitized():  # which keeps what was freed
            self.assertLess(self.memory() - memory, kibibytes)


def read_all(sock):
    data = b""
    while True:
        try:
            more = sock.recv(65536)
        except ConnectionResetError:
            return data
        if not more:
            return data
        data += more


def close_code(page):
    """The code with which the other end closes; None for a cut. What comes before it is thrown away."""
    try:
        while True:
            page.read_frame()
    except Closed as closed:
        return closed.code


def elapsed(action):
    began = time.monotonic()
    action()
    return time.monotonic() - began


class Local:
    """A program of this user at the agent's own socket: frames of four bytes of length and a body."""

    def __init__(self, stage, timeout=15):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        try:
            self.socket.connect(str(stage.runtime / "signet/agent.sock"))
        except OSError:
            self.socket.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def say(self, body):
        body = body.encode() if isinstance(body, str) else body
        self.socket.sendall(struct.pack("=I", len(body)) + body)

    def _take(self, count):
        data = b""
        while len(data) < count:
            try:
                more = self.socket.recv(count - len(data))
            except ConnectionResetError:
                more = b""
            if not more:
                raise Closed(None)
            data += more
        return data

    def hear(self):
        return self._take(struct.unpack("=I", self._take(4))[0]).decode()

    def is_over(self):
        try:
            self._take(1)
        except Closed:
            return True
        return False


__all__ = ["CHROMIUM", "EXTRA", "FOREIGN", "PATIENCE", "SPY", "Attacked", "Closed", "Local", "Page", "Visit", "close_code", "connect",
           "elapsed",
           "is_sanitized", "read_all", "read_response", "request", "wait_for"]
