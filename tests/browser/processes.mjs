// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Programs and folders that end with the test, also when it fails or is killed.
import {spawn} from "node:child_process";
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const groups = new Set();
const folders = new Set();

function signal(group, name) {
  try {
    process.kill(-group, name);
    return true;
  } catch {
    return false; // all of them are gone
  }
}

function removeFolder(folder) {
  folders.delete(folder);
  rmSync(folder, {recursive: true, force: true, maxRetries: 5, retryDelay: 50});
}

process.on("exit", () => {
  for (const group of groups) signal(group, "SIGKILL");
  for (const folder of [...folders]) removeFolder(folder);
});
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(name, () => process.exit(1));

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until check() gives something true, and gives that; polls, because what is waited for is another process. */
export async function until(check, what, seconds = 20) {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await pause(20);
  }
}

/** A temporary folder that is removed with the test. */
export function makeFolder(name = "signet-browser-") {
  const folder = mkdtempSync(join(tmpdir(), name));
  folders.add(folder);
  return {path: folder, remove: () => removeFolder(folder)};
}

/**
 * A program in a process group of its own, which dies with the test. What it prints goes to the file `log`.
 * setpriv: the kernel kills the program even if this process is killed and cannot do it.
 */
export function startProgram(command, {env, log, stdin = "ignore"}) {
  const output = openSync(log, "a");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", ...command], {env, detached: true, stdio: [stdin, output, output]});
  closeSync(output);
  const exited = new Promise((resolve) => {
    child.once("error", resolve);
    child.once("exit", resolve);
  });
  if (child.pid === undefined) throw new Error(`cannot start ${command[0]}`);
  groups.add(child.pid);
  return {
    pid: child.pid,
    output: () => readFileSync(log, "utf8"),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    /** Ends the whole group; what does not leave within five seconds is killed. */
    async stop(name = "SIGTERM") {
      signal(child.pid, name);
      await Promise.race([exited, pause(5000)]);
      while (signal(child.pid, "SIGKILL")) await pause(10);
      groups.delete(child.pid);
    },
  };
}
