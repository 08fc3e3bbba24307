// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The agent's bridge as protocol.md section 5 has it, with a script for what it answers. A real server on loopback.
import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {createServer} from "node:http";
import {createRequire} from "node:module";

import {until} from "./clock.mjs";

if (!existsSync(new URL("../node/node_modules/ws", import.meta.url)))
  throw new Error("npm packages are missing: run `npm ci` in tests/node (./dev test does it)");
const require = createRequire(new URL("../node/package.json", import.meta.url));
export const ws = require("ws");

export const kHandoff = "h".repeat(43);

export const hello = {agent: "signet", api: 1, ready: true};
export const result = (id, value) => ({jsonrpc: "2.0", id, result: value});
export const notification = (method, params) => ({jsonrpc: "2.0", method, params});
export const refusal = (id, data, code = -32000) => ({jsonrpc: "2.0", id, error: {code, message: "refused", data}});

/** What an honest agent does with a request: `peer` has send, end and requests. */
export function honest(peer, {id, method}) {
  if (method === "hello") peer.send(result(id, hello));
  if (method === "login") {
    for (const stage of ["choose", "pin", "signing", "relaying"]) peer.send(notification("login.stage", {stage}));
    peer.send(result(id, {handoff: kHandoff}));
  }
  if (method === "cancel") peer.send(result(id, {}));
}

/** A script that answers as an honest agent but for the methods that are named. */
export function scripted(own) {
  return (peer, message) => (own[message.method] ?? honest)(peer, message);
}

/** The agent's contract is strict; a page that breaks it is told so here. */
function assertStrict(message) {
  assert.deepEqual(Object.keys(message).sort(), ["id", "jsonrpc", "method", "params"]);
  assert.equal(message.jsonrpc, "2.0");
  assert.ok(Number.isInteger(message.id));
  const members = {login: ["challenge_id", "issuer"], "webeid.authenticate": ["challengeNonce"]};
  assert.deepEqual(Object.keys(message.params).sort(), members[message.method] ?? []);
}

export class FakeAgent {
  /** protocol: what is chosen of the subprotocols; false: none. hold: a promise that the upgrade waits for. */
  static async start({script = honest, protocol = "signet.v1", hold, port = 0} = {}) {
    const agent = new FakeAgent();
    agent.requests = [];
    agent.faults = [];
    agent.accepted = 0;
    agent.connections = new Set();
    const verifyClient = ({req}, decide) => {
      // So that a page that leaves meanwhile is seen to leave.
      req.socket.once("end", () => req.socket.destroy()).resume();
      void Promise.resolve(hold).then((answer = true) => decide(answer, 403));
    };
    agent.server = createServer();
    agent.server.on("connection", (connection) => {
      agent.connections.add(connection);
      connection.on("close", () => agent.connections.delete(connection));
    });
    const bridge = new ws.WebSocketServer({server: agent.server, verifyClient, handleProtocols: () => protocol});
    bridge.on("connection", (socket) => agent.#serve(socket, script));
    await new Promise((resolve) => agent.server.listen(port, "127.0.0.1", resolve));
    agent.port = agent.server.address().port;
    return agent;
  }

  #serve(socket, script) {
    this.accepted += 1;
    const peer = {
      send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
      sendBytes: (bytes) => socket.send(bytes, {binary: true}),
      end: () => socket.terminate(),
    };
    this.peer = peer;
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const message = JSON.parse(data);
      try {
        assertStrict(message);
      } catch (fault) {
        this.faults.push(fault);
      }
      this.requests.push(message);
      script(peer, message);
    });
  }

  get methods() {
    return this.requests.map(({method}) => method);
  }

  get open() {
    return this.connections.size;
  }

  async stop() {
    for (const connection of this.connections) connection.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    if (this.faults.length) throw this.faults[0];
  }

  untilAsked(method) {
    return until(() => this.methods.includes(method), `the agent is asked for ${method}`);
  }

  untilLeft() {
    return until(() => this.open === 0, "every socket is closed");
  }
}
