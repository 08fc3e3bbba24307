// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The classic script and the types say the same as the module.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import vm from "node:vm";

import {classicFrom} from "../../agent/client/build.mjs";
import * as signet from "../../agent/client/signet.js";

const read = (name) => readFileSync(new URL(`../../agent/client/${name}`, import.meta.url), "utf8");

test("signet.classic.js, made anew, is what is there (else: node agent/client/build.mjs)", () => {
  assert.equal(classicFrom(read("signet.js")), read("signet.classic.js"));
});

test("signet.classic.js, run as a script, defines window.signet with all of the module and nothing else", () => {
  const window = {};
  const context = vm.createContext({window});
  const before = Object.keys(context);
  vm.runInContext(read("signet.classic.js"), context);
  assert.deepEqual(Object.keys(window.signet).sort(), Object.keys(signet).sort());
  assert.ok(Object.isFrozen(window.signet));
  assert.deepEqual(Object.keys(context), before);
  assert.equal(window.signet.link("https://uc.example.test"), "signet://login?issuer=https%3A%2F%2Fuc.example.test");
});

test("signet.d.ts, its values, are those of the module", () => {
  const names = [...read("signet.d.ts").matchAll(/^export (?:function|class) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(names.sort(), Object.keys(signet).sort());
});

test("signet.d.ts, codes of the page, are those that the module has words for", () => {
  const union = read("signet.d.ts").match(/export type PageCode =([^;]*);/)[1];
  const words = read("signet.js").split("const PAGE_WORDS")[1].split("]);\n")[0];
  assert.deepEqual([...union.matchAll(/"(\w+)"/g)].map(([, code]) => code), [...words.matchAll(/^ {2}\["(\w+)"/gm)].map(([, code]) => code));
});
