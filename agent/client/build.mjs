// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Makes signet.classic.js from signet.js: `node build.mjs`. tests/client holds that it was done.
import {readFileSync, writeFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

const sourceFile = new URL("signet.js", import.meta.url);
const classicFile = new URL("signet.classic.js", import.meta.url);

/** The same code as a classic script that defines window.signet. */
export function classicFrom(source) {
  const [head, ...rest] = source.split(/(?<=The Signet authors\n)/);
  const body = rest.join("").replace(/export \{(.*)\};\n$/, "window.signet = Object.freeze({$1});\n");
  if (!head || !body.includes("window.signet = ")) throw new Error("signet.js has not the head or the last line that is expected");
  return `${head}// Made from signet.js by build.mjs; do not edit.\n(function () {\n"use strict";\n${body}})();\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(classicFile, classicFrom(readFileSync(sourceFile, "utf8")));
