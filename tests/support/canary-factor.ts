import type { Mark } from './canary-search.ts';
import { password } from './canary-secrets.ts';
import type { Visitor } from './http-client.ts';
import type { Installation } from './installation.ts';
import { appOf } from './second-factor.ts';

const settings = '/settings/two-factor';

/** Switches an app on: its secret and the ten codes are shown to their owner once, and are nowhere else. */
export async function switchAppOn(
  world: Installation,
  alpha: Visitor,
): Promise<{ marks: Mark[]; codes: string[] }> {
  await alpha.post(`${settings}?do=app`, { current: password });
  const page = await alpha.get(`${settings}?do=confirm`);
  await alpha.get(`${settings}/app.svg`);
  const shown = /translate="no">([A-Z2-7 ]{32,})</.exec(page.text)?.[1] ?? '';
  const text = shown.replaceAll(' ', '');
  const app = appOf(world, text);
  const confirmed = await alpha.post(`${settings}?do=confirm`, { code: app.shownCode() });
  const codes = confirmed.text.match(/[0-9A-Z]{5}-[0-9A-Z]{5}(?=<\/li>)/g) ?? [];
  if (codes.length !== 10) throw new Error('no ten codes were shown');
  const marks = [
    { name: 'secret of the app', secret: app.secret },
    { name: 'secret of the app', secret: text },
    { name: 'secret of the app', secret: shown },
    ...codes.flatMap((code) => [
      { name: 'one-time code', secret: code },
      { name: 'one-time code', secret: code.replace('-', '') },
    ]),
  ];
  return { marks, codes };
}

/** Logs in with a wrong code, then with one of the ten; the wait is known to its browser alone. */
export async function logInWithCode(alpha: Visitor, code: string): Promise<Mark> {
  await alpha.post('/login', { username: 'alpha', password });
  const waiting = alpha.cookies.get('bff-code') ?? '';
  await alpha.get('/login/code');
  await alpha.post('/login/code', { code: '000000' });
  const { location } = await alpha.post('/login/code', { code });
  if (location !== '/inbox' || !waiting) throw new Error(`the log-in ended at ${location}`);
  return { name: 'log-in that waits', secret: waiting };
}
