// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A login as a person sees it: Chromium, the platform's page, the agent by ws, from the click to the session, and where the time goes.
// Stamps are taken in the page: the click's own, the answer to /login/challenges, and each change of the status text.
import {writeFileSync} from "node:fs";
import {openDesk, openLogin} from "../browser/desk.mjs";
import {inPage, startChromium} from "../browser/browsers.mjs";

const warmUps = 3;
const rounds = Number(process.argv[2] ?? 20);
// Each lasts until the next begins.
const stages = ["click", "connecting", "choose", "pin", "signing", "relaying", "completing", "session"];
const meanings = {click: "challenge"};

/** Runs in the page before its own scripts; leaves the stamps for the page that comes after. */
function takeStamps() {
  const stamps = {};
  addEventListener("click", (event) => (stamps.click = event.timeStamp), {capture: true});
  new MutationObserver(() => {
    const text = document.querySelector("#status")?.textContent;
    const stage = [...document.querySelectorAll("#words [data-stage]")].find((words) => words.textContent === text)?.dataset.stage;
    if (stage) stamps[stage] ??= performance.now();
  }).observe(document, {childList: true, subtree: true});
  addEventListener("pagehide", () => {
    if (!stamps.done) return;
    // The status says "connecting" from the click on; here that stage begins with the challenge.
    const challenge = performance.getEntriesByType("resource").find(({name}) => name.endsWith("/login/challenges"));
    sessionStorage.setItem("stamps", JSON.stringify({...stamps, connecting: challenge.responseEnd, session: stamps.done}));
  });
}

/** Milliseconds of each part of one login. */
async function logIn(page, issuer) {
  await page.goto(`${issuer}/login`);
  await page.waitForSelector("#begin");
  await page.click("#begin");
  const stamps = JSON.parse(await inPage(page, () => location.pathname === "/" && sessionStorage.getItem("stamps"), undefined, 60));
  await page.evaluate(() => {
    sessionStorage.removeItem("stamps");
    return fetch("/session", {method: "DELETE"});
  });
  // Chromium rounds its stamps to 0.1 ms.
  const parts = {whole: stamps.session - stamps.click};
  for (const [index, stage] of stages.slice(0, -1).entries()) parts[meanings[stage] ?? stage] = stamps[stages[index + 1]] - stamps[stage];
  return parts;
}

function printTime(name, values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2;
  console.log(`time ${name} ${middle.toFixed(1)} ms (least ${sorted[0].toFixed(1)} ms, ${sorted.length} times)`);
}

const desk = await openDesk({options: {challenge_rate: "0"}});
let browser;
try {
  // Nothing but the answer: the stage's own program notes every question.
  const askpass = `${desk.stage.folder}/answer`;
  writeFileSync(askpass, "#!/bin/sh\nprintf 482915\n", {mode: 0o700});
  await desk.startAgent({askpass});
  browser = await startChromium({hosts: [], authorities: [desk.stage.authority]});
  const page = await openLogin(browser, desk.platform);
  await page.addInitScript(takeStamps);
  const logins = [];
  for (let number = -warmUps; number < rounds; ++number) {
    const parts = await logIn(page, desk.platform.issuer);
    if (number >= 0) logins.push(parts);
  }
  for (const part of Object.keys(logins[0])) printTime(`browser_login_chromium_ws_${part}`, logins.map((parts) => parts[part]));
} finally {
  await browser?.close();
  await desk.close();
}
