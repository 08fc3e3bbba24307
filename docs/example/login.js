// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
import * as signet from "./signet.js";

const stages = {
  connecting: "正在连接印信…",
  permission: "请在浏览器的提示中选择“允许”",
  choose: "请在印信的窗口中确认",
  pin: "请在印信的窗口中输入口令",
  signing: "正在签名…",
  relaying: "正在登录…",
};
const byId = (id) => document.getElementById(id);
let attempt;

/** A request to the platform; its refusals have the same codes as those of the agent. */
async function post(path, body) {
  const options = {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)};
  const response = await fetch(path, options).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (!answer) throw new signet.SignetError("platform_unreachable", {values: {host: location.host}});
  if (!response.ok) throw new signet.SignetError(answer.code, {values: answer});
  return answer;
}

async function logIn(signal) {
  const {issuer, challenge_id: challengeId} = await post("/login/challenges", {purpose: "login"});
  const {handoff} = await signet.login({issuer, challengeId, signal, onStage: (stage) => (byId("stage").textContent = stages[stage])});
  return post("/login/complete", {challenge_id: challengeId, handoff});
}

function show(error) {
  byId("sentence").textContent = error.zh;
  byId("advice").textContent = error.adviceZh;
  byId("code").textContent = error.code;
  byId("link").hidden = !error.link;
  if (error.link) byId("link").href = error.link;
  byId("failure").hidden = error.code === "user_cancelled";
}

async function begin() {
  attempt = new AbortController();
  byId("login").disabled = true;
  byId("cancel").hidden = false;
  byId("failure").hidden = true;
  try {
    await logIn(attempt.signal);
    location.assign("/");
  } catch (error) {
    show(error);
  } finally {
    byId("login").disabled = false;
    byId("cancel").hidden = true;
    byId("stage").textContent = "";
  }
}

byId("login").addEventListener("click", begin);
byId("cancel").addEventListener("click", () => attempt.abort());
