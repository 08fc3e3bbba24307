// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The driver itself: what the browser tests stand on is as facts about browsers say.
import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {
  browserKinds, canReplaceFiles, openStage, startBrowser, startChromium, startEcho, startFirefox, startSite, until,
} from "./browsers.mjs";

const page = "<!doctype html><meta charset=utf-8><title>用户中心</title>";
let stage;
let site;
let echo;

before(async () => {
  stage = await openStage();
  site = await startSite({pages: {"/": page}, certificate: join(stage.pki, "tls.crt"), key: join(stage.pki, "tls.key")});
  echo = await startEcho();
});

after(async () => {
  await echo?.close();
  await site?.close();
  await stage?.close();
});

/** In the page: what comes back over a WebSocket, or "refused". */
const askEcho = (url) =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.onopen = () => socket.send("hello");
    socket.onmessage = ({data}) => resolve(data);
    socket.onerror = () => resolve("refused");
  });

async function withPage(browser, action) {
  try {
    const opened = await browser.newPage();
    await opened.goto(site.url());
    return await action(opened);
  } finally {
    await browser.close();
  }
}

/** The ids of the processes whose command line names one of the folders. */
function processesOf(folders) {
  return readdirSync("/proc").filter((id) => {
    try {
      const words = readFileSync(`/proc/${id}/cmdline`, "utf8");
      return folders.some((folder) => words.includes(folder));
    } catch {
      return false;
    }
  });
}

const authorities = () => [stage.authority];

for (const kind of browserKinds) {
  test(`${kind} opens a page of uc.example.test under the test's CA, in a secure context`, async () => {
    const browser = await startBrowser(kind, {authorities: authorities()});
    await withPage(browser, async (opened) => {
      assert.equal(await opened.title(), "用户中心");
      assert.equal(await opened.evaluate(() => window.isSecureContext), true);
      assert.equal(await opened.evaluate(askEcho, echo.url), "hello");
    });
  });

  test(`${kind} without the test's CA refuses the page`, async () => {
    const browser = await startBrowser(kind, {});
    try {
      const opened = await browser.newPage();
      await assert.rejects(opened.goto(site.url()), /CERT|SEC_ERROR|certificate|SSL/i);
    } finally {
      await browser.close();
    }
  });

  test(`${kind}: a public page does not reach loopback by itself`, async () => {
    // Firefox asks its user, whom nobody plays here, and gives up with the connection.
    const prefs = {"network.websocket.timeout.open": 2};
    const options = {authorities: authorities(), publicPorts: [site.port], prefs};
    await withPage(await startBrowser(kind, options), async (opened) => {
      assert.equal(await opened.evaluate(askEcho, echo.url), "refused");
    });
  });
}

test("chromium: the permission loopback-network lets a public page reach loopback", async () => {
  const browser = await startChromium({authorities: authorities(), publicPorts: [site.port]});
  await withPage(browser, async (opened) => {
    await browser.setPermission(site.origin, "loopback-network");
    assert.equal(await opened.evaluate(askEcho, echo.url), "hello");
  });
});

test("a managed policy is seen by one browser and by nobody else", {skip: !canReplaceFiles() && "needs root"}, async () => {
  const before = readdirSync("/etc/chromium").sort();
  const options = {authorities: authorities(), publicPorts: [site.port]};
  const chromium = await startChromium({...options, policy: {LoopbackNetworkAllowedForUrls: [site.origin]}});
  await withPage(chromium, async (opened) => assert.equal(await opened.evaluate(askEcho, echo.url), "hello"));
  const firefox = await startFirefox({...options, policy: {LocalNetworkAccess: {SkipDomains: ["uc.example.test"]}}});
  await withPage(firefox, async (opened) => assert.equal(await opened.evaluate(askEcho, echo.url), "hello"));
  assert.deepEqual(readdirSync("/etc/chromium").sort(), before);
});

test("headed browsers have a display of their own", async () => {
  for (const kind of browserKinds) {
    const browser = await startBrowser(kind, {authorities: authorities(), headed: true});
    await withPage(browser, async (opened) => assert.equal(await opened.evaluate(askEcho, echo.url), "hello"));
  }
});

test("a real platform serves its pages to both browsers", async () => {
  const platform = await stage.startPlatform();
  for (const kind of browserKinds) {
    const browser = await startBrowser(kind, {authorities: authorities()});
    try {
      const opened = await browser.newPage();
      await opened.goto(`${platform.issuer}/.well-known/signet-issuer`);
      const metadata = JSON.parse(await opened.evaluate(() => document.body.textContent));
      assert.equal(metadata.issuer, platform.issuer);
    } finally {
      await browser.close();
    }
  }
});

test("browsers end with a test that is killed", async () => {
  const script = `
    import {startBrowser} from ${JSON.stringify(new URL("browsers.mjs", import.meta.url).href)};
    const browsers = await Promise.all(["chromium", "firefox"].map((kind) => startBrowser(kind)));
    console.log(JSON.stringify(browsers.map(({folder}) => folder)));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {stdio: ["ignore", "pipe", "inherit"]});
  const line = await new Promise((resolve) => child.stdout.once("data", resolve));
  const folders = JSON.parse(line);
  try {
    assert.notEqual(processesOf(folders).length, 0);
    child.kill("SIGKILL");
    await until(() => processesOf(folders).length === 0, "the browsers to end");
  } finally {
    for (const folder of folders) rmSync(folder, {recursive: true, force: true, maxRetries: 5});
  }
});
