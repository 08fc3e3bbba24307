// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
//
// signet.js: logs the visitor of a web page in with the Signet agent (印信) on the same computer.
// How to use it: docs/integration.md. What is said to the agent: docs/protocol.md, section 5.
// Needs Chromium 90, Firefox 90 or Safari 15; no other file. signet.classic.js is made from this file by build.mjs.

const API = 1;
const SUBPROTOCOL = "signet.v1";
const PORTS = [28617, 28627, 28637];
const DOORS = ["extension", "ws", "wss"];
const MAX_MESSAGE = 64 * 1024;
const AGENT_STAGES = ["choose", "pin", "signing", "relaying"];

// Milliseconds.
const CALL_LIMIT = 180_000;
const CONNECT_LIMIT = 5_000;
const EXTENSION_LIMIT = 1_000;
const PROMPT_SHOWS_AFTER = 500;
const REFUSAL_LIMIT = 3_000;

// ---- what a page calls ----------------------------------------------------------------------------------------------

/** Logs in: resolves with {handoff}, which the page posts to {issuer}/login/complete. */
function login(options) {
  return perform(options, async (call) => {
    const {issuer, challengeId} = call.options;
    call.require(isText(issuer, 512), "issuer must be a string");
    call.require(isText(challengeId) && /^[\w-]{22}$/.test(challengeId), "challengeId must be the challenge_id of the platform");
    const connection = await connect(call);
    passStages(connection, call);
    const result = await connection.request("login", {issuer, challenge_id: challengeId});
    if (!isText(result.handoff)) throw connection.error("agent_error");
    return {handoff: result.handoff};
  });
}

/** What the agent says of its stages is the page's to show. */
function passStages(connection, call) {
  connection.onNotification = (method, params) => {
    if (method === "login.stage" && AGENT_STAGES.includes(params.stage)) call.stage(params.stage);
  };
}

/** Finds out whether an agent answers this page, and through which door. */
function probe(options) {
  return perform(options, async (call) => ({door: (await connect(call)).door}));
}

/** Tells whether a token is plugged in, now and whenever that changes, until close() or the signal. */
function watch(options) {
  return perform(options, async (call) => {
    const {onChange, onClose, signal} = call.options;
    const connection = await connect(call);
    const watcher = {present: false, close: () => connection.close()};
    connection.onNotification = (method, params) => {
      if (method !== "tokens.changed" || typeof params.present !== "boolean") return;
      watcher.present = params.present;
      notify(onChange, {present: params.present});
    };
    const result = await connection.request("watch", {});
    if (typeof result.present !== "boolean") throw connection.error("agent_error");
    watcher.present = result.present;
    call.release(connection);
    connection.onFailure = (error) => notify(onClose, error);
    signal?.addEventListener("abort", watcher.close, {once: true});
    return watcher;
  });
}

/** Resolves with an authentication token of the form web-eid:1.0 for the platform's nonce. */
function webEid(options) {
  return perform(options, async (call) => {
    const {challengeNonce} = call.options;
    call.require(isText(challengeNonce, 128) && challengeNonce.length >= 44, "challengeNonce must have 44 to 128 characters");
    const connection = await connect(call);
    passStages(connection, call);
    const result = await connection.request("webeid.authenticate", {challengeNonce});
    const token = {};
    for (const name of ["unverifiedCertificate", "algorithm", "signature", "format", "appVersion"]) {
      if (!isText(result[name])) throw connection.error("agent_error");
      token[name] = result[name];
    }
    return token;
  });
}

/** The last door: the address that starts the agent, which then logs in by itself and opens the browser. */
function link(issuer) {
  return `signet://login?issuer=${encodeURIComponent(issuer)}`;
}

