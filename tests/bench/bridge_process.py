#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The process signet-agent: from its start to listening, memory (PSS), descriptors and context switches, idle and after work, against
a Qt program that does nothing (bare_qt.cpp). With --long 2,000 logins instead of 200."""
import argparse
import os
import shutil
import subprocess
import time
from pathlib import Path

from shared.figures import Account, print_ratio, print_time, print_value
from harness import BIN
from page import Page, Visit

BARE_QT = BIN.parent / "bench_aids" / "bare_qt"
START_GOAL_MS = 50
PSS_GOAL_MB = 12
HELLOS_PER_CONNECTION = 1000  # as many as the bridge takes at once


class Started:
    """A program that says by a file that it is there."""

    def __init__(self, command, told, environment, log):
        told.unlink(missing_ok=True)
        start = time.perf_counter()
        self.process = subprocess.Popen([str(a) for a in command], env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                        stderr=log)
        while not told.exists():
            assert self.process.poll() is None, (command, self.process.returncode)
            assert time.perf_counter() - start < 20, command
            time.sleep(0.0002)
        self.seconds = time.perf_counter() - start

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


class Process:
    """What the kernel says of a process. signet-agent's memory is closed to its own user, so root must ask."""

    def __init__(self, pid):
        self.folder = Path(f"/proc/{pid}")

    def memory(self):
        """(PSS, its dirty part that is this process's alone) in MB, or None where it may not be read. PSS falls where other processes
        have the same libraries loaded; the dirty part does not."""
        try:
            lines = (self.folder / "smaps_rollup").read_text().splitlines()[1:]
        except PermissionError:
            return None
        sizes = {name: int(rest.split()[0]) / 1024 for name, _, rest in (line.partition(":") for line in lines)}
        return sizes["Pss"], sizes["Private_Dirty"]

    def descriptors(self):
        try:
            return len(os.listdir(self.folder / "fd"))
        except PermissionError:
            return None

    def switches(self):
        """{thread: (name, voluntary context switches)}"""
        found = {}
        for task in (self.folder / "task").iterdir():
            fields = dict(line.split(":", 1) for line in (task / "status").read_text().splitlines() if ":" in line)
            found[task.name] = (fields["Name"].strip(), int(fields["voluntary_ctxt_switches"]))
        return found


def print_memory(when, process, goal=None):
    """Gives the dirty part."""
    memory = process.memory()
    if memory is None:
        print(f"value bridge_pss_{when} - (only root may read it)")
        return None
    print_value(f"bridge_pss_{when}", round(memory[0], 2), "MB", goal)
    print_value(f"bridge_own_memory_{when}", round(memory[1], 2), "MB")
    print_value(f"bridge_descriptors_{when}", process.descriptors(), "descriptors")
    return memory[1]


def print_switches(when, process, seconds):
    """None of ours: whatever wakes is a timer, or something that polls."""
    before = process.switches()
    time.sleep(seconds)
    after = process.switches()
    woken = {f"{name}/{task}": count - before.get(task, (name, 0))[1] for task, (name, count) in after.items()}
    print_value(f"bridge_switches_{when}_in_{seconds}_s", sum(woken.values()), "context switches", 0)
    for name, count in woken.items():
        if count:
            print(f"  {name}: {count}")


def agent_command(stage, told, askpass):
    return [BIN / "signet-agent", "--headless", "--config", stage.config, "--port", "0", "--port-file", told, "--askpass", askpass]


def measure_start(account, rounds):
    stage = account.stage
    told = stage.folder / "told"
    localhost = stage.home / ".local/share/signet/localhost"
    first, later, bare = [], [], []

    def seconds(command):
        started = Started(command, told, stage.environment, subprocess.DEVNULL)
        started.stop()
        return started.seconds

    command = agent_command(stage, told, account.askpass)
    for _ in range(rounds):
        shutil.rmtree(localhost, ignore_errors=True)
        first.append(seconds(command))
        later.append(seconds(command))
        if BARE_QT.exists():
            bare.append(seconds([BARE_QT, told]))
    print_time("bridge_first_start_to_listening", first)
    print_time("bridge_start_to_listening", later, START_GOAL_MS)
    if bare:
        print_ratio("bridge_start_over_bare_qt", later, bare)


