#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""The arrow of knowledge, checked: who includes whom, who links whom, where Qt and PKCS#11 may be named.

usage: layers.py SOURCE LINK_GRAPH
LINK_GRAPH holds one "target: dependency dependency" a line, as CMakeLists.txt writes it.
"""
import re
import sys
from pathlib import Path

# ui → agent → {pkcs11, certs}, platform → certs; base is under all of them (docs/decisions/0001-base-folder.md).
KNOWS = {
    "base": {"base"},
    "certs": {"certs", "base"},
    "pkcs11": {"pkcs11", "base"},
    "agent": {"agent", "pkcs11", "certs", "base"},
    "ui": {"ui", "agent", "pkcs11", "certs", "base"},
    "platform": {"platform", "certs", "base"},
}
# A program may name a test double only where this says so.
QT_FOLDERS = {"agent", "ui"}
WIDGETS = re.compile(r"Q(Widget|Dialog|Label|PushButton|LineEdit|SystemTrayIcon|Application|MessageBox|.*Layout)\b")
CRYPTOKI = re.compile(r"\bCKR?_[A-Z]")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
MAX_LINES = 500


def faults_of_file(folder, path, root):
    faults = []
    name = path.relative_to(root)
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) > MAX_LINES:
        faults.append(f"{name}: {len(lines)} lines, more than {MAX_LINES}")
    if not lines or "SPDX-License-Identifier: Apache-2.0" not in lines[0]:
        faults.append(f"{name}: no SPDX head")
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        match = INCLUDE.match(line)
        if match:
            faults += faults_of_include(folder, match.group(1), match.group(2), where)
        elif folder != "pkcs11" and CRYPTOKI.search(line):
            faults.append(f"{where}: CK_ or CKR_ outside pkcs11/")
    return faults


def faults_of_include(folder, mark, target, where):
    first = target.split("/")[0]
    if mark == '"' and first in KNOWS and first not in KNOWS[folder]:
        return [f"{where}: {folder} must not know {first} ({target})"]
    if mark == '"' and first == "tests":
        return [f"{where}: code must not know its tests ({target})"]
    if re.match(r"Q[A-Z]|Qt", first) and folder not in QT_FOLDERS:
        return [f"{where}: Qt outside agent/ and ui/ ({target})"]
    if mark == "<" and folder != "ui" and WIDGETS.fullmatch(target.split("/")[-1]) and target != "QCoreApplication":
        return [f"{where}: Qt Widgets outside ui/ ({target})"]
    if target.endswith("pkcs11.h") and folder != "pkcs11":
        return [f"{where}: pkcs11.h outside pkcs11/"]
    return []


def faults_of_includes(root):
    faults = []
    for folder in KNOWS:
        for path in sorted((root / folder).rglob("*.[ch]pp")):
            faults += faults_of_file(folder, path, root)
    return faults


def faults_of_links(graph_text):
    faults = []
    for line in graph_text.splitlines():
        target, _, rest = line.partition(":")
        folder = target.strip().removeprefix("signet_")
        if folder not in KNOWS:
            continue
        for dependency in re.findall(r"\bsignet_(\w+)", rest):
            if dependency in KNOWS and dependency not in KNOWS[folder]:
                faults.append(f"link: {folder} must not link {dependency}")
        if "Qt6::" in rest and folder not in QT_FOLDERS:
            faults.append(f"link: {folder} must not link Qt")
        if "Qt6::Widgets" in rest and folder != "ui":
            faults.append(f"link: {folder} must not link Qt Widgets")
    return faults


def main():
    root, graph = Path(sys.argv[1]), Path(sys.argv[2])
    faults = faults_of_includes(root) + faults_of_links(graph.read_text(encoding="utf-8"))
    print("\n".join(faults) if faults else "layers: as architecture.md draws them")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