/** What every call of this library fails with; a page makes one of a platform's refusal too: new SignetError(problem.code, {values: problem}). */
class SignetError extends Error {
  constructor(code, {detail, values = {}, ...known} = {}) {
    super(`${code}: ${detail ?? sentence(code, "en", values)}`);
    this.name = "SignetError";
    this.code = code;
    this.zh = sentence(code, "zh", values);
    this.en = sentence(code, "en", values);
    this.adviceZh = advice(code, "zh");
    this.adviceEn = advice(code, "en");
    this.mayRetry = wordsOf(code)[4];
    Object.assign(this, known);
  }
}

// ---- one call -------------------------------------------------------------------------------------------------------

/** Runs `work` until it is done, the page aborts it, or its time is over; leaves no connection behind. */
async function perform(options, work) {
  const call = new Call(options);
  try {
    return await Promise.race([call.interrupted.promise, work(call)]);
  } finally {
    call.finish();
  }
}

class Call {
  constructor(options) {
    this.options = options ?? {};
    this.ports = this.options.ports ?? PORTS;
    this.doors = this.options.doors ?? DOORS;
    this.connections = new Set();
    this.interrupted = deferred();
    this.onAbort = () => this.interrupt("user_cancelled");
    this.timer = setTimeout(() => this.interrupt(this.isAsking ? "permission_pending" : "timeout"), this.options.timeout ?? CALL_LIMIT);
    this.options.signal?.addEventListener("abort", this.onAbort);
    if (this.options.signal?.aborted) this.onAbort();
  }

  get isAsking() {
    return this.currentStage === "permission";
  }

  interrupt(code) {
    this.interrupted.reject(this.error(code));
    this.finish();
  }

  finish() {
    this.isOver = true;
    clearTimeout(this.timer);
    this.options.signal?.removeEventListener("abort", this.onAbort);
    for (const connection of this.connections) connection.close();
  }

  /** Everything of this call that is still under way ends here once the call itself has ended. */
  connect(door, openChannel) {
    if (this.isOver) throw this.error("user_cancelled");
    const connection = new Connection(this, door, openChannel);
    this.connections.add(connection);
    return connection;
  }

  release(connection) {
    this.connections.delete(connection);
  }

  stage(stage) {
    if (this.isOver || stage === this.currentStage) return;
    this.currentStage = stage;
    notify(this.options.onStage, stage);
  }

  require(isRight, detail) {
    if (!isRight) throw this.error("invalid_request", {detail});
  }

  error(code, known = {}) {
    const {issuer} = this.options;
    if (!isText(issuer)) return new SignetError(code, known);
    const way = PAGE_WORDS.has(code) ? {link: link(issuer)} : {};
    return new SignetError(code, {...known, ...way, values: {...known.values, host: hostOf(issuer)}});
  }
}

// ---- finding the agent ----------------------------------------------------------------------------------------------

/** The extension first, since it needs no permission; then the sockets. What the extension says is knowledge, "nobody answers" is not. */
async function connect(call) {
  call.require(isListOf(call.doors, (door) => DOORS.includes(door)), `doors must be some of ${DOORS}`);
  call.require(isListOf(call.ports, (port) => port > 0 && port < 65535), "ports must be numbers");
  if (!isSecurePage()) throw call.error("insecure_page");
  call.stage("connecting");
  if (!call.doors.includes("extension") || !hasExtension()) return connectSocket(call);
  try {
    return await connectExtension(call);
  } catch (refusal) {
    if (refusal.code === "origin_not_allowed") throw refusal;
    return connectSocket(call, refusal);
  }
}

async function connectExtension(call) {
  const connection = call.connect("extension", extensionChannel);
  const silent = () => connection.fail("extension_error");
  await within(EXTENSION_LIMIT, connection.opened.promise, silent);
  return within(CONNECT_LIMIT, greet(connection), silent);
}

