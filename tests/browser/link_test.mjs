// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The last door, whole: a click on the login page's link, the desktop's handler of `signet:`, the agent, and the browser again.
import assert from "node:assert/strict";
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {browserKinds, canReplaceFiles, inPage, startBrowser, textOf, until} from "./browsers.mjs";
import {account, openDesk} from "./desk.mjs";

let desk;
before(async () => {
  desk = await openDesk();
});
after(() => desk?.close());

/** Where a desktop keeps what is installed: the agent's own entry, as its package installs it, with the stage's configuration. */
function installAgent(folder, config) {
  const entry = readFileSync(join(process.env.SIGNET_SOURCE, "agent/data/signet-agent.desktop"), "utf8");
  const program = join(process.env.SIGNET_BIN, "signet-agent");
  mkdirSync(join(folder, "applications"), {recursive: true});
  const started = entry.replace(/^Exec=signet-agent %u$/m, `Exec=${program} %u --config ${config}`);
  writeFileSync(join(folder, "applications/signet-agent.desktop"), started);
  writeFileSync(join(folder, "applications/mimeapps.list"), "[Default Applications]\nx-scheme-handler/signet=signet-agent.desktop\n");
  writeFileSync(join(folder, "applications/mimeinfo.cache"), "[MIME Cache]\nx-scheme-handler/signet=signet-agent.desktop;\n");
}

for (const kind of browserKinds) {
  // What an administrator's policy allows, a person allows in the browser's own window.
  test(`${kind}: a click on the link starts a login in the agent, which ends in the browser`, {skip: !canReplaceFiles()}, async () => {
    const {stage, platform} = desk;
    const opened = join(stage.folder, "opened");
    rmSync(opened, {force: true});
    await stage.writeProgram("xdg-open", `#!/bin/sh\nprintf %s "$1" >"${opened}.new" && mv "${opened}.new" "${opened}"\n`);
    // At other ports than the page's, which thus finds no other door.
    await stage.startAgent();
    const data = join(stage.folder, "share");
    installAgent(data, join(stage.folder, "agent.conf"));
    const browser = await startBrowser(kind, {
      // Chromium without a window starts no other program.
      hosts: [], authorities: [stage.authority], headed: kind === "chromium",
      env: {XDG_RUNTIME_DIR: stage.runtime, XDG_DATA_HOME: data, XDG_DATA_DIRS: data},
      policy: {AutoLaunchProtocolsFromOrigins: [{protocol: "signet", allowed_origins: [platform.issuer]}]},
    });
    try {
      const asked = (await stage.prompts("pin")).length;
      const page = await browser.newPage();
      await page.goto(`${platform.issuer}/login`);
      await inPage(page, () => document.querySelector("#start")?.hidden === false);
      await page.click("#begin");
      await inPage(page, () => document.querySelector("#link").offsetParent !== null);
      await page.click("#link");
      await until(() => existsSync(opened), "the agent to open the browser");
      assert.equal((await stage.prompts("pin")).length, asked + 1);
      await page.goto(readFileSync(opened, "utf8"));
      assert.equal(await textOf(page, "#name"), account);
      await inPage(page, () => document.querySelector("#accept")?.disabled === false);
      await page.click("#accept");
      await inPage(page, () => location.pathname === "/");
      assert.equal(await page.evaluate(() => fetch("/session").then(({status}) => status)), 200);
    } finally {
      await browser.close();
      await stage.stopAgent();
    }
  });
}
