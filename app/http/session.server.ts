import { redirect } from '@remix-run/node';
import { writeCookie } from '#core/cookies.ts';
import { normalizeFriendCode } from '#core/id.ts';
import type { AppClient, LoadContext } from './api.server.ts';

interface StartedSession {
  token: string;
  expiresAt: Date;
  device: string;
}

/** The headers that give the browser a session token, and a name by which the device is known at the next log-in. */
export function sessionHeaders(context: LoadContext, session: StartedSession): Headers {
  const headers = new Headers();
  const lifetime = { secure: context.secureCookies, expires: session.expiresAt };
  headers.append('Set-Cookie', writeCookie('session', session.token, lifetime));
  headers.append('Set-Cookie', knownDeviceCookie(context, session.device));
  return headers;
}

/** The header that gives the browser the name by which it is known at the next log-in. */
export function knownDeviceCookie(context: LoadContext, device: string): string {
  return writeCookie('device', device, { secure: context.secureCookies });
}

/** The header that stores a log-in waiting for its second factor; with null it is forgotten. */
export function challengeCookie(
  context: LoadContext,
  pending: { challenge: string; expiresAt: Date } | null,
): string {
  const lifetime = { secure: context.secureCookies, ...(pending && { expires: pending.expiresAt }) };
  return writeCookie('challenge', pending?.challenge ?? null, lifetime);
}

/** The header that stores the friend code somebody came with, until they have joined; with null it is forgotten. */
export function invitationCookie(context: LoadContext, code: string | null): string {
  return writeCookie('invitation', code, { secure: context.secureCookies });
}

/** Where somebody wants to go once they are logged in: where they were sent from, or to the friend who invited them. */
export function wayAfterLogIn(context: LoadContext, request: Request): string | null {
  const next = new URL(request.url).searchParams.get('next');
  if (next) return safeNext(next);
  const code = normalizeFriendCode(context.invitation ?? '');
  return code && `/friends/add/${code}`;
}

/** The header that removes the session token again. */
export function endedSessionCookie(context: LoadContext): string {
  return writeCookie('session', null, { secure: context.secureCookies });
}

/** The procedures for somebody who is logged in; null for anyone else. */
export async function optionalApi(context: LoadContext): Promise<AppClient | null> {
  const api = await context.client();
  return (await api.accounts.me.query())?.stage === 'full' ? api : null;
}

/** The procedures for somebody who is logged in; anyone else is sent to the log-in page, and back here afterwards. */
export async function requireUserApi(context: LoadContext, request: Request): Promise<AppClient> {
  const api = await context.client();
  const me = await api.accounts.me.query();
  if (me?.stage === 'full') return api;
  if (me) throw redirect('/join/words');
  const { pathname, search } = new URL(request.url);
  const back = request.method === 'GET' ? `?next=${encodeURIComponent(pathname + search)}` : '';
  throw redirect(`/login${back}`);
}

/**
 * A path on this site to go to after log-in, safe to put into a header; anything else, such as `//elsewhere`, becomes
 * the inbox.
 */
export function safeNext(next: string | null | undefined): string {
  const fallback = '/inbox';
  if (!next || !/^\/[^/\\]/.test(next) || /[\p{Cc}\\]/u.test(next)) return fallback;
  const here = 'http://this-site.invalid';
  const there = URL.parse(next, here);
  if (there?.origin !== here) return fallback;
  const path = there.pathname + there.search;
  // `/.//elsewhere` is tidied up to `//elsewhere`, which a browser takes for another site.
  return path.startsWith('//') ? fallback : path;
}
