// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A WebSocket server on a free port of loopback that says everything again.
import {once} from "node:events";
import {WebSocketServer} from "ws";

export async function startEcho() {
  const server = new WebSocketServer({host: "127.0.0.1", port: 0});
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(data, {binary: false})));
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${server.address().port}/`,
    close() {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