async function connectSocket(call, refusal) {
  const permission = await loopbackPermission();
  const doors = ["ws", "wss"].filter((door) => call.doors.includes(door));
  for (const door of doors) {
    // A browser that has refused ws, or would ask, does the same with wss.
    if (door !== doors[0] && ["denied", "prompt"].includes(permission?.state)) break;
    // An agent that went away between opening and greeting, as one that restarts does, is looked for once more.
    const found = (await search(call, door, permission)) ?? (call.wasLost && (await search(call, door, permission)));
    if (found) return found;
  }
  throw refusal ?? call.error(whyNobody(call, permission));
}

/** All ports at once; the first that greets as an agent is kept, the others are closed. Null when nobody does. */
async function search(call, door, permission) {
  const policy = watchContentPolicy(call);
  let connections = [];
  const limit = connectLimit(call, permission, () => refusesAtOnce() && connections.some(({failure}) => failure));
  let found = null;
  try {
    connections = call.ports.map((port) => call.connect(door, (connection) => socketChannel(addressOf(door, port), connection)));
    found = await Promise.race([limit.over.promise, Promise.any(connections.map(greet))]);
    if (call.isAsking) call.stage("connecting");
    return found;
  } catch {
    const refused = connections.find(({refusal}) => refusal);
    if (refused) throw refused.refusal;
    // Firefox reports a violation of the page's policy in a task of its own, after the socket has failed.
    await nextTask();
    call.wasLost = connections.some(({wasOpened, failure}) => wasOpened && failure?.code === "connection_lost");
    return null;
  } finally {
    limit.stop();
    policy.stop();
    for (const connection of connections) if (connection !== found) connection.close();
  }
}

/** Tells the agent from a stranger that listens on its port. */
async function greet(connection) {
  await connection.opened.promise;
  const hello = await connection.request("hello", {});
  if (hello.agent !== "signet" || hello.api !== API) throw connection.fail("agent_error");
  rememberAgent();
  return connection;
}

/**
 * Nobody waits longer than CONNECT_LIMIT for a socket, except while the browser asks the user. Chromium asks once somebody has accepted the
 * connection: while it asks, the other ports have been refused already, at the latest after the two seconds that Windows takes for it.
 */
function connectLimit(call, permission, hasRefusal) {
  const over = deferred();
  let timer;
  const ask = () => call.stage("permission");
  const wait = () => (timer = setTimeout(ask, REFUSAL_LIMIT - PROMPT_SHOWS_AFTER));
  const start = () => {
    if (permission?.state !== "prompt") timer = setTimeout(over.reject, CONNECT_LIMIT);
    else timer = setTimeout(() => (hasRefusal() ? ask() : wait()), PROMPT_SHOWS_AFTER);
  };
  const onChange = () => {
    clearTimeout(timer);
    if (permission.state === "denied") return over.reject();
    call.stage("connecting");
    start();
  };
  const stop = () => {
    clearTimeout(timer);
    permission?.removeEventListener("change", onChange);
  };
  permission?.addEventListener("change", onChange);
  start();
  return {over, stop};
}

/** A page's own Content-Security-Policy closes a socket like any other failure; only this event says so. */
function watchContentPolicy(call) {
  const onViolation = ({effectiveDirective, disposition, blockedURI}) => {
    if (effectiveDirective === "connect-src" && disposition === "enforce" && /^wss?(:|$)/.test(blockedURI)) call.isBlockedByPage = true;
  };
  document.addEventListener("securitypolicyviolation", onViolation);
  return {stop: () => document.removeEventListener("securitypolicyviolation", onViolation)};
}

function whyNobody(call, permission) {
  if (call.isBlockedByPage) return "csp_blocked";
  const state = permission?.state;
  const isDenied = state === "denied";
  const isDelegated = frameIsDelegated();
  if ((isDelegated === false && state !== "granted") || (isDelegated === undefined && isDenied)) return "iframe_not_allowed";
  if (isDenied || (call.isAsking && refusesAtOnce())) return "permission_denied";
  return remembersAgent() ? "agent_not_running" : "not_installed";
}

// ---- connections ----------------------------------------------------------------------------------------------------

