// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// Time that passes only when a test says so. Sockets go on as they are: only setTimeout is replaced.
const real = {setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout};

export class Clock {
  #now = 0;
  #timers = new Set();

  constructor() {
    globalThis.setTimeout = (callback, delay = 0) => {
      const timer = {callback, at: this.#now + delay, unref() {}, ref() {}};
      this.#timers.add(timer);
      return timer;
    };
    globalThis.clearTimeout = (timer) => this.#timers.delete(timer);
  }

  /** Runs what is due, in order, and lets everything that follows from it happen. */
  async advance(milliseconds) {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({at}) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.callback();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  restore() {
    Object.assign(globalThis, real);
  }
}

/** A few turns of the event loop. */
export async function settle() {
  for (let turn = 0; turn < 5; ++turn) await new Promise(setImmediate);
}

/** Waits for what another end of a real socket does. */
export async function until(condition, what = condition) {
  const end = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise(setImmediate);
  }
}
