// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 4: the example page of docs/integration.md, at most forty lines, logs in and says what went wrong.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {after, before, test} from "node:test";
import {inPage, startBrowser, textOf, until} from "./browsers.mjs";
import {account, openDesk} from "./desk.mjs";

const source = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const files = {
  "login.html": source("docs/example/login.html"), "login.js": source("docs/example/login.js"), "signet.js": source("agent/client/signet.js"),
};
let desk;
let browser;
before(async () => {
  desk = await openDesk();
  browser = await startBrowser("chromium", {hosts: [], authorities: [desk.stage.authority]});
  // A page that the driver fulfils has no address, and so counts as public.
  await browser.setPermission(desk.platform.issuer, "loopback-network");
});
after(async () => {
  await browser?.close();
  await desk?.close();
});

/** The example at the issuer's origin, with the agent's port of this desk for the usual one; `violations`: what the policy refused. */
async function openExample() {
  const page = await browser.newPage();
  const violations = [];
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && violations.push(message.text()));
  await page.route(`${desk.platform.issuer}/example/*`, (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1);
    const body = files[name]?.replaceAll("28617", desk.port).replaceAll("28618", desk.port + 1);
    if (body === undefined) return route.fulfill({status: 404});
    return route.fulfill({contentType: name.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8", body});
  });
  await page.goto(`${desk.platform.issuer}/example/login.html`);
  await inPage(page, () => Boolean(document.querySelector("#login")?.onclick));
  return {page, violations};
}

test("the example has at most forty lines, and none inline", () => {
  const lines = (name) => files[name].trimEnd().split("\n").length;
  assert.ok(lines("login.html") + lines("login.js") <= 40);
  assert.doesNotMatch(files["login.html"], /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/);
});

test("without an agent: sentence, advice, code and the last door; then it can be tried again", async () => {
  const {page, violations} = await openExample();
  await page.click("#login");
  const text = await textOf(page, "#error");
  assert.match(text, /^.+。.+。\(not_installed\)$/);
  assert.equal(await page.getByRole("alert").getByRole("link").getAttribute("href"),
    `signet://login?issuer=${encodeURIComponent(desk.platform.issuer)}`);
  assert.ok(await page.getByRole("button", {name: "证书登录"}).isVisible());
  assert.deepEqual(violations, []);
  await page.close();
});

test("cancel takes the question away and leaves no error", async () => {
  const {askpass} = await desk.waitingAskpass();
  await desk.startAgent({askpass});
  const {page} = await openExample();
  await page.click("#login");
  await until(async () => (await desk.stage.prompts("pin")).length > 1, "the question");
  await inPage(page, () => document.querySelector("#stage").textContent.includes("口令"));
  await page.click("#cancel");
  await page.getByRole("button", {name: "证书登录"}).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("#error").textContent + document.querySelector("#stage").textContent), "");
  await page.close();
});

test("with an agent it leads to a session, and the stages are shown", async () => {
  await desk.startAgent();
  const {page, violations} = await openExample();
  await page.evaluate(() => {
    const told = [];
    new MutationObserver(() => told.push(document.querySelector("#stage").textContent)).observe(document.querySelector("#stage"), {childList: true});
    addEventListener("pagehide", () => sessionStorage.setItem("told", told.join("|")));
  });
  await page.click("#login");
  assert.equal(await textOf(page, ".card strong"), account);
  assert.equal(new URL(page.url()).pathname, "/");
  assert.match(await page.evaluate(() => sessionStorage.getItem("told")), /连接.*确认.*口令.*签名.*登录/);
  assert.deepEqual(violations, []);
});
