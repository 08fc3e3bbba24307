// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 4: sessions apart. Tabs, browsers and origins at once; cancel, close, reload and a killed agent at each stage: the page ends in a
// named error or in its login, the question goes away, and the next login works.
import assert from "node:assert/strict";
import {rmSync, writeFileSync} from "node:fs";
import {after, afterEach, before, test} from "node:test";
import {inPage, pause, startBrowser, textOf, until} from "./browsers.mjs";
import {account, failureOf, openDesk, openLogin} from "./desk.mjs";

let desk;
const browsers = {};
before(async () => {
  desk = await openDesk();
  for (const kind of ["chromium", "firefox"]) browsers[kind] = await startBrowser(kind, {hosts: [], authorities: [desk.stage.authority]});
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await desk?.close();
});

const open = (kind = "chromium") => openLogin(browsers[kind], desk.platform);
const isAsking = async (count) => (await desk.stage.prompts("pin")).length > count;

/** Starts an agent whose question stands until the gate is there, and a login that has come to it. */
async function askedPage(kind) {
  const {gate, askpass} = await desk.waitingAskpass();
  rmSync(gate, {force: true});
  await desk.startAgent({askpass});
  const before = (await desk.stage.prompts("pin")).length;
  const page = await open(kind);
  await page.click("#begin");
  await until(() => isAsking(before), "the question");
  return {page, gate};
}

const letAnswer = (gate) => writeFileSync(gate, "");

/** The person can log in again at once, in either browser. */
async function nextLoginWorks(gate, kind = "chromium") {
  letAnswer(gate);
  const page = await open(kind);
  await page.click("#begin");
  assert.equal(await textOf(page, ".card strong"), account);
  await page.evaluate(() => fetch("/session", {method: "DELETE"}));
  await page.close();
}

afterEach(async () => {
  await desk.stage.stopAgent();
});

for (const kind of ["chromium", "firefox"]) {
  test(`${kind}: cancel ends the question and the page is where it was`, async () => {
    const {page, gate} = await askedPage(kind);
    await page.click("#cancel");
    await inPage(page, () => !document.querySelector("#start").hidden);
    await nextLoginWorks(gate, kind);
    await page.close();
  });

  test(`${kind}: reload and close end the question`, async () => {
    const {page, gate} = await askedPage(kind);
    await page.reload();
    const again = await open(kind);
    const before = (await desk.stage.prompts("pin")).length;
    await again.click("#begin");
    await until(() => isAsking(before), "the question of the other tab");
    await again.close();
    await nextLoginWorks(gate, kind);
    await page.close();
  });

  test(`${kind}: a killed agent is named, and the next one is found`, async () => {
    const {page, gate} = await askedPage(kind);
    await desk.stage.killAgent();
    const code = await failureOf(page);
    assert.ok(["connection_lost", "agent_not_running"].includes(code), code);
    letAnswer(gate);
    await desk.startAgent();
    await page.click("#retry");
    assert.equal(await textOf(page, ".card strong"), account);
    await page.evaluate(() => fetch("/session", {method: "DELETE"}));
    await page.close();
  });
}

test("two tabs: one question, the other is told busy and logs in afterwards", async () => {
  const {page, gate} = await askedPage("chromium");
  const other = await open("chromium");
  await other.click("#begin");
  assert.equal(await failureOf(other), "busy");
  letAnswer(gate);
  assert.equal(await textOf(page, ".card strong"), account);
  await other.click("#retry");
  assert.equal(await textOf(other, ".card strong"), account);
  await page.close();
  await other.close();
});

test("two browsers: each gets its own session", async () => {
  const {page, gate} = await askedPage("firefox");
  const other = await open("chromium");
  await other.click("#begin");
  assert.equal(await failureOf(other), "busy");
  letAnswer(gate);
  assert.equal(await textOf(page, ".card strong"), account);
  await other.click("#retry");
  assert.equal(await textOf(other, ".card strong"), account);
  const sessions = await Promise.all([page, other].map((each) => each.evaluate(() => fetch("/session").then((answer) => answer.json()))));
  for (const session of sessions) assert.equal(session.account.name, account);
});

test("a refusal in the agent is the page's user_cancelled; after three in a row the site has to wait", async () => {
  await desk.startAgent({askpass: await desk.stage.writeAskpass("refusing", "exit 1")});
  const page = await open("chromium");
  for (let i = 0; i < 3; ++i) {
    await page.click("#begin");
    await pause(50);
    await inPage(page, () => !document.querySelector("#start").hidden);
  }
  await page.click("#begin");
  assert.equal(await failureOf(page), "rate_limited");
});
