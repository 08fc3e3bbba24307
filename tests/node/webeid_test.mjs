// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Web eID tokens made by our code, verified by Node's crypto in the steps of Web eID's server libraries. npm has none of these (a look in
// November 2026 found only the page's library), so the verifier here is written from the specification.
// R15
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {constants, createHash, verify, X509Certificate} from "node:crypto";
import {test} from "node:test";

const program = process.env.SIGNET_WEBEID_SAMPLES;
if (!program) throw new Error("SIGNET_WEBEID_SAMPLES must name the program that makes the tokens");
const samples = JSON.parse(execFileSync(program, {encoding: "utf8", maxBuffer: 1 << 24}));

const kMembers = ["algorithm", "appVersion", "format", "signature", "unverifiedCertificate"];
const kAlgorithms = /^(ES|PS|RS)(256|384|512)$/;
const kClientAuth = "1.3.6.1.5.5.7.3.2";
// Tag, length and OID of the extension.
const kKeyUsage = Buffer.from("0603551d0f", "hex");

/** DER from r‖s as X.690 section 8.3 has it: no zero byte in front that the sign does not need. */
function derOf(raw) {
  return sequenceOf(raw, (number) => number.subarray(Math.max(0, Math.min(number.findIndex((byte) => byte !== 0), number.length - 1))));
}
/** As the library for PHP made it until it took phpseclib for it: of the full width, whatever the number begins with. */
function derOfOldPhp(raw) {
  return sequenceOf(raw, (number) => number);
}
function sequenceOf(raw, shortened) {
  const integer = (number) => {
    const bytes = shortened(number);
    const signed = bytes[0] > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
    return Buffer.concat([Buffer.from([2, signed.length]), signed]);
  };
  const content = Buffer.concat([integer(raw.subarray(0, raw.length / 2)), integer(raw.subarray(raw.length / 2))]);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}

/** What a site's server does with a token, but for trust and revocation: the certificate, or an error. */
function validate(token, origin, nonce, toDer = derOf) {
  if (!token.format.startsWith("web-eid:1")) throw new Error("format");
  if (!kAlgorithms.test(token.algorithm)) throw new Error("algorithm");
  const certificate = new X509Certificate(Buffer.from(token.unverifiedCertificate, "base64"));
  if (!certificate.raw.includes(kKeyUsage)) throw new Error("keyUsage is not there");
  if (certificate.keyUsage && !certificate.keyUsage.includes(kClientAuth)) throw new Error("extendedKeyUsage");
  const hashName = `sha${token.algorithm.slice(2)}`;
  const hash = (text) => createHash(hashName).update(text, "utf8").digest();
  const message = Buffer.concat([hash(origin), hash(nonce)]);
  const options = {key: certificate.publicKey};
  if (token.algorithm.startsWith("PS")) Object.assign(options, {padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST});
  let signature = Buffer.from(token.signature, "base64");
  if (token.algorithm.startsWith("ES")) signature = toDer(signature);
  if (!verify(hashName, message, options, signature)) throw new Error("signature");
  return certificate;
}

test("the algorithms of our keys are there", () => {
  assert.deepEqual(samples.map((sample) => sample.token.algorithm), ["RS256", "PS256", "ES256", "ES384", "ES256"]);
});

for (const {origin, nonce, hasSpareZero, token} of samples) {
  const title = token.algorithm + (hasSpareZero ? " with a spare zero" : "");

  test(`${title}: exactly the five members`, () => {
    assert.deepEqual(Object.keys(token).sort(), kMembers);
    assert.equal(token.format, "web-eid:1.0");
    assert.equal(new URL(token.appVersion).protocol, "https:");
    for (const member of ["signature", "unverifiedCertificate"])
      assert.equal(Buffer.from(token[member], "base64").toString("base64"), token[member]);
  });

  test(`${title}: a site's server takes it`, () => {
    assert.match(validate(token, origin, nonce).subject, /云南示例建筑有限公司/u);
  });

  test(`${title}: another origin, nonce or signature fails`, () => {
    const changed = Buffer.from(token.signature, "base64");
    changed[changed.length - 1] ^= 1;
    assert.throws(() => validate(token, `${origin}/`, nonce), /signature/);
    assert.throws(() => validate(token, "https://shop.example.test", nonce), /signature/);
    assert.throws(() => validate(token, origin, nonce.replace("m", "n")), /signature/);
    assert.throws(() => validate({...token, signature: changed.toString("base64")}, origin, nonce), /signature/);
  });

  if (!token.algorithm.startsWith("ES")) continue;
  test(`${title}: the older library for PHP ${hasSpareZero ? "refuses it, which is why the token host signs again" : "takes it"}`, () => {
    const check = () => validate(token, origin, nonce, derOfOldPhp);
    if (hasSpareZero) assert.throws(check, /signature/);
    else check();
  });
}
