// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// For makers of pages: answers at the agent's port as an agent does, without a key. Lets every origin in and signs nothing.
// usage: node stand_in_agent.mjs [CODE]    CODE: the error that a login ends with, for example pin_locked
import {FakeAgent, honest, kHandoff, notification, refusal, result} from "./fake_agent.mjs";

const kPort = 28617;
const [code] = process.argv.slice(2);

function perform(peer, {id, method}) {
  if (method === "watch") return peer.send(result(id, {present: true}));
  if (method !== "login") return honest(peer, {id, method});
  const end = () => peer.send(code ? refusal(id, {code}) : result(id, {handoff: kHandoff}));
  const steps = ["choose", "pin", "signing", "relaying"].map((stage) => () => peer.send(notification("login.stage", {stage})));
  [...steps, end].forEach((step, number) => setTimeout(step, 1000 * number));
}

await FakeAgent.start({script: perform, port: kPort});
console.log(`A stand-in for the agent listens on 127.0.0.1:${kPort}; logins ${code ? `fail with ${code}` : "succeed"}. Ctrl+C ends it.`);
