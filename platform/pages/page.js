// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the scripts of the pages share.

import {SignetError} from "./signet.js";

const isChinese = document.documentElement.lang.startsWith("zh");

export const byId = (id) => document.getElementById(id);

/** What only these pages say; the words for it came with the page. All else is a SignetError. */
export class PageError extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function word(kind, name) {
  return document.querySelector(`#words [data-${kind}="${name}"]`)?.textContent ?? "";
}

/** Tells the user, and the screen reader, what goes on; without a stage nothing does. */
export function tell(stage, isBusy = true) {
  const status = byId("status");
  status.classList.toggle("busy", Boolean(stage) && isBusy);
  const line = document.createElement("p");
  line.textContent = stage ? word("stage", stage) : "";
  if (status.textContent !== line.textContent) status.replaceChildren(...(stage ? [line] : []));
}

function wordsOf(error) {
  if (error instanceof PageError) return [word("error", error.code), word("advice", error.code)];
  return isChinese ? [error.zh, error.adviceZh] : [error.en, error.adviceEn];
}

/** Shows why it did not work; gives the error, or what stands for one that should not have happened. */
export function showFailure(thrown) {
  const isKnown = thrown instanceof PageError || thrown instanceof SignetError;
  if (!isKnown) console.error(thrown);
  const error = isKnown ? thrown : new SignetError("internal_error");
  const [sentence, advice] = wordsOf(error);
  byId("sentence").textContent = sentence;
  byId("advice").textContent = advice;
  byId("advice").hidden = !advice;
  byId("code").textContent = error.code;
  byId("failure").hidden = false;
  byId("sentence").focus();
  return error;
}

/** One request to this platform; its JSON, null when there is none, or a SignetError. */
export async function ask(method, path, body, {signal, headers = {}} = {}) {
  const values = {host: location.host};
  let response;
  try {
    // Mode "cors" also here: with another mode no-referrer would make the Origin "null".
    response = await fetch(path, {
      method,
      signal,
      redirect: "error",
      headers: body ? {"Content-Type": "application/json", ...headers} : headers,
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new SignetError(signal?.aborted ? "user_cancelled" : "platform_unreachable", {values});
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (signal?.aborted) throw new SignetError("user_cancelled");
  if (!response.ok && answer?.code) throw new SignetError(answer.code, {values: {...answer, ...values}});
  if (!response.ok || !answer) throw new SignetError("platform_error", {values});
  return answer;
}

/** Redeems a handoff. A lost reply is asked for once more: the key makes it the same redemption. */
export async function complete(body) {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const key = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const attempt = () => ask("POST", "/login/complete", body, {headers: {"Idempotency-Key": key}});
  try {
    return await attempt();
  } catch (error) {
    if (error.code !== "platform_unreachable") throw error;
    return attempt();
  }
}

/** The other language's page is asked for with the same query; `go` may do it in another way. */
export function keepQueryInLanguageLinks(go) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    const query = new URLSearchParams(location.search);
    query.set("lang", link.hreflang);
    link.href = `?${query}`;
    if (go) link.addEventListener("click", (event) => go(event, link.href));
  }
}

// A page that comes back from the browser's memory may show what is no longer so.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
