// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A small web site over TLS on a free port of loopback.
import {readFileSync} from "node:fs";
import {createServer} from "node:https";

/** Serves pages ({path: HTML text or (request, response) => void}); gives {port, close, url(path)}. */
export async function startSite({pages = {}, certificate, key, host = "uc.example.test"}) {
  const server = createServer({cert: readFileSync(certificate), key: readFileSync(key)}, (request, response) => {
    const page = pages[new URL(request.url, "https://site").pathname];
    if (typeof page === "function") return page(request, response);
    response.writeHead(page === undefined ? 404 : 200, {"Content-Type": "text/html; charset=utf-8"});
    response.end(page ?? "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const {port} = server.address();
  const origin = `https://${host}:${port}`;
  return {
    port, origin, server,
    url: (path = "/") => origin + path,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
