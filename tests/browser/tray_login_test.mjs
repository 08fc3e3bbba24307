// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Issue 5: a whole login by page in Chromium on a desktop with a tray, the PIN typed by a program into the agent's window.
import {after, before, test} from "node:test";
import {inPage, startChromium, until} from "./browsers.mjs";
import {account, openDesk, openLogin} from "./desk.mjs";

const pin = "482915";
const window = "印信 - localhost";
let desk;
let browser;
before(async () => {
  desk = await openDesk({keys: {language: "zh"}});
  const desktop = await desk.stage.startDesktop();
  await desk.stage.startTrayAgent(desk.platform.issuer, {port: desk.port});
  browser = await startChromium({
    hosts: [], authorities: [desk.stage.authority], headed: true, display: desktop.DISPLAY,
    switches: ["--window-size=960,780", "--window-position=20,60"],
  });
});
after(async () => {
  await browser?.close();
  await desk?.close();
});

/** A picture of the desktop, where pictures are wanted. */
const shoot = (name) => (process.env.SIGNET_SHOTS ? desk.stage.shoot(`${process.env.SIGNET_SHOTS}/${name}.png`) : null);

test("a click on the page, the PIN in the window, the session in the page", async () => {
  const page = await openLogin(browser, desk.platform);
  await page.click("#start");
  await until(() => desk.stage.hasWindow(window), "the login window");
  await shoot("desktop-login");
  await desk.stage.typeIntoWindow(window, pin);
  await inPage(page, (name) => document.body.textContent.includes(name), account);
  await until(async () => !(await desk.stage.hasWindow(window)), "the window to go");
  await shoot("desktop-logged-in");
});

test("a wrong PIN is asked for again, and Cancel in the page takes the window away", async () => {
  const context = await browser.newContext();
  const page = await openLogin(browser, desk.platform, context);
  await page.click("#start");
  await desk.stage.typeIntoWindow(window, "000000");
  await until(() => desk.stage.hasWindow(window), "the window to stay");
  await page.click("#cancel");
  await until(async () => !(await desk.stage.hasWindow(window)), "the window to go");
  await inPage(page, () => !document.querySelector("#start").hidden);
  await context.close();
});
