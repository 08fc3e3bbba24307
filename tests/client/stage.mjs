// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A page, agents and a clock for one test, and what must be true at its end: no socket is open, no message broke the contract.
import assert from "node:assert/strict";
import {test} from "node:test";

import {SignetError} from "../../agent/client/signet.js";
import {Clock, until} from "./clock.mjs";
import {FakeAgent, honest} from "./fake_agent.mjs";
import {openPage} from "./fake_page.mjs";

export const kIssuer = "https://uc.example.test";
export const kLogin = {issuer: kIssuer, challengeId: "c".repeat(22)};

export class Stage {
  agents = [];

  page(options) {
    this.clock = new Clock();
    this.fakePage = openPage(options);
    return this.fakePage;
  }

  async agent(address, options) {
    const agent = await FakeAgent.start(options);
    this.agents.push(agent);
    this.fakePage.route(address, agent);
    return agent;
  }

  async close() {
    try {
      await until(() => this.fakePage.openSockets === 0, "the page has closed its sockets");
      for (const agent of this.agents) await agent.untilLeft();
    } finally {
      this.clock.restore();
      this.fakePage.restore();
      for (const agent of this.agents) await agent.stop();
    }
  }
}

export function scene(name, play) {
  test(name, {timeout: 20_000}, async () => {
    const stage = new Stage();
    let failure;
    try {
      await play(stage);
    } catch (error) {
      failure = error;
    }
    try {
      await stage.close();
    } catch (error) {
      failure ??= error;
    }
    if (failure) throw failure;
  });
}

/** Waits for the failure of a call, which must be one of the documented kind. */
export async function failureOf(promise, code) {
  const error = await promise.then((value) => assert.fail(`succeeded with ${JSON.stringify(value)}`), (reason) => reason);
  assert.ok(error instanceof SignetError, String(error.stack));
  assert.equal(error.code, code);
  for (const sentence of [error.zh, error.en]) assert.match(sentence, /[^{}[\]]+/);
  return error;
}

/** An extension that plays its part: `script` is what the agent behind it does. */
export function extensionOf(script = honest, log = []) {
  return (port) => {
    port.onmessage = ({data}) => {
      log.push(data);
      if (data.type !== "message") return;
      script({send: (message) => port.postMessage({type: "message", data: message})}, data.data);
    };
    port.postMessage({type: "open"});
  };
}

export const closedExtension = (code) => (port) => port.postMessage({type: "closed", code});
export const silentExtension = () => {};
