// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One person's desktop with real programs: the Stage of tests/e2e/harness.py in a Python process of its own (stage_server.py).
import {spawn} from "node:child_process";
import {createInterface} from "node:readline";
import {fileURLToPath} from "node:url";

const script = fileURLToPath(new URL("stage_server.py", import.meta.url));
const camelToSnake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Opens a stage. Its calls are those of stage_server.py in camelCase, for example `await stage.startPlatform()`; options in Python's
 * sense come as a last argument that is an object.
 */
export async function openStage({pki = []} = {}) {
  if (!process.env.SIGNET_BIN) throw new Error("SIGNET_BIN must name the folder of the programs");
  const server = spawn("python3", ["-B", script, ...pki], {stdio: ["pipe", "pipe", "inherit"]});
  const waiting = new Map();
  const ended = new Promise((resolve) => server.once("close", resolve));
  ended.then(() => {
    for (const {reject} of waiting.values()) reject(new Error("the stage has ended"));
  });
  createInterface({input: server.stdout}).on("line", (line) => {
    const {id, result, error} = JSON.parse(line);
    const {resolve, reject} = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  let last = 0;
  const call = (name, words) => {
    const isOptions = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
    const options = isOptions(words.at(-1)) ? words.at(-1) : {};
    const args = isOptions(words.at(-1)) ? words.slice(0, -1) : words;
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, {resolve, reject});
      server.stdin.write(`${JSON.stringify({id, call: camelToSnake(name), args, options})}\n`);
    });
  };
  const close = () => {
    server.stdin.end();
    return ended;
  };
  const facts = await call("describe", []);
  return new Proxy({...facts, close}, {
    get: (own, name) => (name in own || typeof name === "symbol" || name === "then" ? own[name] : (...words) => call(name, words)),
  });
}
