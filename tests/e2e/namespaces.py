# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A computer of its own for one command: its USB devices, its smart card service, its listening programs.

Namespaces instead of a switch in the product: nothing that a user could trip over moves the places where the programs look. Only root can
make them without a user namespace, in which the system's files would seem to belong to nobody.
"""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from harness import wait_for

VPCD_PORT = 35963
UNSHARE = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]


def can_isolate():
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("ip"):
        return False
    return subprocess.run([*UNSHARE, "true"], capture_output=True).returncode == 0


def has_pcscd():
    return can_isolate() and shutil.which("pcscd") and Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so").exists()


def run_isolated(command, environment, usb=(), listen=(), pcscd=None, atr=None, until=None, timeout=120):
    """Runs the command until its output holds `until` (20 s), and gives the last (status, out, err).

    usb: (VID:PID, interface classes) each; listen: TCP ports of loopback; pcscd: None (absent), "no-reader" or "readers"; atr: hexadecimal, of the card
    in the first reader.
    """
    plan = {"command": [str(part) for part in command], "usb": [list(device) for device in usb], "listen": list(listen),
            "pcscd": pcscd, "atr": atr, "until": until, "environment": environment}
    done = subprocess.run([*UNSHARE, sys.executable, "-B", __file__, json.dumps(plan)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        raise AssertionError(f"the stage broke down:\n{done.stderr}")
    answer = json.loads(done.stdout)
    return answer["status"], answer["out"], answer["err"]


# ---- inside ----

def mount_empty(folder):
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True)


def stage_usb(devices):
    mount_empty("/sys/bus")
    for number, (identifier, classes) in enumerate(devices, 1):
        folder = Path(f"/sys/bus/usb/devices/1-{number}")
        folder.mkdir(parents=True)
        vendor, product = identifier.split(":")
        (folder / "idVendor").write_text(vendor + "\n")
        (folder / "idProduct").write_text(product + "\n")
        for index, interface in enumerate(classes):
            part = folder / f"1-{number}:1.{index}"
            part.mkdir()
            (part / "bInterfaceClass").write_text(interface + "\n")


def stage_pcscd(kind):
    folder = Path(tempfile.mkdtemp(dir="/run"))
    if kind == "readers":
        (folder / "vpcd").write_text('FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x8C7B\n'
                                     "LIBPATH /usr/lib/pcsc/drivers/serial/libifdvpcd.so\nCHANNELID 0x8C7B\n")
    Path("/run/pcscd").mkdir()
    arguments = ["pcscd", "--foreground", "--config", str(folder)]
    if "--disable-polkit" in subprocess.run(["pcscd", "--help"], capture_output=True, text=True).stdout:
        arguments.append("--disable-polkit")
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: Path("/run/pcscd/pcscd.comm").exists(), "pcscd")
    return process


def be_card(atr):
    """The card's end of vpcd: two bytes of length before each message; one byte is a command, of which 4 asks for the ATR."""
    def connect():
        try:
            return socket.create_connection(("127.0.0.1", VPCD_PORT))
        except OSError:
            return None
    found = []
    wait_for(lambda: found.append(connect()) or found[-1], "vpcd")
    card = found[-1]

    def answer():
        stream = card.makefile("rb")
        while (head := stream.read(2)) and len(head) == 2:
            message = stream.read(int.from_bytes(head, "big"))
            reply = atr if message == b"\x04" else b"\x6d\x00" if len(message) > 1 else None
            if reply is not None:
                card.sendall(len(reply).to_bytes(2, "big") + reply)
    threading.Thread(target=answer, daemon=True).start()


def stage(plan):
    """What has to live as long as the command."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    mount_empty("/run")
    stage_usb(plan["usb"])
    listeners = [socket.create_server(("127.0.0.1", port)) for port in plan["listen"]]
    service = stage_pcscd(plan["pcscd"]) if plan["pcscd"] else None
    if plan["atr"] is not None:
        be_card(bytes.fromhex(plan["atr"]))
    return listeners, service


def main():
    plan = json.loads(sys.argv[1])
    _listeners, service = stage(plan)
    done = []

    def attempt():
        done.append(subprocess.run(plan["command"], env=plan["environment"], stdin=subprocess.DEVNULL, capture_output=True, text=True))
        return not plan["until"] or plan["until"] in done[-1].stdout
    try:
        wait_for(attempt, plan["until"])
    except AssertionError:
        pass  # the test says what it misses
    if service:
        service.terminate()
    print(json.dumps({"status": done[-1].returncode, "out": done[-1].stdout, "err": done[-1].stderr}))


if __name__ == "__main__":
    main()
