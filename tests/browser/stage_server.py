# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The stage of the end-to-end tests for a test in JavaScript: one JSON document a line on stdin and stdout.

{"id":1,"call":"add_token","args":["key","enterprise-rsa2048"],"options":{}} → {"id":1,"result":…} or {"id":1,"error":"…"}.
Everything ends with the end of stdin.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from harness import BIN, Pki, Stage, wait_for  # noqa: E402


def description(answer):
    return {"status": answer.status, "document": answer.document, "out": answer.out, "err": answer.err}


class Calls:
    """What a test may ask for; each public method is a call."""

    def __init__(self, pki):
        self._stage = Stage(pki)
        self._runtime = self._stage.folder / "runtime"
        self._runtime.mkdir(mode=0o700)
        self._stage.environment["XDG_RUNTIME_DIR"] = str(self._runtime)
        self._platforms = {}
        self._agent = None

    def close(self):
        self.stop_agent()
        self._stage.close()

    def describe(self):
        return {"folder": str(self._stage.folder), "runtime": str(self._runtime), "pki": str(self._stage.pki.folder),
                "authority": str(self._stage.pki.path("tls-ca.pem")), "config": str(self._stage.config),
                "environment": self._stage.environment}

    def add_token(self, label, *certificates, **options):
        self._stage.add_token(label, *certificates, **options)

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

    def start_agent(self, *arguments, askpass=None):
        """A signet-agent without a tray; gives the ports that it listens on."""
        self.stop_agent()
        port_file = self._stage.folder / "agent-port"
        port_file.unlink(missing_ok=True)
        log = self._stage.folder / "agent.log"
        command = [BIN / "signet-agent", "--headless", "--config", self._stage.config, "--port", "0", "--port-file", port_file,
                   "--askpass", askpass or self._stage.askpass, *arguments]
        with open(log, "ab") as output:
            self._agent = subprocess.Popen([str(part) for part in command], env=self._stage.environment,
                                           stdin=subprocess.DEVNULL, stdout=output, stderr=output)

        def is_listening():
            if self._agent.poll() is not None:
                raise AssertionError(f"the agent ended with {self._agent.returncode}:\n{log.read_text()}")
            return port_file.exists() and port_file.read_text().strip()
        wait_for(is_listening, f"the agent to listen ({log})")
        return {**json.loads(port_file.read_text()), "pid": self._agent.pid, "log": str(log)}

    def stop_agent(self):
        if self._agent and self._agent.poll() is None:
            self._agent.terminate()
            try:
                self._agent.wait(10)
            except subprocess.TimeoutExpired:
                self._agent.kill()
                self._agent.wait()
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
