// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The sentences of signet.js against the repository's one table of errors and against what page makers read.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";

import * as signet from "../../agent/client/signet.js";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const source = read("agent/client/signet.js");

/** The codes of one of the two tables in signet.js. */
function codesOf(table) {
  const body = source.split(`const ${table} = new Map([`)[1].split("]);\n")[0];
  return [...body.matchAll(/^ {2}\["(\w+)"/gm)].map(([, code]) => code);
}

/** docs/errors.md is held against base/error.cpp by ErrorTable.document_holdsTheTable. */
function rowsOfTheAgent() {
  const table = read("docs/errors.md").split("<!-- table: begin -->")[1].split("<!-- table: end -->")[0];
  return table.split("\n").filter((line) => line.startsWith("| `")).map((line) => {
    const [code, zh, en, adviceZh, adviceEn, mayRetry] = line.slice(2, -2).split(" | ").map((cell) => cell.trim());
    return {code: code.replaceAll("`", ""), zh, en, adviceZh, adviceEn, mayRetry};
  });
}

/** As base/error.cpp fills a sentence of which no value is known. */
const withoutValues = (text, platform) => text.replace(/\[[^\]]*\]/g, "").replaceAll("{host}", platform);

test("words, every code of the agent, are those of base/error.cpp", () => {
  const rows = rowsOfTheAgent();
  assert.deepEqual(codesOf("AGENT_WORDS"), rows.map(({code}) => code));
  for (const row of rows) {
    const error = new signet.SignetError(row.code);
    assert.deepEqual(
      {code: error.code, zh: error.zh, en: error.en, adviceZh: error.adviceZh, adviceEn: error.adviceEn, mayRetry: error.mayRetry},
      {...row, zh: withoutValues(row.zh, "平台"), en: withoutValues(row.en, "the platform"), mayRetry: row.mayRetry === "yes"});
  }
});

test("words, codes of the page, are none of the agent's and have both languages", () => {
  const ofAgent = new Set(codesOf("AGENT_WORDS"));
  for (const code of codesOf("PAGE_WORDS")) {
    assert.ok(!ofAgent.has(code), code);
    const {zh, en, adviceZh, adviceEn} = new signet.SignetError(code);
    for (const text of [zh, adviceZh]) assert.match(text, /\p{Script=Han}/u);
    for (const text of [en, adviceEn]) assert.match(text, /^[A-Z][^\p{Script=Han}]+\.$/u);
  }
});

test("words, table of docs/integration.md, has every code once with its mayRetry", () => {
  const table = read("docs/integration.md").split("## Error codes")[1].split("\n## ")[0];
  const rows = [...table.matchAll(/^\| (`[^|]+`) \| (yes|no) \|/gm)];
  const told = rows.flatMap(([, codes, mayRetry]) => codes.split(" ").map((code) => [code.replaceAll("`", ""), mayRetry === "yes"]));
  const all = [...codesOf("PAGE_WORDS"), ...codesOf("AGENT_WORDS")].map((code) => [code, new signet.SignetError(code).mayRetry]);
  assert.deepEqual(told.sort(), all.sort());
});

test("words, unknown code, keeps its name and gets a general sentence", () => {
  for (const code of ["of_the_future", "constructor", "__proto__", ""]) {
    const error = new signet.SignetError(code);
    assert.equal(error.code, code);
    assert.equal(error.zh, "登录没有成功。");
    assert.equal(error.en, "The login did not succeed.");
  }
});

test("words, language tags, choose the language", () => {
  assert.equal(signet.sentence("no_token"), "没有找到 USB key。请插入后稍等几秒。");
  for (const tag of ["en", "en-GB", "EN"]) assert.match(signet.sentence("no_token", tag), /^No USB key/);
  for (const tag of ["zh", "zh-CN", "fr", ""]) assert.match(signet.sentence("no_token", tag), /^没有/);
  assert.match(signet.advice("no_token", "en"), /self-check/);
  assert.match(signet.advice("no_token", "zh"), /自检/);
});

test("words, known values, are filled in", () => {
  const tries = {values: {tries: 3}};
  assert.equal(new signet.SignetError("pin_incorrect", tries).zh, "口令不正确,还可以试 3 次。");
  assert.equal(new signet.SignetError("pin_incorrect", tries).en, "Wrong PIN. 3 tries left.");
  assert.equal(signet.sentence("maintenance", "en", {date: "$&", other: {}}), "The platform is under maintenance until $&.");
  assert.equal(signet.sentence("platform_unreachable", "en", {host: "$&"}), "Cannot reach $&. Check the network or proxy.");
  assert.equal(signet.sentence("platform_unreachable", "en", {host: "uc.example.test"}), "Cannot reach uc.example.test. Check the network or proxy.");
});
