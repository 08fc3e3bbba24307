// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// As much of a browser's page as signet.js touches. Its WebSocket is a real one; `route` says where an address leads.
import {ws} from "./fake_agent.mjs";

const kGlobals = ["window", "document", "location", "navigator", "localStorage", "WebSocket"];
// Node's own, where there is one, leaves a connection open that is closed while it is being made, and its timers are the test's.
const RealWebSocket = ws.WebSocket;

class Permission extends EventTarget {
  constructor(state) {
    super();
    this.state = state;
  }

  change(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}

class Page {
  constructor(options) {
    this.addresses = [];
    this.sockets = [];
    this.ports = [];
    this.storage = new Map();
    this.routes = new Map();
    this.before = kGlobals.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
    for (const [name, value] of Object.entries(this.#globals(options)))
      Object.defineProperty(globalThis, name, {value, configurable: true, writable: true});
  }

  #globals(options) {
    const document = new EventTarget();
    document.documentElement = {dataset: options.extension ? {signetExtension: "1"} : {}};
    document.featurePolicy = options.policy && {features: () => Object.keys(options.policy), allowsFeature: (name) => options.policy[name]};
    const window = {isSecureContext: options.isSecure ?? true, postMessage: (...message) => this.#post(options.extension, message)};
    window.top = options.isFramed ? {} : window;
    this.permission = new Permission(options.permission);
    this.document = document;
    return {
      document, window, location: {origin: "https://uc.example.test"}, WebSocket: this.#webSocket(options),
      navigator: {userAgent: options.userAgent ?? "Chrome/156.0.0.0", permissions: {query: ({name}) => this.#query(options, name)}},
      localStorage: options.storage ?? {getItem: (key) => this.storage.get(key) ?? null, setItem: (key, value) => this.storage.set(key, value)},
    };
  }

  async #query({permission, permissionName = "loopback-network"}, name) {
    if (!permission || name !== permissionName) throw new TypeError("no such permission");
    return this.permission;
  }

  /** forbidden: the scheme that the browser does not let a page open, as Safari does. */
  #webSocket({forbidden, violation}) {
    const page = this;
    return class {
      constructor(address, protocols) {
        page.addresses.push(address);
        if (forbidden && address.startsWith(`${forbidden}:`)) throw new Error("The operation is insecure.");
        if (violation) document.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), {blockedURI: address, ...violation}));
        const socket = new RealWebSocket(`ws://127.0.0.1:${page.routes.get(address) ?? 1}/v1`, protocols);
        page.sockets.push(socket);
        return socket;
      }
    };
  }

  #post(extension, [data, origin, [port]]) {
    if (data.signet !== "connect" || data.api !== 1 || origin !== "https://uc.example.test") throw new Error("not as agreed with the extension");
    this.ports.push(port);
    extension(port);
  }

  route(address, agent) {
    this.routes.set(address, agent.port);
  }

  get openSockets() {
    return this.sockets.filter(({readyState}) => readyState < 2).length;
  }

  restore() {
    for (const port of this.ports) port.close();
    for (const [name, before] of this.before) {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete globalThis[name];
    }
  }
}

/**
 * Options: extension (a function that is given the port), permission ("granted" …), permissionName, policy ({feature: allowed}), isFramed, isSecure,
 * userAgent, forbidden ("ws"), violation (the fields of the page's own policy's complaint about a socket), storage.
 */
export const openPage = (options = {}) => new Page(options);

export const ws0 = "ws://127.0.0.1:28617/v1";
export const ws1 = "ws://127.0.0.1:28627/v1";
export const ws2 = "ws://127.0.0.1:28637/v1";
export const wss0 = "wss://localhost:28618/v1";
export const kAddresses = {ws: [ws0, ws1, ws2], wss: [wss0, "wss://localhost:28628/v1", "wss://localhost:28638/v1"]};
