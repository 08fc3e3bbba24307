// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 4: sessions apart. Tabs, browsers and origins at once; cancel, close, reload and a killed agent at each stage: the page ends in a
// named error or in its login, the question goes away, and the next login works.
import assert from "node:assert/strict";
import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, afterEach, before, test} from "node:test";
import {browserKinds, inPage, openStage, pause, startBrowser, startSite, until} from "./browsers.mjs";
import {account, challengeFor, failureOf, openDesk, openLogin} from "./desk.mjs";

const patience = 60; // seconds; all of this waits for other programs
let site;
let desk;
const browsers = {};
before(async () => {
  const stage = await openStage();
  const library = readFileSync(new URL("../../agent/client/signet.js", import.meta.url));
  site = await startSite({
    pages: {
      "/": "<!doctype html><meta charset=utf-8><title>another site</title>",
      "/signet.js": (_, response) => response.writeHead(200, {"Content-Type": "text/javascript"}).end(library),
    },
    certificate: join(stage.pki, "tls.crt"), key: join(stage.pki, "tls.key"),
  });
  desk = await openDesk({token: "fake", stage, origin: site.origin});
  for (const kind of browserKinds) browsers[kind] = await startBrowser(kind, {authorities: [stage.authority]});
});
after(async () => {
  for (const browser of Object.values(browsers)) await browser.close();
  await desk?.close();
  await site?.close();
});
afterEach(async () => {
  await desk.stage.resumePlatform();
  await desk.stage.stopAgent();
  await desk.stage.controlFakeModule();
});

const open = (kind = "chromium") => openLogin(browsers[kind], desk.platform);
const isAsking = async (kind, count) => (await desk.stage.prompts(kind)).length > count;
const letAnswer = (gate) => writeFileSync(gate, "");
const isLoggedIn = async (page) =>
  assert.equal(await inPage(page, () => document.querySelector(".card strong")?.textContent, undefined, patience), account);
const shows = (page, stage) =>
  inPage(page, (name) => document.querySelector("#status").textContent === document.querySelector(`[data-stage=${name}]`).textContent,
    stage, patience);
const isIdle = (page) => inPage(page, () => document.querySelector("#start")?.hidden === false, undefined, patience);
const sessionOf = (page) =>
  page.evaluate(() => fetch("/session").then(async (answer) => ({status: answer.status, body: await answer.json()})));
const logOut = (page) => page.evaluate(() => fetch("/session", {method: "DELETE"}).then(({status}) => status));

/** Starts an agent whose question of this kind stands until the gate is there, and a login that has come to it. */
async function askedPage(kind, question = "pin") {
  const {gate, askpass} = await desk.waitingAskpass(question);
  rmSync(gate, {force: true});
  await desk.startAgent({askpass});
  const asked = (await desk.stage.prompts(question)).length;
  const page = await open(kind);
  await page.click("#begin");
  await until(() => isAsking(question, asked), "the question", patience);
  return {page, gate};
}

/** How a login comes to each stage and stays there; `windows`: how many questions stand before the person then. */
const stages = {
  choose: {
    windows: 1,
    async reach(kind) {
      await desk.stage.controlFakeModule({tokens: 2});
      return askedPage(kind, "choose");
    },
  },
  pin: {windows: 1, reach: (kind) => askedPage(kind)},
  signing: {
    windows: 0,
    async reach(kind) {
      await desk.stage.controlFakeModule("fault C_Sign 1 sleep 5000");
      const {page, gate} = await askedPage(kind);
      letAnswer(gate);
      return {page, gate};
    },
  },
  relaying: {
    windows: 0,
    // The platform stops answering while the token still signs.
    async reach(kind) {
      await desk.stage.controlFakeModule("fault C_Sign 1 sleep 2000");
      const {page, gate} = await askedPage(kind);
      letAnswer(gate);
      await shows(page, "signing");
      await desk.stage.pausePlatform();
      return {page, gate};
    },
  },
};

/** What may happen to a page, and how it ends. */
const actions = {
  async cancel(page) {
    await page.click("#cancel");
    await shows(page, "cancelled");
    await isIdle(page);
  },
  close: (page) => page.close(),
  async reload(page) {
    // A platform that stands answers the reload only later.
    const reloaded = page.reload();
    await pause(500);
    await desk.stage.resumePlatform();
    await reloaded;
    await isIdle(page);
  },
  async kill(page) {
    await desk.stage.killAgent();
    const code = await failureOf(page);
    assert.ok(["connection_lost", "agent_not_running"].includes(code), code);
  },
};

