// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The page-started login: a challenge from the platform, the agent's signature, a session.
import {login as askAgent} from './signet.js';
import {ask, byId, complete, keepQueryInLanguageLinks, PageError, showFailure, tell} from './page.js';
import {returnPath} from './return_path.js';

const isChinese = document.documentElement.lang.startsWith('zh');
const ports = document.querySelector('main').dataset.ports.split(' ').map(Number);
let attempt = null;

async function logIn(signal) {
    tell('connecting');
    const {issuer, challenge_id: challengeId} = await ask('POST', '/login/challenges', {purpose: 'login'}, {signal});
    const {handoff} = await askAgent({issuer, challengeId, onStage: (stage) => tell(stage), signal, ports});
    tell('completing');
    await complete({challenge_id: challengeId, handoff}, signal);
}

/** The words of signet.js in this page's language. */
function errorFrom(error) {
    if (error instanceof PageError) return error;
    return new PageError({
        code: error.code ?? 'internal_error',
        sentence: (isChinese ? error.zh : error.en) ?? error.message,
        advice: (isChinese ? error.adviceZh : error.adviceEn) ?? '',
        mayRetry: error.mayRetry ?? true,
    });
}

function showIdle() {
    byId('working').hidden = true;
    byId('failure').hidden = true;
    byId('start').hidden = false;
}

function fail(error) {
    byId('working').hidden = true;
    tell(null);
    byId('retry').hidden = !error.mayRetry;
    showFailure(error);
}

async function begin() {
    attempt?.abort();
    const mine = new AbortController();
    attempt = mine;
    byId('start').hidden = true;
    byId('failure').hidden = true;
    byId('working').hidden = false;
    // Not Cancel: a second press of Enter must not end what the first began.
    byId('status').focus();
    try {
        await logIn(mine.signal);
        byId('working').hidden = true;
        tell('done', false);
        location.replace(returnPath(location.search, location.origin));
    } catch (error) {
        if (attempt !== mine) return;
        if (mine.signal.aborted || error.code === 'user_cancelled') {
            showIdle();
            tell('cancelled', false);
            byId('begin').focus();
        } else {
            fail(errorFrom(error));
        }
    }
}

keepQueryInLanguageLinks();
// Under maintenance there is no such button.
if (byId('start')) {
    byId('begin').addEventListener('click', begin);
    byId('retry').addEventListener('click', begin);
    byId('cancel').addEventListener('click', () => attempt?.abort());
    showIdle();
}
