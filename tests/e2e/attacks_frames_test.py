# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Attacks of one who is let in: frames, floods and messages at the bridge and at the agent's own socket (attacks.md 24–31)."""
import contextlib
import json
import os
import socket
import struct
import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

from attacks import CHROMIUM, EXTRA, PATIENCE, Attacked, Closed, Local, close_code, connect, elapsed, wait_for
from page import BINARY, CLOSE, PING, PONG, TEXT, Refused, code_of, frame, upgrade_head

CONTINUATION = 0
TIMES_UP = 10  # seconds for one message
HELLO = '{"jsonrpc":"2.0","id":%d,"method":"hello","params":{}}'


def masked(head, payload=b""):
    """A frame whose head is given as it is."""
    return head + bytes(4) + payload


class Frames(Attacked):
    def code_after(self, data, **options):
        page = self.honest_page(**options)
        try:
            page.send_raw(data)
        except OSError:
            pass
        code = close_code(page)
        page.close()
        return code

    def test_24_broken_frames_close_with_their_code(self):
        hello = HELLO % 1
        half = "印".encode()[:2]
        cases = {
            "unmasked": (frame(hello, mask=False), 1002), "unmasked ping": (frame(b"", PING, mask=False), 1002),
            "binary": (frame(hello, BINARY), 1003),
                 "binary in parts": (frame(hello[:9], BINARY, fin=False) + frame(hello[9:], CONTINUATION), 1003),
            "empty binary": (frame(b"", BINARY), 1003),
            "continuation of nothing": (frame(hello, CONTINUATION), 1002),
                 "text within a text": (frame(hello[:9], fin=False) + frame(hello), 1002),
            "long ping": (masked(b"\x89\xfe" + struct.pack(">H", 126), bytes(126)), 1002),
                 "ping in parts": (frame(b"", PING, fin=False), 1002),
            "close in parts": (frame(b"\x03\xe8", CLOSE, fin=False), 1002), "close of one byte": (frame(b"\x03", CLOSE), 1002),
            "bad UTF-8": (frame(b'{"jsonrpc":"\xff"}'), 1007), "overlong": (frame(b'"\xc0\xaf"'), 1007),
                 "surrogate": (frame(b'"\xed\xa0\x80"'), 1007),
            "too high": (frame(b'"\xf4\x90\x80\x80"'), 1007), "half a character": (frame(half), 1007),
                 "half a character after text": (frame(hello.encode() + half), 1007),
            "half a character in parts": (frame(half, fin=False) + frame(b"", CONTINUATION), 1007),
            "length not minimal (16 bit)": (masked(b"\x81\xfe" + struct.pack(">H", 5), b"hello"), 1002),
            "length not minimal (64 bit)": (masked(b"\x81\xff" + struct.pack(">Q", 5), b"hello"), 1002),
        }
        for bits in range(1, 8):
            cases[f"reserved bits {bits}"] = (frame(hello, reserved=bits), 1002)
            cases[f"reserved bits {bits} in a ping"] = (frame(b"", PING, reserved=bits), 1002)
        for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
            cases[f"opcode {opcode}"] = (frame(hello, opcode), 1002)
        for name, (data, code) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.code_after(data), code)
        # A character may be cut by the parts of its message.
        page = self.honest_page()
        text = json.dumps({"jsonrpc": "2.0", "id": "印", "method": "hello", "params": {}}, ensure_ascii=False).encode()
        cut = text.index("印".encode()) + 1
        page.send_raw(frame(text[:cut], fin=False) + frame(b"", PING) + frame(text[cut:], CONTINUATION))
        self.assertEqual(page.read()["id"], "印")

    def test_24_close_frames_of_all_kinds_end_the_connection_once(self):
        for payload in (b"", struct.pack(">H", 1000), struct.pack(">H", 1001) + b"bye", struct.pack(">H", 4999) + b"x" * 100):
            with self.subTest(payload):
                self.assertIn(self.code_after(frame(payload, CLOSE) * 50 + frame(HELLO % 1)), (1000, 1001, 1005, 4999))
        for payload in (struct.pack(">H", 999), struct.pack(">H", 1005), struct.pack(">H", 1006), struct.pack(">H", 1000) + b"\xff"):
            with self.subTest(payload):
                self.assertIn(self.code_after(frame(payload, CLOSE)), (1002, 1007))

    def test_24_who_goes_on_after_the_goodbye_is_cut_off(self):
        for door in ("ws", "wss"):
            with self.subTest(door):
                page = self.honest_page(door=door)
                page.send_raw(frame(HELLO % 1) + frame(struct.pack(">H", 1000), CLOSE))
                self.assertEqual(close_code(page), 1000)
                began = time.monotonic()
                with contextlib.suppress(OSError):
                    while time.monotonic() - began < TIMES_UP:
                        page.send_raw(b"x" * 100)
                        time.sleep(0.05)
                self.assertLess(time.monotonic() - began, 1 + 2 * PATIENCE)

    def test_25_announced_lengths_are_refused_at_the_header_without_memory(self):
        memory = self.memory()
        for length in (65537, 1 << 20, 1 << 31, 1 << 32, (1 << 62), (1 << 63) - 1):
            with self.subTest(length):
                self.assertEqual(self.code_after(frame(b"", length=length)), 1009)
                # As the second part of a message too.
                self.assertEqual(self.code_after(frame(b"{", fin=False) + frame(b"", CONTINUATION, length=length)), 1009)
        for length in (1 << 63, (1 << 64) - 1):
            with self.subTest(length):
                self.assertIn(self.code_after(frame(b"", length=length)), (1002, 1009))
        self.assertLess(self.memory() - memory, 2048 * PATIENCE)

    def test_25_largest_message_is_taken_and_one_byte_more_is_not(self):
        page = self.honest_page()
        page.send_raw(frame((HELLO % 7).ljust(65536)))
        self.assertEqual(page.read()["id"], 7)
        page.send_raw(frame(" " * 65537))
        self.assertEqual(close_code(page), 1009)

    def test_26_fragments_have_a_size_and_a_time(self):
        self.assertEqual(self.code_after(frame(b"{", fin=False) + frame(b" " * 1000, CONTINUATION, fin=False) * 70), 1009)
        self.assertEqual(self.code_after(frame(b"{", fin=False) + frame(b" ", CONTINUATION, fin=False) * 66_000), 1009)

        def until_closed(first, again, pause):
            """(seconds, code) of a connection that says `again` for ever."""
            page = self.honest_page(EXTRA if first else None)
            began = time.monotonic()
            codes = []
            reader = threading.Thread(target=lambda: codes.append(close_code(page)))
            reader.start()
            with contextlib.suppress(OSError):
                page.send_raw(first)
                while reader.is_alive() and time.monotonic() - began < 3 * TIMES_UP:
                    page.send_raw(again)
                    time.sleep(pause)
            reader.join(5)
            page.close()
            return time.monotonic() - began, codes

        whole = masked(b"\x81\xfe" + struct.pack(">H", 60_000), b" ")
        attacks = {
            "small parts": (frame(b"{", fin=False), frame(b" ", CONTINUATION, fin=False), 0.3),
            "parts without content": (frame(b"", fin=False), frame(b"", CONTINUATION, fin=False), 0.3),
            "one frame byte by byte": (whole, b" ", 0.3),
            "parts with pings between": (frame(b"{", fin=False), frame(b"", PING) + frame(b" ", CONTINUATION, fin=False), 0.3),
        }
        cpu = self.cpu()
        with ThreadPoolExecutor(8) as all_at_once:
            running = {name: all_at_once.submit(until_closed, *attack) for name, attack in attacks.items()}
            for name, future in running.items():
                with self.subTest(name):
                    seconds, codes = future.result()
                    self.assertTrue(codes and codes[0] in (1008, None), codes)
                    self.assertLess(seconds, TIMES_UP + 2 * PATIENCE)
        self.assertLess(self.cpu() - cpu, 2.0 * PATIENCE)

    def test_26_endless_parts_without_content_are_cut_off(self):
        for again in (frame(b"", CONTINUATION, fin=False) * 2000, (frame(b"", CONTINUATION, fin=False) * 500 + frame(b"", PING)) * 4):
            page = self.honest_page()
            codes = []
            reader = threading.Thread(target=lambda: codes.append(close_code(page)))
            reader.start()
            began = time.monotonic()
            with contextlib.suppress(OSError):
                page.send_raw(frame(b"", fin=False))
                while reader.is_alive() and time.monotonic() - began < 2 * TIMES_UP:
                    page.send_raw(again)
            reader.join(5)
            self.assertTrue(codes and codes[0] in (1008, None), codes)
            self.assertLess(time.monotonic() - began, TIMES_UP + 2 * PATIENCE)

    def test_27_compression_is_not_negotiated(self):
        for offer in ("permessage-deflate", "permessage-deflate; client_max_window_bits",
                      "permessage-deflate; server_no_context_takeover, x-webkit-deflate-frame"):
            for door in ("ws", "wss"):
                page = self.honest_page(door=door, extra=(f"Sec-WebSocket-Extensions: {offer}",))
                self.assertNotIn("sec-websocket-extensions", page.response.fields)
                page.send_raw(frame(HELLO % 1, reserved=4))
                self.assertEqual(close_code(page), 1002)
                page.close()


