// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Trust in the test's CAs, in one browser profile only.
import {execFileSync} from "node:child_process";
import {mkdirSync} from "node:fs";

/** Makes the NSS database `folder` with these CA certificates (PEM files) as roots for TLS servers. */
export function trustAuthorities(folder, files) {
  mkdirSync(folder, {recursive: true, mode: 0o700});
  const certutil = (...words) => execFileSync("certutil", ["-d", `sql:${folder}`, ...words], {stdio: "pipe"});
  certutil("-N", "--empty-password");
  files.forEach((file, number) => certutil("-A", "-n", `signet-test-${number}`, "-t", "C,,", "-i", file));
}
