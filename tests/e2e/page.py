# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What a page, or one who plays a page, says to the agent: HTTP and WebSocket down to the byte."""
import base64
import json
import os
import socket
import ssl
import struct

PATH = "/v1"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


class Refused(Exception):
    """An answer that is no 101."""

    def __init__(self, response):
        super().__init__(response.status)
        self.status = response.status
        self.response = response


class Closed(Exception):
    """The other end closed the WebSocket (code), or the connection (None)."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Response:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.lines = head.decode("latin-1").split("\r\n")
        self.status = int(self.lines[0].split(" ")[1]) if self.lines[0] else None
        self.fields = {}
        for line in self.lines[1:]:
            name, _, value = line.partition(":")
            self.fields[name.strip().lower()] = value.strip()


def connect(port, tls=None, host="127.0.0.1", timeout=15):
    """A connected socket; `tls` is the authority's file for a TLS connection to localhost."""
    raw = socket.create_connection((host, port), timeout=timeout)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if tls is None:
        return raw
    return ssl.create_default_context(cafile=str(tls)).wrap_socket(raw, server_hostname="localhost")


def read_response(sock):
    """Everything until the end of the connection, or of the head of a 101."""
    data = b""
    while True:
        try:
            more = sock.recv(65536)
        except ConnectionResetError:
            more = b""
        if not more:
            break
        data += more
        if data.startswith(b"HTTP/1.1 101") and b"\r\n\r\n" in data:
            break
    if not data:
        raise Closed(None)
    return Response(data)


def request(port, head, tls=None, **options):
    """Sends the lines of a head as they are; gives the Response."""
    with connect(port, tls, **options) as sock:
        sock.sendall(head if isinstance(head, bytes) else ("\r\n".join(head) + "\r\n\r\n").encode("latin-1"))
        return read_response(sock)


def upgrade_head(port, origin, path=PATH, host=None, protocol="signet.v1", method="GET", extra=(), drop=()):
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", "Connection: Upgrade", "Upgrade: websocket",
             "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}"]
    if origin is not None:
        lines.append(f"Origin: {origin}")
    if protocol is not None:
        lines.append(f"Sec-WebSocket-Protocol: {protocol}")
    return [line for line in [*lines, *extra] if line.partition(":")[0].lower() not in drop]


def frame(payload, opcode=TEXT, fin=True, mask=True, reserved=0, length=None):
    """One frame; `length` announces another length than there is."""
    payload = payload.encode() if isinstance(payload, str) else payload
    size = len(payload) if length is None else length
    head = bytes([(0x80 if fin else 0) | (reserved << 4) | opcode])
    bit = 0x80 if mask else 0
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", size)
    if not mask:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))


class Page:
    """A page that speaks the protocol."""

    def __init__(self, agent, origin, door="ws", **options):
        self.port = agent.ws if door == "ws" else agent.wss
        tls = None if door == "ws" else agent.authority
        self.socket = connect(self.port, tls)
        host = f"127.0.0.1:{self.port}" if door == "ws" else f"localhost:{self.port}"
        head = upgrade_head(self.port, origin, host=host, **options)
        self.socket.sendall(("\r\n".join(head) + "\r\n\r\n").encode("latin-1"))
        self.response = read_response(self.socket)
        if self.response.status != 101:
            self.socket.close()
            raise Refused(self.response)
        self.received = self.response.body
        self.next_id = 1
        self.notifications = []

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- frames ----
    def send_raw(self, data):
        self.socket.sendall(data)

    def _take(self, count):
        while len(self.received) < count:
            try:
                more = self.socket.recv(65536)
            except ConnectionResetError:
                more = b""
            if not more:
                raise Closed(None)
            self.received += more
        data, self.received = self.received[:count], self.received[count:]
        return data

    def read_frame(self):
        """(opcode, payload); Closed with the code of a close frame."""
        first, second = self._take(2)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self._take(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self._take(8))[0]
        payload = self._take(size)
        opcode = first & 0x0F
        if opcode == CLOSE:
            raise Closed(struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005)
        return opcode, payload

    def read(self):
        """The next message as a document."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == TEXT:
                return json.loads(payload)

    # ---- JSON-RPC ----
    def ask(self, method, params=None, **members):
        """Sends a request; gives its id."""
        identifier = self.next_id
        self.next_id += 1
        message = {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params or {}, **members}
        self.send_raw(frame(json.dumps(message)))
        return identifier

    def answer(self, identifier):
        """The answer to this request; what else comes is kept in `notifications`."""
        while True:
            message = self.read()
            if message.get("id") == identifier and "method" not in message:
                return message
            self.notifications.append(message)

    def call(self, method, params=None):
        return self.answer(self.ask(method, params))

    def stages(self):
        return [n["params"]["stage"] for n in self.notifications if n.get("method") == "login.stage"]

    def login(self, issuer, challenge_id):
        return self.call("login", {"issuer": issuer, "challenge_id": challenge_id})


def code_of(message):
    return message["error"]["data"]["code"]


class Visit:
    """A browser's visit to the platform: its challenge, its cookie, its end."""

    def __init__(self, platform, purpose="login"):
        self.platform = platform
        status, headers, started = platform.request("POST", "/login/challenges", {"purpose": purpose},
                                                    {"Origin": platform.issuer})
        if status != 200:
            raise AssertionError((status, started))
        self.cookie = headers["Set-Cookie"].split(";")[0]
        self.challenge_id = started["challenge_id"]

    def complete(self, handoff, cookie=None):
        return self.platform.request("POST", "/login/complete", {"challenge_id": self.challenge_id, "handoff": handoff},
                                     {"Cookie": cookie or self.cookie, "Origin": self.platform.issuer})
