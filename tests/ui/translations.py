#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: 2026 The Signet authors
"""Every text of the windows is there in Chinese and in English, with the places for values that its source has.

usage: translations.py SOURCE LUPDATE
"""
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PLACES = re.compile(r"%(?:n|\d+)")


def texts_of(translation):
    forms = translation.findall("numerusform")
    return [form.text or "" for form in forms] if forms else [translation.text or ""]


def faults_of(file):
    faults = []
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.find("name").text
        if not name.startswith("signet::"):
            faults.append(f"{file.name}: context {name} is not what the program asks for (lupdate wants -I .)")
        for message in context.iter("message"):
            source, translation = message.find("source").text, message.find("translation")
            where = f"{file.name}: {name}: {source!r}"
            if translation.get("type") == "unfinished" or not all(texts_of(translation)):
                faults.append(f"{where}: not translated; ./dev translate, then fill it in")
            for text in texts_of(translation):
                if set(PLACES.findall(source)) - {"%n"} != set(PLACES.findall(text)) - {"%n"}:
                    faults.append(f"{where}: other places for values in {text!r}")
    return faults


def main(source, lupdate):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for file in sorted(Path(source, "ui/translations").glob("*.ts")):
            files.append(Path(folder, file.name))
            shutil.copy(file, files[-1])
        subprocess.run([lupdate, "-silent", "-no-obsolete", "-locations", "none", "-I", ".", "ui", "-ts", *files], cwd=source,
                       check=True)
        faults = [fault for file in files for fault in faults_of(file)]
    print("\n".join(faults))
    return 1 if faults or len(files) != 2 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
