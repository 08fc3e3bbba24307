// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The extension and the native host as an installer would put them, for one browser of a test.
import {execFileSync} from "node:child_process";
import {cpSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";

export const hostName = "org.signet.agent";
const root = fileURLToPath(new URL("../../", import.meta.url));
const source = join(root, "agent");

/** The extension's ids as signet-native-host hears them: {chromium, firefox}. */
export function extensionIds(folder = join(source, "extension")) {
  const lines = readFileSync(join(folder, "identity.txt"), "utf8").split("\n");
  const of = (name) => lines.find((line) => line.startsWith(`${name} `)).slice(name.length + 1);
  return {chromium: of("chromium"), firefox: of("firefox")};
}

/** Makes the extension for these origins; gives the folders {chromium, firefox}. */
export function buildExtension(folder, origins, from = join(source, "extension")) {
  const words = origins.flatMap((origin) => ["--origin", origin]);
  execFileSync("python3", ["-B", join(from, "build.py"), "--out", folder, "--pack", ...words]);
  return {chromium: join(folder, "chromium"), firefox: join(folder, "firefox")};
}

/** A copy of the extension's source with an identity of its own, whose private key is in `key`. */
export function copySource(folder) {
  cpSync(join(source, "extension"), join(folder, "agent/extension"), {recursive: true});
  cpSync(join(root, "CMakeLists.txt"), join(folder, "CMakeLists.txt"));
  const copy = join(folder, "agent/extension");
  const key = join(folder, "key.pem");
  execFileSync("python3", ["-B", join(copy, "build.py"), "--new-key", key]);
  return {folder: copy, key};
}

/** The installer's manifest for this browser, with the program of the build. */
export function hostManifest(kind, {program = join(process.env.SIGNET_BIN, "signet-native-host"), ids = extensionIds()} = {}) {
  const template = readFileSync(join(source, `native_host/${kind}.json.in`), "utf8");
  const values = {SIGNET_NATIVE_HOST: program, SIGNET_CHROMIUM_EXTENSION: ids.chromium, SIGNET_FIREFOX_EXTENSION: ids.firefox};
  return JSON.parse(template.replace(/@(\w+)@/g, (_, name) => values[name]));
}

/** Puts the manifest where this running browser looks for it; it looks with every connection. */
export const installHost = (browser, manifest) => writeFileSync(join(browser.hostFolder, `${hostName}.json`), JSON.stringify(manifest));
