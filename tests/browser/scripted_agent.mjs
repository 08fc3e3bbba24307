// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The agent's user-only socket, answered by the test: frames of a length (4 bytes, the machine's order) and JSON.
import {chmodSync, mkdirSync, rmSync} from "node:fs";
import {createServer} from "node:net";
import {endianness} from "node:os";
import {join} from "node:path";
import {until} from "./processes.mjs";

const isLittle = endianness() === "LE";

function frameOf(message) {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(4);
  if (isLittle) head.writeUInt32LE(body.length);
  else head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

class Connection {
  #socket;
  #received = Buffer.alloc(0);
  door = null;
  messages = [];
  isClosed = false;

  constructor(socket, agent) {
    this.#socket = socket;
    socket.on("data", (data) => this.#take(data, agent));
    socket.on("error", () => {});
    socket.on("close", () => (this.isClosed = true));
  }

  #take(data, agent) {
    this.#received = Buffer.concat([this.#received, data]);
    for (;;) {
      if (this.#received.length < 4) return;
      const length = isLittle ? this.#received.readUInt32LE() : this.#received.readUInt32BE();
      if (this.#received.length < 4 + length) return;
      this.#hear(JSON.parse(this.#received.subarray(4, 4 + length)), agent);
      this.#received = this.#received.subarray(4 + length);
    }
  }

  #hear(message, agent) {
    if (this.door) {
      this.messages.push(message);
      return agent.answer?.(message, this);
    }
    this.door = message;
    const refusal = agent.refuses?.(message);
    this.say(refusal ? {ok: false, code: refusal} : {ok: true});
    if (refusal) this.close();
  }

  say(message) {
    this.#socket.write(frameOf(message));
  }

  close() {
    this.#socket.end();
  }
}

/**
 * Listens below the runtime folder. refuses(door) gives a code for a connection that is refused; answer(message, connection) hears each
 * message. Gives {connections, nextConnection, stop}; stop() closes every connection, as an agent that ends does.
 */
export async function startScriptedAgent(runtime, {refuses, answer} = {}) {
  const folder = join(runtime, "signet");
  const path = join(folder, "agent.sock");
  mkdirSync(folder, {recursive: true});
  chmodSync(folder, 0o700);
  rmSync(path, {force: true});
  const connections = [];
  const server = createServer((socket) => connections.push(new Connection(socket, {refuses, answer})));
  await new Promise((resolve) => server.listen(path, resolve));
  let taken = 0;
  return {
    connections,
    /** The next connection that has said who it is. */
    async nextConnection() {
      await until(() => connections[taken]?.door, "a connection at the agent");
      return connections[taken++];
    },
    async stop() {
      for (const connection of connections) connection.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(path, {force: true});
    },
  };
}
