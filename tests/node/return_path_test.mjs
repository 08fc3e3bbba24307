// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Where the login page goes afterwards: a path of its own origin and nothing else.
import assert from "node:assert/strict";
import {readFile} from "node:fs/promises";
import test from "node:test";

const source = await readFile(new URL("../../platform/pages/return_path.js", import.meta.url), "utf8");
const {returnPath} = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const origin = "https://uc.example.test";
const after = (query) => returnPath(query, origin);

test("paths of this origin are kept", () => {
  for (const path of ["/", "/account", "/a/b?c=d&e=%2F%2Fevil.test", "/a#b", "/%2F%2Fevil.test", "/a//b", "/施工许可", "/a:b@c"])
    assert.equal(after(`?lang=en&return=${encodeURIComponent(path)}`), path);
});

test("everything else is ignored", () => {
  for (const path of ["", "account", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "/\t/evil.test", "/\n/evil.test",
    "\t//evil.test", " //evil.test", "/ /evil.test", "https://evil.test/", "https:evil.test", "javascript:alert(1)",
    "data:text/html,x", "/a\\b", "/a\u0000b", "/a b", ".", "../x", "@evil.test", "/\u2028/evil.test"])
    assert.equal(after(`?return=${encodeURIComponent(path)}`), "/", JSON.stringify(path));
  for (const query of ["", "?", "?return", "?Return=/x", "?x=/x", "#return=/x"]) assert.equal(after(query), "/", query);
});

test("what is kept stays at this origin whatever a browser makes of it", () => {
  for (const path of ["/%5Cevil.test", "/%09/evil.test", "/.//evil.test", "/..//evil.test"])
    assert.equal(new URL(after(`?return=${encodeURIComponent(path)}`), origin).origin, origin, path);
});
