// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The extension in real browsers, with the real signet-native-host and an agent that the test plays. attacks 15, 16, 30, 35, 55
import assert from "node:assert/strict";
import {chmodSync, existsSync, rmSync} from "node:fs";
import {join} from "node:path";
import {after, before, beforeEach, describe, test} from "node:test";
import {browserKinds, inPage, makeFolder, openStage, pause, startBrowser, startEcho, startSite, until} from "./browsers.mjs";
import {buildExtension, extensionIds, hostManifest, hostName, installHost} from "./extension.mjs";
import {awaitHeard, connect, heardBy, isAnnounced, say, talkingPage} from "./extension_page.mjs";
import {startScriptedAgent} from "./scripted_agent.mjs";

const opened = {type: "open"};
const closed = (code) => ({type: "closed", code});
const hosts = ["uc.example.test", "evil.example.test"];

let stage;
let site;
let sameHost;
let evil;
let echo;
let extension;

before(async () => {
  stage = await openStage({pki: ["--tls-name", "evil.example.test"]});
  const files = {certificate: join(stage.pki, "tls.crt"), key: join(stage.pki, "tls.key")};
  const pages = {"/": talkingPage, "/frame": '<!doctype html><iframe src="/"></iframe>'};
  site = await startSite({...files, pages});
  sameHost = await startSite({...files, pages});
  const framing = `${talkingPage}<iframe src="${site.url()}"></iframe>`;
  evil = await startSite({...files, pages: {"/": framing}, host: "evil.example.test"});
  echo = await startEcho();
  extension = buildExtension(makeFolder().path, [site.origin]);
});

after(async () => {
  for (const open of [site, sameHost, evil, echo]) await open?.close();
  await stage?.close();
});

