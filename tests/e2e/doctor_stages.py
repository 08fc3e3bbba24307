# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""What the self-check's tests stage: libraries that are no modules, a platform with another clock, an inspecting proxy."""
import json
import shutil
import subprocess

from front import TlsServer
from harness import LIB

FAKE_MODULE = LIB / "libsignet-fake-module.so"


def compile_library(folder, name, source, *options):
    """A shared library from C, for what must be a real one."""
    file = folder / f"{name}.c"
    file.write_text(source)
    library = folder / f"{name}.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, file, *map(str, options)], check=True, capture_output=True)
    return library


def library_without_its_dependency(folder):
    dependency = compile_library(folder, "libvendorcrypto", "int vendor(void) { return 1; }", "-Wl,-soname,libvendorcrypto.so.7")
    library = compile_library(folder, "module", "int vendor(void); int use(void) { return vendor(); }", dependency)
    dependency.unlink()
    return library


def elf_for(folder, machine, bits=64):
    """The head of a library for another machine, and nothing behind it."""
    library = folder / f"for-{machine}.so"
    library.write_bytes(b"\x7fELF" + bytes([2 if bits == 64 else 1, 1, 1]) + bytes(9) + (3).to_bytes(2, "little")
                        + machine.to_bytes(2, "little") + bytes(44))
    return library


class FakeModule:
    """A copy of the fake module under a name of one's own, with its control file."""

    def __init__(self, stage, *lines, name="libfake.so"):
        self.path = stage.folder / name
        shutil.copy(FAKE_MODULE, self.path)
        self.path.chmod(0o644)
        control = stage.folder / f"{name}.control"
        control.write_text("\n".join(lines) + "\n")


class ScriptedPlatform:
    """Metadata and challenges of protocol.md, with a clock of its own."""

    def __init__(self, pki, now, service=None):
        self.now = now
        self.service = service or {"status": "ok"}
        self.server = TlsServer(pki, self.answer)
        self.issuer = self.server.issuer
        self.close = self.server.close

    def answer(self, method, path, headers, body):
        if path.endswith("/.well-known/signet-issuer"):
            return self.json(self.metadata())
        if method == "POST":
            return self.json({"issuer": self.issuer, "challenge_id": "A" * 22, "expires_in": 120})
        return self.json({
            "v": "urn:signet:login:v1", "purpose": "login", "aud": self.issuer, "cid": "A" * 22, "nonce": "A" * 43,
            "iat": self.now, "exp": self.now + 120, "client": None, "req": "",
            "sid": "A" * 43, "act": {"as": "self"}, "agr": [], "claims": [], "issuers": [], "algs": ["ES256"]})

    def metadata(self):
        base = self.issuer
        return {"issuer": base, "api": 1, "origins": [base], "challenge_endpoint": f"{base}/agent/v1/challenges",
                "login_endpoint": f"{base}/agent/v1/logins", "browser_handoff": f"{base}/login/handoff", "algs": ["ES256"],
                "agreements": [], "service": self.service}

    @staticmethod
    def json(document):
        return 200, {"Content-Type": "application/json"}, json.dumps(document).encode()


def inspecting_proxy(folder, pki, name="FortiGate CA"):
    """A TLS server whose certificate was made up by an inspecting proxy: right name, root of its own."""
    root, leaf = folder / "inspector", folder / "inspected"
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
                    f"/CN={name}", "-keyout", f"{root}.key", "-out", f"{root}.crt"], check=True, capture_output=True)
    subprocess.run(["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
                    "-keyout", f"{leaf}.key", "-out", f"{leaf}.csr"], check=True, capture_output=True)
    subprocess.run(["openssl", "x509", "-req", "-in", f"{leaf}.csr", "-CA", f"{root}.crt", "-CAkey", f"{root}.key", "-CAcreateserial",
                    "-days", "30", "-extfile", folder / "names", "-out", f"{leaf}.crt"], check=True, capture_output=True)
    return TlsServer(pki, lambda *_: (200, {}, b"{}"), certificate=f"{leaf}.crt", key=f"{leaf}.key")
