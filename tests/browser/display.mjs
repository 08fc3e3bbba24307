// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// An X display that nobody sees.
import {join} from "node:path";
import {readFileSync, writeFileSync} from "node:fs";
import {startProgram, until} from "./processes.mjs";

/** Starts Xvfb on a free display, for programs with windows; gives {name, stop}. */
export async function startDisplay(folder, size = "1280x900x24") {
  const answer = join(folder, "display");
  writeFileSync(answer, "");
  const command = ["sh", "-c", 'exec Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp 3>"$2"', "sh", size, answer];
  const program = startProgram(command, {env: process.env, log: join(folder, "xvfb.log")});
  await until(() => readFileSync(answer, "utf8").endsWith("\n") || program.hasEnded(), "Xvfb");
  if (program.hasEnded()) throw new Error(`Xvfb ended:\n${program.output()}`);
  return {name: `:${readFileSync(answer, "utf8").trim()}`, stop: () => program.stop()};
}
