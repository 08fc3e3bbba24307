# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Servers on loopback that stand in for the platform or before it."""
import http.client
import http.server
import socket
import ssl
import threading


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class TlsServer:
    """HTTPS on loopback whose answers are a function of (method, path, headers, body) → (status, headers, body) | None (drop)."""

    def __init__(self, pki, answer, certificate="tls.crt", key="tls.key"):
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
        context.load_cert_chain(pki.path(certificate), pki.path(key))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_port
        self.issuer = f"https://localhost:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Front:
    """A TLS front of the platform with the platform's own certificate, that can hold a request, lose an answer after the platform
    gave it, or answer in its place."""

    def __init__(self, pki, inner_port):
        self.pki = pki
        self.inner_port = inner_port
        self.before = {}  # (method, path) → what to do before it goes on, once
        self.lose = {}  # (method, path) → what to do when its answer is there, which is lost
        self.change = {}  # (method, path) → the answer in its place, as TlsServer takes it
        self.server = TlsServer(pki, self.forward)
        self.port = self.server.port

    def forward(self, method, path, headers, body):
        action = self.before.pop((method, path), None)
        if action:
            action()
        changed = self.change.get((method, path))
        if changed:
            return changed(method, path, headers, body)
        kept = {k: v for k, v in headers.items() if k.lower() not in ("connection", "host", "content-length")}
        context = ssl.create_default_context(cafile=str(self.pki.path("tls-ca.pem")))
        connection = http.client.HTTPSConnection("localhost", self.inner_port, context=context, timeout=20)
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
