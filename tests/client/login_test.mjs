// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One login from its first message to its end, and each way in which it may end early.
import assert from "node:assert/strict";

import * as signet from "../../agent/client/signet.js";
import {until} from "./clock.mjs";
import {kHandoff, notification, refusal, result, scripted} from "./fake_agent.mjs";
import {ws0} from "./fake_page.mjs";
import {extensionOf, failureOf, kIssuer, kLogin, scene} from "./stage.mjs";

/** An agent that goes as far as a stage and then waits. */
const stopAt = (stage) => scripted({login: (peer) => peer.send(notification("login.stage", {stage}))});

/** A login that has come as far as a stage, through the socket. */
async function loginAt(stage, name, options = {}) {
  stage.page();
  const agent = await stage.agent(ws0, {script: stopAt(name)});
  const stages = [];
  const login = signet.login({...kLogin, ...options, onStage: (now) => stages.push(now)});
  login.catch(() => {});
  await until(() => stages.includes(name), `stage ${name}`);
  return {agent, login};
}

scene("login, honest agent, gives the handoff and every stage", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0);
  const stages = [];
  const {handoff, ...rest} = await signet.login({...kLogin, onStage: (name) => stages.push(name)});
  assert.equal(handoff, kHandoff);
  assert.deepEqual(rest, {});
  assert.deepEqual(stages, ["connecting", "choose", "pin", "signing", "relaying"]);
  assert.deepEqual(agent.requests[1], {jsonrpc: "2.0", id: 2, method: "login", params: {issuer: kIssuer, challenge_id: kLogin.challengeId}});
  assert.deepEqual(agent.methods, ["hello", "login"]);
});

scene("login, page's onStage that throws, goes on", async (stage) => {
  stage.page();
  await stage.agent(ws0);
  const {error} = console;
  const said = [];
  console.error = (fault) => said.push(fault.message);
  try {
    assert.deepEqual(await signet.login({...kLogin, onStage: () => { throw new Error("the page's"); }}), {handoff: kHandoff});
  } finally {
    console.error = error;
  }
  assert.equal(said.length, 5);
});

scene("login, three at once, have a connection each", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0);
  const logins = await Promise.all([1, 2, 3].map(() => signet.login(kLogin)));
  assert.deepEqual(logins, Array(3).fill({handoff: kHandoff}));
  assert.equal(agent.accepted, 3);
});

scene("login, one of two aborted, leaves the other alone", async (stage) => {
  stage.page();
  const waiting = [];
  const agent = await stage.agent(ws0, {script: scripted({login: (peer, {id}) => waiting.push(() => peer.send(result(id, {handoff: kHandoff})))})});
  const abort = new AbortController();
  const first = failureOf(signet.login({...kLogin, signal: abort.signal}), "user_cancelled");
  await until(() => waiting.length === 1);
  const second = signet.login(kLogin);
  await until(() => waiting.length === 2);
  abort.abort();
  await first;
  waiting[1]();
  assert.deepEqual(await second, {handoff: kHandoff});
  await until(() => agent.methods.filter((method) => method === "cancel").length === 1);
});

for (const name of ["choose", "pin", "signing", "relaying"]) {
  scene(`login, aborted at ${name}, cancels and is user_cancelled`, async (stage) => {
    const abort = new AbortController();
    const {agent, login} = await loginAt(stage, name, {signal: abort.signal});
    abort.abort();
    await failureOf(login, "user_cancelled");
    await agent.untilAsked("cancel");
    await agent.untilLeft();
  });

  scene(`login, connection lost at ${name}, is connection_lost and is not sent again`, async (stage) => {
    const {agent, login} = await loginAt(stage, name);
    agent.peer.end();
    const error = await failureOf(login, "connection_lost");
    assert.equal(error.mayRetry, true);
    assert.equal(error.door, "ws");
    assert.deepEqual(agent.methods, ["hello", "login"]);
    assert.equal(agent.accepted, 1);
  });

  scene(`login, time over at ${name}, cancels and is timeout`, async (stage) => {
    const {agent, login} = await loginAt(stage, name);
    await stage.clock.advance(179_999);
    assert.equal(agent.open, 1);
    await stage.clock.advance(1);
    await failureOf(login, "timeout");
    await agent.untilAsked("cancel");
  });
}

scene("login, aborted beforehand, opens nothing", async (stage) => {
  const page = stage.page({extension: extensionOf()});
  await failureOf(signet.login({...kLogin, signal: AbortSignal.abort()}), "user_cancelled");
  assert.deepEqual([page.addresses, page.ports], [[], []]);
});

