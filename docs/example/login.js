// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
import * as signet from "./signet.js";
const stages = {connecting: "正在连接印信…", permission: "请在浏览器的提示中选择“允许”", choose: "请在印信的窗口中确认",
  pin: "请在印信的窗口中输入口令", signing: "正在签名…", relaying: "正在登录…"};
const [login, cancel, stage, error, link] = document.querySelectorAll("[id]");
async function post(path, body) {
  const headers = {"Content-Type": "application/json"};
  const response = await fetch(path, {method: "POST", headers, body: JSON.stringify(body)}).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer) return answer;
  throw new signet.SignetError(answer?.code ?? "platform_unreachable", {values: {host: location.host, ...answer}});
}
login.onclick = async () => {
  const attempt = new AbortController();
  cancel.onclick = () => attempt.abort();
  [login.hidden, cancel.hidden, link.hidden, error.textContent] = [true, false, true, ""];
  try {
    const {issuer, challenge_id: challengeId} = await post("/login/challenges", {purpose: "login"});
    const {handoff} = await signet.login({issuer, challengeId, signal: attempt.signal, onStage: (now) => (stage.textContent = stages[now])});
    await post("/login/complete", {challenge_id: challengeId, handoff});
    return location.assign("/");
  } catch ({code, zh, adviceZh, link: address}) {
    if (code !== "user_cancelled") error.textContent = `${zh}${adviceZh}(${code})`;
    if (address) [link.href, link.hidden] = [address, false];
  }
  [login.hidden, cancel.hidden, stage.textContent] = [false, true, ""];
};
