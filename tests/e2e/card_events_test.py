# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Cards, readers, the service and USB devices that come and go: told at once, without polling (issue 3, point 2)."""
import os
import signal
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
import unittest
from pathlib import Path

from card_stack import OPENSC, READERS, Card, Service, enter_namespaces
from harness import BIN, SOFTHSM, Pki, Stage

CERTIFICATE = "enterprise-rsa2048"


def setUpModule():
    global PKI
    PKI = Pki()
    unittest.addModuleCleanup(PKI.close)


class Watch:
    """signet-watch-tokens and what it has told."""

    def __init__(self, *arguments, environment=None):
        self.process = subprocess.Popen([str(BIN / "signet-watch-tokens"), *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
        self.events = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._changed:
                self.events.append(tuple(line.rstrip("\n").split("\t")))
                self._changed.notify_all()

    def told(self, source=None):
        with self._changed:
            return [event[:3] for event in self.events if source in (None, event[0])]

    def await_event(self, *event, count=1, seconds=20):
        with self._changed:
            found = lambda: sum(1 for told in self.events if told[:len(event)] == event) >= count
            assert self._changed.wait_for(found, seconds), f"no {event} in {self.events}"

    def await_sleep(self):
        """Until both threads wait: nothing has run for longer than a change is given to settle."""
        before, pause = None, threading.Event()
        while before != self.switches():
            before = self.switches()
            pause.wait(1.5)

    def switches(self):
        """How often any thread of it or of its token host has begun to run."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        total = 0
        for pid in [self.process.pid, *children]:
            for task in Path(f"/proc/{pid}/task").iterdir():
                for line in (task / "status").read_text().splitlines():
                    if "ctxt_switches" in line:
                        total += int(line.split()[1])
        return total

    def close(self):
        self.process.stdin.close()
        self.process.wait(20)
        self._reader.join(20)
        self.process.stdout.close()


class Events(unittest.TestCase):
    def setUp(self):
        self.stage = Stage(PKI)
        self.addCleanup(self.stage.close)
        self.service = Service(self.stage)
        self.addCleanup(self.service.stop)

    def watch(self, *arguments, **options):
        watch = Watch(*arguments, **options)
        self.addCleanup(watch.close)
        return watch

    def card(self, reader=0):
        card = Card(self.stage, CERTIFICATE, reader=reader)
        self.addCleanup(card.close)
        return card

    def test_cards_in_two_readers(self):
        self.service.start()
        watch = self.watch()
        watch.await_sleep()
        first, second = self.card(0), self.card(1)
        first.insert()
        watch.await_event("reader", "+", READERS[0])
        second.insert()
        watch.await_event("reader", "+", READERS[1])
        first.remove()
        watch.await_event("reader", "-", READERS[0])
        second.remove()
        watch.await_event("reader", "-", READERS[1])
        self.assertEqual(len(watch.told("reader")), 4, watch.told())
        self.assertEqual(watch.told("service"), [])

    def test_service_that_starts_later_and_again(self):
        watch = self.watch()
        watch.await_sleep()
        self.assertEqual(watch.told(), [])
        self.service.start()
        watch.await_event("service", "+")
        card = self.card()
        card.insert()
        watch.await_event("reader", "+", READERS[0])
        self.service.kill()
        watch.await_event("service", "-")
        self.service.start()
        watch.await_event("service", "+", count=2)
        card.insert()
        watch.await_event("reader", "+", READERS[0], count=2)
        self.service.stop()
        watch.await_event("service", "-", count=2)

    def test_folder_of_the_service_that_is_made_later(self):
        Path("/run/pcscd").rmdir()
        watch = self.watch()
        watch.await_sleep()
        Path("/run/pcscd").mkdir()
        self.service.start()
        watch.await_event("service", "+")

    # As when the computer slept: the process stood still while cards were changed.
    def test_after_a_gap_it_is_right_again(self):
        self.service.start()
        watch, witness = self.watch(), self.watch()
        watch.await_sleep()
        first, second = self.card(0), self.card(1)
        first.insert()
        watch.await_event("reader", "+", READERS[0])
        watch.process.send_signal(signal.SIGSTOP)
        first.remove()
        witness.await_event("reader", "-", READERS[0])
        second.insert()
        witness.await_event("reader", "+", READERS[1])
        watch.process.send_signal(signal.SIGCONT)
        watch.await_event("reader", "-", READERS[0])
        watch.await_event("reader", "+", READERS[1])

    def test_usb_devices(self):
        watch = self.watch()
        watch.await_sleep()
        announce_usb("add")
        watch.await_event("usb", "+")
        announce_usb("remove")
        watch.await_event("usb", "-")
        announce_usb("bind")
        announce_usb("add", devtype="usb_interface")
        announce_usb("add")
        watch.await_event("usb", "+", count=2)
        self.assertEqual(len(watch.told("usb")), 3)

    def test_end_is_prompt_in_every_state(self):
        for start in (False, True):
            if start:
                self.service.start()
            watch = Watch()
            watch.await_sleep()
            began = time.monotonic()
            watch.close()
            self.assertIn(("end",), watch.events)
            self.assertLess(time.monotonic() - began, 5)

    def test_service_that_hangs_does_not_hold_up_the_end(self):
        self.service.start()
        watch = Watch()
        watch.await_sleep()
        self.service.process.send_signal(signal.SIGSTOP)
        self.addCleanup(self.service.process.send_signal, signal.SIGCONT)  # before it is stopped for good
        watch.close()
        self.assertIn(("end",), watch.events)
        # Nor a token that is not behind it.
        self.stage.add_token("lock", "enterprise-p256")
        self.stage.configure("https://localhost:1", modules=(SOFTHSM,))
        tokens = self.stage.signet("tokens", "--json").document["tokens"]
        self.assertTrue(any(c["usable"] for token in tokens for c in token["certificates"]), tokens)

    # R53. Nothing wakes it, nor the host of a card's module, nor one without any service.
    def test_idle_it_does_not_wake_up(self):
        self.service.start()
        card = self.card()
        card.insert()
        watched = self.watch("module", OPENSC)
        watched.await_event("host", "+")
        without = self.watch("module", OPENSC, environment={"PCSCLITE_CSOCK_NAME": "/run/elsewhere/pcscd.comm"})
        without.await_event("host", "+")
        left = "/run/left-behind.comm"  # by a service that was killed
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(left)
        killed = self.watch("module", OPENSC, environment={"PCSCLITE_CSOCK_NAME": left})
        killed.await_event("host", "+")
        all_of_them = (watched, without, killed)
        for watch in all_of_them:
            watch.await_sleep()
        before = [watch.switches() for watch in all_of_them]
        threading.Event().wait(30)
        after = [watch.switches() for watch in all_of_them]
        self.assertEqual(before, after)

    def test_card_event_comes_within_50_ms_of_a_bare_loop(self):
        self.service.start()
        watch = self.watch("bare")
        watch.await_event("bare", "-", READERS[0])
        watch.await_sleep()
        card = self.card()
        for turn in range(1, 6):
            card.insert()
            watch.await_event("reader", "+", READERS[0], count=turn)
            watch.await_event("bare", "+", READERS[0], count=turn)
            card.remove()
            watch.await_event("reader", "-", READERS[0], count=turn)
            watch.await_event("bare", "-", READERS[0], count=turn + 1)
        times = {source: [int(event[3]) for event in watch.events if event[0] == source] for source in ("reader", "bare")}
        later = [(ours - bare) / 1e6 for ours, bare in zip(times["reader"], times["bare"][1:])]
        print(f"card event later than a bare SCardGetStatusChange: median {statistics.median(later):.2f} ms, "
              f"worst {max(later):.2f} ms of {len(later)}", file=sys.stderr)
        self.assertLess(statistics.median(later), 50)


def announce_usb(action, devtype="usb_device"):
    """What udevd sends to its listeners, in this network namespace: libudev's format, group 2 of NETLINK_KOBJECT_UEVENT.

    Source: systemd, src/libsystemd/sd-device/device-monitor.c."""
    Path("/run/udev").mkdir(exist_ok=True)
    properties = {"ACTION": action, "DEVPATH": "/devices/pci0000:00/usb1/1-1", "SUBSYSTEM": "usb", "DEVTYPE": devtype,
                  "SEQNUM": "4711", "DEVNAME": "/dev/bus/usb/001/002"}
    body = b"".join(f"{key}={value}".encode() + b"\0" for key, value in properties.items())
    header = struct.pack("=8sIIIIIIII", b"libudev\0", socket.htonl(0xfeedcafe), 40, 40, len(body),
                         socket.htonl(murmur2(b"usb")), socket.htonl(murmur2(devtype.encode())), 0, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 15) as sender:
        sender.bind((0, 0))
        sender.sendto(header + body, (0, 2))


def murmur2(data, seed=0):
    """MurmurHash2, by which the kernel filters for a listener."""
    m, mask = 0x5bd1e995, 0xffffffff
    value = seed ^ len(data)
    while len(data) >= 4:
        k = int.from_bytes(data[:4], "little") * m & mask
        k = (k ^ k >> 24) * m & mask
        value = (value * m & mask) ^ k
        data = data[4:]
    if data:
        value = (value ^ int.from_bytes(data, "little")) * m & mask
    value = (value ^ value >> 13) * m & mask
    return value ^ value >> 15


if __name__ == "__main__":
    enter_namespaces()
    Path("/run/udev").mkdir()
    Path("/run/udev/control").touch()  # udevd runs, as far as a listener can tell
    unittest.main()