class Floods(Attacked):
    extra_origins = (EXTRA, *(f"https://site{number}.example.test" for number in range(9)))

    def assert_served(self, **options):
        """An honest page is let in and answered in 100 ms."""
        with self.page(EXTRA, **options) as page:
            self.assertIn("result", page.call("hello"))

    def knock_until_served(self):
        """Who has not said what he wants when 32 others have come after him makes room for them; a page tries again."""
        while True:
            with contextlib.suppress(Closed, ConnectionError):
                return self.assert_served()

    def served_in(self):
        return min(elapsed(self.assert_served) for _ in range(3))

    def test_28_connections_have_a_cap_for_each_origin_and_in_all(self):
        with contextlib.ExitStack() as open_pages:
            for _ in range(4):
                open_pages.enter_context(self.page())
            for door in ("ws", "wss"):
                with self.assertRaises(Refused) as refused:
                    self.page(door=door)
                self.assertEqual(refused.exception.status, 503)
            for origin in self.extra_origins[2:9]:
                for number in range(4):
                    open_pages.enter_context(self.page(origin, "wss" if number == 3 else "ws"))
            # The house is full of pages: whoever comes now is told, or sees the connection end at once, and nobody is thrown out.
            for _ in range(40):
                with contextlib.suppress(ConnectionError):
                    self.assertNotIn(b" 101 ",
                                     self.exchange(self.agent.ws, ("\r\n".join(upgrade_head(self.agent.ws, EXTRA)) + "\r\n\r\n").encode()))
            full = self.honest_pages_in(open_pages)
            self.assertEqual(full, 32)
        wait_for(lambda: self.descriptors() <= self.resting, "the connections to go")
        self.assertLess(self.served_in(), 0.1 * PATIENCE)

    def honest_pages_in(self, stack):
        pages = [callback[1].__self__ for callback in stack._exit_callbacks]
        return sum("result" in page.call("hello") for page in pages)

    def test_28_connection_floods_leave_nothing_and_an_honest_page_is_served(self):
        stop = threading.Event()

        def knock(make):
            while not stop.is_set():
                with contextlib.suppress(OSError, Closed, Refused):
                    make()

        def end(*sockets):
            for sock in sockets:  # with a reset: nothing stays behind in the computer's list of ports
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                sock.close()

        def attack():
            stop.clear()
            knocks = (lambda: end(connect(self.agent.ws)), lambda: end(*[connect(self.agent.ws) for _ in range(60)]),
                      lambda: end(self.page().socket),
                      lambda: end(connect(self.agent.wss)))
            threads = [threading.Thread(target=knock, args=(make,)) for make in knocks]
            for thread in threads:
                thread.start()
            try:
                time.sleep(0.2)
                times = [elapsed(self.knock_until_served) for _ in range(9)]
            finally:
                stop.set()
                for thread in threads:
                    thread.join()
            self.assertLess(sorted(times)[4], 0.1 * PATIENCE, times)
        self.assert_flat(attack)

    def test_29_message_floods_are_rate_limited_and_end(self):
        def attack():
            with self.page() as page:
                writer = threading.Thread(target=lambda: self.pour(page, b"".join(frame(HELLO % number) for number in range(3000))))
                writer.start()
                limited = 0
                for _ in range(3000):
                    message = page.read()
                    if "error" in message:
                        self.assertEqual(code_of(message), "rate_limited")
                        limited += 1
                writer.join()
                self.assertGreater(limited, 200)
                served = self.served_in()
                self.assertLess(served, 0.1 * PATIENCE)
                time.sleep(0.1)  # the bucket fills with the time
                self.assertIn("result", page.call("hello"))
        self.assert_flat(attack)

    def pour(self, page, data, times=1):
        with contextlib.suppress(OSError):
            for _ in range(times):
                page.send_raw(data)

    def test_29_who_goes_on_is_cut_off(self):
        garbage = frame("nonsense")
        for name, data in {"hello": frame(HELLO % 1) * 500, "garbage": garbage * 1000, "pings": frame(b"x" * 125, PING) * 500,
                           "pongs": frame(b"", PONG) * 1000,
                           "text and pings": (frame(b"", PING) + garbage) * 500}.items():
            with self.subTest(name):
                page = self.honest_page()
                codes = []
                reader = threading.Thread(target=lambda: codes.append(close_code(page)))
                reader.start()
                began = time.monotonic()
                while reader.is_alive() and time.monotonic() - began < 20:
                    self.pour(page, data)
                reader.join(5)
                self.assertTrue(codes and codes[0] in (1008, None), codes)
                self.assertLess(self.served_in(), 0.1 * PATIENCE)

    def test_29_who_never_reads_costs_little(self):
        def attack():
            pages = [self.page() for _ in range(4)]
            for page, data in zip(pages,
                                  (frame(HELLO % 1), frame(b"x" * 125, PING), frame("nonsense"), frame(b"", PING) + frame(HELLO % 1))):
                page.socket.settimeout(0.5)
                self.pour(page, data * 100, times=1000)
            self.assertLess(self.served_in(), 0.1 * PATIENCE)
            for page in pages:
                page.close()
        self.assert_flat(attack, 4096)

    def test_29_login_requests_of_a_flood_are_answered_and_ask_nobody(self):
        page = self.honest_page(EXTRA)  # whose login no issuer wants
        writer = threading.Thread(target=lambda: [page.ask("login", {"issuer": "https://elsewhere.example", "challenge_id": "A" * 22})
                                                  for _ in range(400)])
        writer.start()
        codes = {code_of(page.read()) for _ in range(400)}
        writer.join()
        self.assertLessEqual(codes, {"issuer_not_allowed", "busy", "rate_limited"})

    def test_29_half_closed_and_reset_pages_leave_nothing(self):
        def attack():
            for number in range(40):
                page = self.page()
                if number % 2:
                    page.socket.shutdown(socket.SHUT_WR)
                else:
                    page.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    page.send_raw(frame(HELLO % 1)[:5])
                page.close()
                if number % 4 == 3:
                    wait_for(lambda: self.descriptors() <= self.resting, "the pages to go")
        self.assert_flat(attack)


