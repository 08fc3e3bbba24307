// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What an agent, or who pretends to be one, may answer to a login: each ends it with a documented error, or changes nothing.
import assert from "node:assert/strict";

import * as signet from "../../agent/client/signet.js";
import {kHandoff, notification, refusal, result, scripted} from "./fake_agent.mjs";
import {ws0} from "./fake_page.mjs";
import {extensionOf, failureOf, kLogin, scene} from "./stage.mjs";

const answer = (id) => result(id, {handoff: kHandoff});

/** id → what is sent in place of the answer; every one of these is no answer at all. */
const misshapen = {
  "another id": (id) => answer(id + 1),
  "an id of another type": (id) => answer(String(id)),
  "no id": () => ({jsonrpc: "2.0", result: {handoff: kHandoff}}),
  "an id of the past": () => answer(1),
  "a null id": () => answer(null),
  "garbage": () => "{",
  "nothing": () => "",
  "null": () => "null",
  "a number": () => "7",
  "a string": () => "\"handoff\"",
  "a list": (id) => JSON.stringify([answer(id)]),
  "no version": (id) => ({id, result: {handoff: kHandoff}}),
  "another version": (id) => ({...answer(id), jsonrpc: "1.0"}),
  "more than 64 KiB": (id) => result(id, {handoff: "h".repeat(65536)}),
  "no result": (id) => ({jsonrpc: "2.0", id}),
  "a null result": (id) => result(id, null),
  "a result that is a string": (id) => result(id, kHandoff),
  "a result that is a list": (id) => result(id, [kHandoff]),
  "no handoff": (id) => result(id, {}),
  "an empty handoff": (id) => result(id, {handoff: ""}),
  "a handoff that is a number": (id) => result(id, {handoff: 5}),
  "a handoff that is an object": (id) => result(id, {handoff: {}}),
  "members of __proto__": (id) => `{"jsonrpc":"2.0","id":${id},"__proto__":{"result":{"handoff":"x"}}}`,
  "a handoff in __proto__": (id) => `{"jsonrpc":"2.0","id":${id},"result":{"__proto__":{"handoff":"x"}}}`,
  "an error that is a string": (id) => ({jsonrpc: "2.0", id, error: "no"}),
  "an error without data": (id) => refusal(id, undefined),
  "an error with data null": (id) => refusal(id, null),
  "an error with data in a list": (id) => refusal(id, ["busy"]),
  "an error with a code that is a number": (id) => refusal(id, {code: 5}),
  "an error with HTML for a code": (id) => refusal(id, {code: "<img src=x onerror=alert(1)>"}),
  "an error with a long code": (id) => refusal(id, {code: "a".repeat(65)}),
  "an error with an empty code": (id) => refusal(id, {code: ""}),
};

for (const [what, message] of Object.entries(misshapen)) {
  scene(`login, answered with ${what}, is agent_error`, async (stage) => {
    stage.page();
    const agent = await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(message(id))})});
    const error = await failureOf(signet.login(kLogin), "agent_error");
    assert.equal({}.handoff, undefined);
    assert.equal(error.door, "ws");
    await agent.untilLeft();
  });

  scene(`login, answered through the extension with ${what}, is agent_error`, async (stage) => {
    const read = (value) => {
      try {
        return typeof value === "string" ? JSON.parse(value) : value;
      } catch {
        return value;
      }
    };
    // The extension's own messages have no limit of size; the browser's native messaging has.
    if (what === "more than 64 KiB") return stage.page();
    stage.page({extension: extensionOf(scripted({login: (peer, {id}) => peer.send(read(message(id)))}))});
    await failureOf(signet.login(kLogin), "agent_error");
  });
}

scene("login, answered in a binary message, is agent_error", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.sendBytes(Buffer.from(JSON.stringify(answer(id))))})});
  await failureOf(signet.login(kLogin), "agent_error");
});

scene("login, refused with words of its own, shows none of them", async (stage) => {
  stage.page();
  const html = "<b>x</b>";
  const data = {code: "no_token", reason: html, tries_left: html, zh: html, en: html, link: "javascript:alert(1)", mayRetry: false, host: html, name: html};
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(refusal(id, data))})});
  const error = await failureOf(signet.login(kLogin), "no_token");
  assert.ok(!JSON.stringify({...error, message: error.message}).includes("<"));
  assert.deepEqual([error.link, error.mayRetry, error.reason, error.triesLeft], [undefined, true, undefined, undefined]);
});

for (const code of ["constructor", "__proto__", "to_string"])
  scene(`login, refused with the code ${code}, is an error like others`, async (stage) => {
    stage.page();
    await stage.agent(ws0, {script: scripted({login: (peer, {id}) => peer.send(refusal(id, {code}))})});
    const error = await failureOf(signet.login(kLogin), code === "__proto__" ? "agent_error" : code);
    assert.equal(typeof error.zh, "string");
  });

const notifications = [
  notification("login.stage", {stage: "__proto__"}), notification("login.stage", {stage: "permission"}), notification("login.stage", {stage: ["pin"]}),
  notification("login.stage", []), notification("login.stage", null), {jsonrpc: "2.0", method: "login.stage"}, notification("of.the.future", {stage: "pin"}),
  notification("tokens.changed", {present: true}),
];
scene("login, notifications that mean nothing, are passed over", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => {
    for (const message of notifications) peer.send(message);
    peer.send(answer(id));
  }})});
  const stages = [];
  await signet.login({...kLogin, onStage: (name) => stages.push(name)});
  assert.deepEqual(stages, ["connecting"]);
});

scene("login, answered twice, takes the first and closes", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({login: (peer, {id}) => {
    peer.send(answer(id));
    peer.send(result(id, {handoff: "second"}));
  }})});
  assert.deepEqual(await signet.login(kLogin), {handoff: kHandoff});
});

scene("login, answer before it was asked, is no agent", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: (peer, {id}) => {
    peer.send(answer(id + 1));
    peer.send(result(id, {agent: "signet", api: 1}));
  }});
  await failureOf(signet.login(kLogin), "not_installed");
});
