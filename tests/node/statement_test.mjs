// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Statements made by our code, verified by npm jose and npm sm-crypto over a payload that is rebuilt here from the challenge alone.
// R15, R26
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {createHash, webcrypto, X509Certificate} from "node:crypto";
import {existsSync} from "node:fs";
import {test} from "node:test";

if (!existsSync(new URL("node_modules/jose", import.meta.url)) || !existsSync(new URL("node_modules/sm-crypto", import.meta.url)))
  throw new Error("npm packages are missing: run `npm ci` in tests/node (./dev test does it)");
// Node 18, as in Debian 12, has Web Crypto but does not name it globally.
globalThis.crypto ??= webcrypto;
const jose = await import("jose");
const {default: smCrypto} = await import("sm-crypto");

const program = process.env.SIGNET_STATEMENT_SAMPLES;
if (!program) throw new Error("SIGNET_STATEMENT_SAMPLES must name the program that makes the statements");
const samples = JSON.parse(execFileSync(program, {encoding: "utf8", maxBuffer: 1 << 24}));

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64url");
const base64url = (text) => Buffer.from(text, "utf8").toString("base64url");

/** RFC 8785: JavaScript's own sort is by UTF-16 code units and its own JSON.stringify writes strings and integers as it asks. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** protocol.md section 3. */
function rebuild({challenge, origin, cb, protected: header}) {
  const leaf = Buffer.from(JSON.parse(Buffer.from(header, "base64url")).x5c[0], "base64");
  const {name, ...act} = challenge.act;
  const payload = {
    act, agr: challenge.agr, aud: challenge.aud, cb, cid: challenge.cid, client: challenge.client?.id ?? "", exp: challenge.exp,
    iat: challenge.iat, nonce: challenge.nonce, origin, purpose: challenge.purpose, req: challenge.req, sid: challenge.sid,
    v: "urn:signet:login:v1", x5t: sha256(leaf),
  };
  if (challenge.txn !== undefined) payload.txn = sha256(Buffer.from(challenge.txn, "utf8"));
  return payload;
}

const headerOf = (sample) => JSON.parse(Buffer.from(sample.protected, "base64url"));
const leafOf = (sample) => new X509Certificate(Buffer.from(headerOf(sample).x5c[0], "base64"));

async function verifyWithJose(sample, payloadText) {
  const key = await jose.importX509(leafOf(sample).toString(), sample.alg);
  const options = {algorithms: [sample.alg]};
  const parts = {protected: sample.protected, payload: base64url(payloadText), signature: sample.signature};
  const flattened = await jose.flattenedVerify(parts, key, options);
  const compact = await jose.compactVerify(`${parts.protected}.${parts.payload}.${parts.signature}`, key, options);
  assert.equal(Buffer.from(flattened.payload).toString("utf8"), payloadText);
  assert.equal(Buffer.from(compact.payload).toString("utf8"), payloadText);
  assert.equal(flattened.protectedHeader.typ, "signet-login.v1+jws");
}

function verifyWithSmCrypto(sample, payloadText) {
  // The last 65 bytes of an SM2 SubjectPublicKeyInfo are 04 || X || Y; Node's OpenSSL does not read such a key itself.
  const der = Buffer.from(headerOf(sample).x5c[0], "base64");
  const curve = Buffer.from("06082a811ccf5501822d034200", "hex");
  const at = der.indexOf(curve) + curve.length;
  const point = der.subarray(at, at + 65).toString("hex");
  const input = `${sample.protected}.${base64url(payloadText)}`;
  const signature = Buffer.from(sample.signature, "base64url").toString("hex");
  const isGood = smCrypto.sm2.doVerifySignature(input, signature, point, {hash: true, userId: "1234567812345678"});
  if (!isGood) throw Object.assign(new Error("SM2 signature does not verify"), {code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"});
}

const verify = async (sample, text) => (sample.alg === "SM2SM3" ? verifyWithSmCrypto(sample, text) : verifyWithJose(sample, text));
const isRefused = {code: "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"};

/** Something else of the same type. */
function changed(value) {
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return value.endsWith("A") ? `${value.slice(0, -1)}B` : `${value.slice(0, -1)}A`;
  if (Array.isArray(value)) return value.length ? [...value.slice(1), {...value[0], ver: "other"}] : [{id: "x", s256: "x", ver: "x"}];
  const [first] = Object.keys(value);
  return {...value, [first]: changed(value[first])};
}

const kFields = ["act", "agr", "aud", "cb", "cid", "client", "exp", "iat", "nonce", "origin", "purpose", "req", "sid", "txn", "v", "x5t"];

test("all algorithms are there, each twice", () => {
  assert.deepEqual(samples.map((sample) => sample.alg).sort(),
                   ["ES256", "ES384", "PS256", "RS256", "SM2SM3"].flatMap((alg) => [alg, alg]));
});

for (const [index, sample] of samples.entries()) {
  const title = `${sample.alg} ${index % 2 ? "bare" : "full"}`;
  const payload = rebuild(sample);

  test(`${title}: header and payload are canonical and as rebuilt here`, () => {
    assert.equal(canonical(payload), sample.payload);
    assert.equal(canonical(headerOf(sample)), Buffer.from(sample.protected, "base64url").toString("utf8"));
  });

  test(`${title}: verifies over the rebuilt payload`, () => verify(sample, canonical(payload)));

  for (const field of kFields) {
    test(`${title}: another ${field} fails`, async () => {
      const other = {...payload, [field]: payload[field] === undefined ? "added" : changed(payload[field])};
      assert.notEqual(canonical(other), canonical(payload));
      await assert.rejects(verify(sample, canonical(other)), isRefused);
      const {[field]: removed, ...without} = payload;
      if (removed !== undefined) await assert.rejects(verify(sample, canonical(without)), isRefused);
    });
  }

  test(`${title}: a member added fails`, () => assert.rejects(verify(sample, canonical({...payload, extra: ""})), isRefused));

  test(`${title}: another certificate in the header fails`, async () => {
    const other = samples.find((candidate) => candidate.alg !== sample.alg && candidate.alg !== "SM2SM3");
    const header = {...headerOf(sample), x5c: [...headerOf(sample).x5c, headerOf(other).x5c[0]]};
    await assert.rejects(verify({...sample, protected: base64url(canonical(header))}, canonical(payload)), isRefused);
  });
}
