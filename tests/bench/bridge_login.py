#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The login signature as a page sees it, whole logins by ws and by wss with the real programs: the time between the notifications
`signing` and `relaying` (login to the token, signature, its verification, logout) against the same PKCS#11 calls made raw in this
process, in turn. And where the rest of a login's time goes."""
import argparse
import ctypes
import os
import statistics
import time

from shared.figures import Account, lower, print_ratio
from harness import PIN, SOFTHSM
from page import Page, Visit

GOALS = {"ws": 1.3, "wss": 1.5}
# What comes before each of these is what the page waits for.
PARTS = {"choose": "metadata and challenge", "pin": "tokens, certificate, its check", "signing": "askpass",
         "relaying": "token: login, signature, verification", "answer": "relaying"}
# DER of DigestInfo for SHA-256, RFC 8017 section 9.2.
DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420") + bytes(32)


class Attribute(ctypes.Structure):
    _fields_ = [("type", ctypes.c_ulong), ("value", ctypes.c_void_p), ("length", ctypes.c_ulong)]


class Mechanism(ctypes.Structure):
    _fields_ = [("mechanism", ctypes.c_ulong), ("parameter", ctypes.c_void_p), ("length", ctypes.c_ulong)]


class RawToken:
    """The first token that SoftHSM has, by its C functions and nothing else."""

    SERIAL_SESSION, USER, CLASS, PRIVATE_KEY, RSA_PKCS = 4, 1, 0, 3, 1

    def __init__(self):
        self.module = ctypes.CDLL(SOFTHSM)
        self.call("C_Initialize", None)
        slots, count = (ctypes.c_ulong * 8)(), ctypes.c_ulong(8)
        self.call("C_GetSlotList", ctypes.c_ubyte(1), slots, ctypes.byref(count))
        self.slot = slots[0]
        self.private_key = ctypes.c_ulong(self.PRIVATE_KEY)
        self.template = Attribute(self.CLASS, ctypes.cast(ctypes.pointer(self.private_key), ctypes.c_void_p),
                                  ctypes.sizeof(ctypes.c_ulong))
        self.mechanism = Mechanism(self.RSA_PKCS, None, 0)
        self.signature = ctypes.create_string_buffer(512)

    def call(self, name, *arguments):
        status = getattr(self.module, name)(*arguments)
        if status != 0:
            raise AssertionError(f"{name}: {status:#x}")

    def log_in_and_sign(self):
        """Seconds of the whole, and of C_SignInit and C_Sign alone."""
        session, key, found = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        start = time.perf_counter()
        self.call("C_OpenSession", ctypes.c_ulong(self.slot), ctypes.c_ulong(self.SERIAL_SESSION), None, None,
                  ctypes.byref(session))
        self.call("C_Login", session, ctypes.c_ulong(self.USER), PIN.encode(), ctypes.c_ulong(len(PIN)))
        # Only a user who is logged in gets the key's handle.
        self.call("C_FindObjectsInit", session, ctypes.byref(self.template), ctypes.c_ulong(1))
        self.call("C_FindObjects", session, ctypes.byref(key), ctypes.c_ulong(1), ctypes.byref(found))
        self.call("C_FindObjectsFinal", session)
        signing = time.perf_counter()
        self.call("C_SignInit", session, ctypes.byref(self.mechanism), key)
        length = ctypes.c_ulong(len(self.signature))
        self.call("C_Sign", session, DIGEST_INFO, ctypes.c_ulong(len(DIGEST_INFO)), self.signature, ctypes.byref(length))
        signed = time.perf_counter()
        self.call("C_Logout", session)
        self.call("C_CloseSession", session)
        return time.perf_counter() - start, signed - signing


class TimedPage(Page):
    """Notes when each message came."""

    def read(self):
        message = super().read()
        stage = message.get("params", {}).get("stage", "answer")
        self.times[stage] = time.perf_counter()
        return message

    def timed_login(self, platform):
        """Seconds of each part."""
        visit = Visit(platform)
        self.times = {}
        before = time.perf_counter()
        answer = self.login(platform.issuer, visit.challenge_id)
        assert "result" in answer, answer
        status, _, done = visit.complete(answer["result"]["handoff"])
        assert status == 200, done
        parts = {}
        for stage in PARTS:
            parts[stage] = self.times[stage] - before
            before = self.times[stage]
        return parts


def print_parts(door, logins):
    total = statistics.median(sum(parts.values()) for parts in logins)
    print(f"a login by {door}, {1e3 * total:.1f} ms (medians):")
    for stage, meaning in PARTS.items():
        seconds = [parts[stage] for parts in logins]
        print(f"  {meaning:40} {1e3 * statistics.median(seconds):8.2f} ms (lower {1e3 * lower(seconds):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with Account() as account:
        os.environ["SOFTHSM2_CONF"] = str(account.stage.softhsm_conf)
        token = RawToken()
        agent = account.stage.start_agent(askpass=account.askpass)
        whole, sign_alone = [], []
        logins = {door: [] for door in GOALS}
        for number in range(rounds + 1):
            raw = token.log_in_and_sign()
            timed = {}
            for door in GOALS:
                with TimedPage(agent, account.platform.issuer, door) as page:
                    timed[door] = page.timed_login(account.platform)
            if number == 0:
                continue  # The first starts the token host.
            whole.append(raw[0])
            sign_alone.append(raw[1])
            for door in GOALS:
                logins[door].append(timed[door])
        for door, goal in GOALS.items():
            signing = [parts["relaying"] for parts in logins[door]]
            print_ratio(f"bridge_login_rsa2048_{door}_signing_over_raw_pkcs11", signing, whole, goal)
            print_ratio(f"bridge_login_rsa2048_{door}_signing_over_raw_c_sign_alone", signing, sign_alone)
        for door in GOALS:
            print_parts(door, logins[door])


if __name__ == "__main__":
    main()
