// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Which door a page comes in by, and how an absent agent and a stranger are told.
import assert from "node:assert/strict";

import * as signet from "../../agent/client/signet.js";
import {until} from "./clock.mjs";
import {hello, kHandoff, refusal, result, scripted} from "./fake_agent.mjs";
import {kAddresses, ws0, ws1, ws2, wss0} from "./fake_page.mjs";
import {closedExtension, extensionOf, failureOf, kIssuer, kLogin, scene, silentExtension} from "./stage.mjs";

for (const address of [ws0, ws1, ws2, wss0])
  scene(`probe, agent at ${address}, is found there`, async (stage) => {
    const page = stage.page();
    const agent = await stage.agent(address);
    assert.deepEqual(await signet.probe(), {door: address.split(":")[0]});
    assert.deepEqual(agent.methods, ["hello"]);
    assert.deepEqual(page.addresses, address === wss0 ? [...kAddresses.ws, ...kAddresses.wss] : kAddresses.ws);
  });

scene("probe, ports given, tries those alone", async (stage) => {
  const page = stage.page();
  await stage.agent("ws://127.0.0.1:4000/v1");
  await signet.probe({ports: [4000]});
  assert.deepEqual(page.addresses, ["ws://127.0.0.1:4000/v1"]);
});

scene("probe, extension there, opens no socket", async (stage) => {
  const log = [];
  const page = stage.page({extension: extensionOf(undefined, log)});
  await stage.agent(ws0);
  assert.deepEqual(await signet.probe(), {door: "extension"});
  assert.deepEqual(page.addresses, []);
  await until(() => log.some(({type}) => type === "close"), "the page ends the extension's connection");
});

scene("login, through the extension, sends what the agent expects", async (stage) => {
  const log = [];
  stage.page({extension: extensionOf(undefined, log)});
  assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
  const messages = log.filter(({type}) => type === "message").map(({data}) => data);
  assert.deepEqual(messages[1], {jsonrpc: "2.0", id: 2, method: "login", params: {issuer: kIssuer, challenge_id: kLogin.challengeId}});
});

scene("probe, doors without the extension, leaves it alone", async (stage) => {
  stage.page({extension: extensionOf()});
  await stage.agent(ws0);
  assert.deepEqual(await signet.probe({doors: ["ws", "wss"]}), {door: "ws"});
});

scene("probe, doors wss alone, opens no ws", async (stage) => {
  const page = stage.page();
  await stage.agent(wss0);
  assert.deepEqual(await signet.probe({doors: ["wss"]}), {door: "wss"});
  assert.deepEqual(page.addresses, kAddresses.wss);
});

scene("probe, browser that forbids ws, takes wss", async (stage) => {
  stage.page({forbidden: "ws"});
  await stage.agent(wss0);
  assert.deepEqual(await signet.probe(), {door: "wss"});
});

for (const code of ["not_installed", "agent_not_running", "connection_lost", "extension_error", "of the future"])
  scene(`probe, extension closed with ${code}, takes the socket`, async (stage) => {
    stage.page({extension: closedExtension(code)});
    await stage.agent(ws0);
    assert.deepEqual(await signet.probe(), {door: "ws"});
  });

scene("probe, extension silent, takes the socket after a second", async (stage) => {
  stage.page({extension: silentExtension});
  await stage.agent(ws0);
  const probe = signet.probe();
  await stage.clock.advance(999);
  assert.deepEqual(stage.fakePage.addresses, []);
  await stage.clock.advance(1);
  assert.deepEqual(await probe, {door: "ws"});
});

scene("probe, extension opens and says no hello, takes the socket", async (stage) => {
  stage.page({extension: (port) => port.postMessage({type: "open"})});
  await stage.agent(ws0);
  const probe = signet.probe();
  await until(() => stage.fakePage.ports.length === 1);
  await stage.clock.advance(5000);
  assert.deepEqual(await probe, {door: "ws"});
});

scene("login, extension says that the origin is not allowed, opens no socket", async (stage) => {
  const page = stage.page({extension: closedExtension("origin_not_allowed")});
  await stage.agent(ws0);
  const error = await failureOf(signet.login(kLogin), "origin_not_allowed");
  assert.equal(error.door, "extension");
  assert.deepEqual(page.addresses, []);
});

