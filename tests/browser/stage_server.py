# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The stage of the end-to-end tests for a test in JavaScript: one JSON document a line on stdin and stdout.

{"id":1,"call":"add_token","args":["key","enterprise-rsa2048"],"options":{}} → {"id":1,"result":…} or {"id":1,"error":"…"}.
Everything ends with the end of stdin.
"""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from desktop import Desktop  # noqa: E402
from harness import BIN, LIB, PIN, Pki, Stage, wait_for  # noqa: E402


def description(answer):
    return {"status": answer.status, "document": answer.document, "out": answer.out, "err": answer.err}


class Calls:
    """What a test may ask for; each public method is a call."""

    def __init__(self, pki):
        self._stage = Stage(pki)
        self._platforms = {}
        self._agent = None
        self._desktop = None

    def close(self):
        self._stage.close()
        if self._desktop:
            self._desktop.close()

    # ---- a desktop with a tray ----
    def start_desktop(self):
        """Gives what programs on it are started with."""
        self._desktop = Desktop(size="1440x900")
        return self._desktop.environment

    def start_tray_agent(self, issuer, **options):
        self._stage.remember_first_run(issuer)
        return self.start_agent(desktop=self._desktop, **options)

    def has_window(self, name):
        return bool(self._desktop.windows("--name", name))

    def type_into_window(self, name, text):
        """As a person does who has seen the window: a click on it, a moment, the text, Enter."""
        window = self._desktop.window(name)
        for _ in range(2):
            time.sleep(0.6)  # in which the window takes nothing
            self._desktop.xdo("windowfocus", "--sync", window)
        self._desktop.xdo("type", "--delay", "15", text)
        self._desktop.xdo("key", "Return")

    def shoot(self, file):
        self._desktop.shoot(file)

    def describe(self):
        return {"folder": str(self._stage.folder), "runtime": str(self._stage.runtime), "pki": str(self._stage.pki.folder),
                "authority": str(self._stage.pki.path("tls-ca.pem")), "config": str(self._stage.config),
                "environment": self._stage.environment}

    def add_token(self, label, *certificates, **options):
        self._stage.add_token(label, *certificates, **options)

    def make_sm2_module(self):
        return str(self._stage.make_sm2_module())

    def make_fake_module(self):
        """A module whose faults the test decides, with one key of the enterprise; gives its path."""
        self._fake = self._stage.folder / "fake.so"
        shutil.copy(LIB / "libsignet-fake-module.so", self._fake)
        pki = self._stage.pki
        subprocess.run(["openssl", "pkey", "-in", pki.path("enterprise-p256.key"), "-pubout", "-outform", "DER", "-out",
                        self._stage.folder / "fake-public.der"], check=True, capture_output=True)
        self.control_fake_module()
        return str(self._fake)

    def control_fake_module(self, *faults, tokens=1):
        """What the module does from now on; more than one token are copies of the first."""
        path = self._stage.pki.path
        lines = [f"memory {self._stage.folder / 'memory'}", *faults]
        for slot in range(tokens):
            lines += [f"slot {slot}", f"serial {slot + 1:016}", f"pin-sha256 {hashlib.sha256(PIN.encode()).hexdigest()}",
                      f"private-key 01 {path('enterprise-p256.key.der')} k",
                      f"public-key 01 {self._stage.folder / 'fake-public.der'} k",
                      f"certificate 01 {path('enterprise-p256.der')} c"]
        new = self._stage.folder / "control.new"
        new.write_text("\n".join(lines) + "\n")
        new.rename(self._fake.with_name("fake.so.control"))

    def windows(self):
        """The askpass programs "waiting" that stand before the person, whoever's children they are by now."""
        command = f"^/bin/sh {self._stage.folder}/waiting "
        return subprocess.run(["pgrep", "-f", command], capture_output=True, text=True).stdout.split()

    def write_askpass(self, name, answer, before=""):
        return str(self._stage.write_askpass(name, answer, before))

    def prompts(self, kind=None):
        return self._stage.prompts(kind)

    def configure(self, *issuers, **keys):
        self._stage.configure(*issuers, **keys)

    def start_platform(self, name="platform", **options):
        platform = self._stage.start_platform(name=name, **options)
        self._platforms[name] = platform
        return {"name": name, "issuer": platform.issuer, "port": platform.port, "log": str(platform.log)}

    def stop_platform(self, name="platform"):
        self._platforms[name].stop()

    def pause_platform(self, name="platform"):
        """It takes connections, as the kernel does, and says nothing until it is resumed."""
        pid = self._platforms[name].process.pid
        os.kill(pid, signal.SIGSTOP)
        wait_for(lambda: Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T", "the platform to stand")

    def resume_platform(self, name="platform"):
        os.kill(self._platforms[name].process.pid, signal.SIGCONT)

    def request(self, method, path, body=None, headers=None, platform="platform"):
        status, received, content = self._platforms[platform].request(method, path, body, headers)
        return {"status": status, "headers": dict(received), "body": content}

    def admin(self, *arguments, platform="platform"):
        return self._platforms[platform].admin(*arguments).stdout

    def signet(self, *arguments):
        return description(self._stage.signet(*arguments))

    def register(self, *arguments, platform="platform"):
        return description(self._stage.register(self._platforms[platform], *arguments))

    def login(self, *arguments, platform="platform"):
        return description(self._stage.login(self._platforms[platform], *arguments))

    def start_agent(self, *arguments, **options):
        """A signet-agent without a tray; gives the ports that it listens on."""
        self.stop_agent()
        self._agent = self._stage.start_agent(*arguments, **options)
        return {"ws": self._agent.ws, "wss": self._agent.wss, "pid": self._agent.pid, "log": str(self._agent.log),
                "authority": str(self._agent.authority)}

    def kill_agent(self):
        self._agent.kill()

    def write_program(self, name, text):
        """A program of this user, before all others in the agent's PATH; gives its folder."""
        folder = self._stage.folder / "programs"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        (folder / name).chmod(0o700)
        path = self._stage.environment["PATH"]
        if not path.startswith(str(folder)):
            self._stage.environment["PATH"] = f"{folder}:{path}"
        return str(folder)

    def follow_link(self, link):
        """What the desktop does with a `signet:` link."""
        command = [BIN / "signet-agent", link, "--config", self._stage.config]
        return subprocess.run([str(part) for part in command], env=self._stage.environment, timeout=60).returncode

    def stop_agent(self):
        if self._agent:
            self._agent.stop()
        self._agent = None


def answer(calls, line):
    question = json.loads(line)
    try:
        name = question["call"]
        if name.startswith("_") or not hasattr(calls, name):
            raise AttributeError(f"no call {name}")
        result = getattr(calls, name)(*question.get("args", []), **question.get("options", {}))
        return {"id": question["id"], "result": result}
    except subprocess.CalledProcessError as error:
        return {"id": question["id"], "error": f"{error}\n{error.stdout}\n{error.stderr}"}
    except Exception as error:  # the test in JavaScript is told, whatever it was
        return {"id": question["id"], "error": f"{type(error).__name__}: {error}"}


def main():
    # What a program started here prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    pki = Pki(*sys.argv[1:])
    calls = None
    try:
        calls = Calls(pki)
        for line in sys.stdin:
            print(json.dumps(answer(calls, line)), file=answers, flush=True)
    finally:
        if calls:
            calls.close()
        pki.close()


if __name__ == "__main__":
    main()
