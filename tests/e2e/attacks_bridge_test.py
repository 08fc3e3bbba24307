# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Attacks on the bridge before it is a WebSocket: who reaches it, under which name, from which origin, with what HTTP (attacks.md 1–23)."""
import base64
import json
import os
import signal
import socket
import ssl
import statistics
import subprocess
import sys
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from attacks import CHROMIUM, EXTRA, FOREIGN, PATIENCE, Attacked, Local, connect, read_response, request, wait_for
from harness import BIN
from namespaces import can_isolate
from page import Response, Visit, frame, upgrade_head

LOOPBACKS = ("127.0.0.1", "::1")
HEAD_SECONDS = 5
NOBODY = 65534

# In a network of its own: strangers on some addresses, then the agent with its default ports; prints where it listens.
NEIGHBOURS = """
import json, os, socket, subprocess, sys, time
plan = json.loads(sys.argv[1])
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
strangers = []
for address, port in plan["taken"]:
    stranger = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "SO_REUSEPORT"):
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    stranger.bind((address, port))
    stranger.listen()
    strangers.append(stranger)
agent = subprocess.Popen(plan["command"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
while agent.poll() is None and not os.path.exists(plan["ports"]):
    time.sleep(0.01)
if agent.poll() is None:
    print(open(plan["ports"]).read())
    # Nobody can come in between afterwards.
    for port in json.loads(open(plan["ports"]).read()).values():
        for address in ("127.0.0.1", "0.0.0.0", "::1", "::"):
            late = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
            late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            late.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            try:
                late.bind((address, port))
                late.listen()
                print("stolen", address, port)
            except OSError:
                pass
    agent.terminate()
print(agent.wait(), agent.stderr.read())
"""


def upgrade_with(port, origin, *lines, **options):
    """The head of an upgrade in which these lines stand for those of the same names."""
    names = {line.partition(":")[0].lower() for line in lines}
    head = upgrade_head(port, origin, **options)
    return [line for line in head if line.partition(":")[0].lower() not in names] + list(lines)


