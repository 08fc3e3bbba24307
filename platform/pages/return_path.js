// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

/**
 * Where to go after the login: the query's `return` when it is a path of this origin, else '/'. One '/' at its front, no second
 * one, no backslash, no space or control character (which a browser would drop or turn into something else).
 */
export function returnPath(search, origin) {
  const path = new URLSearchParams(search).get("return") ?? "/";
  if (!/^\/(?!\/)[^\\\s\u0000-\u001f\u007f]*$/u.test(path)) return "/";
  return new URL(path, origin).origin === origin ? path : "/";
}
