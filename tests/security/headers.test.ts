import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, createVisitor, jpeg, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
let letterId: string;
let draftId: string;
beforeAll(async () => {
  world = await serveInstallation();
  alpha = createVisitor(world.url);
  const beta = createVisitor(world.url);
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
  const photos = [jpeg(await makePhoto(1, { width: 320, height: 240 }))];
  const letter = { to: 'beta', title: 'With a photo', body: 'Look.', photos };
  letterId = await writeByForm(alpha, 'send', letter);
  draftId = await writeByForm(alpha, 'save', letter);
  await world.settle();
});
afterAll(() => world.close());

/** One answer of every kind the server gives, by what it is. */
const kinds: Record<string, { status: number; get: () => Promise<Answer> }> = {
  'a public page': { status: 200, get: () => nobody().get('/login') },
  'a private page': { status: 200, get: () => alpha.get('/inbox') },
  'an opened letter': { status: 200, get: () => alpha.get(`/letters/${letterId}`) },
  'the data of a page': { status: 200, get: () => alpha.get('/inbox.data') },
  'a photo of a letter': { status: 200, get: () => alpha.get(`/letters/${letterId}/photos/0`) },
  'a photo of a draft': { status: 200, get: () => alpha.get(`/drafts/${draftId}/photos/0?size=preview`) },
  'a page nobody has': { status: 404, get: () => nobody().get('/no/such/page') },
  'a letter that is not there': { status: 404, get: () => alpha.get(`/letters/${'0'.repeat(24)}`) },
  'a redirect': { status: 302, get: () => nobody().get('/inbox') },
  'a refused form': { status: 401, get: () => nobody().post('/login', { username: 'a', password: 'b' }) },
  'a form from elsewhere': {
    status: 403,
    get: () => alpha.post('/logout', {}, { origin: 'http://evil.test' }),
  },
  'a wrong method': { status: 405, get: () => alpha.ask('/inbox', { method: 'DELETE', headers: own() }) },
  'an options request': { status: 204, get: () => alpha.ask('/inbox', { method: 'OPTIONS' }) },
  'a procedure': { status: 200, get: () => alpha.get('/api/trpc/accounts.me') },
  'a refused procedure': { status: 401, get: () => nobody().get('/api/trpc/letters.countNew') },
  'a procedure nobody has': { status: 404, get: () => nobody().get('/api/trpc/no.such') },
  'the health page': { status: 200, get: () => nobody().get('/healthz') },
  'the readiness page': { status: 200, get: () => nobody().get('/readyz') },
  'a stamp of a list': { status: 200, get: () => nobody().get(`/stamps/${'ab'.repeat(32)}.svg`) },
  'a static file': { status: 200, get: async () => nobody().get(await assetPath('css')) },
};
const nobody = () => createVisitor(world.url);
const own = () => ({ origin: world.url });
const assetPath = async (kind: 'css' | 'js') =>
  new RegExp(`href="(/assets/[^"]+\\.${kind})"`).exec((await nobody().get('/login')).text)?.[1] ?? '';

