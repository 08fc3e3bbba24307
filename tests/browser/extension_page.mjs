// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A page that talks to the extension as signet.js does. Every function but the last ones runs in the page.
import {inPage} from "./browsers.mjs";

/** HTML of a page whose connections are numbered; window.heard[n] is what connection n was told. */
export const talkingPage = `<!doctype html><meta charset=utf-8><title>印信</title><script>
  window.ports = [];
  window.heard = [];
  window.connectAgent = (change = (message) => message, target = window) => {
    const {port1, port2} = new MessageChannel();
    const heard = [];
    window.heard.push(heard);
    port1.onmessage = ({data}) => {
      heard.push(data);
      window.onHeard?.(data);
    };
    target.postMessage(change({signet: "connect", api: 1}), location.origin, [port2]);
    return window.ports.push(port1) - 1;
  };
  /** Milliseconds from a message to its answer, the mean of count in turn: Firefox's clock has no less than a millisecond. */
  async function measure(send, count) {
    const start = performance.now();
    for (let i = 0; i < count; ++i) {
      const answered = new Promise((resolve) => (window.onHeard = resolve));
      send({jsonrpc: "2.0", id: i, method: "hello", params: {pad: "x".repeat(240)}});
      await answered;
    }
    window.onHeard = null;
    return (performance.now() - start) / count;
  }
  window.measureExtension = (number, count) => measure((data) => window.ports[number].postMessage({type: "message", data}), count);
  window.measureSocket = async (url, count) => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    socket.onmessage = ({data}) => window.onHeard(JSON.parse(data));
    return measure((data) => socket.send(JSON.stringify(data)), count);
  };
</script>`;

export const connect = (page) => page.evaluate(() => window.connectAgent());
export const say = (page, number, message) =>
  page.evaluate(([n, value]) => window.ports[n].postMessage(value), [number, message]);
export const heardBy = (page, number) => page.evaluate((n) => window.heard[n], number);
/** Waits until a connection has been told so much, and gives all of it. */
export const awaitHeard = (page, number, count = 1) =>
  inPage(page, ([n, least]) => window.heard[n].length >= least && window.heard[n], [number, count]);
export const isAnnounced = (page) => page.evaluate(() => document.documentElement.dataset.signetExtension ?? null);
