// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// What the scripts of the pages share.

const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

export const byId = (id) => document.getElementById(id);

/** An error with its words for the user. */
export class PageError extends Error {
    constructor({code, sentence, advice = '', mayRetry = true}) {
        super(code);
        Object.assign(this, {code, sentence, advice, mayRetry});
    }
    /** With the words that the page brought along. */
    static of(code, mayRetry = true) {
        return new PageError({code, sentence: word('error', code), advice: word('advice', code), mayRetry});
    }
}

function word(kind, name) {
    return document.querySelector(`#words [data-${kind}="${name}"]`)?.textContent ?? '';
}

/** Tells the user, and the screen reader, what goes on; without a stage nothing does. */
export function tell(stage, isBusy = true) {
    const status = byId('status');
    status.classList.toggle('busy', Boolean(stage) && isBusy);
    const line = document.createElement('p');
    line.textContent = stage ? word('stage', stage) : '';
    if (status.textContent !== line.textContent) status.replaceChildren(...(stage ? [line] : []));
}

export function showFailure({code, sentence, advice}) {
    byId('sentence').textContent = sentence;
    byId('advice').textContent = advice;
    byId('advice').hidden = !advice;
    byId('code').textContent = code;
    byId('failure').hidden = false;
    byId('sentence').focus();
}

function errorFrom(problem) {
    const words = problem?.words?.[language];
    if (!words) return PageError.of('network');
    return new PageError({
        code: problem.code,
        sentence: words.sentence,
        advice: words.advice,
        mayRetry: problem.may_retry,
    });
}

/** One request to this platform; its JSON, or a PageError. An abort by `signal` stays what it is. */
export async function ask(method, path, body, {signal, headers = {}} = {}) {
    let response;
    let answer = null;
    try {
        // Mode "cors" also here: with another mode no-referrer would make the Origin "null".
        response = await fetch(path, {
            method,
            signal,
            redirect: 'error',
            headers: body ? {'Content-Type': 'application/json', ...headers} : headers,
            body: body ? JSON.stringify(body) : undefined,
        });
        if (response.status !== 204) answer = await response.json();
    } catch (error) {
        if (signal?.aborted) throw error;
        throw PageError.of('network');
    }
    if (!response.ok) throw errorFrom(answer);
    return answer;
}

/** Redeems a handoff. A lost reply is asked for once more: the key makes it the same redemption. */
export async function complete(body, signal) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    const key = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const attempt = () => ask('POST', '/login/complete', body, {signal, headers: {'Idempotency-Key': key}});
    try {
        return await attempt();
    } catch (error) {
        if (error.code !== 'network') throw error;
        return attempt();
    }
}

/** The other language's page is asked for with the same query; `go` may do it in another way. */
export function keepQueryInLanguageLinks(go) {
    for (const link of document.querySelectorAll('a[hreflang]')) {
        const query = new URLSearchParams(location.search);
        query.set('lang', link.hreflang);
        link.href = `?${query}`;
        if (go) link.addEventListener('click', (event) => go(event, link.href));
    }
}

// A page that comes back from the browser's memory may show what is no longer so.
addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
});
