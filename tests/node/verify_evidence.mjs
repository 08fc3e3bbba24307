// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Whether npm sm-crypto takes the signature in a folder of evidence: `node verify_evidence.mjs FOLDER`. Exit status 1 if not.
import {X509Certificate} from "node:crypto";
import {readFileSync} from "node:fs";
import {join} from "node:path";

const {default: smCrypto} = await import("sm-crypto");
const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name));

const header = JSON.parse(read("protected.json"));
const leaf = new X509Certificate(Buffer.from(header.x5c[0], "base64"));
const der = leaf.raw;
// The point follows the OID of the curve, 1.2.156.10197.1.301, in a BIT STRING of 66 bytes; Node's OpenSSL does not read such a key itself.
const curve = Buffer.from("06082a811ccf5501822d034200", "hex");
const at = der.indexOf(curve);
if (at < 0) throw new Error("not an SM2 certificate");
const point = der.subarray(at + curve.length, at + curve.length + 65).toString("hex");
const message = [...read("signing-input.txt")];
const signature = read("signature.bin").toString("hex");
const isGood = smCrypto.sm2.doVerifySignature(message, signature, point, {hash: true, userId: "1234567812345678"});
const isTamperedGood = smCrypto.sm2.doVerifySignature([...message, 0], signature, point, {hash: true, userId: "1234567812345678"});
console.log(isGood && !isTamperedGood ? "good" : "bad");
process.exit(isGood && !isTamperedGood ? 0 : 1);
