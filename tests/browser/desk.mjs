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

/** Opens the stage: {stage, platform, port, startAgent, waitingAskpass}. `token`: "rsa" (SoftHSM) or "sm2"; `options` of the platform. */
export async function openDesk({token = "rsa", keys = {}, options = {}} = {}) {
  const stage = await openStage();
  const port = await freePair();
  const platform = await stage.startPlatform({agent_port: port, ...options});
  if (token === "sm2") await stage.configure(platform.issuer, {modules: [await stage.makeSm2Module()], ...keys});
  else {
    await stage.addToken("key", "enterprise-rsa2048");
    await stage.configure(platform.issuer, keys);
  }
  const registered = await stage.register();
  if (registered.status !== 0) throw new Error(registered.out + registered.err);
  return {
    stage, platform, port,
    startAgent: (options = {}) => stage.startAgent({port, ...options}),
    /** An askpass that stands until `gate` is there. */
    async waitingAskpass() {
      const gate = `${stage.folder}/gate`;
      return {gate, askpass: await stage.writeAskpass("waiting", "482915", {before: `while [ ! -e "${gate}" ]; do sleep 0.02; done`})};
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
