// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// One connection of a page = one native port = one process signet-native-host = one connection at the agent, so that no page can see or
// end what another one does. The origin is the browser's word, and it is the first message.
const hostName = "org.signet.agent";
const maxConnectionsOfTab = 4;
const hostCodes = ["agent_not_running", "connection_lost", "origin_not_allowed", "rate_limited"];

const connectionsOfTab = new Map();

/** The origin of the page's document as the browser knows it; null for all but the top document of a tab that a person sees. */
function originOf(sender) {
  if (sender.id !== chrome.runtime.id || !sender.tab || sender.frameId !== 0) return null;
  if ((sender.documentLifecycle ?? "active") !== "active") return null;
  return sender.origin ?? new URL(sender.url).origin;
}

/**
 * What the end of a native port means, from the browser's text. Without a manifest: "Specified native messaging host not found." in
 * Chromium, "No such native application …" in Firefox (also where the manifest is for other extensions). Without the program: "Failed to
 * start native messaging host." and "An unexpected error occurred".
 */
function codeOfEnd(text, wasOpen) {
  if (wasOpen) return "connection_lost";
  if (/host not found|no such native application|failed to start|unexpected error/i.test(text)) return "not_installed";
  if (/forbidden/i.test(text)) return "origin_not_allowed";
  return "extension_error";
}

function codeOfRefusal(code) {
  if (hostCodes.includes(code)) return code;
  console.warn("signet-native-host:", code);
  return "extension_error";
}

/** The message of a JSON text of at most the agent's size; undefined for anything else. */
function messageOf(text) {
  if (typeof text !== "string" || new TextEncoder().encode(text).length > signetMaxMessageBytes) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(page, code) {
  page.postMessage({type: "closed", code});
  page.disconnect();
}

class Connection {
  #page;
  #native;
  #onEnd;
  #isOpen = false;

  constructor(page, origin, onEnd) {
    this.#page = page;
    this.#onEnd = onEnd;
    this.#native = chrome.runtime.connectNative(hostName);
    this.#native.onMessage.addListener((message) => this.#onNativeMessage(message));
    this.#native.onDisconnect.addListener((port) => this.#onNativeEnd(chrome.runtime.lastError?.message ?? port.error?.message ?? ""));
    page.onMessage.addListener((text) => this.#onPageMessage(text));
    page.onDisconnect.addListener(() => this.#onPageEnd());
    this.#native.postMessage({origin});
  }

  #onNativeMessage(message) {
    if (!this.#page) return;
    if (this.#isOpen) return this.#page.postMessage({type: "message", data: message});
    if (message?.open !== true) return this.#end(codeOfRefusal(message?.code));
    this.#isOpen = true;
    this.#page.postMessage({type: "open"});
  }

  #onPageMessage(text) {
    const message = this.#isOpen ? messageOf(text) : undefined;
    if (message === undefined) return this.#end("extension_error");
    this.#native?.postMessage(message);
  }

  #onNativeEnd(text) {
    this.#native = null;
    this.#end(codeOfEnd(text, this.#isOpen));
  }

  #onPageEnd() {
    this.#page = null;
    this.#end();
  }

  #end(code) {
    if (!this.#onEnd) return;
    this.#onEnd();
    this.#onEnd = null;
    if (this.#page) refuse(this.#page, code);
    this.#page = null;
    this.#native?.disconnect();
    this.#native = null;
  }
}

function addToTab(tab, change) {
  const count = (connectionsOfTab.get(tab) ?? 0) + change;
  if (count > 0) connectionsOfTab.set(tab, count);
  else connectionsOfTab.delete(tab);
}

chrome.runtime.onConnect.addListener((page) => {
  const origin = originOf(page.sender);
  if (!signetOrigins.includes(origin)) return refuse(page, "origin_not_allowed");
  const tab = page.sender.tab.id;
  if (connectionsOfTab.get(tab) >= maxConnectionsOfTab) return refuse(page, "rate_limited");
  addToTab(tab, 1);
  new Connection(page, origin, () => addToTab(tab, -1));
});
