// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
import {ask, byId, keepQueryInLanguageLinks, showFailure} from "./page.js";

async function logOut() {
  byId("logout").disabled = true;
  byId("failure").hidden = true;
  try {
    await ask("DELETE", "/session");
    location.replace("/");
  } catch (error) {
    byId("logout").disabled = false;
    showFailure(error);
  }
}

keepQueryInLanguageLinks();
for (const time of document.querySelectorAll("time"))
  time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang);
byId("logout")?.addEventListener("click", logOut);
if (byId("logout")) byId("logout").hidden = false;
