// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors

/** As an ES module: `import * as signet from "./signet.js"`; signet.classic.js defines the same as `window.signet`. */
export as namespace signet;

export type Door = "extension" | "ws" | "wss";
export type Stage = "connecting" | "permission" | "choose" | "pin" | "signing" | "relaying";

export interface CallOptions {
  /** Ends the call with `user_cancelled`. */
  signal?: AbortSignal;
  /** Milliseconds for the whole call; 180,000 without it. */
  timeout?: number;
  onStage?: (stage: Stage) => void;
  /** The doors that may be tried; all without it. */
  doors?: Door[];
  /** Only where `bridge.port` of the agent is set; wss is at the port above. */
  ports?: number[];
}

export interface LoginOptions extends CallOptions {
  /** As the platform gave them in the answer to `POST {issuer}/login/challenges`. */
  issuer: string;
  challengeId: string;
}

export interface WatchOptions extends CallOptions {
  onChange?: (now: {present: boolean}) => void;
  /** The agent is gone; not called after close() or by the signal. */
  onClose?: (error: SignetError) => void;
}

export interface Watcher {
  readonly present: boolean;
  close(): void;
}

export interface WebEidOptions extends CallOptions {
  challengeNonce: string;
}

export interface WebEidToken {
  unverifiedCertificate: string;
  algorithm: string;
  signature: string;
  format: string;
  appVersion: string;
}

export function login(options: LoginOptions): Promise<{handoff: string}>;
export function probe(options?: CallOptions): Promise<{door: Door}>;
export function watch(options?: WatchOptions): Promise<Watcher>;
export function webEid(options: WebEidOptions): Promise<WebEidToken>;

/** `signet://login?issuer=…` */
export function link(issuer: string): string;
/** "zh" without a language. */
export function sentence(code: string, language?: string): string;
export function advice(code: string, language?: string): string;

/** Codes of the library itself; those of the agent and the platform are in docs/integration.md. */
export type PageCode =
  | "not_installed" | "agent_not_running" | "permission_denied" | "permission_pending" | "insecure_page" | "iframe_not_allowed"
  | "csp_blocked" | "connection_lost" | "extension_error" | "agent_error";

export class SignetError extends Error {
  /** For a platform's refusal; `values` fill the sentence: host, date, name, module, tries. */
  constructor(code: string, options?: {values?: Record<string, unknown>});
  readonly code: PageCode | (string & {});
  /** Sentences for the user, in Chinese and English; plain text. */
  readonly zh: string;
  readonly en: string;
  /** What the user can do; may be empty. */
  readonly adviceZh: string;
  readonly adviceEn: string;
  /** A button "retry" makes sense. */
  readonly mayRetry: boolean;
  /** The last door, where the agent was not reached and the issuer is known. */
  readonly link?: string;
  readonly door?: Door;
  /** PIN tries left, where the token tells. */
  readonly triesLeft?: number;
  /** The finer cause in one word, for support (docs/errors.md). */
  readonly reason?: string;
}
