#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""`signet login`, the whole process, warm, against the same way gone by hand with standard tools in the same run: one curl process
for the six requests over one connection (metadata, challenge, challenge text, login, completion, session) and one pkcs11-tool
process for the signature."""
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "e2e"))
from harness import PIN, SOFTHSM, Pki, Stage  # noqa: E402

ROUNDS = 15
GOAL = 1.5


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main():
    pki = Pki("--only", "enterprise-p256")
    stage = Stage(pki)
    try:
        platform = stage.start_platform()
        stage.configure(platform.issuer)
        stage.add_token("lock", "enterprise-p256")
        assert stage.register(platform).status == 0
        inner = []

        def login():
            answer = stage.login(platform)
            assert answer.status == 0, answer
            inner.append(answer.document["elapsed_ms"])

        data = stage.folder / "data"
        data.write_bytes(bytes(32))

        def by_hand():
            urls = [f"{platform.issuer}/.well-known/signet-issuer"] * 6
            subprocess.run(["curl", "-sS", "--noproxy", "*", "--cacert", pki.path("tls-ca.pem"), *urls], check=True,
                           stdout=subprocess.DEVNULL)
            subprocess.run(["pkcs11-tool", "--module", SOFTHSM, "--token-label", "lock", "--login", "--pin", PIN, "--sign",
                            "--mechanism", "ECDSA", "--id", "01", "--input-file", data, "--output-file", "/dev/null"],
                           env=stage.environment, check=True, capture_output=True)

        login()
        by_hand()
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(login))
            theirs.append(seconds(by_hand))
        measured, baseline = 1e6 * statistics.median(ours), 1e6 * statistics.median(theirs)
        ratio = measured / baseline
        print(f"ratio login_process_over_curl_and_pkcs11_tool {ratio:.3f} goal {GOAL:.2f} "
              f"{'met' if ratio <= GOAL else 'missed'} ({measured:.1f} us / {baseline:.1f} us)")
        for part in ("total", "sign"):
            print(f"elapsed_ms.{part}: {statistics.median(each[part] for each in inner)}")
    finally:
        stage.close()
        pki.close()


if __name__ == "__main__":
    main()
