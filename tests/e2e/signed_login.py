# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""A login signed with openssl from the contract alone (protocol.md sections 2 to 4): an agent that no code of ours is in."""
import base64
import hashlib
import json
import secrets
import ssl
import subprocess


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def s256(text):
    return base64url(hashlib.sha256(text.encode()).digest())


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def raw_ecdsa(der):
    """r‖s of 32 bytes each, out of SEQUENCE { INTEGER r, INTEGER s }."""
    r_end = 4 + der[3]
    numbers = der[4:r_end], der[r_end + 2:]
    return b"".join(int.from_bytes(n, "big").to_bytes(32, "big") for n in numbers)


class SignedLogin:
    """One challenge, signed with a P-256 certificate of the test PKI; `handoff` is what came of it."""

    def __init__(self, platform, certificate, purpose="login", challenge_id=None, origin="signet:agent"):
        self.platform = platform
        self.secret = base64url(secrets.token_bytes(32))
        self.challenge_id = challenge_id or self._post("/agent/v1/challenges", {"purpose": purpose, "sid": s256(self.secret)})["challenge_id"]
        status, _, challenge = platform.request("GET", f"/agent/v1/challenges/{self.challenge_id}")
        assert status == 200, challenge
        self.handoff = self._sign(challenge, platform.stage.pki, certificate, origin)

    @property
    def fragment(self):
        return f"{self.challenge_id}.{self.handoff}.{self.secret}"

    @property
    def body(self):
        return {"challenge_id": self.challenge_id, "handoff": self.handoff, "secret": self.secret}

    def _post(self, path, body):
        status, _, answer = self.platform.request("POST", path, body)
        assert status == 200, answer
        return answer

    def _sign(self, challenge, pki, certificate, origin):
        chain = pki.path(f"{certificate}.chain.pem").read_text().split("-----END CERTIFICATE-----")[:-1]
        ders = [ssl.PEM_cert_to_DER_cert(pem.strip() + "\n-----END CERTIFICATE-----\n") for pem in chain]
        server = ssl.PEM_cert_to_DER_cert(pki.path("tls.crt").read_text().split("-----END CERTIFICATE-----")[0] + "-----END CERTIFICATE-----\n")
        binding = {"type": "tls-server-end-point", "data": base64url(hashlib.sha256(server).digest())}
        header = base64url(canonical({"alg": "ES256", "typ": "signet-login.v1+jws",
                                      "x5c": [base64.b64encode(der).decode() for der in ders]}))
        payload = {name: challenge[name] for name in ("agr", "aud", "cid", "exp", "iat", "nonce", "purpose", "req", "sid", "v")}
        payload |= {"act": {name: text for name, text in challenge["act"].items() if name != "name"}, "cb": binding,
                    "client": (challenge["client"] or {}).get("id", ""), "origin": origin,
                    "x5t": base64url(hashlib.sha256(ders[0]).digest())}
        done = subprocess.run(["openssl", "dgst", "-sha256", "-sign", pki.path(f"{certificate}.key")], check=True,
                              input=f"{header}.{base64url(canonical(payload))}".encode(), capture_output=True)
        answer = self._post("/agent/v1/logins", {"challenge_id": self.challenge_id, "protected": header,
                                                 "signature": base64url(raw_ecdsa(done.stdout)), "cb": binding})
        return answer["handoff"]
