// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Runs before the rest of the page is there: the secret leaves the address, and with it the history, at once.

export const fragment = location.hash.slice(1);
history.replaceState(null, "", location.pathname + location.search);
