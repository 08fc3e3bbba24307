// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// A person at a desk: the platform's page, an agent that it can find, a token with an account.
import {createServer} from "node:net";
import {inPage, openStage} from "./browsers.mjs";

export const account = "云南示例建筑有限公司";

/** Two ports in a row that are free now. */
async function freePair() {
  const tryOne = (port) =>
    new Promise((resolve) => {
      const server = createServer().once("error", () => resolve(0));
      server.listen(port, "127.0.0.1", () => {
        const got = server.address().port;
        server.close(() => resolve(got));
      });
    });
  for (;;) {
    const first = await tryOne(0);
    if (first && (await tryOne(first + 1))) return first;
  }
}

/**
 * Opens the stage, or takes one that is open: {stage, platform, port, startAgent, waitingAskpass}. `token`: "rsa" (SoftHSM), "sm2", or
 * "fake", whose faults the test decides. `origin`: a further one that the platform and the agent know. `options` of the platform.
 */
export async function openDesk({token = "rsa", stage: opened, origin, keys: more = {}, options = {}} = {}) {
  const stage = opened ?? (await openStage());
  const port = await freePair();
  const platform = await stage.startPlatform({agent_port: port, ...(origin ? {origin} : {}), ...options});
  const keys = {...(origin ? {"bridge.extra-origin": origin} : {}), ...more};
  if (token === "sm2") await stage.configure(platform.issuer, {modules: [await stage.makeSm2Module()], ...keys});
  else if (token === "fake") await stage.configure(platform.issuer, {modules: [await stage.makeFakeModule()], ...keys});
  else {
    await stage.addToken("key", "enterprise-rsa2048");
    await stage.configure(platform.issuer, keys);
  }
  const registered = await stage.register();
  if (registered.status !== 0) throw new Error(registered.out + registered.err);
  return {
    stage, platform, port,
    startAgent: (options = {}) => stage.startAgent({port, ...options}),
    /** An askpass whose questions of one kind stand until `gate` is there. Of several certificates it takes the first. */
    async waitingAskpass(kind = "pin") {
      const gate = `${stage.folder}/gate`;
      const hold = `[ "$SIGNET_PROMPT" != ${kind} ] || while [ ! -e "${gate}" ]; do sleep 0.02; done`;
      const choose = '[ "$SIGNET_PROMPT" != choose ] || { echo 1; exit 0; }';
      return {gate, askpass: await stage.writeAskpass("waiting", "482915", {before: `${hold}\n${choose}`})};
    },
    close: () => stage.close(),
  };
}

/** Opens the login page and waits until it can be used. */
export async function openLogin(browser, platform, where = browser) {
  const page = await where.newPage();
  await page.goto(`${platform.issuer}/login`);
  await inPage(page, () => document.querySelector("#start") && !document.querySelector("#start").hidden);
  return page;
}

/** The code of the page's error once it shows one. */
export const failureOf = (page) =>
  inPage(page, () => !document.querySelector("#failure").hidden && document.querySelector("#code").textContent);

/** A login challenge as the server of a site of this origin asks for it: {id, complete(handoff)}, which gives the status. */
export async function challengeFor({stage}, origin) {
  const started = await stage.request("POST", "/login/challenges", {body: {purpose: "login"}, headers: {Origin: origin}});
  if (started.status !== 200) throw new Error(JSON.stringify(started));
  const headers = {Cookie: started.headers["Set-Cookie"].split(";")[0], Origin: origin};
  const id = started.body.challenge_id;
  const complete = (handoff) => stage.request("POST", "/login/complete", {body: {challenge_id: id, handoff}, headers});
  return {id, complete: async (handoff) => (await complete(handoff)).status};
}

/** In the page: signet.login by the given doors, with a challenge of its own; {handoff, stages} or {code, advice}. */
export async function loginInPage(page, doors, {complete = true} = {}) {
  return page.evaluate(async ([allowed, isCompleted]) => {
    const script = [...document.scripts].find(({src}) => src.includes("login"));
    const {login} = await import(new URL("./signet.js", script.src).href);
    const ports = document.querySelector("main").dataset.ports.split(" ").map(Number);
    const post = (path, body) =>
      fetch(path, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)}).then((answer) => answer.json());
    const begin = performance.now();
    const stages = [];
    const at = (stage) => stages.push([stage, Math.round((performance.now() - begin) * 10) / 10]);
    try {
      const {issuer, challenge_id: challengeId} = await post("/login/challenges", {purpose: "login"});
      at("challenge");
      const {handoff} = await login({issuer, challengeId, doors: allowed, ports, onStage: at});
      at("handoff");
      if (!isCompleted) return {challengeId, handoff, stages};
      const done = await post("/login/complete", {challenge_id: challengeId, handoff});
      at("session");
      return {account: done.account?.name, stages};
    } catch (error) {
      return {code: error.code ?? String(error), advice: error.adviceEn, elapsed: performance.now() - begin};
    }
  }, [doors, complete]);
}
