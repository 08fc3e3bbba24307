// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The agent-started login: what the fragment stands for is shown, and taken after a click.
import {fragment} from "./take_fragment.js";
import {ask, byId, complete, keepQueryInLanguageLinks, PageError, showFailure, tell} from "./page.js";

function parsed() {
  const [, challengeId, handoff, secret] = /^([\w-]{22})\.([\w-]{43})\.([\w-]{43})$/.exec(fragment) ?? [];
  if (!secret) throw new PageError("link_incomplete");
  return {challenge_id: challengeId, handoff, secret};
}

// A click meant for what stood here before must not be the answer.
const NO_ANSWER_BEFORE = 500;

function offer({account, client, replaces}) {
  byId("name").textContent = account.name;
  for (const kind of document.querySelectorAll("[data-kind]")) kind.hidden = kind.dataset.kind !== account.kind;
  byId("client").hidden = !client;
  byId("client").querySelector("bdi").textContent = client?.name ?? "";
  byId("replaces").hidden = !replaces;
  byId("replaces").querySelector("bdi").textContent = replaces?.name ?? "";
  byId("offer").hidden = false;
  byId("question").focus();
  byId("accept").disabled = true;
  setTimeout(() => (byId("accept").disabled = false), NO_ANSWER_BEFORE);
}

function end(error) {
  byId("offer").hidden = true;
  tell(null);
  showFailure(error);
}

async function accept(login) {
  byId("offer").hidden = true;
  tell("completing");
  try {
    await complete(login);
    tell("done", false);
    location.replace("/");
  } catch (error) {
    end(error);
  }
}

async function start() {
  try {
    const login = parsed();
    tell("checking");
    const preview = await ask("POST", "/login/handoff/preview", login);
    tell(null);
    byId("accept").addEventListener("click", () => accept(login), {once: true});
    byId("cancel").addEventListener("click", () => end(new PageError("user_cancelled")), {once: true});
    offer(preview);
  } catch (error) {
    end(error);
  }
}

// The secret goes along to the other language's page, and never into a link or the history.
keepQueryInLanguageLinks((event, address) => {
  event.preventDefault();
  location.replace(`${address}#${fragment}`);
});
// Another link in the same tab.
addEventListener("hashchange", () => location.reload());
start();
