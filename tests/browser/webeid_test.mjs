// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet.webEid in both browsers, by each door, with SoftHSM: the token is for this origin and this nonce, and verifies as a site's server
// would do it.
import assert from "node:assert/strict";
import {X509Certificate, createHash, randomBytes, verify} from "node:crypto";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {browserKinds, openStage, startBrowser, startSite} from "./browsers.mjs";
import {buildExtension, hostManifest, installHost} from "./extension.mjs";

const library = readFileSync(new URL("../../agent/client/signet.js", import.meta.url));
const pages = {
  "/": "<!doctype html><meta charset=utf-8><title>a site with Web eID</title>",
  "/signet.js": (_, response) => response.writeHead(200, {"Content-Type": "text/javascript"}).end(library),
};
const newNonce = () => randomBytes(32).toString("base64");
const sha256 = (text) => createHash("sha256").update(text).digest();

/** In a page of the site: {token, stages}, or {code}. */
const authenticate = (page, agent, challengeNonce, doors = ["ws"]) =>
  page.evaluate(async ([nonce, ports, allowed]) => {
    const {webEid} = await import("/signet.js");
    const stages = [];
    try {
      const token = await webEid({challengeNonce: nonce, ports, doors: allowed, onStage: (stage) => stages.push(stage)});
      return {token, stages};
    } catch ({code, message}) {
      return {code: code ?? message, stages};
    }
  }, [challengeNonce, [agent.ws], doors]);

/** What a server library of Web eID does, but for chain and revocation. */
function isFor(token, origin, nonce) {
  const {publicKey} = new X509Certificate(Buffer.from(token.unverifiedCertificate, "base64"));
  const key = token.algorithm === "ES256" ? {key: publicKey, dsaEncoding: "ieee-p1363"} : publicKey;
  return verify("sha256", Buffer.concat([sha256(origin), sha256(nonce)]), key, Buffer.from(token.signature, "base64"));
}

for (const [certificate, algorithm] of [["enterprise-p256", "ES256"], ["enterprise-rsa2048", "RS256"]]) {
  let stage;
  let site;
  let stranger;
  let agent;
  const browsers = {};
  before(async () => {
    stage = await openStage();
    const files = {certificate: join(stage.pki, "tls.crt"), key: join(stage.pki, "tls.key")};
    site = await startSite({pages, ...files});
    stranger = await startSite({pages, ...files});
    await stage.addToken("key", certificate);
    await stage.configure({"webeid-origin": site.origin, "bridge.extra-origin": stranger.origin});
    agent = await stage.startAgent();
    for (const kind of browserKinds) {
      const extension = buildExtension(join(stage.folder, `extension-${kind}`), [site.origin]);
      browsers[kind] = await startBrowser(kind, {
        authorities: [stage.authority, agent.authority], extension: extension[kind], env: {XDG_RUNTIME_DIR: stage.runtime},
      });
      installHost(browsers[kind], hostManifest(kind));
    }
  });
  after(async () => {
    for (const browser of Object.values(browsers)) await browser.close();
    await stage?.close();
    await site?.close();
    await stranger?.close();
  });

  const pageOf = async (kind, {origin} = site) => {
    const page = await browsers[kind].newPage();
    await page.goto(`${origin}/`);
    return page;
  };

  for (const kind of browserKinds) {
    // R15
    test(`${kind}, ${algorithm}: each door leads to a token of this site and this nonce`, async () => {
      const page = await pageOf(kind);
      for (const door of ["ws", "wss", "extension"]) {
        const pins = (await stage.prompts("pin")).length;
        const nonce = newNonce();
        const {token, stages, code} = await authenticate(page, agent, nonce, [door]);
        assert.ok(token, `${door}: ${code}`);
        assert.deepEqual(Object.keys(token).sort(), ["algorithm", "appVersion", "format", "signature", "unverifiedCertificate"]);
        assert.equal(token.format, "web-eid:1.0");
        assert.equal(token.algorithm, algorithm);
        assert.ok(isFor(token, site.origin, nonce), door);
        assert.ok(!isFor(token, stranger.origin, nonce));
        assert.ok(!isFor(token, site.origin, newNonce()));
        assert.deepEqual(stages, ["connecting", "choose", "pin", "signing"]);
        const asked = (await stage.prompts("pin")).slice(pins);
        assert.equal(asked.length, 1, "one question for one signature");
        assert.ok(asked[0][1].includes("uc.example.test"), asked[0][1]);
      }
      await page.close();
    });

    test(`${kind}, ${algorithm}: a site that is not configured, and a nonce that is none, get nothing`, async () => {
      const asked = (await stage.prompts()).length;
      const foreign = await pageOf(kind, stranger);
      assert.equal((await authenticate(foreign, agent, newNonce())).code, "origin_not_allowed");
      const page = await pageOf(kind);
      assert.equal((await authenticate(page, agent, "-".repeat(44))).code, "invalid_request");
      assert.equal((await stage.prompts()).length, asked);
      await foreign.close();
      await page.close();
    });
  }
}
