import { draft, password } from './canary-secrets.ts';
import type { Visitor } from './http-client.ts';
import type { ServedInstallation } from './installation-http.ts';
import { addressOf, routesOfBuild } from './installation-routes.ts';

/** Every page there is, and what stands beside the pages. */
export async function visitAll(
  visitor: Visitor,
  { letterId, draftId, code }: { letterId: string; draftId: string; code: string },
): Promise<void> {
  for (const { pattern, hasPage, hasLoader } of await routesOfBuild()) {
    if (!hasPage && !hasLoader) continue;
    const id = pattern.startsWith('/drafts/') ? draftId : letterId;
    const address = addressOf(pattern, { id, username: 'beta', code, token: 'A'.repeat(43) });
    if (address.startsWith('/dev/')) continue;
    await visitor.get(address);
    await visitor.get(`${address}.data`);
  }
  await visitor.get(`/write?draft=${draftId}`);
  for (const name of [
    'letters.inbox',
    'letters.sent',
    'letters.latest',
    'drafts.list',
    'friends.list',
    'accounts.me',
  ]) {
    await visitor.get(`/api/trpc/${name}?input=${encodeURIComponent('"[{}]"')}`);
  }
  for (const path of ['/manifest.webmanifest', '/favicon.svg', '/entry.worker.js', '/offline', '/healthz']) {
    await visitor.get(path);
  }
}

/** Every kind of error page, with secrets in what caused it. */
export async function breakThings({ url, container }: ServedInstallation, visitor: Visitor): Promise<void> {
  await visitor.post('/login', { username: 'alpha', password: `${password}x` });
  await visitor.post('/join', { username: 'alpha', email: 'none', password, confirm: 'other', mobile: '' });
  await visitor.post('/join', {
    username: 'omega',
    email: 'omega@example.test',
    password,
    confirm: `${password}!`,
  });
  await visitor.post('/settings/password', { current: `${password}?`, password, confirm: 'other' });
  await visitor.post('/logout', {}, { origin: 'http://evil.example.test' });
  await visitor.ask('/inbox', { method: 'DELETE', headers: { origin: url } });
  const { drafts } = container.stores;
  const { list } = drafts;
  drafts.list = async () => {
    throw new Error(`${draft.title} ${draft.body} ${password}`);
  };
  await visitor.get('/drafts');
  await visitor.get('/drafts.data');
  drafts.list = list;
}
