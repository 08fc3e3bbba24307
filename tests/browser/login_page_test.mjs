// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 4: the login page for those who see it and those who do not: keyboard only, names and roles, languages, the download; nothing
// from another origin, nothing that its own policy refuses.
import assert from "node:assert/strict";
import {after, afterEach, before, test} from "node:test";
import {inPage, startBrowser, textOf, until} from "./browsers.mjs";
import {account, failureOf, openDesk} from "./desk.mjs";

const download = "https://downloads.example.test/signet";
let desk;
let withoutDownload;
let browser;
before(async () => {
  desk = await openDesk({options: {download_url: download}});
  withoutDownload = await desk.stage.startPlatform({name: "without_download", agent_port: desk.port});
  browser = await startBrowser("chromium", {hosts: [], authorities: [desk.stage.authority]});
});
after(async () => {
  await browser?.close();
  await desk?.close();
});
afterEach(() => desk.stage.stopAgent());

/** A visitor with cookies and settings of their own, at the login page; what the page asked of others and what was refused is noted. */
async function visit({locale = "en-US", platform = desk.platform, query = ""} = {}) {
  const context = await browser.newContext({locale});
  const page = await context.newPage();
  const complaints = [];
  const agent = new RegExp(`^wss?://(127\\.0\\.0\\.1:${desk.port}|localhost:${desk.port + 1})/`);
  const note = (url) => url.startsWith(`${platform.issuer}/`) || agent.test(url) || complaints.push(url);
  page.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => /Content.Security.Policy/i.test(message.text()) && complaints.push(message.text()));
  await page.goto(`${platform.issuer}/login${query}`);
  await inPage(page, () => document.querySelector("#start") && !document.querySelector("#start").hidden);
  return {page, complaints, close: () => context.close()};
}

const focused = (page) => page.evaluate(() => document.activeElement.id);
const waitForFocus = (page, id) => inPage(page, (wanted) => document.activeElement.id === wanted, id);

/** Presses Tab until the element has the focus, as a user does who does not know how many it takes. */
async function tabTo(page, id) {
  for (let presses = 0; presses < 12; ++presses) {
    if ((await focused(page)) === id) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${id} is not to be reached by Tab`);
}

test("what the page must not do would be noticed", async () => {
  const {page, complaints, close} = await visit();
  await page.evaluate(() => fetch("https://elsewhere.example.test/").catch(() => {}));
  await until(() => complaints.some((text) => /Content.Security.Policy/i.test(text)), "the violation in the console");
  await page.goto(`${withoutDownload.issuer}/login`);
  assert.ok(complaints.some((text) => text.startsWith(withoutDownload.issuer)));
  await close();
});

test("by keyboard: Tab, Enter, the stages, and the session", async () => {
  const {askpass} = await desk.waitingAskpass();
  await desk.startAgent({askpass});
  const {page, complaints, close} = await visit();
  await tabTo(page, "begin");
  await page.keyboard.press("Enter");
  await waitForFocus(page, "status");
  await inPage(page, () => /PIN/.test(document.querySelector("#status").textContent));
  // A second press of Enter does nothing; Cancel is one Tab away.
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "cancel");
  await page.keyboard.press("Enter");
  await waitForFocus(page, "begin");
  assert.equal(await page.getByRole("status").textContent(), "Cancelled.");
  await desk.startAgent();
  await page.keyboard.press("Enter");
  assert.equal(await textOf(page, ".card strong"), account);
  assert.deepEqual(complaints, []);
  await close();
});

test("by keyboard: after an error the focus is on its sentence, the next is Retry, and Retry works", async () => {
  const {page, complaints, close} = await visit();
  await tabTo(page, "begin");
  await page.keyboard.press("Enter");
  assert.equal(await failureOf(page), "not_installed");
  assert.equal(await focused(page), "sentence");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "retry");
  // Where nobody answers, the status has the focus for a moment only.
  await page.evaluate(() => {
    const moves = [];
    addEventListener("focusin", ({target}) => (document.documentElement.dataset.moves = moves.push(target.id) && moves.join(" ")));
  });
  await page.keyboard.press("Enter");
  await inPage(page, () => document.documentElement.dataset.moves === "status sentence");
  await desk.startAgent();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await textOf(page, ".card strong"), account);
  assert.deepEqual(complaints, []);
  await close();
});

test("names and roles", async () => {
  const {page, close} = await visit();
  const shows = async (role, name) => assert.ok(await page.getByRole(role, {name, exact: true}).isVisible(), `${role} ${name}`);
  await shows("heading", new URL(desk.platform.issuer).host);
  await shows("navigation", "语言 / Language");
  await shows("button", "Log in with a certificate");
  for (const hidden of ["Cancel", "Retry", "Back"])
    assert.equal(await page.getByRole("button", {name: hidden, exact: true}).count(), 0, hidden);
  assert.equal(await page.getByRole("main").count(), 1);
  assert.equal(await page.getByRole("status").count(), 1);
  await page.getByRole("button", {name: "Log in with a certificate"}).click();
  await failureOf(page);
  // The error's region is named by its sentence.
  const sentence = await textOf(page, "#sentence");
  await shows("region", sentence);
  await shows("heading", sentence);
  await shows("button", "Retry");
  await shows("link", "Open Signet and log in there");
  await shows("link", "Download Signet");
  assert.equal(await page.getByRole("button", {name: "Back", exact: true}).count(), 0);
  const unnamed = await page.evaluate(() =>
    [...document.querySelectorAll("a, button")].filter((one) => !one.textContent.trim() && !one.ariaLabel).map((one) => one.outerHTML));
  assert.deepEqual(unnamed, []);
  await close();
});

for (const [locale, query, lang, button] of [
  ["zh-CN", "", "zh-CN", "证书登录"], ["en-GB", "", "en", "Log in with a certificate"],
  ["en-GB", "?lang=zh", "zh-CN", "证书登录"], ["zh-CN", "?lang=en", "en", "Log in with a certificate"],
]) {
  test(`language: a browser in ${locale}${query && `, ${query}`}`, async () => {
    const {page, complaints, close} = await visit({locale, query});
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
    assert.ok(await page.getByRole("button", {name: button, exact: true}).isVisible());
    const current = await page.locator("nav [aria-current=true]").getAttribute("hreflang");
    assert.equal(current, lang.slice(0, 2));
    await page.click("#begin");
    await failureOf(page);
    assert.equal(/\p{Script=Han}/u.test(await textOf(page, "#sentence")), lang === "zh-CN");
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("the download is offered to those without an agent, and to them only", async () => {
  const {page, close} = await visit();
  await page.click("#begin");
  assert.equal(await failureOf(page), "not_installed");
  assert.ok(await page.locator("#download").isVisible());
  assert.equal(await page.locator("#download").getAttribute("href"), download);
  await close();
  // Another error: a platform that cannot be reached.
  const other = await visit();
  await other.page.route("**/login/challenges", (route) => route.abort());
  await other.page.click("#begin");
  assert.equal(await failureOf(other.page), "platform_unreachable");
  assert.ok(await other.page.locator("#download").isHidden());
  await other.close();
});

test("a platform without download-url offers none", async () => {
  const {page, complaints, close} = await visit({platform: withoutDownload});
  await page.click("#begin");
  assert.equal(await failureOf(page), "not_installed");
  assert.equal(await page.locator("#download").count(), 0);
  assert.ok(await page.locator("#link").isVisible());
  assert.deepEqual(complaints, []);
  await close();
});