def measure_bare_memory(stage):
    if not BARE_QT.exists():
        return
    told = stage.folder / "told"
    bare = Started([BARE_QT, told], told, stage.environment, subprocess.DEVNULL)
    memory = Process(bare.process.pid).memory()
    bare.stop()
    if memory is not None:
        print_value("bare_qt_pss", round(memory[0], 2), "MB")
        print_value("bare_qt_own_memory", round(memory[1], 2), "MB")


def say_hellos(account, agent, count):
    left = count
    while left > 0:
        with Page(agent, account.platform.issuer) as page:
            for _ in range(min(left, HELLOS_PER_CONNECTION)):
                assert page.call("hello")["result"]["ready"]
        left -= HELLOS_PER_CONNECTION


def log_in(account, agent, count, door="ws"):
    for _ in range(count):
        visit = Visit(account.platform)
        with Page(agent, account.platform.issuer, door) as page:
            answer = page.login(account.platform.issuer, visit.challenge_id)
            assert "result" in answer, answer


def measure_work(account, options):
    agent = account.stage.start_agent(askpass=account.askpass)
    process = Process(agent.pid)
    time.sleep(1)
    print_memory("idle", process, PSS_GOAL_MB)
    print_switches("idle", process, options.idle)
    say_hellos(account, agent, options.hellos)
    print_memory(f"after_{options.hellos}_hellos", process, PSS_GOAL_MB)
    with Page(agent, account.platform.issuer) as page:
        assert "result" in page.login(account.platform.issuer, Visit(account.platform).challenge_id)
        time.sleep(1)
        print_memory("after_1_login_page_open", process, PSS_GOAL_MB)
    own = []
    half = options.logins // 2
    for part in (1, 2):
        log_in(account, agent, half // 2)
        log_in(account, agent, half - half // 2, "wss")
        time.sleep(1)
        own.append(print_memory(f"after_{part * half}_logins", process, PSS_GOAL_MB))
    if None not in own:
        print_value("bridge_own_memory_second_half_over_first", round(own[1] / own[0], 3), "times", 1.05)
    # A worker thread started it.
    hosts = [host for task in Path(f"/proc/{agent.pid}/task").iterdir() for host in (task / "children").read_text().split()]
    for host in hosts:
        memory = Process(host).memory()
        if memory is not None:
            print_value("token_host_pss", round(memory[0], 2), "MB")


def measure_watch(account, options):
    """In a new process: what a login leaves behind, a connection to the platform that ends by itself, is not of the watch. Nor is the
    end of the time that the connection had for its head, five seconds, which Asio lets pass although it was cancelled."""
    account.stage.agents.pop().stop()
    agent = account.stage.start_agent(askpass=account.askpass)
    process = Process(agent.pid)
    with Page(agent, account.platform.issuer) as page:
        assert page.call("watch")["result"] == {"present": True}
        time.sleep(6)
        print_memory("with_a_watch", process)
        print_switches("with_a_watch", process, options.idle)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="2,000 logins")
    parser.add_argument("--logins", type=int)
    parser.add_argument("--hellos", type=int, default=10_000)
    parser.add_argument("--idle", type=int, default=30, metavar="SECONDS")
    parser.add_argument("--starts", type=int, default=15)
    options = parser.parse_args()
    options.logins = options.logins or (2000 if options.long else 200)
    with Account() as account:
        measure_start(account, options.starts)
        measure_bare_memory(account.stage)
        measure_work(account, options)
        measure_watch(account, options)


if __name__ == "__main__":
    main()
