// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the browser allows a page: Local Network Access, frames, plain http, the page's own policy.
import assert from "node:assert/strict";

import * as signet from "../../agent/client/signet.js";
import {until} from "./clock.mjs";
import {kHandoff} from "./fake_agent.mjs";
import {kAddresses, ws0, ws2, wss0} from "./fake_page.mjs";
import {extensionOf, failureOf, kLogin, scene} from "./stage.mjs";

/** A promise and what settles it: the browser's question, answered. */
function question() {
  const parts = {};
  parts.hold = new Promise((resolve) => Object.assign(parts, {answer: resolve}));
  return parts;
}

for (const permissionName of ["loopback-network", "local-network-access"]) {
  scene(`login, ${permissionName} granted, goes through`, async (stage) => {
    stage.page({permission: "granted", permissionName});
    await stage.agent(ws0);
    assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
  });

  scene(`login, ${permissionName} denied, is permission_denied at once and tries no wss`, async (stage) => {
    const page = stage.page({permission: "denied", permissionName});
    const error = await failureOf(signet.login(kLogin), "permission_denied");
    assert.match(error.adviceEn, /site settings icon.*LoopbackNetworkAllowedForUrls.*extension/s);
    assert.match(error.adviceZh, /网站设置.*LoopbackNetworkAllowedForUrls.*扩展/s);
    assert.equal(error.link, "signet://login?issuer=https%3A%2F%2Fuc.example.test");
    assert.deepEqual(page.addresses, kAddresses.ws);
  });
}

scene("login, permission denied and the extension there, goes through", async (stage) => {
  stage.page({permission: "denied", extension: extensionOf()});
  assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
});

scene("login, permission granted and ws shut, takes wss", async (stage) => {
  stage.page({permission: "granted"});
  await stage.agent(wss0);
  assert.deepEqual(await signet.probe(), {door: "wss"});
});

scene("login, page that needs no permission though it is denied, goes through", async (stage) => {
  stage.page({permission: "denied"});
  await stage.agent(ws0);
  assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
});

scene("login, question answered with allow, goes on from stage permission", async (stage) => {
  const page = stage.page({permission: "prompt"});
  const {hold, answer} = question();
  await stage.agent(ws0, {hold});
  const stages = [];
  const login = signet.login({...kLogin, onStage: (name) => stages.push(name)});
  await until(() => page.openSockets === 1);
  await stage.clock.advance(60_000);
  assert.deepEqual(stages, ["connecting", "permission"]);
  page.permission.change("granted");
  answer(true);
  assert.deepEqual(await login, {handoff: kHandoff});
  assert.deepEqual(stages, ["connecting", "permission", "connecting", "choose", "pin", "signing", "relaying"]);
});

scene("login, question answered with block, is permission_denied", async (stage) => {
  const page = stage.page({permission: "prompt"});
  const {hold, answer} = question();
  await stage.agent(ws0, {hold});
  const failure = failureOf(signet.login(kLogin), "permission_denied");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(3000);
  page.permission.change("denied");
  await failure;
  answer(false);
});

scene("login, question closed without an answer, is permission_denied", async (stage) => {
  const page = stage.page({permission: "prompt"});
  const {hold, answer} = question();
  await stage.agent(ws0, {hold});
  const failure = failureOf(signet.login(kLogin), "permission_denied");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(3000);
  answer(false);
  await failure;
});

scene("login, question never answered, is permission_pending at the end of the time", async (stage) => {
  const page = stage.page({permission: "prompt"});
  await stage.agent(ws0, {hold: new Promise(() => {})});
  const failure = failureOf(signet.login({...kLogin, timeout: 30_000}), "permission_pending");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(30_000);
  const error = await failure;
  assert.match(error.adviceZh, /允许/);
  assert.match(error.adviceEn, /Allow/);
});

scene("login, question standing and the page gives up, is user_cancelled", async (stage) => {
  const page = stage.page({permission: "prompt"});
  await stage.agent(ws0, {hold: new Promise(() => {})});
  const abort = new AbortController();
  const failure = failureOf(signet.login({...kLogin, signal: abort.signal}), "user_cancelled");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(1000);
  abort.abort();
  await failure;
});