def as_another_user(action):
    """What the function gives (text) in a process of another user; it need not be able to read a program's file."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writing, str(action()).encode())
        except Exception as error:  # the parent reports it
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    return said


def as_bytes(lines):
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class SlowHeads:
    """Connections, half of them for TLS, whose heads come byte by byte; one that was ended is opened again. Each is served once a second."""

    def __init__(self, agent, count):
        self._ports = [agent.wss if number % 2 else agent.ws for number in range(count)]
        self._sockets = [None] * count
        self._rounds = threading.Semaphore(0)
        self._is_over = False
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        self.next_round()
        return self

    def __exit__(self, *_):
        self._is_over = True
        self._thread.join()
        for sock in self._sockets:
            if sock:
                sock.close()

    def next_round(self):
        """Waits until all have been served once more."""
        while self._rounds.acquire(blocking=False):
            pass
        if not self._rounds.acquire(timeout=30):
            raise AssertionError("the slow heads have stopped")

    def _run(self):
        while not self._is_over:
            began = time.monotonic()
            for number, port in enumerate(self._ports):
                self._serve(number, port)
            self._rounds.release()
            time.sleep(max(0, began + 1 - time.monotonic()))

    def _serve(self, number, port):
        sock = self._sockets[number] or connect(port)
        begin, next_byte = (b"\x16\x03\x01", b"\x02") if number % 2 else (b"GET /v1/hello HTTP/1.1\r\n", b"X")
        try:
            sock.sendall(next_byte if self._sockets[number] else begin)
            self._sockets[number] = sock
        except OSError:  # the agent ended it
            sock.close()
            self._sockets[number] = None


def listening_sockets(pid):
    """(address, port) of every TCP socket of the process that listens, and how many UDP sockets it has."""
    inodes = set()
    for entry in os.listdir(f"/proc/{pid}/fd"):
        try:
            link = os.readlink(f"/proc/{pid}/fd/{entry}")
        except FileNotFoundError:
            continue
        if link.startswith("socket:["):
            inodes.add(link[8:-1])
    rows = []
    udp = 0
    for name in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]:
            words = line.split()
            if words[9] not in inodes:
                continue
            udp += name.startswith("udp")
            if words[3] == "0A":
                address, port = words[1].split(":")
                rows.append((address, int(port, 16)))
    return rows, udp


class Reach(Attacked):
    def test_01_bound_to_the_two_loopback_addresses_only(self):
        v4, v6 = "0100007F", "00000000000000000000000001000000"
        rows, udp = listening_sockets(self.agent.pid)
        self.assertEqual(sorted(rows), sorted((address, port) for address in (v4, v6) for port in (self.agent.ws, self.agent.wss)))
        self.assertEqual(udp, 0)
        # All of 127.0.0.0/8 is this computer, but only one of it is the agent.
        for address in ("127.0.0.2", "127.1.2.3"):
            with self.assertRaises(ConnectionRefusedError):
                connect(self.agent.ws, host=address)

    def test_02_the_same_policy_on_both_addresses_and_with_tls(self):
        for tls in (False, True):
            port = self.agent.wss if tls else self.agent.ws
            key = base64.b64encode(bytes(16)).decode()
            heads = {
                200: self.hello_head(port, self.origin),
                403: self.hello_head(port, FOREIGN),
                421: self.hello_head(port, self.origin, host=f"evil.example:{port}"),
                405: self.hello_head(port, self.origin, method="POST"),
                404: self.hello_head(port, self.origin, target="/v1/tokens"),
                426: self.hello_head(port, self.origin, target="/v1"),
                101: [line if "Key" not in line else f"Sec-WebSocket-Key: {key}" for line in upgrade_head(port, self.origin)],
            }
            for status, head in heads.items():
                answers = set()
                for host in LOOPBACKS:
                    with connect(port, self.agent.authority if tls else None, host=host) as sock:
                        sock.sendall(as_bytes(head))
                        answer = read_response(sock)
                    self.assertEqual(answer.status, status, (tls, host))
                    answers.add(("\n".join(answer.lines), answer.body))
                self.assertEqual(len(answers), 1, answers)

    def listening_beside(self, *taken, arguments=()):
        ports = self.stage.folder / "neighbour" / "ports"
        ports.parent.mkdir(exist_ok=True)
        ports.unlink(missing_ok=True)
        runtime = self.stage.folder / "neighbour"
        command = [BIN / "signet-agent", "--headless", "--config", self.stage.config, "--port-file", ports, "--askpass", self.stage.askpass]
        plan = {"taken": taken, "command": [str(part) for part in [*command, *arguments]], "ports": str(ports)}
        done = subprocess.run(["unshare", "--net", sys.executable, "-B", "-c", NEIGHBOURS, json.dumps(plan)], stdin=subprocess.DEVNULL,
                              env={**self.stage.environment, "XDG_RUNTIME_DIR": str(runtime)}, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("stolen", done.stdout)
        for path in sorted(runtime.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        runtime.rmdir()
        return done.stdout

    # That the page's library tells a stranger from the agent: tests/client/hostile_agent_test.mjs, doors_test.mjs.
    @unittest.skipUnless(can_isolate(), "a network of its own needs root")
    def test_03_port_of_a_stranger_gives_the_next_pair(self):
        beside = {
            (): (28617, 28618),
            (("127.0.0.1", 28617),): (28627, 28628),
            (("::1", 28617),): (28627, 28628),
            (("0.0.0.0", 28617),): (28627, 28628),
            (("::", 28617),): (28627, 28628),
            (("127.0.0.1", 28618),): (28627, 28628),
            (("127.0.0.1", 28617), ("::1", 28628)): (28637, 28638),
        }
        with ThreadPoolExecutor(1) as one:  # they share the place of their lock
            for taken, pair in beside.items():
                with self.subTest(taken):
                    out = one.submit(self.listening_beside, *taken).result()
                    self.assertEqual(json.loads(out.splitlines()[0]), {"ws": pair[0], "wss": pair[1]}, out)

    @unittest.skipUnless(can_isolate(), "a network of its own needs root")
    def test_03_all_ports_of_strangers_is_said_and_nothing_is_shared(self):
        out = self.listening_beside(*(("127.0.0.1", port) for port in (28617, 28627, 28637)))
        self.assertRegex(out, r"^[12] ")
        for port in ("28617", "28627", "28637"):
            self.assertIn(port, out)

    @unittest.skipUnless(os.geteuid() == 0, "another user needs root")
    def test_04_another_user_gets_no_answer(self):
        time.sleep(1.1)  # the log tells of one refusal a second
        seen = len(self.agent.log.read_text())
        for host in LOOPBACKS:
            for port in (self.agent.ws, self.agent.wss):
                for head in (self.hello_head(port, self.origin), upgrade_head(port, self.origin)):
                    for then_close in (False, True):
                        def attack(options={"host": host, "then_close": then_close}):
                            return self.exchange(port, as_bytes(head), **options)
                        self.assertEqual(as_another_user(attack), "b''")
        self.assertIn("another user", self.agent.log.read_text()[seen:])

    @unittest.skipUnless(os.geteuid() == 0, "another user needs root")
    def test_04_another_user_who_is_gone_before_he_is_looked_at(self):
        # A socket that nobody holds any more belongs to user 0 in the kernel's books, who is the agent's user here.
        head = as_bytes(self.hello_head(self.agent.ws, FOREIGN))
        time.sleep(1.1)
        seen = len(self.agent.log.read_text())
        self.agent.process.send_signal(signal.SIGSTOP)
        try:
            for host in LOOPBACKS:
                def attack(host=host):
                    with connect(self.agent.ws, host=host) as sock:
                        sock.sendall(head)
                    return "said"
                self.assertEqual(as_another_user(attack), "said")
        finally:
            self.agent.process.send_signal(signal.SIGCONT)
        wait_for(lambda: len(self.agent.log.read_text()) > seen, "the log")
        self.hello(self.agent.ws)
        self.assertNotIn("403", self.agent.log.read_text()[seen:])

    @unittest.skipUnless(os.geteuid() == 0, "another user needs root")
    def test_04_another_user_cannot_open_the_agents_own_socket(self):
        # Even where the folders on the way are open to him.
        socket_file = self.stage.runtime / "signet/agent.sock"
        self.assertEqual((socket_file.stat().st_mode & 0o777, socket_file.parent.stat().st_mode & 0o777), (0o600, 0o700))
        folders = (self.stage.folder, self.stage.runtime, socket_file.parent)
        for count in (2, 3):
            for folder in folders[:count]:
                folder.chmod(0o755)
            try:
                self.assertIn("PermissionError", as_another_user(lambda: Local(self.stage)))
            finally:
                for folder in folders:
                    folder.chmod(0o700)


class Names(Attacked):
    """Host and Origin."""

    def both(self, **options):
        """The statuses of hello and of the upgrade, over ws and wss, each answer without anything that tells."""
        statuses = set()
        for door in ("ws", "wss"):
            port = self.agent.ws if door == "ws" else self.agent.wss
            tls = None if door == "ws" else self.agent.authority
            for make in (self.hello_head, upgrade_head):
                settings = {key: value(port) if callable(value) else value for key, value in options.items()}
                origin = settings.pop("origin", self.origin)
                answer = request(port, make(port, origin, **settings), tls)
                statuses.add(answer.status)
                self.assert_tells_nothing(answer)
        return statuses

    def assert_tells_nothing(self, answer):
        text = "\n".join(answer.lines).lower()
        self.assertEqual(answer.body, b"")
        for word in ("access-control", "server:", "signet", "evil", "date"):
            self.assertNotIn(word, text)
        self.assertEqual(answer.fields["x-content-type-options"], "nosniff")
        self.assertTrue(answer.fields["content-security-policy"].startswith("default-src 'none'"))
        self.assertEqual(answer.fields["cross-origin-resource-policy"], "same-origin")

    # R45
    def test_05_foreign_host_with_matching_origin_is_421(self):
        for host in ("evil.example", "uc.example.test", "localhost.evil.example", "127.0.0.1.nip.io"):
            self.assertEqual(self.both(host=lambda port, host=host: f"{host}:{port}"), {421}, host)

    def test_06_every_spelling_of_the_host_but_three_is_refused(self):
        spellings = ["localhost", "127.0.0.1", "[::1]", "localhost.:{}", "LOCALHOST:{}", "127.1:{}", "127.0.1:{}", "2130706433:{}",
                     "0x7f000001:{}",
                     "0x7f.0.0.1:{}", "0177.0.0.1:{}", "0:{}", "0.0.0.0:{}", "127.0.0.2:{}", "[::ffff:127.0.0.1]:{}",
                     "[0:0:0:0:0:0:0:1]:{}", "[::]:{}",
                     "::1:{}", "127.0.0.1:{}@evil.example", "evil.example@127.0.0.1:{}", "user:pw@localhost:{}", "127.0.0.1:0{}",
                     "127.0.0.1:+{}",
                     "127.0.0.1:{}.", "127.0.0.1:{}/", "http://127.0.0.1:{}", "127.0.0.1:{},evil.example", "127.0.0.1: {}", "127.0.0.1:1",
                     "127.0.0.1:443", "localhost:", ":{}", "[::1%25lo]:{}", "[::1]:{}#", "127.0.0.1:{}?"]
        for spelling in spellings:
            with self.subTest(spelling):
                self.assertLessEqual(self.both(host=lambda port, text=spelling: text.format(port)), {400, 421})
        self.assertEqual(self.hello(self.agent.ws).status, 200)
        for host in ("127.0.0.1", "localhost", "[::1]"):
            answer = request(self.agent.ws, self.hello_head(self.agent.ws, self.origin, host=f"{host}:{self.agent.ws}"))
            self.assertEqual(answer.status, 200)
            # The name of one listener is not that of the other.
            answer = request(self.agent.ws, self.hello_head(self.agent.ws, self.origin, host=f"{host}:{self.agent.wss}"))
            self.assertEqual(answer.status, 421)

    def test_06_host_absent_doubled_or_in_the_target_is_refused(self):
        port, origin = self.agent.ws, f"Origin: {self.origin}"
        ours = f"Host: 127.0.0.1:{port}"
        heads = {
            "absent": ["GET /v1/hello HTTP/1.1", origin],
            "empty": ["GET /v1/hello HTTP/1.1", "Host:", origin],
            "twice the same": ["GET /v1/hello HTTP/1.1", ours, ours, origin],
            "ours, then another": ["GET /v1/hello HTTP/1.1", ours, "host: evil.example", origin],
            "another, then ours": ["GET /v1/hello HTTP/1.1", "HOST: evil.example", ours, origin],
            "absolute": [f"GET http://127.0.0.1:{port}/v1/hello HTTP/1.1", ours, origin],
            "absolute and foreign": ["GET http://evil.example/v1/hello HTTP/1.1", ours, origin],
            "network path": ["GET //evil.example/v1/hello HTTP/1.1", ours, origin],
            "asterisk": ["OPTIONS * HTTP/1.1", ours, origin],
            "authority": [f"CONNECT 127.0.0.1:{port} HTTP/1.1", ours, origin],
            "forwarded": ["GET /v1/hello HTTP/1.1", "Host: evil.example", f"X-Forwarded-Host: 127.0.0.1:{port}",
                          f"Forwarded: host=127.0.0.1:{port}", origin],
        }
        for name, head in heads.items():
            with self.subTest(name):
                self.assertIn(request(port, head).status, (400, 404, 421))

    # R45
    def test_07_rebound_get_without_origin_is_403_and_discloses_nothing(self):
        for host in ("rebound.example", "127.0.0.1"):
            self.assertEqual(self.both(origin=None, host=lambda port, host=host: f"{host}:{port}"), {403})

    # R45. Web page → bridge only with an Origin; a program of the desktop has the agent's own socket.
    def test_08_09_10_11_foreign_none_null_and_plain_http_are_403(self):
        for origin in (FOREIGN, None, "null", self.origin.replace("https", "http"), EXTRA.replace("https", "http"), "file://",
                       "about:blank", "data:",
                       f"http://127.0.0.1:{self.agent.ws}", f"https://localhost:{self.agent.wss}"):
            with self.subTest(origin):
                self.assertEqual(self.both(origin=origin), {403})

    # R45
    def test_12_nearly_the_allowed_origin_is_403(self):
        spellings = ["https://evil-uc.example.test", "https://uc.example.test.evil.example", "https://uc.example.testevil.example",
                     "https://uc.example.tes",
                     "https://c.example.test", "https://sub.uc.example.test", "https://uc.example.test:443", "https://uc.example.test:8443",
                     "https://uc.example.test:", "https://uc.example.test@evil.example", "https://user@uc.example.test",
                     "https://UC.example.test",
                     "HTTPS://uc.example.test", "https://uc.example.test/", "https://uc.example.test.", "https://uc.example.test/x",
                     "https://uc.example.test https://evil.example", "https://evil.example https://uc.example.test",
                     "https://uc.example.test, https://evil.example",
                     "https://uc.example.test,https://uc.example.test", "https://uc.example.test;", "https://uc.example.test#",
                     "https://uc.example.test?",
                     "https://uc.example.test%00", "https://uc.example.test\\", "https:\\\\uc.example.test", "https:uc.example.test",
                     "//uc.example.test",
                     "uc.example.test", "https://uc\x80example.test", "https://uc.example.test\xa0", "", "wss://uc.example.test",
                     "view-source:https://uc.example.test"]
        for spelling in spellings:
            with self.subTest(spelling):
                self.assertEqual(self.both(origin=spelling), {403})

    def test_12_two_origin_lines_are_403_in_any_order_and_case(self):
        for first, second in ((EXTRA, FOREIGN), (FOREIGN, EXTRA), (EXTRA, EXTRA), ("", EXTRA), (EXTRA, "null")):
            for name in ("Origin", "origin", "ORIGIN"):
                with self.subTest(first=first, second=second, name=name):
                    self.assertEqual(self.both(origin=first, extra=(f"{name}: {second}",)), {403})

    def test_13_referer_and_the_like_are_no_origin(self):
        for field in (f"Referer: {EXTRA}/", f"Sec-WebSocket-Origin: {EXTRA}", f"X-Origin: {EXTRA}", "Sec-Fetch-Site: same-origin",
                      f"Origin-: {EXTRA}"):
            self.assertEqual(self.both(origin=None, extra=(field,)), {403})
        # And none of these speaks against one that is allowed.
        head = self.hello_head(self.agent.ws, EXTRA, extra=(f"Referer: {FOREIGN}/",))
        self.assertEqual(request(self.agent.ws, head).status, 200)

    # tests/agent/configuration_test.cpp has all the values; here: the agent does not start.
    def test_14_wildcard_in_the_configuration_is_refused_at_start(self):
        for key, value in (("issuer", "https://*.example.test"), ("bridge.extra-origin", "*"),
                           ("bridge.extra-origin", "https://*.example.test"),
                           ("bridge.extra-origin", "null"), ("bridge.extra-origin", "http://uc.example.test"),
                           ("webeid-origin", "https://*")):
            with self.subTest(f"{key} = {value}"):
                config = self.stage.folder / "wild.conf"
                config.write_text(f"# one\n{key} = {value}\n")
                done = subprocess.run([BIN / "signet-agent", "--headless", "--port", "0", "--config", config], env=self.stage.environment,
                                      capture_output=True, text=True, timeout=30)
                config.unlink()
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(f"{config}:2:", done.stderr)

    def test_15_extension_is_let_in_by_its_exact_id_and_only_at_the_agents_own_socket(self):
        self.assertEqual(self.both(origin=CHROMIUM.rstrip("/")), {403})
        self.assertEqual(self.both(origin="moz-extension://0f8c2a3e-1111-4222-8333-444455556666"), {403})

        def opening(extension, origin):
            with Local(self.stage) as local:
                local.say(json.dumps({"door": "extension", "extension": extension, "origin": origin}))
                return json.loads(local.hear())
        for extension in (CHROMIUM, "agent@signet.org"):
            self.assertEqual(opening(extension, EXTRA), {"ok": True})
            for origin in (FOREIGN, "null", "", EXTRA + "/", EXTRA.upper()):
                self.assertEqual(opening(extension, origin), {"ok": False, "code": "origin_not_allowed"}, origin)
        for extension in (CHROMIUM.rstrip("/"), CHROMIUM + "x", CHROMIUM.upper(), CHROMIUM.replace("chrome", "moz"), CHROMIUM[:-2] + "b/",
                          "", "*",
                          "agent@signet.org ", "Agent@signet.org", "x-agent@signet.org", "chrome-extension://"):
            self.assertEqual(opening(extension, EXTRA), {"ok": False, "code": "origin_not_allowed"}, extension)

    # A frame has its own origin and so is the allowed page, whoever embeds it: its login is of no use without the cookie that the browser
    # keeps from frames of other sites, and the platform's pages do not let themselves be framed.
    def test_16_allowed_page_in_a_foreign_iframe_gains_nothing(self):
        self.is_untouched = False
        visit = Visit(self.platform)
        with self.page() as page:
            handoff = page.login(self.platform.issuer, visit.challenge_id)["result"]["handoff"]
        body = {"challenge_id": visit.challenge_id, "handoff": handoff}
        for headers in ({"Origin": self.origin}, {"Origin": FOREIGN}, {"Origin": "null"}, {"Origin": FOREIGN, "Cookie": visit.cookie}):
            status, _, answer = self.platform.request("POST", "/login/complete", body, headers)
            self.assertGreaterEqual(status, 400, (headers, answer))
        self.assertEqual(visit.complete(handoff)[0], 200)
        status, headers, _ = self.platform.request("POST", "/login/challenges", {"purpose": "login"}, {"Origin": self.origin})
        self.assertRegex(headers["Set-Cookie"], r"^__Host-.*SameSite=Lax")
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])


class Http(Attacked):
    def test_17_any_method_but_get_is_405(self):
        port = self.agent.ws
        for method in ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "Get", "FOO", "M-SEARCH",
                       "x" * 40):
            for target in ("/v1/hello", "/v1"):
                with self.subTest(method=method, target=target):
                    answer = request(port, self.hello_head(port, self.origin, method=method, target=target))
                    self.assertEqual((answer.status, answer.body), (405, b""))
                    self.assertEqual(answer.fields["allow"], "GET")
                    # Whose origin is foreign does not learn even that.
                    self.assertEqual(request(port, self.hello_head(port, FOREIGN, method=method, target=target)).status, 403)
        # A simple POST, as a form of any page can send it: with the origin of that page, and then with an allowed one.
        body = "Content-Length: 2\r\nContent-Type: text/plain\r\n\r\n{}"
        self.assertEqual(Response(self.exchange(port,
                                                "\r\n".join([*self.hello_head(port, self.origin, method="POST"), body]).encode())).status,
                         400)

    def test_18_other_paths_are_404_and_long_ones_414(self):
        port = self.agent.ws
        for target in ("/", "/v1/", "/v2", "/v1/hello/", "/v1/hello?", "/v1?x=1", "/v1/hello#x", "//v1/hello", "/./v1/hello",
                       "/v1/../v1/hello", "/v1/%68ello",
                       "/%76%31", "/V1/HELLO", "/v1/hello%00", "/v1/hello;x", "/v1\\hello", "/.well-known/", "/favicon.ico", "/v1/open",
                       "/v1/open/",
                       "/v1/open/" + "A" * 43, "/v1/open/../hello", "/v1/\xff"):
            with self.subTest(target):
                self.assertEqual(request(port, self.hello_head(port, self.origin, target=target)).status, 404)
                self.assertEqual(request(port, self.hello_head(port, FOREIGN, target=target)).status, 403)
        for size in (257, 4000, 7000, 9000, 100_000):
            with self.subTest(size):
                data = as_bytes(self.hello_head(port, self.origin, target="/" + "a" * (size - 1)))
                self.assertEqual(Response(self.exchange(port, data)).status, 414)

    # What sends the user's own browser on after a login from the tray is a secret that is used once.
    def test_18_hand_off_cannot_be_guessed_or_asked_for_by_a_page(self):
        port = self.agent.ws
        for ticket in ("A" * 43, "", "A" * 42, "A" * 44, "../hello", "%41" * 43, "A" * 200):
            answer = request(port, self.hello_head(port, None, target=f"/v1/open/{ticket}"))
            self.assertEqual((answer.status, "location" in answer.fields), (403, False))
            self.assertEqual(request(port, self.hello_head(port, None, target=f"/v1/open/{ticket}", host=f"evil.example:{port}")).status,
                             421)

    def test_19_preflight_allows_nothing_to_a_foreign_origin(self):
        port = self.agent.ws
        asking = ("Access-Control-Request-Method: GET", "Access-Control-Request-Headers: authorization",
                  "Access-Control-Request-Private-Network: true")
        for origin in (FOREIGN, "null", None):
            answer = request(port, self.hello_head(port, origin, method="OPTIONS", extra=asking))
            self.assertEqual(answer.status, 403)
            self.assertFalse([name for name in answer.fields if name.startswith("access-control")])
        for origin in (self.origin, EXTRA):
            answer = request(port, self.hello_head(port, origin, method="OPTIONS", extra=asking))
            allowed = {name: value for name, value in answer.fields.items() if name.startswith("access-control")}
            self.assertEqual((answer.status, allowed), (204, {"access-control-allow-origin": origin, "access-control-allow-methods": "GET",
                                                              "access-control-allow-private-network": "true"}))
            self.assertEqual(answer.fields["vary"], "Origin")
            hello = request(port, self.hello_head(port, origin))
            self.assertEqual((hello.fields["access-control-allow-origin"], hello.fields["vary"]), (origin, "Origin"))
            self.assertNotIn("access-control-allow-credentials", hello.fields)
        for method in ("POST", "PUT", "get", "*", "GET, POST"):
            answer = request(port, self.hello_head(port, self.origin, method="OPTIONS",
                                                   extra=(f"Access-Control-Request-Method: {method}",)))
            self.assertEqual(answer.status, 405)

    def test_20_nothing_is_reflected_and_every_answer_is_inert(self):
        port, marker = self.agent.ws, "rEfLeCt<script>"
        heads = [self.hello_head(port, self.origin, target=f"/{marker}"), self.hello_head(port, f"https://{marker}"),
                 self.hello_head(port, self.origin, host=f"{marker}:{port}"),
                 self.hello_head(port, self.origin, extra=(f"X-A: {marker}", f"Cookie: {marker}")),
                 upgrade_head(port, self.origin, protocol=marker), upgrade_head(port, self.origin, protocol=f"signet.v1, {marker}"),
                 upgrade_head(port, self.origin, extra=(f"Sec-WebSocket-Extensions: {marker}",)),
                 self.hello_head(port, self.origin, method=marker[:7])]
        for head in heads:
            answer = request(port, head)
            text = "\n".join(answer.lines).encode() + answer.body
            self.assertNotIn(marker.lower().encode(), text.lower())
            if answer.status == 101:
                self.assertEqual(answer.fields["sec-websocket-protocol"], "signet.v1")
                continue
            self.assertEqual((answer.fields["x-content-type-options"], answer.fields["cross-origin-resource-policy"]),
                             ("nosniff", "same-origin"))
            self.assertTrue(answer.fields["content-security-policy"].startswith("default-src 'none'"))
            self.assertEqual(answer.fields["cache-control"], "no-store")
            self.assertNotIn("set-cookie", answer.fields)

    def test_21_answers_to_a_foreign_origin_do_not_differ_by_token(self):
        def answers():
            found = set()
            times = []
            for _ in range(40):
                began = time.perf_counter()
                found.add(self.exchange(self.agent.ws, as_bytes(self.hello_head(self.agent.ws, FOREIGN))))
                times.append(time.perf_counter() - began)
            return found, statistics.median(times)
        with_token, slow = answers()
        away = self.stage.tokens.with_name("away")
        self.stage.tokens.rename(away)
        self.stage.tokens.mkdir(mode=0o700)
        without, fast = answers()
        self.stage.tokens.rmdir()
        away.rename(self.stage.tokens)
        self.assertEqual(with_token, without)
        self.assertEqual(len(with_token), 1)
        # That no call of the token was made is what tearDown sees; the times may differ by the machine's own noise alone.
        self.assertLess(max(slow, fast), 4 * min(slow, fast) + 0.02 * PATIENCE)

    def until_answer(self, feed, tls=None, port=None):
        """(seconds, answer) of a connection to which `feed` says something again and again."""
        began = time.monotonic()
        with connect(port or self.agent.ws, tls) as sock:
            sock.settimeout(0.1)
            heard = b""
            for data in feed:
                try:
                    if data:
                        sock.sendall(data)
                    more = sock.recv(65536)
                    if not more:
                        break
                    heard += more
                except TimeoutError:
                    pass
                except OSError:
                    break
                if time.monotonic() - began > 6 * HEAD_SECONDS:
                    break
        return time.monotonic() - began, heard

    # R47
    def test_22_slow_endless_and_silent_heads_end_in_time_at_little_cost(self):
        def forever(data):
            while True:
                yield data

        def one_by_one(data):
            for byte in data:
                yield bytes([byte])
            yield from forever(b"")

        start = as_bytes(self.hello_head(self.agent.ws, self.origin))[:-2]
        secret = as_bytes(self.hello_head(self.agent.wss, self.origin))[:-2]
        hello = bytes.fromhex("1603010200010001fc0303")  # a ClientHello that does not go on
        attacks = {
            "silent": (forever(b""), {}, None), "byte by byte": (one_by_one(start * 9), {}, 408),
                   "without end": (forever(b"X-A: b\r\n"), {}, None),
            "half a head": (iter([start, *[b""] * 999]), {}, 408),
                   "after tls": (iter([secret, *[b""] * 999]), {"tls": self.agent.authority, "port": self.agent.wss}, 408),
            "silent tls": (forever(b""), {"port": self.agent.wss}, None),
                   "half a ClientHello": (iter([hello, *[b""] * 999]), {"port": self.agent.wss}, None),
            "ClientHello byte by byte": (one_by_one(hello * 9), {"port": self.agent.wss}, None),
        }
        cpu = self.cpu()
        with ThreadPoolExecutor(len(attacks)) as all_at_once:
            running = {name: all_at_once.submit(self.until_answer, feed, **options) for name, (feed, options, _) in attacks.items()}
            for name, future in running.items():
                with self.subTest(name):
                    seconds, heard = future.result()
                    self.assertLess(seconds, HEAD_SECONDS + 1.5 * PATIENCE)
                    if attacks[name][2]:
                        self.assertEqual(Response(heard).status, attacks[name][2])
        self.assertLess(self.cpu() - cpu, 1.0 * PATIENCE)

    # R47
    def test_22_header_floods_and_endless_lines_are_431_and_414_at_once(self):
        port = self.agent.ws
        start = f"GET /v1/hello HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {self.origin}\r\n".encode()
        floods = {"one long field": (start + b"X-A: " + b"a" * 100_000, 431), "many fields": (start + b"X-A: b\r\n" * 20_000, 431),
                  "fields without a value": (start + b"a:\r\n" * 5_000, 431), "a long name": (start + b"a" * 100_000, 431),
                  "many hosts": (start + f"Host: 127.0.0.1:{port}\r\n".encode() * 5_000, 431),
                  "endless target": (b"GET /" + b"a" * 100_000, 414),
                  "endless method": (b"G" * 100_000, None), "spaces": (b"GET" + b" " * 100_000, None),
                  "line ends": (b"\r\n" * 50_000, None),
                  "zeros": (bytes(100_000), 400)}
        cpu = self.cpu()
        for name, (data, status) in floods.items():
            with self.subTest(name):
                began = time.monotonic()
                answer = Response(self.exchange(port, data))
                self.assertLess(time.monotonic() - began, 2 * PATIENCE)
                self.assertEqual(answer.body, b"")
                self.assertIn(answer.status, (status,) if status else (400, 414, 431))
        self.assertLess(self.cpu() - cpu, 1.0 * PATIENCE)

    # R47
    def test_22_thousand_slow_heads_do_not_keep_a_login_out(self):
        self.is_untouched = False  # there are honest logins

        def attack():
            with SlowHeads(self.agent, 1000) as heads:
                for door in ("ws", "wss") * 2:
                    began = time.monotonic()
                    self.assertEqual(self.hello(self.agent.ws).status, 200)
                    self.assertLess(time.monotonic() - began, 0.3 * PATIENCE)
                    began = time.monotonic()
                    self.log_in(door)
                    self.assertLess(time.monotonic() - began, 2 * PATIENCE)
                    heads.next_round()
                self.assertLessEqual(self.descriptors(), self.resting + 40)
        self.assert_flat(attack)

    def test_22_half_closed_connections_are_answered_and_end(self):
        port = self.agent.ws
        for data, status in ((as_bytes(self.hello_head(port, self.origin)), 200), (as_bytes(self.hello_head(port, FOREIGN)), 403),
                             (as_bytes(upgrade_head(port, self.origin)), 101), (b"GET /v1/hel", None), (b"", None)):
            began = time.monotonic()
            heard = self.exchange(port, data, then_close=True)
            self.assertLess(time.monotonic() - began, 3 * PATIENCE)
            self.assertEqual(Response(heard).status if heard else None, status)

    def test_23_bad_upgrades_are_refused(self):
        port = self.agent.ws
        key, version, key_of_zeros = "Sec-WebSocket-Key:", "Sec-WebSocket-Version:", base64.b64encode(bytes(16)).decode()
        cases = {
            (): 101, (f"{key} {key_of_zeros}",): 101, (version,): 426, (f"{version} 8",): 426, (f"{version} 013",): 426,
            (f"{version} 13, 8",): 426, (f"{version} 14",): 426,
            (f"{version} 13", f"{version} 13"): 400, (f"{version} 13", f"{version} 8"): 400, (key,): 400, (f"{key} AAAA",): 400,
            (f"{key} {'A' * 400}==",): 400,
            (f"{key} {'!' * 24}",): 400, (f"{key} {key_of_zeros}", f"{key} {key_of_zeros}"): 400,
            (f"{key} {base64.b64encode(bytes(15)).decode()}",): 400,
            ("Upgrade:",): 426, ("Upgrade: h2c",): 426, ("Upgrade: websocket", "Upgrade: h2c"): 400, ("Upgrade: websockets",): 426,
            ("Connection: close",): 426,
            ("Connection:",): 426, ("Connection: upgraded",): 426, ("Sec-WebSocket-Protocol:",): 400,
            ("Sec-WebSocket-Protocol: signet.v2",): 400,
            ("Sec-WebSocket-Protocol: signet.v1x",): 400, ("Transfer-Encoding: chunked",): 400, ("Content-Length: 5",): 400,
        }
        for lines, status in cases.items():
            with self.subTest(lines):
                answer = request(port, upgrade_with(port, self.origin, *lines))
                self.assertEqual((answer.status, answer.body), (status, b""))
                self.assert_ours(answer)
        for name in ("sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol", "connection", "upgrade"):
            answer = request(port, upgrade_head(port, self.origin, drop=(name,)))
            self.assertEqual(answer.status, 426 if name in ("sec-websocket-version", "connection", "upgrade") else 400)
            self.assert_ours(answer)

    def assert_ours(self, answer):
        """No library answered in our place, or signed with its name and version."""
        self.assertIn(answer.fields.get("server"), (None, "signet"))
        if answer.status != 101:
            self.assertEqual(answer.fields["x-content-type-options"], "nosniff")

    def test_23_what_browsers_write_in_other_ways_is_let_in(self):
        port = self.agent.ws
        lower = [line if number == 0 else line.partition(":")[0].lower() + ":" + line.partition(":")[2] for number,
                 line in enumerate(upgrade_head(port, self.origin))]
        for head in (lower, [line.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade")
                             for line in upgrade_head(port, self.origin)],
                     [line.replace("Connection: Upgrade", "Connection:   UPGRADE  ,  keep-alive")
                      for line in upgrade_head(port, self.origin)],
                     [line.replace("websocket", "WebSocket") if line.startswith("Upgrade") else line
                      for line in upgrade_head(port, self.origin)],
                     upgrade_head(port, self.origin, protocol="chat, signet.v1"),
                     upgrade_head(port, self.origin, extra=("Content-Length: 0",))):
            self.assertEqual(request(port, head).status, 101, head)
        # Several lines are one list.
        for lines in (("Connection: keep-alive", "Connection: Upgrade"), ("Connection: Upgrade", "Connection: keep-alive"),
                      ("Sec-WebSocket-Protocol: chat", "Sec-WebSocket-Protocol: signet.v1"), ("Upgrade: h2c, websocket",)):
            answer = request(port, upgrade_with(port, self.origin, *lines))
            self.assertEqual(answer.status, 101)
            self.assert_ours(answer)

    def test_23_smuggled_requests_get_one_refusal(self):
        port = self.agent.ws
        hello = as_bytes(self.hello_head(port, self.origin))
        start = hello[:-2]
        evil = as_bytes(self.hello_head(port, FOREIGN))
        upgrade = as_bytes(upgrade_head(port, self.origin))
        cases = {
            "pipelined": hello + hello, "pipelined foreign": evil + hello,
                 "frames with the head": upgrade + frame(b'{"jsonrpc":"2.0","id":1,"method":"hello","params":{}}'),
            "close with the head": upgrade + frame(b"", opcode=8), "body": start + b"Content-Length: 5\r\n\r\nhello",
            "body later": start + b"Content-Length: 5\r\n\r\n", "chunked": start + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hello,
            "both": start + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hello,
                 "obscured": start + b"Transfer-Encoding: xchunked\r\n\r\n",
            "space before the colon": start + b"Transfer-Encoding : chunked\r\n\r\n",
                 "tab before the colon": start + b"Content-Length\t: 5\r\n\r\nhello",
            "two lengths": start + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
                 "lengths in one": start + b"Content-Length: 0, 0\r\n\r\n",
            "signed length": start + b"Content-Length: +0\r\n\r\n", "negative length": start + b"Content-Length: -1\r\n\r\n",
                 "hexadecimal": start + b"Content-Length: 0x0\r\n\r\n",
            "huge length": start + b"Content-Length: 99999999999999999999999\r\n\r\n", "zero byte": start + b"X-A: a\0b\r\n\r\n",
                 "cr alone": start + b"X-A: a\rb: c\r\n\r\n",
            "lf alone": start.replace(b"\r\n", b"\n") + b"\n", "no colon": start + b"nonsense\r\n\r\n", "no name": start + b": x\r\n\r\n",
            "fold before": b"GET /v1/hello HTTP/1.1\r\n Host: x\r\n\r\n", "no version": b"GET /v1/hello\r\n\r\n", "http/0.9": b"GET /\r\n",
            "http/1.0": hello.replace(b"HTTP/1.1", b"HTTP/1.0"), "http/1.2": hello.replace(b"HTTP/1.1", b"HTTP/1.2"),
                 "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "two spaces": hello.replace(b"GET /", b"GET  /"), "tab": hello.replace(b"GET /", b"GET\t/"),
                 "lower case http": hello.replace(b"HTTP", b"http"),
            "control in the target": hello.replace(b"/hello", b"/hel\x01lo"),
                 "tls on the plain port": bytes.fromhex("160301020001") + bytes(64),
        }
        for name, data in cases.items():
            with self.subTest(name):
                heard = self.exchange(port, data)
                self.assertLessEqual(heard.count(b"HTTP/1.1 "), 1)
                if heard:
                    self.assertIn(Response(heard).status, (400, 403))
                    self.assertNotIn(b'"agent"', heard)
                else:
                    self.assertIn(name, ("http/0.9",))

    def test_23_plain_http_on_the_tls_port_and_a_wrong_server_name_get_nothing(self):
        self.assertNotIn(b"HTTP/", self.exchange(self.agent.wss, as_bytes(self.hello_head(self.agent.wss, self.origin))))
        context = ssl.create_default_context(cafile=str(self.agent.authority))
        with self.assertRaises(ssl.SSLCertVerificationError), socket.create_connection(("127.0.0.1", self.agent.wss), timeout=10) as raw:
            context.wrap_socket(raw, server_hostname="uc.example.test")


if __name__ == "__main__":
    unittest.main(verbosity=2)