const windows = async () => (await desk.stage.windows()).length;

async function endsWell(kind, stage, action) {
  const {page, gate} = await stages[stage].reach(kind);
  await shows(page, stage);
  // A shell that is about to start a program is there twice.
  await until(async () => (await windows()) === stages[stage].windows, "the questions of this stage", patience);
  await actions[action](page);
  await until(async () => (await windows()) === 0, "the question to go away", patience);
  await desk.stage.resumePlatform();
  await desk.stage.controlFakeModule();
  letAnswer(gate);
  if (action === "kill") await desk.startAgent();
  // The person can log in again at once, in the same place where there is one.
  const next = action === "close" ? await open(kind) : page;
  await next.click(action === "kill" ? "#retry" : "#begin");
  await isLoggedIn(next);
  assert.equal(await windows(), 0);
  await logOut(next);
  await next.close();
}

const everywhere = Object.keys(stages).flatMap((stage) => Object.keys(actions).map((action) => [stage, action]));
const rows = {
  chromium: everywhere,
  // All of them at the PIN, and each once elsewhere.
  firefox: [...everywhere.filter(([stage]) => stage === "pin"), ["choose", "cancel"], ["signing", "reload"], ["relaying", "kill"]],
};
for (const kind of browserKinds)
  for (const [stage, action] of rows[kind]) test(`${kind}: ${action} at ${stage}`, () => endsWell(kind, stage, action));

test("two tabs: one question, the other is told busy and logs in afterwards", async () => {
  const {page, gate} = await askedPage("chromium");
  const other = await open("chromium");
  await other.click("#begin");
  assert.equal(await failureOf(other), "busy");
  letAnswer(gate);
  await isLoggedIn(page);
  await other.click("#retry");
  await isLoggedIn(other);
  await logOut(other);
  await page.close();
  await other.close();
});

test("two browsers: each gets its own session", async () => {
  const {page, gate} = await askedPage("firefox");
  const other = await open("chromium");
  await other.click("#begin");
  assert.equal(await failureOf(other), "busy");
  letAnswer(gate);
  await isLoggedIn(page);
  assert.equal((await sessionOf(other)).status, 401);
  await other.click("#retry");
  await isLoggedIn(other);
  for (const each of [page, other]) assert.equal((await sessionOf(each)).body.account.name, account);
  await logOut(page);
  assert.equal((await sessionOf(page)).status, 401);
  assert.equal((await sessionOf(other)).status, 200);
  await logOut(other);
  await page.close();
  await other.close();
});

/** In a page of the other site: a login for this challenge; {handoff or code, stages}. */
const logInThere = (page, challengeId) =>
  page.evaluate(async ([issuer, id, ports]) => {
    const {login} = await import("/signet.js");
    const seen = [];
    const done = await login({issuer, challengeId: id, ports, doors: ["ws"], onStage: (stage) => seen.push(stage)})
      .catch(({code, message}) => ({code, message}));
    return {...done, stages: seen};
  }, [desk.platform.issuer, challengeId, [desk.port]]);

test("two origins: the other site is told busy and sees nothing of the first", async () => {
  const {page, gate} = await askedPage("chromium");
  const other = await browsers.chromium.newPage();
  await other.goto(site.url());
  const challenge = await challengeFor(desk, site.origin);
  const refused = await logInThere(other, challenge.id);
  assert.equal(refused.code, "busy", JSON.stringify(refused));
  assert.deepEqual(refused.stages, ["connecting"]);
  for (const word of [account, desk.platform.issuer]) assert.ok(!JSON.stringify(refused).includes(word), word);
  assert.notEqual(await windows(), 0);
  letAnswer(gate);
  await isLoggedIn(page);
  // Its challenge is as good as before.
  const done = await logInThere(other, challenge.id);
  assert.deepEqual(done.stages, ["connecting", "choose", "pin", "signing", "relaying"]);
  assert.equal(await challenge.complete(done.handoff), 200);
  await logOut(page);
  await page.close();
  await other.close();
});

test("a refusal in the agent is the page's user_cancelled; after three in a row the site has to wait", async () => {
  await desk.startAgent({askpass: await desk.stage.writeAskpass("refusing", "exit 1")});
  const page = await open("chromium");
  for (let i = 0; i < 3; ++i) {
    await page.click("#begin");
    await pause(50);
    await isIdle(page);
  }
  await page.click("#begin");
  assert.equal(await failureOf(page), "rate_limited");
  await page.close();
});
