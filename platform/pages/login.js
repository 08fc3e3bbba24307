// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The page-started login: a challenge from the platform, the agent's signature, a session.
import {login as askAgent} from "./signet.js";
import {ask, byId, complete, keepQueryInLanguageLinks, showFailure, tell} from "./page.js";
import {returnPath} from "./return_path.js";

const ports = document.querySelector("main").dataset.ports.split(" ").map(Number);
let attempt = null;

async function logIn(signal) {
  tell("connecting");
  const {issuer, challenge_id: challengeId} = await ask("POST", "/login/challenges", {purpose: "login"}, {signal});
  const {handoff} = await askAgent({issuer, challengeId, onStage: (stage) => tell(stage), signal, ports});
  // Signed and accepted: to call it cancelled now might not be true.
  byId("working").hidden = true;
  tell("completing");
  await complete({challenge_id: challengeId, handoff});
}

function showIdle() {
  byId("working").hidden = true;
  byId("failure").hidden = true;
  byId("start").hidden = false;
}

function startOver() {
  showIdle();
  byId("begin").focus();
}

function fail(thrown) {
  byId("working").hidden = true;
  tell(null);
  const error = showFailure(thrown);
  byId("retry").hidden = !error.mayRetry;
  byId("back").hidden = error.mayRetry;
  // Where no agent answers, its own address is the last door.
  byId("link").hidden = !error.link;
  if (byId("download")) byId("download").hidden = error.code !== "not_installed";
}

async function begin() {
  attempt?.abort();
  const mine = new AbortController();
  attempt = mine;
  byId("start").hidden = true;
  byId("failure").hidden = true;
  byId("working").hidden = false;
  // Not Cancel: a second press of Enter must not end what the first began.
  byId("status").focus();
  try {
    await logIn(mine.signal);
    tell("done", false);
    location.replace(returnPath(location.search, location.origin));
  } catch (error) {
    if (attempt !== mine) return;
    if (error.code === "user_cancelled") {
      tell("cancelled", false);
      startOver();
    } else {
      fail(error);
    }
  }
}

keepQueryInLanguageLinks();
// Under maintenance there is no such button.
if (byId("start")) {
  byId("begin").addEventListener("click", begin);
  byId("retry").addEventListener("click", begin);
  byId("back").addEventListener("click", startOver);
  byId("cancel").addEventListener("click", () => attempt?.abort());
  showIdle();
}