scene("login, ports that are refused slowly as on Windows, are no question of the browser", async (stage) => {
  const page = stage.page({permission: "prompt"});
  const {hold, answer} = question();
  for (const address of kAddresses.ws) await stage.agent(address, {hold});
  const stages = [];
  const failure = failureOf(signet.login({...kLogin, onStage: (name) => stages.push(name)}), "not_installed");
  await until(() => page.openSockets === 3);
  await stage.clock.advance(2000);
  answer(false);
  await failure;
  assert.deepEqual(stages, ["connecting"]);
});

scene("login, ports that Firefox is slow to knock at again, are no question of the browser", async (stage) => {
  const page = stage.page({permission: "prompt", userAgent: "Gecko/20100101 Firefox/153.0"});
  const {hold, answer} = question();
  await stage.agent(ws2, {hold});
  const stages = [];
  const failure = failureOf(signet.login({...kLogin, onStage: (name) => stages.push(name)}), "not_installed");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(2000);
  assert.deepEqual(stages, ["connecting"]);
  await stage.clock.advance(2000);
  answer(false);
  await failure;
});

scene("login, question that holds back all ports, is stage permission after three seconds", async (stage) => {
  const page = stage.page({permission: "prompt"});
  const {hold, answer} = question();
  for (const address of kAddresses.ws) await stage.agent(address, {hold});
  const stages = [];
  const login = signet.login({...kLogin, onStage: (name) => stages.push(name)});
  await until(() => page.openSockets === 3);
  await stage.clock.advance(3000);
  assert.deepEqual(stages, ["connecting", "permission"]);
  answer(true);
  await login;
  assert.deepEqual(stages.slice(2, 4), ["connecting", "choose"]);
});

scene("login, nobody there before the browser has asked, is not_installed", async (stage) => {
  const page = stage.page({permission: "prompt"});
  await failureOf(signet.login(kLogin), "not_installed");
  assert.deepEqual(page.addresses, kAddresses.ws);
});

scene("login, allowed but the agent stays silent, is given up after five seconds", async (stage) => {
  const page = stage.page({permission: "prompt"});
  await stage.agent(ws0, {hold: new Promise(() => {})});
  const failure = failureOf(signet.login({...kLogin, doors: ["ws"]}), "not_installed");
  await until(() => page.openSockets === 1);
  await stage.clock.advance(10_000);
  page.permission.change("granted");
  await stage.clock.advance(5000);
  await failure;
});

const frames = {
  "that the page around it does not let through": {permission: "denied", policy: {"loopback-network": false}, code: "iframe_not_allowed"},
  "in a browser that knows the older name only": {permission: "denied", policy: {"local-network-access": false}, code: "iframe_not_allowed"},
  "in a browser that tells no policy": {permission: "denied", code: "iframe_not_allowed"},
  "in a browser whose policies do not know the feature": {permission: "denied", policy: {camera: true}, code: "iframe_not_allowed"},
  "that is granted what its policy forbids": {permission: "granted", policy: {"loopback-network": false}, code: "not_installed"},
  "that is let through and the user has refused": {permission: "denied", policy: {"loopback-network": true}, code: "permission_denied"},
  "that is let through and nobody is there": {permission: "granted", policy: {"loopback-network": true}, code: "not_installed"},
};
for (const [what, {code, ...options}] of Object.entries(frames))
  scene(`login, frame ${what}, is ${code}`, async (stage) => {
    stage.page({isFramed: true, ...options});
    await failureOf(signet.login(kLogin), code);
  });

scene("login, page over plain http, opens nothing", async (stage) => {
  const page = stage.page({isSecure: false, extension: extensionOf()});
  await failureOf(signet.login(kLogin), "insecure_page");
  assert.deepEqual([page.addresses, page.ports], [[], []]);
});

const violation = {effectiveDirective: "connect-src", disposition: "enforce"};
scene("login, page whose own policy forbids the socket, is csp_blocked", async (stage) => {
  stage.page({violation});
  await failureOf(signet.login(kLogin), "csp_blocked");
});

for (const other of [{effectiveDirective: "img-src"}, {disposition: "report"}, {blockedURI: "https://elsewhere.example/"}])
  scene(`login, another of the page's policy violations (${Object.values(other)}), does not mislead`, async (stage) => {
    stage.page({violation: {...violation, ...other}});
    await failureOf(signet.login(kLogin), "not_installed");
  });

scene("login, socket that has an error and is never closed as in Chromium, fails at once", async (stage) => {
  stage.page();
  globalThis.WebSocket = class {
    set onerror(handler) {
      setImmediate(handler);
    }

    close() {}
  };
  await failureOf(signet.login(kLogin), "not_installed");
});