/** JSON-RPC 2.0 over one channel. It fails once, with everything that waits for it. */
class Connection {
  constructor(call, door, openChannel) {
    this.call = call;
    this.door = door;
    this.nextId = 1;
    this.waiting = new Map();
    this.opened = deferred();
    try {
      this.channel = openChannel(this);
    } catch {
      // Safari refuses ws from https, and an opaque origin cannot be written to.
      this.fail(door === "extension" ? "extension_error" : "connection_lost");
    }
  }

  open() {
    this.wasOpened = true;
    this.opened.resolve();
  }

  request(method, params) {
    if (this.failure) return Promise.reject(this.failure);
    const answer = deferred();
    this.waiting.set(this.nextId, {method, answer});
    this.send(method, params);
    return answer.promise;
  }

  send(method, params) {
    this.channel.send({jsonrpc: "2.0", id: this.nextId++, method, params});
  }

  receive(message) {
    if (this.failure) return;
    if (!isObject(message) || message.jsonrpc !== "2.0") this.fail("agent_error");
    else if (isText(message.method)) this.onNotification?.(message.method, isObject(message.params) ? message.params : {});
    else if (message.id === null && isObject(message.error)) this.failAs(refusalOf(this, message.error));
    else this.answer(message);
  }

  answer({id, result, error}) {
    const request = this.waiting.get(id);
    if (!request || !(isObject(error) || isObject(result))) return this.fail("agent_error");
    this.waiting.delete(id);
    if (isObject(error)) request.answer.reject(refusalOf(this, error));
    else request.answer.resolve(result);
  }

  /** Cancels what the agent is doing for this connection. */
  close() {
    if (this.failure) return;
    this.onFailure = undefined;
    if ([...this.waiting.values()].some(({method}) => method !== "hello")) this.send("cancel", {});
    this.fail("user_cancelled");
  }

  fail(code) {
    return this.failAs(this.error(code));
  }

  failAs(failure) {
    if (this.failure) return this.failure;
    this.failure = failure;
    this.channel?.close();
    this.opened.reject(failure);
    for (const {answer} of this.waiting.values()) answer.reject(failure);
    this.waiting.clear();
    this.onFailure?.(failure);
    return failure;
  }

  error(code, known) {
    return this.call.error(code, {door: this.door, ...known});
  }
}

/** The agent's refusal. Of what it says only words and numbers are taken, so that a page can show all of an error. */
function refusalOf(connection, {data}) {
  if (!isObject(data) || !isWord(data.code)) return connection.error("agent_error");
  const known = {values: {}};
  if (isWord(data.reason)) known.reason = data.reason;
  if (Number.isInteger(data.tries_left) && data.tries_left >= 0) {
    known.triesLeft = data.tries_left;
    known.values.tries = data.tries_left;
  }
  connection.refusal = connection.error(data.code, known);
  return connection.refusal;
}

function addressOf(door, port) {
  return door === "wss" ? `wss://localhost:${port + 1}/v${API}` : `ws://127.0.0.1:${port}/v${API}`;
}

function socketChannel(address, connection) {
  const socket = new WebSocket(address, SUBPROTOCOL);
  socket.onopen = () => (socket.protocol === SUBPROTOCOL ? connection.open() : connection.fail("agent_error"));
  socket.onmessage = ({data}) => connection.receive(parse(data));
  // A socket that the page's own policy forbids has an error and is never closed (Chromium 156).
  socket.onclose = socket.onerror = () => connection.fail("connection_lost");
  return {send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close()};
}

function parse(data) {
  if (!isText(data, MAX_MESSAGE)) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}

const EXTENSION_CODES = ["not_installed", "agent_not_running", "origin_not_allowed", "connection_lost", "rate_limited", "extension_error"];

/** A content script of the extension marks the pages that it serves. */
function hasExtension() {
  return document.documentElement?.dataset.signetExtension === "1";
}

