// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Firefox with a profile of its own, driven over WebDriver BiDi by puppeteer-core.
import {mkdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {startDisplay} from "./display.mjs";
import {withMachineFiles} from "./machine_files.mjs";
import {makeFolder, startProgram, until} from "./processes.mjs";
import {trustAuthorities} from "./trust.mjs";

export const firefoxProgram = "/usr/bin/firefox-esr";

// Beside those that Firefox sets itself when it is driven.
const quiet = {
  "network.dns.disableIPv6": true,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "toolkit.telemetry.enabled": false,
  "extensions.update.enabled": false,
  "app.update.enabled": false,
  // A page of JSON is its text, as in Chromium.
  "devtools.jsonview.enabled": false,
};

function preferences({hosts, publicPorts, prefs}) {
  const all = {
    ...quiet, "network.dns.localDomains": hosts.join(","),
    ...(publicPorts.length
      ? {
          "network.lna.websocket.enabled": true,
          "network.lna.address_space.public.override": publicPorts.map((port) => `127.0.0.1:${port}`).join(","),
        }
      : {}),
    ...prefs,
  };
  return Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join("");
}

function environment(folder, display, env) {
  return {
    PATH: process.env.PATH, LANG: "C.UTF-8", HOME: join(folder, "home"), TMPDIR: folder, MOZ_CRASHREPORTER_DISABLE: "1",
    ...(display ? {DISPLAY: display.name} : {}), ...env,
  };
}

/**
 * Starts Firefox. Options as of startChromium; prefs: further preferences. publicPorts also switches on what Firefox does not do yet by
 * itself: Local Network Access for WebSockets. A path to an extension is a folder or a .xpi.
 * Gives {kind, browser, newPage, installExtension, folder, hostFolder, close}; pages are Puppeteer's.
 */
export async function startFirefox({
  hosts = ["uc.example.test"], authorities = [], publicPorts = [], extension, policy, headed = false, prefs = {}, env = {},
} = {}) {
  const {default: puppeteer} = await import("puppeteer-core");
  const folder = makeFolder("signet-firefox-");
  const profile = join(folder.path, "profile");
  const hostFolder = join(folder.path, "home/.mozilla/native-messaging-hosts");
  mkdirSync(hostFolder, {recursive: true});
  trustAuthorities(profile, authorities);
  writeFileSync(join(profile, "user.js"), preferences({hosts, publicPorts, prefs}));
  const display = headed ? await startDisplay(folder.path) : null;
  let command = [firefoxProgram, ...(headed ? [] : ["--headless"]), "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const policies = {"policies.json": JSON.stringify({policies: policy})};
  if (policy) command = withMachineFiles(command, "/usr/share/firefox-esr/distribution", policies, folder.path);
  const program = startProgram(command, {env: environment(folder.path, display, env), log: join(folder.path, "firefox.log")});
  const listening = /WebDriver BiDi listening on (ws:\/\/\S+)/;
  await until(() => program.hasEnded() || listening.test(program.output()), "Firefox", 60);
  if (program.hasEnded()) throw new Error(`Firefox ended:\n${program.output()}`);
  const browser = await puppeteer.connect({
    browserWSEndpoint: `${program.output().match(listening)[1]}/session`, protocol: "webDriverBiDi", defaultViewport: null,
  });
  if (extension) await browser.installExtension(extension);
  return {
    kind: "firefox", browser, folder: folder.path, hostFolder, display,
    newPage: () => browser.newPage(),
    installExtension: (path) => browser.installExtension(path),
    async close() {
      await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 3000))]).catch(() => {});
      await program.stop();
      await display?.stop();
      folder.remove();
    },
  };
}
