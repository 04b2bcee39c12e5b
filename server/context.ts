import { openSession } from './accounts/open-session.ts';
import type { Actor } from './actor.ts';
import { argon2InTurn } from './crypto/argon2.ts';
import type { Deps } from './deps.ts';
import { networkOf } from './limits/network-of.ts';
import type { AnswerMemory } from './memory/answer-memory.ts';

/**
 * The context of a procedure's request. Independent of HTTP, so that tests can call procedures
 * directly.
 */
export interface Context extends Deps {
  actor: Actor | null;
  clientAddress: string;
  userAgent: string;
  requestId: string;
  /** The browser's device name, if it is known; see `known-device.ts`. */
  device?: string | null | undefined;
  /** Whether a typed client calls over HTTP, rather than one of our pages. */
  overHttp?: boolean;
  /** Receives the seconds a refused user should wait. */
  noteWait?: (seconds: number) => void;
  /**
   * Reserves memory for a large part of the answer: see `http/answer-memory.ts`. Unlimited if
   * omitted.
   */
  reserveMemory?: AnswerMemory['reserve'];
}

interface RequestFacts extends Pick<Context, 'device' | 'noteWait' | 'reserveMemory'> {
  token: string | null;
  clientAddress: string;
  userAgent: string;
  requestId: string;
  /** Whether a page asks by itself, which is no visit of its user. */
  unattended?: boolean;
}

/** Creates the context of one request and finds the session of its token, if it is valid. */
export async function createContext(deps: Deps, facts: RequestFacts): Promise<Context> {
  const { token, unattended = false, ...request } = facts;
  const actor = token ? await openSession(deps, token, facts.clientAddress, unattended) : null;
  const argon2 = argon2InTurn(deps.argon2, networkOf(facts.clientAddress));
  return { ...deps, ...request, argon2, actor };
}