function extensionChannel(connection) {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = ({data}) => {
    if (data?.type === "open") connection.open();
    else if (data?.type === "message") connection.receive(data.data);
    else if (data?.type === "closed") connection.fail(EXTENSION_CODES.includes(data.code) ? data.code : "extension_error");
  };
  window.postMessage({signet: "connect", api: API}, location.origin, [port2]);
  const close = () => {
    port1.postMessage({type: "close"});
    port1.close();
  };
  return {send: (message) => port1.postMessage({type: "message", data: message}), close};
}

// ---- the browser ----------------------------------------------------------------------------------------------------

// Local Network Access; the second name is that of Chromium before 146.
const LOOPBACK_PERMISSIONS = ["loopback-network", "local-network-access"];
const MEMORY = "signet.answered";

function isSecurePage() {
  return window.isSecureContext !== false;
}

/** Firefox waits, longer after each failure, before it knocks again at a port that has refused it; only then is it refused once more. */
function refusesAtOnce() {
  return !/\bFirefox\//.test(navigator.userAgent);
}

/** The browser's PermissionStatus; null in a browser that has no such permission. */
async function loopbackPermission() {
  for (const name of LOOPBACK_PERMISSIONS) {
    try {
      return await navigator.permissions.query({name});
    } catch {
      // Not a permission of this browser.
    }
  }
  return null;
}

/** Whether the pages around this one let it reach this computer; undefined when the browser does not tell. */
function frameIsDelegated() {
  if (window.top === window) return true;
  const policy = document.permissionsPolicy ?? document.featurePolicy;
  const known = LOOPBACK_PERMISSIONS.filter((name) => policy?.features?.().includes(name));
  return known.length ? known.some((name) => policy.allowsFeature(name)) : undefined;
}

function rememberAgent() {
  try {
    localStorage.setItem(MEMORY, "1");
  } catch {
    // Storage is switched off: then every absent agent is one that is not installed.
  }
}

function remembersAgent() {
  try {
    return localStorage.getItem(MEMORY) === "1";
  } catch {
    return false;
  }
}

// ---- small things ---------------------------------------------------------------------------------------------------

function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, {resolve, reject}));
  // Who waits for it hears of it; nobody has to.
  parts.promise.catch(() => {});
  return parts;
}

function nextTask() {
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });
}

async function within(milliseconds, promise, onOver) {
  const timer = setTimeout(onOver, milliseconds);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** A fault in the page's own function must not end a login. */
function notify(callback, value) {
  try {
    callback?.(value);
  } catch (error) {
    console.error(error);
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value, longest = MAX_MESSAGE) {
  return typeof value === "string" && value.length > 0 && value.length <= longest;
}

function isListOf(list, isRight) {
  return Array.isArray(list) && list.every(isRight);
}

function isWord(value) {
  return typeof value === "string" && /^[a-z][a-z0-9_]{0,63}$/.test(value);
}

function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}

// ---- words ----------------------------------------------------------------------------------------------------------

/** The sentence for the user, in "zh" or "en" (or any language tag that begins so). */
function sentence(code, language = "zh", values = {}) {
  const column = columnOf(language);
  return fill(wordsOf(code)[column], values, ["平台", "the platform"][column]);
}

/** What the user can do about it; may be empty. */
function advice(code, language = "zh") {
  return wordsOf(code)[2 + columnOf(language)];
}

function columnOf(language) {
  return /^en\b/i.test(language) ? 1 : 0;
}

function wordsOf(code) {
  return PAGE_WORDS.get(code) ?? AGENT_WORDS.get(code) ?? OTHER_WORDS;
}

/** A [part] is left out when the value of its {name} is not known. */
function fill(text, values, platform) {
  const value = (name) => values[name];
  return text
    .replace(/\[([^\]]*?)\{(\w+)\}([^\]]*)\]/g, (_, before, name, after) => (value(name) === undefined ? "" : before + value(name) + after))
    .replace(/\{host\}/g, () => value("host") ?? platform);
}

