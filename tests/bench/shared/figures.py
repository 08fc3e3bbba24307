# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What the benchmark programs in Python share: how figures are printed (as ratio.hpp does) and a stage with an account."""
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "e2e"))
from harness import PIN, Pki, Stage  # noqa: E402


def verdict(value, goal):
    return "met" if value <= goal else "missed"


def lower(seconds):
    """The lower quartile: what a quiet moment gives. Not the least: where this process is held up before it sees that a part has
    begun, the part looks too short."""
    return statistics.quantiles(seconds, n=4)[0]


def print_ratio(name, measured, baseline, goal=None):
    """Of two lists of seconds: the quotient of their medians, and of their lower quartiles."""
    ours, theirs = 1e6 * statistics.median(measured), 1e6 * statistics.median(baseline)
    ratio = ours / theirs
    wanted = "goal - -" if goal is None else f"goal {goal:.2f} {verdict(ratio, goal)}"
    print(f"ratio {name} {ratio:.3f} {wanted} ({ours:.1f} us / {theirs:.1f} us)")
    ours, theirs = 1e6 * lower(measured), 1e6 * lower(baseline)
    print(f"lower {name} {ours / theirs:.3f} ({ours:.1f} us / {theirs:.1f} us)", flush=True)


def print_time(name, seconds, goal=None):
    """The median of a list of seconds; to be read, not to fail by."""
    middle = 1e3 * statistics.median(seconds)
    wanted = "" if goal is None else f" goal {goal:.0f} {verdict(middle, goal)}"
    print(f"time {name} {middle:.3f} ms{wanted} (least {1e3 * min(seconds):.3f} ms, {len(seconds)} times)", flush=True)


def print_value(name, value, unit, goal=None):
    wanted = "" if goal is None else f" goal {goal:g} {verdict(value, goal)}"
    print(f"value {name} {value:g} {unit}{wanted}", flush=True)


class Account:
    """A platform, a token with one certificate and an account of it, an agent's configuration."""

    LABEL = "lock"

    def __init__(self, certificate="enterprise-rsa2048"):
        self.pki = Pki("--only", certificate)
        self.stage = Stage(self.pki)
        # SoftHSM writes with every C_Login: in memory, so that no disk is measured.
        self.tokens = tempfile.mkdtemp(prefix="signet-bench-", dir="/dev/shm")
        self.stage.softhsm_conf.write_text(
            f"directories.tokendir = {self.tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
        try:
            self.platform = self.stage.start_platform(challenge_rate="0")
            self.stage.configure(self.platform.issuer)
            self.stage.add_token(self.LABEL, certificate)
            registered = self.stage.register(self.platform)
            assert registered.status == 0, registered
            # Nothing but the answer: the harness's own notes every question.
            self.askpass = self.stage.folder / "answer"
            self.askpass.write_text(f"#!/bin/sh\nprintf {PIN}\n")
            self.askpass.chmod(0o700)
        except BaseException:
            self.close()
            raise

    def close(self):
        self.stage.close()
        self.pki.close()
        shutil.rmtree(self.tokens, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
