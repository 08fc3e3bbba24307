// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A login by the extension alone: the platform's own page, which may not open a WebSocket to the agent, and everything real behind it.
import assert from "node:assert/strict";
import {after, before, test} from "node:test";
import {browserKinds, inPage, makeFolder, openStage, startBrowser, textOf} from "./browsers.mjs";
import {buildExtension, hostManifest, installHost} from "./extension.mjs";

const account = "云南示例建筑有限公司";
let stage;
let platform;
let extension;

before(async () => {
  stage = await openStage();
  platform = await stage.startPlatform();
  await stage.addToken("key", "enterprise-p256");
  await stage.configure(platform.issuer);
  const registered = await stage.register();
  assert.equal(registered.status, 0, registered.out + registered.err);
  extension = buildExtension(makeFolder().path, [platform.issuer]);
});

after(() => stage?.close());

/** A browser in which the platform's pages count as public, so that only the extension leads to the agent. */
async function openBrowser(kind) {
  const browser = await startBrowser(kind, {
    hosts: [], authorities: [stage.authority], publicPorts: [platform.port], extension: extension[kind],
    env: {XDG_RUNTIME_DIR: stage.runtime}, prefs: {"network.websocket.timeout.open": 2},
  });
  installHost(browser, hostManifest(kind));
  return browser;
}

async function begin(browser) {
  const page = await browser.newPage();
  await page.goto(`${platform.issuer}/login`);
  await inPage(page, () => document.querySelector("#start") && !document.querySelector("#start").hidden);
  await page.click("#begin");
  return page;
}

for (const kind of browserKinds) {
  test(`${kind}: the platform's page logs in through the extension`, async (context) => {
    const browser = await openBrowser(kind);
    try {
      await stage.startAgent();
      const pinsBefore = (await stage.prompts("pin")).length;
      const start = performance.now();
      const page = await begin(browser);
      assert.equal(await textOf(page, ".card strong"), account);
      context.diagnostic(`${kind}: logged in ${(performance.now() - start).toFixed(0)} ms after the page was asked for`);
      assert.equal((await stage.prompts("pin")).length, pinsBefore + 1);
    } finally {
      await browser.close();
      await stage.stopAgent();
    }
  });

  test(`${kind}: without the agent the page says so, and its retry works once the agent runs`, async () => {
    const browser = await openBrowser(kind);
    try {
      const page = await begin(browser);
      assert.equal(await inPage(page, () => !document.querySelector("#failure").hidden && document.querySelector("#code").textContent),
        "agent_not_running");
      await stage.startAgent();
      await page.click("#retry");
      assert.equal(await textOf(page, ".card strong"), account);
    } finally {
      await browser.close();
      await stage.stopAgent();
    }
  });
}

test("an origin that the agent is not configured for is refused, whatever the extension serves", async () => {
  await stage.configure("https://other.example.test");
  await stage.startAgent();
  const browser = await openBrowser("chromium");
  try {
    const page = await begin(browser);
    assert.equal(await inPage(page, () => !document.querySelector("#failure").hidden && document.querySelector("#code").textContent),
      "origin_not_allowed");
  } finally {
    await browser.close();
    await stage.stopAgent();
    await stage.configure(platform.issuer);
  }
});
