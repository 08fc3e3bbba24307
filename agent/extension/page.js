// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The content script: carries a page's messages to the background and back. It believes nothing that a page says about itself.
// A page connects with window.postMessage({signet: "connect", api: 1}, location.origin, [port]).
(() => {
  const api = 1;

  // The manifest's patterns say nothing about ports; the list does.
  if (!signetOrigins.includes(location.origin)) return;
  document.documentElement.dataset.signetExtension = String(api);

  window.addEventListener("message", (event) => {
    if (event.source !== window || event.origin !== location.origin || event.ports.length !== 1) return;
    if (event.data?.signet === "connect" && event.data.api === api) connect(event.ports[0]);
  });

  function connectBackground() {
    try {
      return chrome.runtime.connect({name: "page"});
    } catch {
      return null; // the extension was updated or removed under this page
    }
  }

  /** A page's message as JSON, which is less than a page can post; empty for what JSON cannot say. */
  function textOf(data) {
    try {
      return JSON.stringify(data) ?? "";
    } catch {
      return "";
    }
  }

  function connect(page) {
    const background = connectBackground();
    let isOver = false;

    function end(code) {
      if (isOver) return;
      isOver = true;
      if (code) page.postMessage({type: "closed", code});
      page.close();
      window.removeEventListener("pagehide", leave);
      background?.disconnect();
    }

    // A page that is kept for the back button must not keep its connection.
    function leave() {
      end("connection_lost");
    }

    function onPageMessage(message) {
      if (message?.type === "close") return end();
      if (isOver || message?.type !== "message") return;
      const text = textOf(message.data);
      if (text === "" || text.length > signetMaxMessageBytes) return end("extension_error");
      background.postMessage(text);
    }

    if (!background) return end("extension_error");
    background.onMessage.addListener((message) => {
      if (message.type === "closed") end(message.code);
      else page.postMessage(message);
    });
    background.onDisconnect.addListener(() => end("connection_lost"));
    window.addEventListener("pagehide", leave);
    page.onmessage = ({data}) => onPageMessage(data);
    page.onmessageerror = () => end("extension_error");
  }
})();