scene("login, aborted from onStage connecting, opens nothing", async (stage) => {
  const page = stage.page();
  const abort = new AbortController();
  await failureOf(signet.login({...kLogin, signal: abort.signal, onStage: () => abort.abort()}), "user_cancelled");
  assert.deepEqual(page.addresses, []);
});

scene("login, aborted before the agent has said hello, sends no login", async (stage) => {
  stage.page();
  const abort = new AbortController();
  const agent = await stage.agent(ws0, {script: () => abort.abort()});
  await failureOf(signet.login({...kLogin, signal: abort.signal}), "user_cancelled");
  await agent.untilLeft();
  assert.deepEqual(agent.methods, ["hello"]);
  assert.equal(stage.fakePage.addresses.length, 3);
});

scene("login, aborted after its end, does nothing", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0);
  const abort = new AbortController();
  await signet.login({...kLogin, signal: abort.signal});
  abort.abort();
  await agent.untilLeft();
  assert.deepEqual(agent.methods, ["hello", "login"]);
});

scene("login, aborted through the extension, cancels and closes", async (stage) => {
  const log = [];
  const abort = new AbortController();
  stage.page({extension: extensionOf(scripted({login: () => abort.abort()}), log)});
  await failureOf(signet.login({...kLogin, signal: abort.signal}), "user_cancelled");
  await until(() => log.some(({type}) => type === "close"));
  assert.deepEqual(log.map(({type, data}) => data?.method ?? type), ["hello", "login", "cancel", "close"]);
});

for (const code of ["connection_lost", "agent_not_running"])
  scene(`login, extension closed with ${code} during the login, says so`, async (stage) => {
    const agentBehind = (port) => {
      extensionOf(scripted({login: () => port.postMessage({type: "closed", code})}))(port);
    };
    const page = stage.page({extension: agentBehind});
    const error = await failureOf(signet.login(kLogin), code);
    assert.equal(error.door, "extension");
    assert.deepEqual(page.addresses, []);
  });

const refusals = ["no_token", "pin_locked", "busy", "challenge_expired", "account_unknown", "user_cancelled", "maintenance", "of_the_future"];
for (const code of refusals)
  scene(`login, refused with ${code}, keeps the code`, async (stage) => {
    stage.page();
    await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(refusal(id, {code}))})});
    const error = await failureOf(signet.login(kLogin), code);
    assert.equal(error.zh, signet.sentence(code, "zh"));
    assert.equal(error.adviceEn, signet.advice(code, "en"));
    assert.equal(error.link, undefined);
    assert.equal(error.door, "ws");
  });

scene("login, refused with tries left and a reason, tells both", async (stage) => {
  stage.page();
  const data = {code: "pin_incorrect", tries_left: 4, reason: "pin_length"};
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(refusal(id, data))})});
  const error = await failureOf(signet.login(kLogin), "pin_incorrect");
  assert.equal(error.triesLeft, 4);
  assert.equal(error.reason, "pin_length");
  assert.equal(error.zh, "口令不正确,还可以试 4 次。");
});

scene("login, platform unreachable, names the host that the page named", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(refusal(id, {code: "platform_unreachable"}))})});
  const error = await failureOf(signet.login(kLogin), "platform_unreachable");
  assert.equal(error.en, "Cannot reach uc.example.test. Check the network or proxy.");
});

scene("login, agent that could not read the request, says what it said", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({login: (peer) => peer.send(refusal(null, {code: "invalid_request"}, -32600))})});
  await failureOf(signet.login(kLogin), "invalid_request");
});

const mistakes = [
  undefined, {}, {issuer: kIssuer}, {challengeId: kLogin.challengeId}, {...kLogin, issuer: 5}, {...kLogin, issuer: "x".repeat(513)},
  {...kLogin, challengeId: ""}, {...kLogin, challengeId: "c".repeat(23)}, {...kLogin, challengeId: {}}, {...kLogin, doors: ["door"]},
  {...kLogin, ports: 28617}, {...kLogin, ports: ["x"]},
];
mistakes.forEach((options, number) =>
  scene(`login, mistake ${number} in its options, opens nothing and tells the page's maker`, async (stage) => {
    const page = stage.page({extension: extensionOf()});
    const error = await failureOf(signet.login(options), "invalid_request");
    assert.match(error.message, /^invalid_request: (issuer|challengeId|doors|ports) must be/);
    assert.deepEqual([page.addresses, page.ports], [[], []]);
  }));

scene("login, timeout given, is the limit", async (stage) => {
  const {login} = await loginAt(stage, "pin", {timeout: 20_000});
  await stage.clock.advance(20_000);
  await failureOf(login, "timeout");
});
