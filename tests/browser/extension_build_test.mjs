// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What build.py makes of the extension, without a browser.
import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync, statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {buildExtension, copySource, extensionIds} from "./extension.mjs";
import {makeFolder} from "./processes.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const program = join(root, "agent/extension/build.py");
const origins = ["https://uc.example.test", "https://uc.example.test:8443", "https://login.example.test"];
const build = (...words) => spawnSync("python3", ["-B", program, ...words], {encoding: "utf8"});
const read = (...path) => readFileSync(join(...path), "utf8");

test("an extension asks for native messaging and for its pages only", () => {
  const made = buildExtension(makeFolder().path, origins);
  for (const folder of Object.values(made)) {
    const manifest = JSON.parse(read(folder, "manifest.json"));
    assert.deepEqual(manifest.permissions, ["nativeMessaging"]);
    for (const name of ["host_permissions", "optional_permissions", "externally_connectable", "web_accessible_resources"])
      assert.equal(name in manifest, false, name);
    const [script] = manifest.content_scripts;
    assert.deepEqual(script.matches, ["https://uc.example.test/*", "https://login.example.test/*"]);
    assert.equal(script.all_frames, false);
    for (const name of [...script.js, ...Object.values(manifest.icons)]) assert.ok(statSync(join(folder, name)).isFile());
    assert.match(read(folder, "settings.js"), /signetOrigins = \["https:\/\/uc\.example\.test", "https:\/\/uc\.example\.test:8443", /);
    const texts = readdirSync(join(folder, "_locales")).map((name) => JSON.parse(read(folder, "_locales", name, "messages.json")));
    assert.equal(texts.length, 2);
    for (const text of texts) assert.deepEqual(Object.keys(text), ["name", "description"]);
  }
  assert.equal(JSON.parse(read(made.firefox, "manifest.json")).browser_specific_settings.gecko.id, extensionIds().firefox);
});

test("what is no exact https origin is refused", () => {
  const folder = makeFolder().path;
  for (const origin of [
    "http://uc.example.test", "https://*.example.test", "https://*", "https://uc.example.test/", "https://uc.example.test:443",
    "https://UC.example.test", "https://a@uc.example.test", "https://uc.example.test:65536", "https://uc.example.test:080",
    "https://uc.example.test\n", "https://", "https://-a.test", "https://a..test", "uc.example.test", "https://印.test", "",
  ]) {
    const {status, stderr} = build("--origin", origin, "--out", join(folder, "out"));
    assert.equal(status, 2, origin);
    assert.match(stderr, /not an exact https origin|--origin and --out/, origin);
  }
  assert.deepEqual(readdirSync(folder), []);
});

test("the same source makes the same archives", () => {
  const [one, two] = [makeFolder().path, makeFolder().path];
  for (const folder of [one, two]) buildExtension(folder, origins);
  for (const name of ["signet-chromium.zip", "signet-firefox.xpi"])
    assert.ok(readFileSync(join(one, name)).equals(readFileSync(join(two, name))), name);
});

test("a new key makes a new identity, and an ID that is not the key's is refused", () => {
  const source = copySource(makeFolder().path);
  const run = (...words) => spawnSync("python3", ["-B", join(source.folder, "build.py"), ...words], {encoding: "utf8"}).status;
  const words = ["--origin", origins[0], "--out", join(source.folder, "out")];
  assert.equal(statSync(source.key).mode & 0o777, 0o600);
  assert.notEqual(extensionIds(source.folder).chromium, extensionIds().chromium);
  assert.equal(run(...words), 0);
  assert.equal(run("--new-key", source.key), 2, "a key that is there is not overwritten");
  const identity = read(source.folder, "identity.txt");
  writeFileSync(join(source.folder, "identity.txt"), identity.replace(/chrome-extension:.*/, "chrome-extension://aaaa/"));
  assert.equal(run(...words), 2);
});
