# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The stage of the end-to-end tests: real programs, SoftHSM tokens, a platform on loopback, nothing of the user's.

Everything lives in one temporary folder and ends with the test.
"""
import hashlib
import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
from pathlib import Path

BIN = Path(os.environ["SIGNET_BIN"])
LIB = Path(os.environ.get("SIGNET_LIB", BIN.parent / "lib"))
SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "482915"
SO_PIN = "90817263"


def wait_for(condition, what, seconds=20):
    """Waits until condition() is true, and gives that; polls, because what is waited for is another process."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        pause.wait(0.01)
    return found


def is_sanitized():
    """Whether the programs were built with a sanitizer, which keeps freed memory and refuses some limits."""
    return b"__asan_init" in (BIN / "signet").read_bytes() or b"__tsan_init" in (BIN / "signet").read_bytes()


def run(arguments, **options):
    return subprocess.run([str(a) for a in arguments], check=True, capture_output=True, text=True, **options)


class Pki:
    """All test certificates as files, made once for a test program."""

    def __init__(self, *options):
        self.folder = Path(tempfile.mkdtemp(prefix="signet-pki-"))
        run([BIN / "signet-test-pki", "--out", self.folder, *options])

    def path(self, name):
        return self.folder / name

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Stage:
    """One person's desktop: home folder, SoftHSM store, configuration, askpass program."""

    def __init__(self, pki):
        self.pki = pki
        self.folder = Path(tempfile.mkdtemp(prefix="signet-e2e-"))
        self.home = self.folder / "home"
        self.home.mkdir(mode=0o700)
        self.tokens = self.folder / "tokens"
        self.tokens.mkdir(mode=0o700)
        self.softhsm_conf = self.folder / "softhsm2.conf"
        self.softhsm_conf.write_text(
            f"directories.tokendir = {self.tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
        self.runtime = self.folder / "runtime"
        self.runtime.mkdir(mode=0o700)
        self.config = self.folder / "agent.conf"
        self.platforms = []
        self.agents = []
        self.environment = {
            "HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.runtime),
            "SOFTHSM2_CONF": str(self.softhsm_conf), "SIGNET_TEST_PROMPTS": str(self.folder / "prompts"),
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.askpass = self.write_askpass("askpass", PIN)

    def close(self):
        for program in [*self.agents, *self.platforms]:
            program.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- tokens ----
    def add_token(self, label, *certificates, pin=PIN, with_public_keys=False):
        """A SoftHSM token with the named certificates of the test PKI and their keys; private keys show only after login."""
        run(["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", SO_PIN],
            env=self.environment)
        for number, name in enumerate(certificates, 1):
            common = ["pkcs11-tool", "--module", SOFTHSM, "--token-label", label, "--login", "--pin", pin,
                      "--id", f"{number:02x}", "--label", name]
            run([*common, "--write-object", self.pki.path(f"{name}.key.der"), "--type", "privkey",
                 "--usage-sign"], env=self.environment)
            run([*common, "--write-object", self.pki.path(f"{name}.der"), "--type", "cert"], env=self.environment)
            if with_public_keys:
                public = self.folder / "public.der"
                run(["openssl", "pkey", "-in", self.pki.path(f"{name}.key"), "-pubout", "-outform", "DER", "-out", public])
                run([*common, "--write-object", public, "--type", "pubkey"], env=self.environment)

    def make_sm2_module(self, sm2="sm2 0x80008105 prehashed raw", key_type="sm2-key-type 0x80000004"):
        """A vendor's module with an SM2 key: the signing and the encryption certificate of one enterprise. Gives its path."""
        module = self.folder / "vendor.so"
        shutil.copy(LIB / "libsignet-fake-module.so", module)
        objects = []
        for number, name in enumerate(("enterprise-sm2", "encryption-sm2"), 1):
            objects += [f"private-key {number:02x} {self.pki.path(f'{name}.key.der')} container",
                        f"certificate {number:02x} {self.pki.path(f'{name}.der')} container"]
        lines = [f"memory {self.folder / 'memory'}", "slot 0", "label SM2 key",
                 f"pin-sha256 {hashlib.sha256(PIN.encode()).hexdigest()}", f"mechanisms {sm2.split()[1]}", sm2, key_type]
        module.with_name("vendor.so.control").write_text("\n".join([*lines, *objects]) + "\n")
        return module

    def add_certificate_without_key(self, label, name, identifier="77"):
        run(["pkcs11-tool", "--module", SOFTHSM, "--token-label", label, "--login", "--pin", PIN, "--id", identifier,
             "--label", name, "--write-object", self.pki.path(f"{name}.der"), "--type", "cert"], env=self.environment)

    # ---- programs ----
    def write_askpass(self, name, answer, before=""):
        """An askpass program that notes every question (kind and text) and prints the answer."""
        path = self.folder / name
        path.write_text(
            "#!/bin/sh\n"
            'printf "%s\\t%s\\n" "$SIGNET_PROMPT" "$(printf %s "$1" | tr "\\n" " ")" >>"$SIGNET_TEST_PROMPTS"\n'
            f"{before}\n"
            f"{answer if answer.startswith('exit') else 'printf %s ' + repr(answer)}\n")
        path.chmod(0o700)
        return path

    def prompts(self, kind=None):
        path = self.folder / "prompts"
        lines = path.read_text().splitlines() if path.exists() else []
        questions = [tuple(line.split("\t", 1)) for line in lines]
        return [q for q in questions if kind is None or q[0] == kind]

    def configure(self, *issuers, modules=(SOFTHSM,), trust=None, **keys):
        lines = [f"issuer = {issuer}" for issuer in issuers]
        lines += [f"module = {module}" for module in modules]
        lines += [f"trust = {trust or self.pki.path('trust')}", f"issuer-ca = {self.pki.path('tls-ca.pem')}",
                  "p11-kit = no", "known-modules = no"]
        keys.setdefault("language", "en")
        keys.setdefault("revocation", "off")
        lines += [f"{key.replace('_', '-')} = {value}" for key, value in keys.items()]
        self.config.write_text("\n".join(lines) + "\n")

    def remember_first_run(self, *issuers):
        """The tray does not open the first run's window by itself any more."""
        folder = self.home / ".local/state/signet"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / "first-run.json").write_text(json.dumps({"shown_for": list(issuers)}))

    def command(self, *arguments):
        return [str(BIN / "signet"), *map(str, arguments), "--config", str(self.config)]

    def signet(self, *arguments, environment=None, timeout=120):
        """Runs signet; the answer has status, out, err and, with --json, document."""
        done = subprocess.run(self.command(*arguments), env={**self.environment, **(environment or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout,
                              start_new_session=True)
        return Answer(done.returncode, done.stdout, done.stderr, "--json" in arguments)

    def login(self, platform, *arguments, askpass=None, **options):
        return self.signet("login", "--issuer", platform.issuer, "--askpass", askpass or self.askpass, "--json",
                           *arguments, **options)

    def register(self, platform, *arguments, askpass=None, **options):
        return self.signet("register", "--issuer", platform.issuer, "--accept-agreements", "--askpass",
                           askpass or self.askpass, "--json", *arguments, **options)

    def start_platform(self, **options):
        platform = Platform(self, **options)
        self.platforms.append(platform)
        return platform

    def start_agent(self, *arguments, **options):
        agent = Agent(self, *arguments, **options)
        self.agents.append(agent)
        return agent


class Program:
    """What runs as `process`."""

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise


class Agent(Program):
    """A signet-agent without a tray on free ports of loopback."""

    def __init__(self, stage, *arguments, askpass=None, environment=None, port=0, desktop=None):
        self.stage = stage
        self.log = stage.folder / "agent.log"
        self.port_file = stage.folder / "agent-port"
        self.port_file.unlink(missing_ok=True)
        face = [] if desktop else ["--headless", "--askpass", askpass or stage.askpass]
        command = [BIN / "signet-agent", "--config", stage.config, "--port", port, "--port-file", self.port_file, *face,
                   *arguments]
        self.environment = {**stage.environment, **(desktop.environment if desktop else {}), **(environment or {})}
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(a) for a in command], env=self.environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(self._is_listening, f"the agent to listen ({self.log})")

    def _is_listening(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the agent ended with {self.process.returncode}:\n{self.log.read_text()}")
        if not self.port_file.exists():
            return False
        ports = json.loads(self.port_file.read_text())
        self.ws, self.wss = ports["ws"], ports.get("wss")
        return True

    @property
    def pid(self):
        return self.process.pid

    @property
    def authority(self):
        """The localhost authority that the agent made for itself."""
        return self.stage.home / ".local/share/signet/localhost/ca.pem"


class Answer:
    def __init__(self, status, out, err, is_json):
        self.status, self.out, self.err = status, out, err
        try:
            self.document = json.loads(out) if is_json else None
        except json.JSONDecodeError:
            raise AssertionError(f"not one JSON document (status {status}):\n{out}\n{err}") from None

    @property
    def code(self):
        return (self.document or {}).get("code")

    @property
    def reason(self):
        return (self.document or {}).get("reason")

    def __repr__(self):
        return f"status {self.status}\n{self.out}\n{self.err}"


class Platform(Program):
    """A signet-platform on a free port of loopback, with its database in the stage's folder."""

    def __init__(self, stage, name="platform", trust=None, port=0, public_port=None, **options):
        self.stage = stage
        self.folder = stage.folder / name
        self.folder.mkdir(exist_ok=True)
        self.trust = trust or stage.pki.path("trust")
        self.options = options
        self.port = port
        self.public_port = public_port  # of a front before it; None: its own
        self.process = None
        self.start()

    @property
    def issuer(self):
        return f"https://localhost:{self.public_port or self.port}"

    @property
    def log(self):
        return self.folder / "log"

    def start(self):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        pki = self.stage.pki
        arguments = [BIN / "signet-platform", "--listen", f"127.0.0.1:{self.port}",
                     "--issuer", "https://localhost:" + str(self.public_port or self.port or "{port}"),
                     "--port-file", port_file, "--tls-cert", pki.path("tls.crt"), "--tls-key", pki.path("tls.key"),
                     "--db", f"sqlite:{self.folder / 'platform.db'}", "--trust", self.trust]
        options = {"revocation": "off", **self.options}
        for key, value in options.items():
            for each in value if isinstance(value, list) else [value]:
                arguments += [f"--{key.replace('_', '-')}", each]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(a) for a in arguments], env=self.stage.environment,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_for(lambda: self._is_listening(port_file), f"the platform to listen ({self.log})")

    def _is_listening(self, port_file):
        if self.process.poll() is not None:
            raise AssertionError(f"the platform ended with {self.process.returncode}:\n{self.log.read_text()}")
        if not port_file.exists() or not port_file.read_text().strip():
            return False
        self.port = int(port_file.read_text())
        return True

    def request(self, method, path, body=None, headers=None):
        """One HTTPS request over the test CA; gives (status, headers, parsed body or text)."""
        context = ssl.create_default_context(cafile=str(self.stage.pki.path("tls-ca.pem")))
        connection = http.client.HTTPSConnection("localhost", self.port, context=context, timeout=20)
        try:
            headers = dict(headers or {})
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
                headers.setdefault("Content-Type", "application/json")
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            is_json = "json" in (response.getheader("Content-Type") or "")
            return response.status, response.headers, json.loads(text) if is_json and text else text
        finally:
            connection.close()

    def session(self, token):
        return self.request("GET", "/session", headers={"Authorization": f"Bearer {token}"})

    def logins(self):
        """The ids of the challenges that were consumed, oldest first."""
        ids = re.findall(r"cid ([A-Za-z0-9_-]{22}) ", self.admin("audit").stdout)
        return list(dict.fromkeys(ids))

    def admin(self, *arguments):
        return run([BIN / "signet-platform", "admin", *arguments, "--db", f"sqlite:{self.folder / 'platform.db'}"],
                   env=self.stage.environment)
