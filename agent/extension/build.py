#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Makes the browser extension for the pages of certain origins: OUT/chromium and OUT/firefox, with --pack as archives too.

usage: build.py --origin https://uc.example.test [--origin …] --out DIR [--pack]
       build.py --new-key FILE      a private key of one's own, and identity.txt for it
"""
import argparse
import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent
IDENTITY = SOURCE / "identity.txt"
# An exact origin as browsers write it: no wildcard, no path, no user, no default port, lower case.
ORIGIN = re.compile(r"https://((?!-)[a-z0-9-]+(?:\.(?!-)[a-z0-9-]+)*)(?::([1-9][0-9]{0,4}))?")
LARGEST_PORT = 65535
SHARED = ["background.js", "page.js"]


class Mistake(Exception):
    pass


def chromium_id(key):
    """Source: Chromium's crx_file/id_util."""
    digest = hashlib.sha256(base64.b64decode(key)).hexdigest()[:32]
    return "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def read_identity():
    lines = IDENTITY.read_text(encoding="utf-8").splitlines()
    identity = dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    if identity["chromium"] != f"chrome-extension://{chromium_id(identity['key'])}/":
        raise Mistake("identity.txt: the ID is not that of the key")
    return identity


def host_of(origin):
    match = ORIGIN.fullmatch(origin)
    port = match and match.group(2)
    if not match or port == "443" or int(port or 0) > LARGEST_PORT:
        raise Mistake(f"not an exact https origin: {origin}")
    return match.group(1)


def version():
    text = (SOURCE.parent.parent / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(signet VERSION ([0-9.]+)", text).group(1)


def manifest(browser, identity, hosts):
    parts = [json.loads((SOURCE / name).read_text(encoding="utf-8")) for name in ("manifest.json", f"manifest.{browser}.json")]
    whole = {**parts[0], **parts[1], "version": version()}
    # Patterns know no ports in Firefox; settings.js holds the exact origins.
    whole["content_scripts"][0]["matches"] = [f"https://{host}/*" for host in hosts]
    if browser == "chromium":
        whole["key"] = identity["key"]
    else:
        whole["browser_specific_settings"]["gecko"]["id"] = identity["firefox"]
    return whole


def settings(origins):
    text = (SOURCE / "settings.js").read_text(encoding="utf-8")
    return text.replace("signetOrigins = []", f"signetOrigins = {json.dumps(origins)}")


def write_extension(folder, browser, identity, origins, hosts):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(
        json.dumps(manifest(browser, identity, hosts), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "settings.js").write_text(settings(origins), encoding="utf-8")
    for name in SHARED + (["worker.js"] if browser == "chromium" else []):
        shutil.copyfile(SOURCE / name, folder / name)
    shutil.copytree(SOURCE / "_locales", folder / "_locales")
    shutil.copytree(SOURCE / "icons", folder / "icons", ignore=shutil.ignore_patterns("*.svg"))


def pack(folder, archive):
    """The same bytes from the same files, whenever and by whomever they are packed."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
                entry.external_attr = 0o644 << 16
                target.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def build(origins, out, is_packed):
    identity = read_identity()
    hosts = list(dict.fromkeys(map(host_of, origins)))
    for browser, ending in (("chromium", "zip"), ("firefox", "xpi")):
        write_extension(out / browser, browser, identity, origins, hosts)
        if is_packed:
            pack(out / browser, out / f"signet-{browser}.{ending}")


def make_key(file):
    """The private key signs packages; only what follows from it goes into the source."""
    if file.exists():
        raise Mistake(f"{file} is there already")
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", file], check=True,
                   stderr=subprocess.DEVNULL)
    der = subprocess.run(["openssl", "pkey", "-in", file, "-pubout", "-outform", "DER"], check=True, stdout=subprocess.PIPE).stdout
    key = base64.b64encode(der).decode()
    text = IDENTITY.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^key .*$", f"key {key}", text)
    text = re.sub(r"(?m)^chromium .*$", f"chromium chrome-extension://{chromium_id(key)}/", text)
    IDENTITY.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="Makes the browser extension.")
    parser.add_argument("--origin", action="append", default=[], help="an origin whose pages are served (repeatable)")
    parser.add_argument("--out", type=Path, help="folder for the result")
    parser.add_argument("--pack", action="store_true", help="also write the archives")
    parser.add_argument("--new-key", type=Path, metavar="FILE", help="make a new identity with this private key")
    options = parser.parse_args()
    try:
        if options.new_key:
            make_key(options.new_key)
        elif options.origin and options.out:
            build(options.origin, options.out, options.pack)
        else:
            parser.error("--origin and --out, or --new-key")
    except Mistake as mistake:
        print(f"build.py: {mistake}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