for (const kind of browserKinds) {
  describe(kind, () => {
    let browser;
    let runtime;
    let agent = null;

    before(async () => {
      runtime = makeFolder().path;
      browser = await startBrowser(kind, {
        hosts, authorities: [stage.authority], extension: extension[kind], env: {XDG_RUNTIME_DIR: runtime},
        // An event page is stopped soon, so that the tests live through it.
        prefs: {"extensions.background.idle.timeout": 1000},
      });
    });

    after(async () => {
      await browser?.close();
      await agent?.stop();
    });

    beforeEach(async () => {
      await agent?.stop();
      agent = null;
      installHost(browser, hostManifest(kind));
    });

    const startAgent = async (options) => (agent = await startScriptedAgent(runtime, options));

    async function openPage(url = site.url()) {
      const page = await browser.newPage();
      await page.goto(url);
      return page;
    }

    /** A page with an open connection, and the agent's end of it. */
    async function openConnection() {
      const page = await openPage();
      const number = await connect(page);
      assert.deepEqual((await awaitHeard(page, number))[0], opened);
      return {page, number, atAgent: await agent.nextConnection()};
    }

    const refusalOf = async () => {
      const page = await openPage();
      const heard = await awaitHeard(page, await connect(page));
      await page.close();
      return heard;
    };

    test("a served page is told so, and speaks to the agent under the browser's word for its origin", async () => {
      await startAgent({answer: (message, connection) => connection.say({jsonrpc: "2.0", id: message.id, result: {text: "印信"}})});
      const {page, number, atAgent} = await openConnection();
      assert.equal(await isAnnounced(page), "1");
      assert.deepEqual(atAgent.door, {door: "extension", extension: extensionIds()[kind], origin: site.origin});
      const message = {jsonrpc: "2.0", id: 7, method: "login", params: {text: "中文 \u2028 \"", list: [1, null, true]}};
      await say(page, number, {type: "message", data: message});
      const answer = {jsonrpc: "2.0", id: 7, result: {text: "印信"}};
      assert.deepEqual((await awaitHeard(page, number, 2))[1], {type: "message", data: answer});
      assert.deepEqual(atAgent.messages, [message]);
      await page.close();
    });

    test("round trip and time to connect", async (context) => {
      await startAgent({answer: (message, connection) => connection.say(message)});
      const {page, number} = await openConnection();
      const time = await page.evaluate(([n, count]) => window.measureExtension(n, count), [number, 200]);
      const socketTime = await page.evaluate(([url, count]) => window.measureSocket(url, count), [echo.url, 200]);
      const start = performance.now();
      await awaitHeard(page, await connect(page));
      const opening = performance.now() - start;
      context.diagnostic(`${kind}: round trip of 300 bytes ${time.toFixed(1)} ms, over ws ${socketTime.toFixed(1)} ms`);
      context.diagnostic(`${kind}: another connection open after ${opening.toFixed(0)} ms`);
      assert.ok(time < 50);
      await page.close();
    });

    test("what is missing is named: manifest, program, agent", async () => {
      rmSync(join(browser.hostFolder, `${hostName}.json`));
      assert.deepEqual(await refusalOf(), [closed("not_installed")]);
      installHost(browser, hostManifest(kind, {program: join(runtime, "nothing-here")}));
      assert.deepEqual(await refusalOf(), [closed("not_installed")]);
      installHost(browser, hostManifest(kind));
      assert.deepEqual(await refusalOf(), [closed("agent_not_running")]);
      await startAgent();
      assert.deepEqual(await refusalOf(), [opened]);
    });

    test("who is not let in is told so: by the agent, by the host's manifest", async () => {
      await startAgent({refuses: () => "origin_not_allowed"});
      assert.deepEqual(await refusalOf(), [closed("origin_not_allowed")]);
      const asked = agent.connections.length;
      const ids = {chromium: `chrome-extension://${"a".repeat(32)}/`, firefox: "other@example.test"};
      installHost(browser, hostManifest(kind, {ids}));
      // Firefox does not tell a host that is not for this extension from one that is not there.
      assert.deepEqual(await refusalOf(), [closed(kind === "chromium" ? "origin_not_allowed" : "not_installed")]);
      assert.equal(agent.connections.length, asked);
    });

    test("an unsafe socket folder is no agent", async () => {
      await startAgent();
      chmodSync(join(runtime, "signet"), 0o755);
      assert.deepEqual(await refusalOf(), [closed("extension_error")]);
      assert.equal(agent.connections.length, 0);
    });

    test("an agent that restarts ends the connection, and the next one works", async () => {
      await startAgent();
      const {page, number} = await openConnection();
      await agent.stop();
      assert.deepEqual(await awaitHeard(page, number, 2), [opened, closed("connection_lost")]);
      await startAgent();
      assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
      await page.close();
    });

    test("two tabs see nothing of each other, and one ends without the other", async () => {
      await startAgent({answer: (message, connection) => connection.say({jsonrpc: "2.0", id: message.id, result: {}})});
      const one = await openConnection();
      const other = await openConnection();
      await say(one.page, one.number, {type: "message", data: {id: 1}});
      await awaitHeard(one.page, one.number, 2);
      assert.deepEqual(await heardBy(other.page, other.number), [opened]);
      assert.deepEqual(other.atAgent.messages, []);
      await one.page.close();
      await until(() => one.atAgent.isClosed, "the end of the closed tab's connection");
      assert.equal(other.atAgent.isClosed, false);
      await say(other.page, other.number, {type: "message", data: {id: 2}});
      await awaitHeard(other.page, other.number, 2);
      await other.page.close();
    });

    test("close, reload, going elsewhere and going back end the connection", async () => {
      await startAgent();
      const {page, number, atAgent} = await openConnection();
      await say(page, number, {type: "close"});
      await until(() => atAgent.isClosed, "the end after close");

      const reconnect = async () => {
        assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
        return agent.nextConnection();
      };
      const beforeReload = await reconnect();
      await page.reload();
      await until(() => beforeReload.isClosed, "the end after a reload");
      const beforeLeaving = await reconnect();
      await page.goto(evil.url());
      await until(() => beforeLeaving.isClosed, "the end after going elsewhere");
      await page.evaluate(() => history.back());
      await inPage(page, (origin) => location.origin === origin && Boolean(window.connectAgent), site.origin);
      await reconnect();
      await page.close();
    });

    test("no other page is served: another host, another port, a frame", async () => {
      await startAgent();
      for (const url of [evil.url(), sameHost.url()]) {
        const page = await openPage(url);
        assert.equal(await isAnnounced(page), null);
        const number = await connect(page);
        await pause(300);
        assert.deepEqual(await heardBy(page, number), []);
        await page.close();
      }
      for (const url of [evil.url(), site.url("/frame")]) {
        const page = await openPage(url);
        const isInner = (frame) => frame !== page.mainFrame() && frame.url() === site.url();
        const frame = await until(() => page.frames().find(isInner), "the frame");
        await inPage(frame, () => Boolean(window.connectAgent));
        assert.equal(await isAnnounced(frame), null);
        const number = await connect(frame);
        // Nor does the page around it speak for its frame.
        const above = await frame.evaluate(() => window.connectAgent(undefined, window.parent));
        await pause(300);
        assert.deepEqual([await heardBy(frame, number), await heardBy(frame, above)], [[], []]);
        await page.close();
      }
      assert.equal(agent.connections.length, 0);
    });

    test("what is no request to connect is not answered", async () => {
      await startAgent();
      const page = await openPage();
      await page.evaluate((origin) => {
        window.connectAgent((message) => ({...message, api: 2}));
        window.connectAgent((message) => ({...message, api: "1"}));
        window.connectAgent(() => "connect");
        window.connectAgent(() => null);
        window.postMessage({signet: "connect", api: 1}, origin);
        window.postMessage({signet: "connect", api: 1}, origin, [new MessageChannel().port1, new MessageChannel().port1]);
        window.dispatchEvent(new MessageEvent("message", {data: {signet: "connect", api: 1}, origin, source: null}));
      }, site.origin);
      await pause(300);
      assert.deepEqual(await page.evaluate(() => window.heard), [[], [], [], []]);
      assert.equal(agent.connections.length, 0);
      await page.close();
    });

    test("a page cannot name another origin, and a second one is a message like any other", async () => {
      await startAgent();
      const page = await openPage();
      const number = await page.evaluate(() => window.connectAgent((message) => ({...message, origin: "https://evil.example.test"})));
      await awaitHeard(page, number);
      const atAgent = await agent.nextConnection();
      assert.equal(atAgent.door.origin, site.origin);
      await say(page, number, {type: "message", data: {origin: "https://evil.example.test"}});
      await until(() => atAgent.messages.length === 1, "the message");
      assert.equal(atAgent.door.origin, site.origin);
      await page.close();
    });

    test("64 KiB pass, more ends the connection", async () => {
      await startAgent();
      const {page, number, atAgent} = await openConnection();
      const largest = "印".repeat(Math.floor((64 * 1024 - 2) / 3));
      await say(page, number, {type: "message", data: largest});
      await until(() => atAgent.messages.length === 1, "the largest message");
      assert.equal(atAgent.messages[0], largest);
      await say(page, number, {type: "message", data: largest + "印"});
      assert.deepEqual((await awaitHeard(page, number, 2))[1], closed("extension_error"));
      await until(() => atAgent.isClosed, "the end");
      assert.equal(atAgent.messages.length, 1);
      await page.close();
    });

    test("what JSON cannot say and what is no message does no harm", async () => {
      await startAgent();
      const {page, number, atAgent} = await openConnection();
      await page.evaluate((n) => {
        const port = window.ports[n];
        for (const noise of [null, 1, "close", [], {}, {type: "open"}, {type: "message2", data: {}}]) port.postMessage(noise);
        port.postMessage({type: "message", data: new Map([[1, 2]])});
      }, number);
      await until(() => atAgent.messages.length === 1, "the message");
      assert.deepEqual(atAgent.messages, [{}]);
      await say(page, number, {type: "message"});
      assert.deepEqual((await awaitHeard(page, number, 2))[1], closed("extension_error"));
      const cycle = await connect(page);
      await awaitHeard(page, cycle);
      await page.evaluate((n) => {
        const ring = {};
        ring.ring = ring;
        window.ports[n].postMessage({type: "message", data: ring});
      }, cycle);
      assert.deepEqual((await awaitHeard(page, cycle, 2))[1], closed("extension_error"));
      await page.close();
    });

    test("a tab has four connections at most", async () => {
      await startAgent();
      const page = await openPage();
      for (let i = 0; i < 4; ++i) assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
      assert.deepEqual(await awaitHeard(page, await connect(page)), [closed("rate_limited")]);
      await say(page, 0, {type: "close"});
      await until(() => agent.connections.some(({isClosed}) => isClosed), "the end of one");
      assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
      assert.equal(agent.connections.length, 5);
      await page.close();
    });

    test("a quiet connection outlives the background's idle time, and a background that was stopped starts again", async (context) => {
      await startAgent();
      const {page, number, atAgent} = await openConnection();
      await pause(4000);
      await say(page, number, {type: "message", data: {id: 1}});
      await until(() => atAgent.messages.length === 1, "the message after a pause");
      await say(page, number, {type: "close"});
      if (kind === "chromium") await stopServiceWorker(browser);
      else await pause(3000);
      const start = performance.now();
      assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
      context.diagnostic(`${kind}: open ${(performance.now() - start).toFixed(0)} ms after the background was stopped`);
      await page.close();
    });

    test("a service worker that is stopped ends its connections as lost", {skip: kind !== "chromium" && "Chromium only"}, async () => {
      await startAgent();
      const {page, number, atAgent} = await openConnection();
      await stopServiceWorker(browser);
      assert.deepEqual((await awaitHeard(page, number, 2))[1], closed("connection_lost"));
      await until(() => atAgent.isClosed, "the end at the agent");
      assert.deepEqual(await awaitHeard(page, await connect(page)), [opened]);
      await page.close();
    });

    test("the browser's end is the end of all connections", async () => {
      await startAgent();
      const {atAgent} = await openConnection();
      await browser.close();
      await until(() => atAgent.isClosed, "the end");
      assert.equal(existsSync(browser.folder), false);
    });
  });
}

/** As Chromium does when it is short of memory, or after five minutes of one event. */
async function stopServiceWorker({browser}) {
  const session = await browser.newBrowserCDPSession();
  const {targetInfos} = await session.send("Target.getTargets");
  const worker = targetInfos.find(({type, url}) => type === "service_worker" && url.startsWith("chrome-extension://"));
  await session.send("Target.closeTarget", {targetId: worker.targetId});
  await session.detach();
}
