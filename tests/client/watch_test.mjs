// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// watch and webEid.
import assert from "node:assert/strict";

import * as signet from "../../agent/client/signet.js";
import {settle, until} from "./clock.mjs";
import {notification, refusal, result, scripted} from "./fake_agent.mjs";
import {ws0} from "./fake_page.mjs";
import {extensionOf, failureOf, scene} from "./stage.mjs";

const watched = scripted({watch: (peer, {id}) => peer.send(result(id, {present: true}))});
const changed = (present) => notification("tokens.changed", {present});

scene("watch, tokens that come and go, are told until it is closed", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: watched});
  const seen = [];
  const watcher = await signet.watch({onChange: (now) => seen.push(now), onClose: assert.fail});
  assert.equal(watcher.present, true);
  agent.peer.send(changed(false));
  await until(() => seen.length === 1);
  assert.equal(watcher.present, false);
  agent.peer.send(changed(true));
  await until(() => seen.length === 2);
  assert.deepEqual(seen, [{present: false}, {present: true}]);
  watcher.close();
  watcher.close();
  await agent.untilLeft();
  assert.deepEqual(agent.methods, ["hello", "watch"]);
});

scene("watch, longer than a call's time limit, goes on", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: watched});
  const watcher = await signet.watch({timeout: 1000});
  await stage.clock.advance(10_000);
  assert.equal(agent.open, 1);
  watcher.close();
});

scene("watch, aborted, is closed without a word", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: watched});
  const abort = new AbortController();
  await signet.watch({signal: abort.signal, onClose: assert.fail});
  abort.abort();
  await agent.untilLeft();
});

scene("watch, agent that ends, is told to the page", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: watched});
  const ends = [];
  await signet.watch({onClose: (error) => ends.push(error)});
  agent.peer.end();
  await until(() => ends.length === 1);
  assert.equal(ends[0].code, "connection_lost");
  assert.ok(ends[0] instanceof signet.SignetError);
});

scene("watch, through the extension, works alike", async (stage) => {
  const log = [];
  const script = scripted({watch: (peer, {id}) => {
    peer.send(result(id, {present: false}));
    peer.send(changed(true));
  }});
  stage.page({extension: extensionOf(script, log)});
  const seen = [];
  const watcher = await signet.watch({onChange: (now) => seen.push(now)});
  await until(() => seen.length === 1);
  watcher.close();
  await until(() => log.at(-1).type === "close");
});

scene("watch, refused by the user, says so", async (stage) => {
  stage.page();
  await stage.agent(ws0, {script: scripted({watch: (peer, {id}) => peer.send(refusal(id, {code: "user_cancelled"}))})});
  await failureOf(signet.watch(), "user_cancelled");
});

for (const present of [undefined, "yes", 1, null])
  scene(`watch, answered with present ${present}, is agent_error`, async (stage) => {
    stage.page();
    await stage.agent(ws0, {script: scripted({watch: (peer, {id}) => peer.send(result(id, {present}))})});
    await failureOf(signet.watch(), "agent_error");
  });

scene("watch, changes of a wrong type, are passed over", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: watched});
  const watcher = await signet.watch({onChange: assert.fail});
  for (const present of ["no", 0, null, undefined, {}]) agent.peer.send(changed(present));
  await settle();
  assert.equal(watcher.present, true);
  watcher.close();
});

const kNonce = "n".repeat(44);
const kToken = {unverifiedCertificate: "MII", algorithm: "ES384", signature: "c2ln", format: "web-eid:1.0", appVersion: "https://signet.example/1"};

scene("webEid, honest agent, gives the five members of the token", async (stage) => {
  stage.page();
  const agent = await stage.agent(ws0, {script: scripted({"webeid.authenticate": (peer, {id}) => peer.send(result(id, {...kToken, more: 1}))})});
  assert.deepEqual(await signet.webEid({challengeNonce: kNonce}), kToken);
  assert.deepEqual(agent.requests[1].params, {challengeNonce: kNonce});
});

scene("webEid, agent's stages, are the page's", async (stage) => {
  stage.page();
  const stages = [];
  await stage.agent(ws0, {
    script: scripted({
      "webeid.authenticate": (peer, {id}) => {
        for (const name of ["choose", "pin", "of the future", "signing"]) peer.send(notification("login.stage", {stage: name}));
        peer.send(result(id, kToken));
      },
    }),
  });
  await signet.webEid({challengeNonce: kNonce, onStage: (name) => stages.push(name)});
  assert.deepEqual(stages, ["connecting", "choose", "pin", "signing"]);
});

for (const name of Object.keys(kToken))
  scene(`webEid, answer without ${name}, is agent_error`, async (stage) => {
    stage.page();
    await stage.agent(ws0, {script: scripted({"webeid.authenticate": (peer, {id}) => peer.send(result(id, {...kToken, [name]: undefined}))})});
    await failureOf(signet.webEid({challengeNonce: kNonce}), "agent_error");
  });

scene("webEid, aborted, cancels", async (stage) => {
  stage.page();
  const abort = new AbortController();
  const agent = await stage.agent(ws0, {script: scripted({"webeid.authenticate": () => abort.abort()})});
  await failureOf(signet.webEid({challengeNonce: kNonce, signal: abort.signal}), "user_cancelled");
  await agent.untilAsked("cancel");
});

for (const challengeNonce of [undefined, "n".repeat(43), "n".repeat(129), 5])
  scene(`webEid, nonce ${String(challengeNonce).length} long, opens nothing`, async (stage) => {
    const page = stage.page();
    await failureOf(signet.webEid({challengeNonce}), "invalid_request");
    assert.deepEqual(page.addresses, []);
  });
