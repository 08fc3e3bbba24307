// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 4: a login by page in both browsers, by each door, with SoftHSM and with an SM2 token; nothing for another page.
import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {browserKinds, inPage, startBrowser, textOf, until} from "./browsers.mjs";
import {account, loginInPage, openDesk, openLogin} from "./desk.mjs";
import {buildExtension, hostManifest, installHost} from "./extension.mjs";

for (const token of ["rsa", "sm2"]) {
  let desk;
  let agent;
  before(async () => {
    desk = await openDesk({token});
    agent = await desk.startAgent();
  });
  after(() => desk?.close());

  for (const kind of browserKinds) {
    // R15, by ws, wss and the extension.
    test(`${kind}, ${token}: each door leads to a session`, async (context) => {
      const {stage, platform} = desk;
      const extension = buildExtension(join(stage.folder, `extension-${kind}`), [platform.issuer]);
      const browser = await startBrowser(kind, {
        hosts: [], authorities: [stage.authority, agent.authority], extension: extension[kind], env: {XDG_RUNTIME_DIR: stage.runtime},
      });
      try {
        installHost(browser, hostManifest(kind));
        const page = await openLogin(browser, platform);
        for (const door of ["ws", "wss", "extension"]) {
          const done = await loginInPage(page, [door]);
          assert.equal(done.account, account, `${door}: ${JSON.stringify(done)}`);
          context.diagnostic(`${kind}, ${token}, ${door}: ${done.stages.map(([name, time]) => `${name} ${time}`).join(", ")} ms`);
        }
        await page.click("#begin");
        assert.equal(await textOf(page, ".card strong"), account);
      } finally {
        await browser.close();
      }
    });

    test(`${kind}, ${token}: the link leads to a session after a click, once`, async () => {
      const {stage, platform} = desk;
      const opened = join(stage.folder, `opened-${kind}`);
      await stage.writeProgram("xdg-open", `#!/bin/sh\nprintf %s "$1" >"${opened}.new" && mv "${opened}.new" "${opened}"\n`);
      await stage.stopAgent();
      agent = await desk.startAgent();
      const browser = await startBrowser(kind, {hosts: [], authorities: [stage.authority]});
      try {
        assert.equal(await stage.followLink(`signet://login?issuer=${encodeURIComponent(platform.issuer)}`), 0);
        await until(() => existsSync(opened), "the agent to open the browser");
        const page = await browser.newPage();
        await page.goto(readFileSync(opened, "utf8"));
        await inPage(page, () => document.querySelector("#offer") && !document.querySelector("#offer").hidden);
        assert.equal(await textOf(page, "#name"), account);
        // The secret is out of the address, and nobody is logged in yet.
        assert.equal(await page.evaluate(() => location.hash), "");
        assert.equal(await page.evaluate(() => fetch("/session").then(({status}) => status)), 401);
        await inPage(page, () => !document.querySelector("#accept").disabled);
        await page.click("#accept");
        await inPage(page, () => location.pathname === "/");
        assert.equal(await page.evaluate(() => fetch("/session").then(({status}) => status)), 200);
        // The agent's address works once.
        const again = await browser.newPage();
        const response = await again.goto(readFileSync(opened, "utf8")).catch(() => null);
        assert.notEqual(response?.status(), 200);
      } finally {
        await browser.close();
      }
    });
  }

  for (const kind of browserKinds) {
    test(`${kind}, ${token}: a handoff is worth nothing in another profile, for another challenge, and twice`, async () => {
      const {stage, platform} = desk;
      const started = [];
      const start = async () => {
        started.push(await startBrowser(kind, {hosts: [], authorities: [stage.authority]}));
        return started.at(-1);
      };
      const post = (where, path, body) =>
        where.evaluate(
          ([to, what]) =>
            fetch(to, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(what)})
              .then(async (answer) => ({status: answer.status, body: await answer.json()})),
          [path, body]);
      const redeem = async (where, id, handoff) => (await post(where, "/login/complete", {challenge_id: id, handoff})).status;
      try {
        const browser = await start();
        const page = await openLogin(browser, platform);
        const {challengeId, handoff} = await loginInPage(page, ["ws"], {complete: false});
        // With no cookie, and with that of a challenge of its own.
        const stranger = await openLogin(await start(), platform);
        assert.notEqual(await redeem(stranger, challengeId, handoff), 200);
        await post(stranger, "/login/challenges", {purpose: "login"});
        assert.notEqual(await redeem(stranger, challengeId, handoff), 200);
        // Another page of the same profile, which has the same cookie.
        const other = await openLogin(browser, platform);
        const own = await post(other, "/login/challenges", {purpose: "login"});
        assert.equal(own.status, 200);
        assert.notEqual(await redeem(other, own.body.challenge_id, handoff), 200);
        assert.equal(await redeem(page, challengeId, handoff), 200);
        assert.notEqual(await redeem(page, challengeId, handoff), 200);
        assert.notEqual(await redeem(other, own.body.challenge_id, handoff), 200);
      } finally {
        for (const browser of started) await browser.close();
      }
    });
  }
}
