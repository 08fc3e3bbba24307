# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A CA's public side on loopback: OpenSSL's OCSP responder behind a small HTTP server, and a server for the CRL."""
import http.server
import socket
import subprocess
import tempfile
import threading
from pathlib import Path


class LoopbackServer:
    """HTTP on a free port of 127.0.0.1; answer(method, body) gives bytes, or None for 503."""

    def __init__(self, path, content_type):
        self.is_paused = False
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                content = None if outer.is_paused else outer.answer(body)
                if content is None:
                    self.send_error(503)
                    return
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = handle_any

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}{path}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, body):
        raise NotImplementedError

    def pause(self):
        self.is_paused = True

    def resume(self):
        self.is_paused = False

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class OcspResponder(LoopbackServer):
    """openssl ocsp over the test PKI's index. Its own -port would listen on every address of the machine."""

    def __init__(self):
        super().__init__("/ocsp", "application/ocsp-response")
        self.pki = None

    def answer(self, body):
        with tempfile.TemporaryDirectory() as folder:
            request, response = Path(folder) / "request", Path(folder) / "response"
            request.write_bytes(body)
            subprocess.run(
                ["openssl", "ocsp", "-index", self.pki.path("index.txt"), "-rsigner", self.pki.path("ocsp/responder-p256.crt"),
                 "-rkey", self.pki.path("ocsp/responder-p256.key"), "-CA", self.pki.path("ca/issuing-p256.crt"),
                 "-nmin", "60", "-reqin", request, "-respout", response],
                check=True, stdin=subprocess.DEVNULL, capture_output=True)
            return response.read_bytes()


class CrlServer(LoopbackServer):
    def __init__(self):
        super().__init__("/ca.crl", "application/pkix-crl")
        self.pki = None

    def answer(self, body):
        return self.pki.path("crl/p256.crl").read_bytes()


def describe_without_ocsp(trust, crl):
    """Descriptions that point every CA's OCSP at a closed port, so that the CRL decides."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        closed = s.getsockname()[1]
    for pem in trust.glob("*.pem"):
        pem.with_suffix(".conf").write_text(f"ocsp-url = http://127.0.0.1:{closed}/\ncrl-url = {crl.url}\n")