// Each row: 中文, English, 怎么办, what to do, whether a button "retry" makes sense.
const OTHER_WORDS = ["登录没有成功。", "The login did not succeed.", "请重试;仍然失败时请把错误代码告诉技术支持。", "Try again; if it still fails, tell support the error code.", true];

// What only this library says.
const PAGE_WORDS = new Map([
  ["not_installed", ["这台电脑上没有找到印信。", "Signet was not found on this computer.", "请安装并启动印信,然后重试。", "Install and start Signet, then try again.", true]],
  ["agent_not_running", ["印信没有运行。", "Signet is not running.", "请启动印信,然后重试。", "Start Signet, then try again.", true]],
  ["permission_denied", ["浏览器不允许这个网页连接印信。", "The browser does not let this page reach Signet.", "请点击网址旁的网站设置图标,允许“访问此设备上的其他应用和服务”,然后重试。单位电脑可请管理员设置 LoopbackNetworkAllowedForUrls,或安装印信扩展。", "Click the site settings icon beside the address, allow “Access other apps and services on this device”, and try again. Or ask your administrator for the policy LoopbackNetworkAllowedForUrls or the Signet extension.", true]],
  ["permission_pending", ["浏览器在等您允许这个网页连接印信。", "The browser is waiting for you to let this page reach Signet.", "请在浏览器的提示中选择“允许”,然后重试。", "Answer the browser's question with Allow, then try again.", true]],
  ["insecure_page", ["这个网页没有使用安全连接(https),不能连接印信。", "This page is not on a secure connection (https) and cannot reach Signet.", "请改用以 https:// 开头的网址。", "Use the address that begins with https://.", false]],
  ["iframe_not_allowed", ["这个页面嵌在另一个网页中,没有获准连接印信。", "This page is embedded in another one, which does not let it reach Signet.", "请在单独的窗口中打开登录页面,或请网站的维护人员为 iframe 加上 allow=\"loopback-network\"。", "Open the login page in a window of its own, or tell the makers of the site that the iframe needs allow=\"loopback-network\".", false]],
  ["csp_blocked", ["这个网页的安全策略(CSP)不允许连接印信。", "This page's own Content-Security-Policy keeps it from reaching Signet.", "请联系网站的维护人员。", "Tell the makers of the site.", false]],
  ["connection_lost", ["与印信的连接中断了。", "The connection to Signet was lost.", "请重新登录。", "Start the login again.", true]],
  ["extension_error", ["印信的浏览器扩展没有响应。", "The Signet browser extension did not answer.", "请刷新网页;仍然失败时请重新启用扩展。", "Reload the page; if it still fails, turn the extension off and on again.", true]],
  ["agent_error", ["印信的回答无法理解。", "Signet's answer could not be understood.", "请更新印信,然后重试。", "Update Signet, then try again.", true]],
]);