scene("login, agent behind the extension refuses the origin at hello, opens no socket", async (stage) => {
  const page = stage.page({extension: extensionOf(scripted({hello: (peer, {id}) => peer.send(refusal(id, {code: "origin_not_allowed"}))}))});
  await failureOf(signet.login(kLogin), "origin_not_allowed");
  assert.deepEqual(page.addresses, []);
});

for (const code of ["not_installed", "agent_not_running", "extension_error"])
  scene(`login, extension closed with ${code} and nobody at the sockets, says what the extension knows`, async (stage) => {
    const page = stage.page({extension: closedExtension(code)});
    page.storage.set("signet.answered", "1");
    const error = await failureOf(signet.login(kLogin), code);
    assert.equal(error.link, "signet://login?issuer=https%3A%2F%2Fuc.example.test");
  });

scene("login, nobody anywhere, is not_installed with the link as last door", async (stage) => {
  stage.page();
  const error = await failureOf(signet.login(kLogin), "not_installed");
  assert.equal(error.link, signet.link(kIssuer));
  assert.equal(error.mayRetry, true);
});

scene("login, agent gone that once answered this page, is agent_not_running", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws1);
  await signet.login(kLogin);
  stage.fakePage.routes.clear();
  await agent.untilLeft();
  await failureOf(signet.login(kLogin), "agent_not_running");
});

scene("login, storage that is switched off, works and forgets", async (stage) => {
  const storage = {getItem: () => assert.fail(), setItem: () => assert.fail()};
  stage.page({storage});
  await stage.agent(ws0);
  await signet.login(kLogin);
  stage.fakePage.routes.clear();
  await failureOf(signet.login(kLogin), "not_installed");
});

const strangers = {
  "without a subprotocol": {protocol: false},
  "that hangs up": {script: (peer) => peer.end()},
  "that answers garbage": {script: (peer) => peer.send("220 mail ready")},
  "that is another agent": {script: (peer, {id}) => peer.send(result(id, {...hello, agent: "other"}))},
  "of another version": {script: (peer, {id}) => peer.send(result(id, {...hello, api: 2}))},
  "that answers with a list": {script: (peer, {id}) => peer.send(result(id, ["signet", 1]))},
  "that says nothing": {script: () => {}},
};
for (const [what, stranger] of Object.entries(strangers)) {
  scene(`login, stranger ${what} on the first port, goes on to the agent`, async (stage) => {
    stage.page();
    const other = await stage.agent(ws0, stranger);
    const agent = await stage.agent(ws1);
    assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
    assert.deepEqual(agent.methods, ["hello", "login"]);
    assert.ok(!other.methods.includes("login"));
  });

  scene(`login, stranger ${what} alone, is not_installed`, async (stage) => {
    stage.page();
    const other = await stage.agent(ws0, stranger);
    const failure = failureOf(signet.login(kLogin), "not_installed");
    await until(() => other.accepted > 0);
    await stage.clock.advance(5000);
    await failure;
  });
}

scene("login, stranger that never finishes the handshake, is given up after five seconds", async (stage) => {
  stage.page();
  await stage.agent(ws0, {hold: new Promise(() => {})});
  const failure = failureOf(signet.login(kLogin), "not_installed");
  await until(() => stage.fakePage.openSockets === 1);
  await stage.clock.advance(4999);
  assert.equal(stage.fakePage.openSockets, 1);
  await stage.clock.advance(1);
  await until(() => stage.fakePage.addresses.length === 6, "wss is tried");
  await stage.clock.advance(5000);
  await failure;
});

scene("login, agent that refuses at hello, says why", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: (peer, {id}) => peer.send(refusal(id, {code: "rate_limited"}))});
  const error = await failureOf(signet.login(kLogin), "rate_limited");
  assert.equal(error.door, "ws");
});

scene("login, connection lost before hello was answered, looks once more", async (stage) => {
  stage.page();
  let isFirst = true;
  const agent = await stage.agent(ws0, {script: scripted({hello: (peer, {id}) => {
    if (isFirst) peer.end();
    else peer.send(result(id, hello));
    isFirst = false;
  }})});
  assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
  assert.deepEqual(agent.methods, ["hello", "hello", "login"]);
});

scene("probe, losers of the race, are closed at once", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0);
  const slow = await stage.agent(ws1, {script: () => {}});
  await signet.probe();
  await until(() => agent.open + slow.open === 0 && stage.fakePage.openSockets === 0, "all are closed");
});
