// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Chromium with a profile of its own, driven over CDP by playwright-core.
import {existsSync, mkdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {startDisplay} from "./display.mjs";
import {withMachineFiles} from "./machine_files.mjs";
import {makeFolder, startProgram, until} from "./processes.mjs";
import {trustAuthorities} from "./trust.mjs";

export const chromiumProgram = "/usr/bin/chromium";

const quiet = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check", "--disable-component-update",
  "--disable-default-apps", "--disable-sync", "--disable-background-networking", "--disable-background-timer-throttling",
  "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows", "--password-store=basic", "--use-mock-keychain",
];

function switches(folder, {hosts, publicPorts, extension, headed, switches: more, without}) {
  return [
    ...quiet.filter((one) => !without.includes(one)), "--remote-debugging-port=0", `--user-data-dir=${join(folder, "profile")}`,
    ...(headed ? [] : ["--headless=new"]),
    `--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(",")}`,
    ...(publicPorts.length ? [`--ip-address-space-overrides=${publicPorts.map((port) => `127.0.0.1:${port}=public`).join(",")}`] : []),
    ...(extension ? [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`] : []),
    ...more, "about:blank",
  ];
}

function environment(folder, display, env) {
  const home = join(folder, "home");
  return {
    PATH: process.env.PATH, LANG: "C.UTF-8", HOME: home, TMPDIR: folder, XDG_CONFIG_HOME: join(home, ".config"),
    XDG_CACHE_HOME: join(home, ".cache"), ...(display ? {DISPLAY: display.name} : {}), ...env,
  };
}

async function contextIdOf(context) {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  const {targetInfo} = await session.send("Target.getTargetInfo");
  await session.detach();
  return targetInfo.browserContextId;
}

/**
 * Starts Chromium. Options:
 *   hosts        names that lead to 127.0.0.1 (default uc.example.test)
 *   authorities  PEM files of CAs that this profile trusts for TLS
 *   publicPorts  ports of 127.0.0.1 that count as public addresses (Local Network Access)
 *   extension    folder of an unpacked extension
 *   policy       a managed policy (root only: in a mount namespace of its own)
 *   headed       a window on an unseen display instead of headless
 *   display      the name of that display, where there is one already
 *   switches     further command line switches
 *   without      switches of the driver's own that are left out
 *   env          further environment variables
 * Gives {kind, browser, context, newPage, newContext, setPermission, folder, hostFolder, close}; pages are Playwright's. In hostFolder
 * this profile looks for native messaging hosts.
 */
export async function startChromium({
  hosts = ["uc.example.test"], authorities = [], publicPorts = [], extension, policy, headed = false, display: given, switches: more = [], without = [],
  env = {},
} = {}) {
  const {chromium} = await import("playwright-core");
  const folder = makeFolder("signet-chromium-");
  const profile = join(folder.path, "profile");
  const hostFolder = join(profile, "NativeMessagingHosts");
  mkdirSync(hostFolder, {recursive: true});
  trustAuthorities(join(folder.path, "home/.pki/nssdb"), authorities);
  const display = given ? {name: given, stop() {}} : headed ? await startDisplay(folder.path) : null;
  let command = [chromiumProgram, ...switches(folder.path, {hosts, publicPorts, extension, headed, switches: more, without})];
  if (policy) command = withMachineFiles(command, "/etc/chromium", {"policies/managed/test.json": JSON.stringify(policy)}, folder.path);
  const program = startProgram(command, {env: environment(folder.path, display, env), log: join(folder.path, "chromium.log")});
  const portFile = join(profile, "DevToolsActivePort");
  await until(() => program.hasEnded() || (existsSync(portFile) && readFileSync(portFile, "utf8").includes("/")), "Chromium");
  if (program.hasEnded()) throw new Error(`Chromium ended:\n${program.output()}`);
  const [port, path] = readFileSync(portFile, "utf8").split("\n");
  const browser = await chromium.connectOverCDP(`ws://127.0.0.1:${port}${path}`);
  const context = browser.contexts()[0];
  // What is granted lasts as long as the session that granted it.
  const session = await browser.newBrowserCDPSession();
  return {
    kind: "chromium", browser, context, folder: folder.path, hostFolder, display,
    newPage: () => context.newPage(),
    /** Cookies and permissions of its own, in the same browser; extensions are not in it. */
    newContext: (options) => browser.newContext(options),
    /** A permission under Chromium's own name ("loopback-network") for one origin: granted, denied or prompt. */
    setPermission: async (origin, name, setting = "granted", where = context) =>
      session.send("Browser.setPermission", {permission: {name}, setting, origin, browserContextId: await contextIdOf(where)}),
    async close() {
      await browser.close().catch(() => {});
      await program.stop();
      await display?.stop();
      folder.remove();
    },
  };
}