describe.each(Object.keys(kinds))('%s', (kind) => {
  let answer: Answer;
  beforeAll(async () => {
    const { get, status } = kinds[kind] ?? { status: 0 };
    if (!get) throw new Error('no such kind');
    answer = await get();
    // OPTIONS is answered by whatever handles the address; what counts is that it changes nothing.
    if (kind === 'an options request') expect(answer.status).toBeLessThan(500);
    else expect(answer.status, answer.text.slice(0, 500)).toBe(status);
  });

  it('lets nothing run, load or frame that is not its own', () => {
    const policy = policyOf(answer);
    expect(policy['default-src']).toEqual(["'none'"]);
    expect(policy['frame-ancestors']).toEqual(["'none'"]);
    expect(policy['base-uri']).toEqual(["'none'"]);
    expect(policy['form-action']).toEqual(["'self'"]);
    expect(policy['script-src']?.[0]).toBe("'self'");
    expect(policy['require-trusted-types-for']).toEqual(["'script'"]);
    expect(policy['trusted-types']).toEqual(['bff-scripts']);
    for (const [directive, sources] of Object.entries(policy)) {
      if (/trusted-types/.test(directive)) continue;
      for (const source of sources) {
        // A page made before the app has no file but itself.
        if (directive === 'style-src' && kind === 'a form from elsewhere')
          expect(source).toMatch(/^'sha256-[A-Za-z0-9+/]{43}='$/);
        else
          expect(`${directive} ${source}`).toMatch(/ ('self'|'none'|'nonce-[A-Za-z0-9+/=_-]{16,}'|blob:)$/);
        if (source === 'blob:') expect(directive).toBe('img-src');
      }
    }
  });

  it('says what else a browser must not do', () => {
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    for (const feature of ['camera', 'microphone', 'geolocation', 'payment', 'usb']) {
      expect(answer.headers['permissions-policy']).toContain(`${feature}=()`);
    }
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('does not say what it is made of', () => {
    for (const header of ['server', 'x-powered-by', 'x-remix-error']) {
      expect(answer.headers[header]).toBeUndefined();
    }
    if (answer.status >= 400) expect(answer.text).not.toMatch(/node_modules|\.tsx?:\d|\bat \w+ \(/);
  });

  it('is kept by no cache, unless it is a file of the build or a drawing', () => {
    const caching = String(answer.headers['cache-control'] ?? '');
    if (kind === 'a stamp of a list') expect(caching).toBe('private, max-age=2592000, immutable');
    else if (kind === 'a static file') expect(caching).toBe('public, max-age=31536000, immutable');
    else expect(caching).toMatch(/\bno-store\b/);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the nonce', () => {
  it('is another one in every answer, and on every script of its page', async () => {
    const seen = new Set<string>();
    for (const get of [
      () => nobody().get('/login'),
      () => alpha.get('/inbox'),
      () => alpha.get('/nowhere'),
    ]) {
      for (let time = 0; time < 3; time += 1) {
        const answer = await get();
        const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '';
        expect(Buffer.from(nonce, 'base64').length).toBeGreaterThanOrEqual(16);
        expect(seen.has(nonce)).toBe(false);
        seen.add(nonce);
        const tags = answer.text.match(/<script\b[^>]*>/g) ?? [];
        expect(tags.length).toBeGreaterThan(0);
        for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
        expect(answer.text).not.toMatch(/<[^>]+\s(on[a-z]+|style)=/i);
        expect(answer.text).not.toMatch(/(href|src|action)="javascript:/i);
      }
    }
  });

  it('is not what a visitor sends', async () => {
    const answer = await ask(`${world.url}/login`, { headers: { 'x-nonce': 'mine', 'csp-nonce': 'mine' } });
    expect(String(answer.headers['content-security-policy'])).not.toContain('mine');
  });
});

describe('a script file', () => {
  it('may compile WebAssembly where it runs as a worker, which no page may, and turn no text into script', async () => {
    const answer = await nobody().get(await assetPath('js'));
    expect(answer.headers['content-type']).toMatch(/^text\/javascript/);
    const policy = policyOf(answer);
    expect(policy['default-src']).toEqual(["'none'"]);
    expect(policy['script-src']).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(policy['connect-src']).toEqual(["'self'"]);
    expect(policy['frame-ancestors']).toEqual(["'none'"]);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  });
});

describe('pages', () => {
  it('load nothing from another site', async () => {
    const pages = [
      '/',
      '/login',
      '/join',
      '/about',
      '/features',
      '/feedback',
      '/inbox',
      `/letters/${letterId}`,
    ];
    for (const path of pages) {
      // Somebody who is logged in is sent on from there.
      const { text } = await (/^\/(|login|join)$/.test(path) ? nobody() : alpha).get(path);
      const addresses = [...text.matchAll(/\b(?:src|srcset|href|action|poster|data)="([^"]*)"/g)];
      expect(addresses.length, path).toBeGreaterThan(5);
      for (const [, address] of addresses) {
        expect(address).toMatch(/^(\/(?!\/)|#|https?:\/\/127\.0\.0\.1:)/);
      }
    }
  });
});

function policyOf(answer: Answer): Record<string, string[]> {
  const text = String(answer.headers['content-security-policy'] ?? '');
  return Object.fromEntries(
    text
      .split(';')
      .map((part) => part.trim().split(/\s+/))
      .filter(([name]) => name)
      .map(([name = '', ...sources]) => [name.toLowerCase(), sources]),
  );
}