class Messages(Attacked):
    MARKER = "eViL"

    def answers(self, *texts):
        """The answer to each, on one connection."""
        page = self.honest_page()
        found = []
        for text in texts:
            page.send_raw(frame(text))
            opcode, payload = page.read_frame()
            self.assertEqual(opcode, TEXT)
            self.assertNotIn(self.MARKER.lower(), payload.decode().lower())
            found.append(json.loads(payload))
        page.close()
        return found

    def test_30_hostile_json_is_an_invalid_request_and_never_echoed(self):
        evil = self.MARKER
        good = {"jsonrpc": "2.0", "id": 1, "method": "hello", "params": {}}

        def but(**members):
            return json.dumps({key: value for key, value in {**good, **members}.items() if value is not ...})
        not_json = ["", " ", evil, "{", "}", "[", "nul", "NaN", "Infinity", "'x'", "{\"jsonrpc\":\"2.0\",}", but()[:-1], but() + "x",
                    but() + but(), "//" + evil + "\n" + but(),
                    "/**/" + but(), "{'id':1}", "\ufeff" + but(), "\0" + but(), but() + "\0", '"\\ud800"', '{"id":"\\udc00"}', '"\\x41"',
                    '"\n"', "[" * 30_000, '{"a":' * 10_000,
                    '{"jsonrpc":"2.0","id":01,"method":"hello","params":{}}', '{"jsonrpc":"2.0","id":+1,"method":"hello","params":{}}',
                    '{"jsonrpc":"2.0","id":.5,"method":"hello","params":{}}', "1" * 60_000 + "e" + "9" * 5_000, but(id=1 << 4000)]
        invalid = ["null", "true", "0", '"' + evil + '"', "[]", "{}", f"[{but()}]", f"[{but()},{but()}]", '[[[["' + evil + '"]]]]',
                   but(jsonrpc="1.0"), but(jsonrpc=2.0), but(jsonrpc=...), but(jsonrpc=None), but(id=...), but(id=None), but(id=True),
                   but(id=1.5), but(id=[1]), but(id={}),
                   but(id=evil * 17), but(id=1 << 53), but(id=-(1 << 53)), but(id=1 << 64), but(method=...), but(method=None),
                   but(method=1), but(method=["hello"]), but(params=...),
                   but(params=None), but(params=[]), but(params=[{}]), but(params=evil), but(params={evil: 1}), but(params={"": ""}),
                   but(pin="482915"),
                   but(params={"pin": "482915"}), but(origin="https://uc.example.test"), but(**{evil: evil}), but(__proto__={}),
                   but(result={}), but(error={}),
                   but(params={"a": {"b": {"c": {"d": {"e": 1}}}}}), but(params={str(n): n for n in range(3000)}),
                   '{"jsonrpc":"2.0","id":1,"method":"hello","method":"login","params":{}}',
                   '{"jsonrpc":"2.0","id":1,"\\u006dethod":"login","method":"hello","params":{}}',
                   '{"jsonrpc":"2.0","id":1,"id":2,"method":"hello","params":{}}',
                   '{"jsonrpc":"2.0","id":1,"method":"login","params":{"issuer":"a","issuer":"b","challenge_id":"c"}}',
                   '{"jsonrpc":"2.0","id":1e2,"method":"hello","params":{}}', '{"jsonrpc":"2.0","id":-0.0,"method":"hello","params":{}}',
                   '{"jsonrpc":"2.0","ID":1,"method":"hello","params":{}}']
        for text, answer in zip(not_json + invalid, self.answers(*not_json, *invalid)):
            with self.subTest(text[:80]):
                self.assertIn(answer["error"]["code"], (-32700, -32600))
                self.assertIsNone(answer["id"])
                self.assertEqual(answer["error"]["data"], {"code": "invalid_request"})
        for text, answer in zip(invalid, self.answers(*invalid)):
            with self.subTest(text[:80]):
                self.assertEqual(answer["error"]["code"], -32600)
        # Answers and notifications are nothing that a page may send.
        for answer in self.answers('{"jsonrpc":"2.0","id":1,"result":{}}',
                                   '{"jsonrpc":"2.0","method":"tokens.changed","params":{"present":true}}'):
            self.assertEqual(answer["error"]["code"], -32600)

    def test_30_ids_come_back_as_they_were(self):
        for identifier in (0, -1, (1 << 53) - 1, -(1 << 53) + 1, "", "x" * 64, "\u2028\u202e<b>\n\0", "\U0001F511"):
            page = self.honest_page()
            page.send_raw(frame(json.dumps({"jsonrpc": "2.0", "id": identifier, "method": "hello", "params": {}})))
            self.assertEqual(page.read()["id"], identifier)
            page.close()

    def test_31_bad_lengths_and_alphabets_are_refused_before_anything_is_fetched(self):
        issuer, good = self.platform.issuer, "A" * 22
        page = self.honest_page()
        log = self.platform.log.stat().st_size
        for challenge in ("", "A" * 21, "A" * 23, "A" * 20 + "==", "A" * 21 + "+", "A" * 21 + "/", "A" * 21 + " ", " " + "A" * 21,
                          "A" * 21 + "\0", "A" * 21 + "\n", "../" + "A" * 19,
                          "A" * 21 + "%", "印" * 22, "A" * 19 + "印", "A" * 60_000, "A" * 21 + "?", "A" * 21 + "#", "A" * 21 + "\u00ad"):
            with self.subTest(challenge[:30]):
                page.send_raw(frame(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "login",
                                                "params": {"issuer": issuer, "challenge_id": challenge}})))
                self.assertEqual(page.read()["error"]["code"], -32600)
        for wrong in (issuer + "/", issuer.upper(), issuer + "@evil.example", "http" + issuer[5:], issuer + ".", "javascript:alert(1)",
                      "file:///etc/passwd", "x" * 512, " " + issuer):
            with self.subTest(wrong[:30]):
                self.assertEqual(code_of(page.login(wrong, good)), "issuer_not_allowed")
        for wrong in ("", "x" * 513):
            page.send_raw(frame(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "login",
                                            "params": {"issuer": wrong, "challenge_id": good}})))
            self.assertEqual(page.read()["error"]["code"], -32600)
        for nonce in ("", "A" * 43, "A" * 129, "A" * 43 + "!", "A" * 43 + "\n", "印" * 44, "A" * 43 + " "):
            with self.subTest(nonce[:30]):
                page.send_raw(frame(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "webeid.authenticate",
                                                "params": {"challengeNonce": nonce}})))
                self.assertEqual(page.read()["error"]["code"], -32600)
        self.assertEqual(code_of(page.call("webeid.authenticate", {"challengeNonce": "A" * 44})), "origin_not_allowed")
        self.assertEqual(self.platform.log.stat().st_size, log)


