// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Files of the machine (managed policies) that only one program sees: a mount namespace of its own, so that nothing is left behind.
import {execFileSync} from "node:child_process";
import {cpSync, existsSync, mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";

/** Whether this process may mount things where nobody else sees them. */
export function canReplaceFiles() {
  try {
    execFileSync("unshare", ["--mount", "true"], {stdio: "pipe"});
    return true;
  } catch {
    return false;
  }
}

/** The command, changed so that it finds `folder` with `files` ({path below folder: text}) beside what the machine has there. */
export function withMachineFiles(command, folder, files, scratch) {
  if (!existsSync(folder)) throw new Error(`${folder} is missing: is the browser installed?`);
  const copy = join(scratch, "machine-files");
  cpSync(folder, copy, {recursive: true, dereference: true});
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, path)), {recursive: true});
    writeFileSync(join(copy, path), text);
  }
  return ["unshare", "--mount", "sh", "-c", 'mount --bind "$1" "$2" && shift 2 && exec "$@"', "sh", copy, folder, ...command];
}
