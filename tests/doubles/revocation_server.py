#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""An HTTP server on loopback for revocation tests.

    revocation_server.py FOLDER

prints its port and serves until its standard input ends: GET /files/NAME gives a file of FOLDER, POST /ocsp is
answered by `openssl ocsp` with FOLDER's index.txt, ca.pem, responder.pem and responder.key; the other paths misbehave.
"""
import http.server
import os
import subprocess
import sys
import tempfile
import threading

FOLDER = sys.argv[1]
ENDED = threading.Event()


def ocsp_answer(request):
    with tempfile.TemporaryDirectory() as scratch:
        question = os.path.join(scratch, "request.der")
        answer = os.path.join(scratch, "answer.der")
        with open(question, "wb") as file:
            file.write(request)
        subprocess.run(
            ["openssl", "ocsp", "-index", f"{FOLDER}/index.txt", "-CA", f"{FOLDER}/ca.pem",
             "-rsigner", f"{FOLDER}/responder.pem", "-rkey", f"{FOLDER}/responder.key", "-nmin", "60",
             "-reqin", question, "-respout", answer],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(answer, "rb") as file:
            return file.read()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, content_type="application/pkix-crl", status=200, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"] != "application/ocsp-request":
            self.answer(b"", status=415)
        elif self.path == "/ocsp":
            self.answer(ocsp_answer(body), "application/ocsp-response")
        elif self.path == "/ocsp-as-html":
            self.answer(ocsp_answer(body), "text/html")
        else:
            self.misbehave()

    def do_GET(self):
        if self.path.endswith("/proxied?a=b"):
            # As a proxy: the address that was asked for, in a DER SEQUENCE.
            self.answer(b"\x30" + bytes([len(self.path)]) + self.path.encode())
        elif self.path.startswith("/files/"):
            with open(os.path.join(FOLDER, os.path.basename(self.path)), "rb") as file:
                self.answer(file.read())
        else:
            self.misbehave()

    def misbehave(self):
        self.close_connection = True
        if self.path == "/silent":
            ENDED.wait()
        elif self.path == "/trickle":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"\x30\x82\x40\x00")
            while not ENDED.wait(0.2):
                self.wfile.write(b"\x00")
        elif self.path == "/big":
            ten_megabytes = 10 * 1024 * 1024
            self.answer(b"\x04\x84" + ten_megabytes.to_bytes(4, "big") + bytes(ten_megabytes), "application/ocsp-response")
        elif self.path == "/redirect":
            self.answer(b"", status=302, headers=[("Location", "/files/good.crl")])
        elif self.path == "/redirect-tls":
            self.answer(b"", status=302, headers=[("Location", "https://127.0.0.1/")])
        elif self.path == "/garbage":
            self.answer(b"this is no DER at all", "application/ocsp-response")
        elif self.path == "/error":
            self.answer(b"", status=500)
        # Any other path: the connection ends without an answer.

    def handle(self):
        try:
            super().handle()
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
ENDED.set()
