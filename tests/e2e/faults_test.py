# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What stands between agent and platform fails in every way; nothing is signed for it, and a login is whole or not at all."""
import http.client
import http.server
import json
import socket
import ssl
import threading
import unittest

from harness import LIB, SOFTHSM, Pki, Stage

SPY = LIB / "libsignet-spy-module.so"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class TlsServer:
    """HTTPS on loopback whose answers are a function of (method, path, headers, body) → (status, headers, body) | None (drop)."""

    def __init__(self, answer, certificate="tls.crt", key="tls.key"):
        outer = self
        self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.requests.append((self.command, self.path))
                reply = answer(self.command, self.path, self.headers, body)
                if reply is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, headers, content = reply
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                try:
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True

            do_GET = do_POST = do_DELETE = handle_any

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(PKI.path(certificate), PKI.path(key))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_port
        self.issuer = f"https://localhost:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Hostile(unittest.TestCase):
    """attacks.md 52: http, redirects, wrong names are refused, answers are capped; each has its own cause."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.spy_log = self.stage.folder / "spy.log"
        self.stage.environment.update({"SIGNET_SPY_TARGET": SOFTHSM, "SIGNET_SPY_LOG": str(self.spy_log)})
        self.stage.add_token("lock", "enterprise-p256")

    def login_at(self, answer, **options):
        server = TlsServer(answer, **options)
        self.addCleanup(server.close)
        self.stage.configure(server.issuer, modules=(SPY,))
        result = self.stage.login(server)
        calls = self.spy_log.read_text() if self.spy_log.exists() else ""
        self.assertNotIn("C_Sign", calls)
        self.assertNotIn("C_Login", calls)
        self.assertEqual(self.stage.prompts(), [])
        return result

    def test_wrong_name(self):
        answer = self.login_at(lambda *_: (200, {}, b"{}"), certificate="tls-wrong-name.crt", key="tls-wrong-name.key")
        self.assertEqual((answer.status, answer.code, answer.reason), (7, "platform_tls", "tls_name_mismatch"), answer)

    def test_other_root(self):
        answer = self.login_at(lambda *_: (200, {}, b"{}"), certificate="tls-other-root.crt", key="tls-other-root.key")
        self.assertEqual((answer.status, answer.code, answer.reason), (7, "platform_tls", "tls_untrusted"), answer)

    def test_redirect(self):
        answer = self.login_at(lambda *_: (302, {"Location": "https://localhost/"}, b""))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "redirect_refused"), answer)

    def test_ten_megabytes(self):
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, b" " * 10_000_000))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "answer_too_large"), answer)

    def test_garbage(self):
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, b"\xff\xfe{{{"))
        self.assertEqual((answer.code, answer.reason), ("platform_error", "answer_malformed"), answer)

    def test_slow_answer(self):
        released = threading.Event()
        self.addCleanup(released.set)
        answer = self.login_at(lambda *_: released.wait(60) and None)
        self.assertEqual((answer.status, answer.code), (7, "timeout"), answer)

    def test_another_issuer_in_the_metadata(self):
        metadata = json.dumps({"issuer": "https://uc.example.test", "api": 1}).encode()
        answer = self.login_at(lambda *_: (200, {"Content-Type": "application/json"}, metadata))
        self.assertEqual(answer.code, "platform_error", answer)

    def test_nobody_listens(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            issuer = f"https://localhost:{s.getsockname()[1]}"
        self.stage.configure(issuer, modules=(SPY,))
        answer = self.stage.signet("login", "--issuer", issuer, "--askpass", self.stage.askpass, "--json")
        self.assertEqual((answer.status, answer.code), (7, "platform_unreachable"), answer)

    def test_plain_http_issuer_is_a_configuration_error(self):
        self.stage.configure("http://localhost:1", modules=(SPY,))
        answer = self.stage.signet("config", "check")
        self.assertEqual(answer.status, 2, answer)
        self.assertIn(f"{self.stage.config}:1:", answer.err)


class Front:
    """A TLS front of the platform with the platform's own certificate, that can lose an answer after the platform gave it."""

    def __init__(self, platform):
        self.platform = platform
        self.lose = {}  # path → what to do when its answer is there
        self.server = TlsServer(self.forward)
        self.port = self.server.port

    def forward(self, method, path, headers, body):
        kept = {k: v for k, v in headers.items() if k.lower() not in ("connection", "host", "content-length")}
        context = ssl.create_default_context(cafile=str(PKI.path("tls-ca.pem")))
        connection = http.client.HTTPSConnection("localhost", self.platform.port, context=context, timeout=20)
        try:
            connection.request(method, path, body or None, kept)
            response = connection.getresponse()
            content = response.read()
        except OSError:
            return None
        finally:
            connection.close()
        action = self.lose.pop((method, path), None)
        if action:
            action()
            return None
        kept = {k: v for k, v in response.headers.items() if k.lower() not in ("connection", "content-length", "transfer-encoding")}
        return response.status, kept, content


class HalfWay(unittest.TestCase):
    """R55: the link or the platform dies at each step; logged in once or not at all."""

    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.inner_port = s.getsockname()[1]
        self.stage.add_token("lock", "enterprise-p256")

    def start(self):
        """The platform believes in the front's address; the front's port is known first."""
        holder = type("Holder", (), {"port": self.inner_port})()
        self.front = Front(holder)
        self.addCleanup(self.front.server.close)
        self.platform = self.stage.start_platform(port=self.inner_port, public_port=self.front.port)
        self.stage.configure(self.front.server.issuer)

    def restart(self):
        self.platform.kill()
        self.platform.start()

    def test_platform_killed_between_commit_and_answer(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        self.front.lose[("POST", "/agent/v1/logins")] = self.restart
        answer = self.stage.login(self.front.server)
        self.assertEqual(answer.status, 0, answer)
        self.assertEqual(self.front.lose, {})
        status, _, who = self.platform.session(answer.document["session"])
        self.assertEqual((status, who["account"]["kind"]), (200, "enterprise"))
        self.assertEqual(len(self.stage.prompts("pin")), 2)

    def test_platform_killed_after_it_made_the_session(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        self.front.lose[("POST", "/login/complete")] = self.restart
        answer = self.stage.login(self.front.server)
        self.assertEqual(answer.status, 0, answer)
        status, _, _ = self.platform.session(answer.document["session"])
        self.assertEqual(status, 200)

    def test_platform_gone_before_the_relay_leaves_no_login(self):
        self.start()
        self.assertEqual(self.stage.register(self.front.server).status, 0)
        killer = self.stage.folder / "killer"
        killer.write_text(f'#!/bin/sh\nkill -9 {self.platform.process.pid}\nexec {self.stage.askpass} "$1"\n')
        killer.chmod(0o700)
        answer = self.stage.login(self.front.server, askpass=killer)
        self.assertEqual((answer.status, answer.code), (7, "platform_unreachable"), answer)
        self.platform.process.wait()
        self.platform.start()
        self.assertEqual(self.stage.login(self.front.server).status, 0)
        self.assertEqual(len(self.platform.logins()), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
