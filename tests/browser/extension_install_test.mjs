// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The extension as an administrator rolls it out (docs/administration.md): by a managed policy, which no other browser here sees.
import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {pathToFileURL} from "node:url";
import {canReplaceFiles, makeFolder, openStage, startChromium, startFirefox, startSite, until} from "./browsers.mjs";
import {chromiumProgram} from "./chromium.mjs";
import {buildExtension, copySource, extensionIds, hostManifest, installHost} from "./extension.mjs";
import {awaitHeard, connect, isAnnounced, talkingPage} from "./extension_page.mjs";
import {startScriptedAgent} from "./scripted_agent.mjs";

const options = {skip: !canReplaceFiles() && "needs root"};
let stage;
let site;

before(async () => {
  stage = await openStage();
  site = await startSite({pages: {"/": talkingPage}, certificate: join(stage.pki, "tls.crt"), key: join(stage.pki, "tls.key")});
});

after(async () => {
  await site?.close();
  await stage?.close();
});

const browserOptions = (policy) => ({authorities: [stage.authority], policy, env: {XDG_RUNTIME_DIR: stage.runtime}});

async function assertReachesAgent(browser, extension) {
  const agent = await startScriptedAgent(stage.runtime);
  try {
    const page = await browser.newPage();
    await until(async () => {
      await page.goto(site.url());
      return isAnnounced(page);
    }, "the extension");
    assert.deepEqual(await awaitHeard(page, await connect(page)), [{type: "open"}]);
    assert.deepEqual((await agent.nextConnection()).door, {door: "extension", extension, origin: site.origin});
  } finally {
    await browser.close();
    await agent.stop();
  }
}

/** The package that Chromium installs, signed with the key, and the file that leads to it. */
function packForChromium(made, key, scratch) {
  const words = ["--no-sandbox", "--headless=new", `--user-data-dir=${join(scratch, "packing")}`];
  words.push(`--pack-extension=${made}`, `--pack-extension-key=${key}`);
  const env = {PATH: process.env.PATH, HOME: scratch};
  const packed = spawnSync(chromiumProgram, words, {env, encoding: "utf8"});
  assert.equal(packed.status, 0, packed.stderr);
  return pathToFileURL(`${made}.crx`).href;
}

test("chromium: ExtensionInstallForcelist", options, async () => {
  const scratch = makeFolder().path;
  const source = copySource(scratch);
  const ids = extensionIds(source.folder);
  const [, id] = ids.chromium.match(/([a-p]{32})/);
  const made = buildExtension(join(scratch, "out"), [site.origin], source.folder);
  const updates = join(scratch, "updates.xml");
  writeFileSync(updates, `<?xml version="1.0"?>
<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">
<app appid="${id}"><updatecheck codebase="${packForChromium(made.chromium, source.key, scratch)}" version="0.1.0"/></app>
</gupdate>`);
  const policy = {ExtensionInstallForcelist: [`${id};${pathToFileURL(updates).href}`]};
  const without = ["--disable-background-networking", "--disable-component-update", "--disable-default-apps"];
  const browser = await startChromium({...browserOptions(policy), without});
  installHost(browser, hostManifest("chromium", {ids}));
  await assertReachesAgent(browser, ids.chromium);
});

test("firefox: ExtensionSettings, unsigned as Firefox ESR allows", options, async () => {
  const scratch = makeFolder().path;
  buildExtension(scratch, [site.origin]);
  const id = extensionIds().firefox;
  const browser = await startFirefox(browserOptions({
    ExtensionSettings: {[id]: {installation_mode: "force_installed", install_url: pathToFileURL(join(scratch, "signet-firefox.xpi")).href}},
    Preferences: {"xpinstall.signatures.required": {Value: false, Status: "locked"}},
  }));
  installHost(browser, hostManifest("firefox"));
  await assertReachesAgent(browser, id);
});
