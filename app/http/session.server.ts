import { redirect } from '@remix-run/node';
import { writeCookie } from '#core/cookies.ts';
import { pathOfInvitation } from '#core/friends/invitation-link.ts';
import type { AppClient, LoadContext } from './api.server.ts';

interface StartedSession {
  token: string;
  expiresAt: Date;
  device: string;
}

/** Returns the headers that set the session token and the device's name for the next login. */
export function sessionHeaders(context: LoadContext, session: StartedSession): Headers {
  const headers = new Headers();
  const lifetime = { secure: context.secureCookies, expires: session.expiresAt };
  headers.append('Set-Cookie', writeCookie('session', session.token, lifetime));
  headers.append('Set-Cookie', knownDeviceCookie(context, session.device));
  return headers;
}

export function knownDeviceCookie(context: LoadContext, device: string): string {
  return writeCookie('device', device, { secure: context.secureCookies });
}

/** Returns the header that stores a login waiting for its second factor; null deletes it. */
export function challengeCookie(
  context: LoadContext,
  pending: { challenge: string; expiresAt: Date } | null,
): string {
  const lifetime = { secure: context.secureCookies, ...(pending && { expires: pending.expiresAt }) };
  return writeCookie('challenge', pending?.challenge ?? null, lifetime);
}

/**
 * Returns the header that stores a visitor's friend code or invitation until they have joined; null
 * deletes it.
 */
export function invitationCookie(context: LoadContext, invitation: string | null): string {
  return writeCookie('invitation', invitation, { secure: context.secureCookies });
}

/**
 * Returns where a user goes after login: to the page they came from, or to the friend who invited
 * them.
 */
export function wayAfterLogIn(context: LoadContext, request: Request): string | null {
  const next = new URL(request.url).searchParams.get('next');
  if (next) return safeNext(next);
  return pathOfInvitation(context.invitation);
}

/**
 * Logs in a user who has joined in this browser and whose address is confirmed by now.
 *
 * @returns the redirect to the friend who invited them, or to the inbox; null where something is
 *   missing
 */
export async function finishJoining(context: LoadContext, request: Request): Promise<Response | null> {
  const api = await context.client();
  if (!(await api.accounts.me.query())) return null;
  const outcome = await api.accounts.finishJoining.mutate();
  if (!outcome.loggedIn) return null;
  const headers = sessionHeaders(context, outcome);
  return redirect(wayAfterLogIn(context, request) ?? '/inbox', { headers });
}

export function endedSessionCookie(context: LoadContext): string {
  return writeCookie('session', null, { secure: context.secureCookies });
}

/** Returns the API of a logged-in user; null for anyone else. */
export async function optionalApi(context: LoadContext): Promise<AppClient | null> {
  const api = await context.client();
  return (await api.accounts.me.query())?.stage === 'full' ? api : null;
}

/**
 * Returns the API of a logged-in user; redirects anyone else to the login page, and back here
 * afterwards.
 */
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
 * Returns a path on this site, safe for a header, to go to after login. Anything else, such as
 * `//elsewhere`, becomes the inbox.
 */
export function safeNext(next: string | null | undefined): string {
  const fallback = '/inbox';
  if (!next || !/^\/[^/\\]/.test(next) || /[\p{Cc}\\]/u.test(next)) return fallback;
  const here = 'http://this-site.invalid';
  const there = URL.parse(next, here);
  if (there?.origin !== here) return fallback;
  const path = there.pathname + there.search;
  // `/.//elsewhere` normalises to `//elsewhere`, which browsers treat as another site.
  return path.startsWith('//') ? fallback : path;
}