// What the agent and the platform say: base/error.cpp. A test holds the two together.
const AGENT_WORDS = new Map([
  ["challenge_unknown", ["登录请求不存在。", "This login request is not known.", "请回到网页重新登录。", "Start the login again.", true]],
  ["challenge_expired", ["登录请求已过期。", "This login request has expired.", "请重新登录,并在两分钟内完成。", "Start the login again and finish it within two minutes.", true]],
  ["challenge_used", ["这个登录请求已经用过。", "This login request has been used already.", "请重新登录。", "Start the login again.", true]],
  ["bad_signature", ["平台没有通过签名验证。", "The platform could not verify the signature.", "请重试;仍然失败时请运行自检并联系发证机构。", "Try again; if it still fails, run the self-check and ask your certificate issuer.", true]],
  ["alg_not_allowed", ["平台不接受这张证书的签名算法。", "The platform does not accept this certificate's signature algorithm.", "请换一张证书,或向平台咨询。", "Use another certificate, or ask the platform.", false]],
  ["certificate_untrusted", ["这张证书的发证机构不在信任列表中[({name})]。", "This certificate's issuer[ ({name})] is not on the trust list.", "请使用平台认可的发证机构的证书。", "Use a certificate from an issuer that the platform accepts.", false]],
  ["certificate_expired", ["证书已[于 {date} ]到期。请续期后再登录。", "This certificate expired[ on {date}]. Renew it to log in.", "请联系发证机构续期。", "Ask your certificate issuer to renew it.", false]],
  ["certificate_not_yet_valid", ["证书尚未生效[,自 {date} 起有效]。", "This certificate is not valid yet[; it is valid from {date}].", "请检查电脑的日期和时间。", "Check this computer's date and time.", false]],
  ["certificate_revoked", ["证书已被吊销,不能再用于登录。", "This certificate has been revoked and can no longer be used to log in.", "请向发证机构申请新证书。", "Ask your certificate issuer for a new one.", false]],
  ["certificate_not_for_login", ["这张证书不能用于登录(用途不符)。", "This certificate is not meant for logging in.", "请选择签名证书。", "Choose the signing certificate.", false]],
  ["revocation_unknown", ["无法确认证书是否被吊销。", "It could not be found out whether this certificate has been revoked.", "请检查网络后重试。", "Check the network and try again.", true]],
  ["identity_missing", ["证书中没有统一社会信用代码或身份证号码。", "The certificate names no unified social credit code or identity number.", "请联系发证机构更换证书。", "Ask your certificate issuer for a certificate that names one.", false]],
  ["account_restricted", ["账户功能已被限制。", "The account is restricted.", "请联系平台客服。", "Contact the platform's support.", false]],
  ["account_suspended", ["账户已被中止使用。", "The account is suspended.", "请联系平台客服。", "Contact the platform's support.", false]],
  ["account_frozen", ["账户已被冻结。", "The account is frozen.", "请联系平台客服。", "Contact the platform's support.", false]],
  ["account_terminated", ["账户已被注销或终止。", "The account has been closed.", "请联系平台客服。", "Contact the platform's support.", false]],
  ["account_unknown", ["这张证书还没有注册账户。", "There is no account for this certificate yet.", "请先注册(signet register)。", "Register first (signet register).", false]],
  ["certificate_not_bound", ["账户已存在,但这张证书还没有绑定。", "There is an account, but this certificate is not bound to it.", "请用已绑定的证书批准它,或联系平台办理。", "Approve it with a certificate that is bound already, or ask the platform.", false]],
  ["agreement_outdated", ["用户协议已更新。请先阅读并同意新版本。", "The user agreement has changed. Read and accept it first.", "请重新登录,阅读并同意新的协议。", "Log in again, then read and accept the new version.", true]],
  ["act_not_allowed", ["您不能以这个身份办理。", "You may not act in this capacity.", "请以本人身份登录,或请该企业授权。", "Log in as yourself, or ask the enterprise to authorise you.", false]],
  ["channel_mismatch", ["与平台的连接被中间设备替换了证书。", "Something between this computer and the platform replaces its certificate.", "请关闭代理或网络防护的 HTTPS 检查,或联系管理员。", "Ask your administrator to exempt the platform from HTTPS inspection.", false]],
  ["rate_limited", ["操作太频繁。", "Too many requests.", "请稍等一会再试。", "Wait a moment and try again.", true]],
  ["maintenance", ["平台正在维护[,预计 {date} 恢复]。", "The platform is under maintenance[ until {date}].", "请稍后再试。", "Try again later.", true]],
  ["bad_request", ["平台不接受这个请求。", "The platform did not accept the request.", "请更新印信;仍然失败时请联系平台。", "Update Signet; if it still fails, contact the platform.", false]],
  ["origin_not_allowed", ["该网站不在允许的范围内,未做任何操作。", "This site is not on the allowed list. Nothing was done.", "如果确需使用,请联系管理员添加。", "If you need it, ask your administrator to add it.", false]],
  ["host_not_allowed", ["请求的地址不对,未做任何操作。", "The request named a wrong host. Nothing was done.", "请从正确的网站重新登录。", "Start again from the right site.", false]],
  ["issuer_not_allowed", ["平台[ {host} ]不在配置中,未做任何操作。", "The platform[ {host}] is not configured. Nothing was done.", "请检查网址,或请管理员在配置中添加 issuer。", "Check the address, or ask your administrator to add it as an issuer.", false]],
  ["busy", ["另一个登录正在进行。", "Another login is in progress.", "请先完成或取消它。", "Finish or cancel it first.", true]],
  ["user_cancelled", ["已取消。", "Cancelled.", "", "", true]],
  ["no_token", ["没有找到 USB key。请插入后稍等几秒。", "No USB key found. Plug it in and wait a few seconds.", "已插入时请运行自检(signet doctor)。", "If it is plugged in, run the self-check (signet doctor).", true]],
  ["no_certificate", ["USB key 中没有可用于登录的证书。", "There is no certificate on the USB key that can be used to log in.", "运行 signet tokens 查看每张证书不能使用的原因。", "Run signet tokens to see why each certificate cannot be used.", false]],
  ["pin_incorrect", ["口令不正确[,还可以试 {tries} 次]。", "Wrong PIN.[ {tries} tries left.]", "请确认口令后重试。", "Check the PIN and try again.", true]],
  ["pin_locked", ["口令已锁定。请到发证机构解锁,其他证书不受影响。", "The PIN is locked. Your certificate issuer can unlock it; other certificates still work.", "", "", false]],
  ["pin_final_try_declined", ["只剩最后一次口令机会,没有使用它。", "Only one PIN try is left; it was not used.", "请先向发证机构确认口令。", "Make sure of the PIN with your certificate issuer first.", true]],
  ["token_removed", ["USB key 已拔出。", "The USB key was removed.", "请重新插入后再试。", "Plug it in again and retry.", true]],
  ["token_error", ["USB key 报告了一个错误。", "The USB key reported an error.", "请拔下后重新插入;仍然失败时请运行自检(signet doctor)。", "Unplug it and plug it in again; if it still fails, run the self-check (signet doctor).", true]],
  ["module_failed", ["USB key 的驱动没有响应[({module})]。已重新启动它,请重试。", "The key's driver stopped responding[ ({module})]. It was restarted; try again.", "仍然失败时请更新该驱动。", "If it still fails, update that driver.", true]],
  ["signature_invalid", ["USB key 给出的签名不正确,没有发送。", "The signature that the USB key made is not correct; nothing was sent.", "请运行自检并联系发证机构。", "Run the self-check and ask your certificate issuer.", false]],
  ["platform_unreachable", ["连不上{host}。请检查网络或代理设置。", "Cannot reach {host}. Check the network or proxy.", "", "", true]],
  ["platform_tls", ["与 {host} 的安全连接不可信,未做任何操作。", "The secure connection to {host} cannot be trusted. Nothing was done.", "请检查网址和电脑时间;单位网络请联系管理员。", "Check the address and this computer's clock, or ask your administrator.", false]],
  ["platform_error", ["平台[ {host} ]的回答无法理解。", "The answer of the platform[ {host}] could not be understood.", "请稍后再试;仍然失败时请联系平台。", "Try again later; if it still fails, contact the platform.", true]],
  ["timeout", ["等待超时。", "It took too long.", "请重试。", "Try again.", true]],
  ["invalid_request", ["请求的格式不正确。", "The request is not well-formed.", "请联系网站的维护人员。", "Tell the makers of the site.", false]],
  ["configuration_invalid", ["配置有误[:{name}]。", "The configuration is not valid[: {name}].", "请按提示修改配置文件。", "Correct the configuration file.", false]],
  ["internal_error", ["程序内部出错。", "Something went wrong inside the program.", "请重试,并把日志发给技术支持。", "Try again, and send the log to support.", true]],
]);

export {SignetError, advice, link, login, probe, sentence, watch, webEid};
