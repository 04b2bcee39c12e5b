import { openSession } from './accounts/open-session.ts';
import type { Actor } from './actor.ts';
import { argon2InTurn } from './crypto/argon2.ts';
import type { Deps } from './deps.ts';
import { networkOf } from './limits/network-of.ts';
import type { AnswerMemory } from './memory/answer-memory.ts';

/** Everything a procedure knows about its request; free of HTTP, so that tests can call procedures directly. */
export interface Context extends Deps {
  actor: Actor | null;
  clientAddress: string;
  userAgent: string;
  requestId: string;
  /** How the browser shows that it is a known device; see `known-device.ts`. */
  device?: string | null | undefined;
  /** Whether a typed client calls over HTTP, and not one of our pages. */
  overHttp?: boolean;
  /** Is told how long a refused person should wait, in seconds. */
  noteWait?: (seconds: number) => void;
  /** Waits for memory for a large part of the answer: see `http/answer-memory.ts`. Left out: it is not bounded. */
  reserveMemory?: AnswerMemory['reserve'];
}

interface RequestFacts extends Pick<Context, 'device' | 'noteWait' | 'reserveMemory'> {
  /** The session token from the cookie or the bearer header. */
  token: string | null;
  clientAddress: string;
  userAgent: string;
  requestId: string;
}

/** Makes the context of one request: finds the session behind its token, if it is still good. */
export async function createContext(deps: Deps, facts: RequestFacts): Promise<Context> {
  const { token, ...request } = facts;
  const actor = token ? await openSession(deps, token, facts.clientAddress) : null;
  const argon2 = argon2InTurn(deps.argon2, networkOf(facts.clientAddress));
  return { ...deps, ...request, argon2, actor };
}
