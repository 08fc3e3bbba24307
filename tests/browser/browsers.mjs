// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What a browser test needs: both browsers, a stage with the real programs, a web site, and words for pages that both drivers know.
//
//   const stage = await openStage();
//   const platform = await stage.startPlatform();
//   const browser = await startBrowser("firefox", {authorities: [stage.authority]});
//   const page = await browser.newPage();
//   await page.goto(`${platform.issuer}/login`);
import {startChromium} from "./chromium.mjs";
import {startFirefox} from "./firefox.mjs";
import {until} from "./processes.mjs";

export {startChromium} from "./chromium.mjs";
export {startFirefox} from "./firefox.mjs";
export {startEcho} from "./echo.mjs";
export {canReplaceFiles} from "./machine_files.mjs";
export {makeFolder, pause, startProgram, until} from "./processes.mjs";
export {startSite} from "./site.mjs";
export {openStage} from "./stage.mjs";

export const browserKinds = ["chromium", "firefox"];
export const startBrowser = (kind, options) => (kind === "firefox" ? startFirefox(options) : startChromium(options));

/** Waits until the function, run in the page, gives something true, and gives that. */
export const inPage = (page, check, argument, seconds = 20) =>
  until(() => page.evaluate(check, argument).catch(() => null), `the page (${check})`, seconds);

/** The text of an element once it is there. */
export const textOf = (page, selector) => inPage(page, (css) => document.querySelector(css)?.textContent, selector);

/** Types a value into a field as a user does, in place of what is there. */
export async function fillField(page, selector, value) {
  await inPage(page, (css) => Boolean(document.querySelector(css)), selector);
  await page.evaluate((css) => (document.querySelector(css).value = ""), selector);
  await page.type(selector, value);
}