class OwnSocket(Attacked):
    """The same at the socket for programs of this user, where the extension's pages come in."""

    def opened(self, origin=EXTRA):
        local = Local(self.stage)
        self.addCleanup(local.socket.close)
        local.say(json.dumps({"door": "extension", "extension": CHROMIUM, "origin": origin}))
        self.assertEqual(json.loads(local.hear()), {"ok": True})
        return local

    def assert_serves(self):
        with Local(self.stage) as local:
            local.say('{"door":"status"}')
            self.assertEqual(json.loads(local.hear()), {"ok": True, "ws": self.agent.ws, "wss": self.agent.wss})

    def tearDown(self):
        self.assert_serves()
        super().tearDown()

    def test_24_garbage_and_bad_lengths_end_the_connection(self):
        for data in (struct.pack("=I", 0), struct.pack("=I", 65537), struct.pack("=I", 0xFFFFFFFF),
                     struct.pack("=I", 0x80000000) + b"x" * 100, b"GET / HTTP/1.1\r\n\r\n", os.urandom(64) + b"\xff" * 8,
                     b"\xff" * 100_000):
            with self.subTest(data[:8]), Local(self.stage) as local:
                with contextlib.suppress(OSError):
                    local.socket.sendall(data)
                with contextlib.suppress(Closed):
                    local.hear()
                self.assertTrue(local.is_over())

    def test_25_lengths_after_the_opening_take_no_memory(self):
        memory = self.memory()
        for length in (0, 65537, 0x7FFFFFFF, 0xFFFFFFFF):
            local = self.opened()
            local.socket.sendall(struct.pack("=I", length) + b"x" * 1000)
            self.assertTrue(local.is_over())
        self.assertLess(self.memory() - memory, 2048 * PATIENCE)

    def test_26_slow_openings_end_in_time(self):
        frame_text = b'{"door":"status"}'
        head = struct.pack("=I", len(frame_text))

        def silent(start):
            with Local(self.stage) as local:
                local.socket.sendall(start)
                return elapsed(lambda: self.assertTrue(local.is_over()))
        with ThreadPoolExecutor(4) as all_at_once:
            for seconds in all_at_once.map(silent, (b"", head[:2], head, head + frame_text[:-1])):
                self.assertLess(seconds, 5 + 1.5 * PATIENCE)
                self.assertGreater(seconds, 4)

    def test_28_a_hundred_connections_leave_nothing(self):
        def attack():
            sockets = []
            while len(sockets) < 100:
                with contextlib.suppress(BlockingIOError):  # the queue of those who wait has an end
                    sockets.append(Local(self.stage))
            with self.page() as page:
                self.assertIn("result", page.call("hello"))
            self.assertLessEqual(self.descriptors(), self.resting + 40)
            for local in sockets:
                local.socket.close()
        self.assert_flat(attack)
        four = [self.opened() for _ in range(4)]
        with Local(self.stage) as fifth:
            fifth.say(json.dumps({"door": "extension", "extension": CHROMIUM, "origin": EXTRA}))
            self.assertEqual(json.loads(fifth.hear()), {"ok": False, "code": "rate_limited"})
            self.assertTrue(fifth.is_over())
        for local in four:
            local.socket.close()

    def test_29_message_floods_are_rate_limited_and_end(self):
        for name, body in (("garbage", b"x"), ("hello", (HELLO % 1).encode())):
            with self.subTest(name):
                local = self.opened()
                self.assertLess(elapsed(lambda: self.flood(local, body, 2000)), 2 * PATIENCE)
                self.assertGreater(self.limited, 1000)
                self.assertLess(elapsed(self.assert_serves), 0.1 * PATIENCE)
                time.sleep(0.1)
                local.say(HELLO % 1)
                self.assertIn("result", json.loads(local.hear()))
                with self.assertRaises((Closed, OSError)):  # who goes on is cut off
                    for _ in range(20):
                        self.flood(local, body, 2000)
                        self.assertLess(elapsed(self.assert_serves), 0.1 * PATIENCE)
                local.socket.close()

    def flood(self, local, body, count):
        """Says so many messages at once, and hears all the answers."""
        self.limited = 0
        writer = threading.Thread(target=lambda: self.pour(local, (struct.pack("=I", len(body)) + body) * count))
        writer.start()
        try:
            with local.socket.makefile("rb") as stream:
                for _ in range(count):
                    head = stream.read(4)
                    if len(head) < 4:
                        raise Closed(None)
                    self.limited += b"rate_limited" in stream.read(struct.unpack("=I", head)[0])
        finally:
            writer.join()

    def pour(self, local, data):
        with contextlib.suppress(OSError):
            local.socket.sendall(data)

    def test_29_who_never_reads_is_cut_off(self):
        local = self.opened()
        local.socket.settimeout(2)
        body = (HELLO % 1).encode()
        with contextlib.suppress(OSError):
            for _ in range(200):
                local.socket.sendall((struct.pack("=I", len(body)) + body) * 1000)
        self.assert_serves()
        local.socket.close()

    def test_30_hostile_openings_and_messages_are_refused(self):
        for opening in ("", "{}", "[]", "null", '{"door":"extension"}', '{"door":"EXTENSION","extension":"x","origin":"y"}',
                        '{"door":["status"]}', '{"door":"status","x":1}', '{"door":"status","door":"status"}',
                        '{"door":"link"}', '{"door":"link","url":7}', '{"door":"revoke","origin":{}}', '{"door":"config","key":"module"}',
                        '{"door":"load","path":"/tmp/x.so"}', '{"door":"quit"}',
                        "[" * 4000, '{"door":"link","url":"' + "x" * 3000 + '"}', "\ufeff{\"door\":\"status\"}",
                        '{"door":"stat\\u0000us"}'):
            with self.subTest(opening[:40]), Local(self.stage) as local:
                if not opening:
                    continue
                local.say(opening)
                self.assertEqual(json.loads(local.hear()), {"ok": False, "code": "invalid_request"})
                self.assertTrue(local.is_over())
        local = self.opened()
        for text in ("{", "[]", '{"door":"status"}', '{"jsonrpc":"2.0","id":1,"method":"hello","params":{"pin":"482915"}}',
                     '{"jsonrpc":"2.0","id":1,"id":2,"method":"hello","params":{}}', "\xff" * 9):
            local.say(text.encode("latin-1"))
            self.assertIn(json.loads(local.hear())["error"]["code"], (-32600, -32700))
        # One opening a connection, one answer to it.
        with Local(self.stage) as twice:
            twice.socket.sendall(b"".join(struct.pack("=I", len(b)) + b
                                          for b in (b'{"door":"status"}', b'{"door":"revoke","origin":"https://uc.example.test"}')))
            twice.hear()
            self.assertTrue(twice.is_over())


if __name__ == "__main__":
    unittest.main(verbosity=2)
