import { afterEach, describe, expect, it } from 'vitest';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { confirmByForm, enter, joinByForm, logInByForm, wordsOn } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
afterEach(() => world.close());

const attributesOf = (line: string) =>
  line
    .split(/;\s*/)
    .slice(1)
    .map((part) => part.toLowerCase());
const sessionOf = (visitor: Visitor, name = 'bff') => visitor.cookies.get(name) ?? '';

describe('over HTTP on this machine', () => {
  it('the session cookie cannot be read by scripts or sent from elsewhere, and HSTS is not promised', async () => {
    world = await serveInstallation();
    const visitor = createVisitor(world.url);
    await enter(world, visitor, 'alpha');
    const lines = visitor.answers.flatMap(({ answer }) => answer.cookies);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^bff(=[A-Za-z0-9_-]{43}|-device=[A-Za-z0-9_-]{24}\.[0-9a-f]{32});/);
      expect(attributesOf(line)).toEqual(
        expect.arrayContaining([
          'path=/',
          'httponly',
          'samesite=lax',
          expect.stringMatching(/^(expires|max-age)=/),
        ]),
      );
      expect(attributesOf(line)).not.toContain('secure');
      expect(line).not.toMatch(/domain=/i);
    }
    for (const { answer } of visitor.answers) {
      expect(answer.headers['strict-transport-security']).toBeUndefined();
    }
  });

  it('a log-in gives a new session, whatever the browser brought along', async () => {
    world = await serveInstallation();
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const chosen = 'A'.repeat(43);
    const victim = createVisitor(world.url);
    victim.cookies.set('bff', chosen);
    await logInByForm(victim, 'alpha');
    expect(sessionOf(victim)).not.toBe(chosen);
    const attacker = createVisitor(world.url);
    attacker.cookies.set('bff', chosen);
    expect((await attacker.get('/inbox')).location).toBe('/login?next=%2Finbox');
    countRepelled();
  });

  it('a session that somebody else put into the browser ends when its person logs in', async () => {
    world = await serveInstallation();
    const [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
    await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
    const planted = sessionOf(beta);
    const victim = createVisitor(world.url);
    victim.cookies.set('bff', planted);
    await logInByForm(victim, 'alpha');
    expect(sessionOf(victim)).not.toBe(planted);
    expect((await beta.get('/inbox')).status).toBe(302);
    expect((await victim.get('/friends')).text).not.toContain('beta');
    countRepelled();
  });

  it('a copy of the cookie is worth nothing once the password or the words were changed', async () => {
    world = await serveInstallation();
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const thief = createVisitor(world.url);
    const steal = () => thief.cookies.set('bff', sessionOf(alpha));
    steal();
    const password = 'another quiet password';
    const change = { current: 'lantern otter waltz', password, confirm: password };
    expect((await alpha.post('/settings/password', change)).location).toBe('/settings?done=password');
    expect((await thief.get('/inbox')).status).toBe(302);
    expect((await alpha.get('/inbox')).status).toBe(200);

    steal();
    await alpha.post('/settings/recovery', { current: password });
    await confirmByForm(alpha, wordsOn((await alpha.get('/join/words')).text), '/inbox');
    expect((await thief.get('/inbox')).status).toBe(302);
    countRepelled(2);
    expect((await alpha.get('/inbox')).status).toBe(200);
  });

  it('a cookie is worth nothing once its person has logged out, and the browser forgets what it kept', async () => {
    world = await serveInstallation();
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const stolen = sessionOf(alpha);
    const out = await alpha.post('/logout', {});
    expect(out).toMatchObject({ status: 302, location: '/' });
    expect(out.cookies[0]).toMatch(/^bff=;.*Max-Age=0/);
    expect(out.headers['clear-site-data']).toContain('"cache"');
    const replay = createVisitor(world.url);
    replay.cookies.set('bff', stolen);
    expect((await replay.get('/inbox')).status).toBe(302);
    expect((await replay.get('/api/trpc/letters.countNew')).status).toBe(401);
    countRepelled(2);
  });

  it('a changed, cut, doubled or foreign cookie is nobody', async () => {
    world = await serveInstallation();
    const alpha = createVisitor(world.url);
    await enter(world, alpha, 'alpha');
    const token = sessionOf(alpha);
    const flipped = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
    const wrong = [
      flipped,
      token.slice(1),
      `${token}x`,
      `"${token}"`,
      `${token}%00`,
      '[object Object]',
      '"><script>',
    ];
    for (const cookie of wrong) {
      const answer = await createVisitor(world.url).get('/inbox', { cookie: `bff=${cookie}` });
      expect(answer.status, cookie).toBe(302);
      countRepelled();
    }
    // A cookie of the other name, as an insecure page of the same host could set it, is not looked at.
    const prefixed = await createVisitor(world.url).get('/inbox', { cookie: `__Host-bff=${token}` });
    expect(prefixed.status).toBe(302);
    countRepelled();
    expect((await createVisitor(world.url).get('/inbox', { cookie: `x=1; bff=${token}` })).status).toBe(200);
  });

  it('a session of somebody who has joined opens the words and nothing else', async () => {
    world = await serveInstallation();
    const joining = createVisitor(world.url);
    await joinByForm(joining, 'alpha');
    expect((await joining.get('/inbox')).location).toBe('/join/words');
    expect((await joining.get('/api/trpc/letters.countNew')).status).toBe(401);
    countRepelled(2);
  });
});

describe('over HTTPS', () => {
  it('the cookie is bound to this host and to HTTPS, and HSTS is promised on every answer', async () => {
    world = await serveInstallation({ appUrl: 'https://bff.example.test' });
    const visitor = createVisitor(world.url, {
      host: 'bff.example.test',
      origin: 'https://bff.example.test',
    });
    await enter(world, visitor, 'alpha');
    const lines = visitor.answers.flatMap(({ answer }) => answer.cookies);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toMatch(/^__Host-bff(-device)?=/);
      expect(attributesOf(line)).toEqual(
        expect.arrayContaining(['secure', 'httponly', 'path=/', 'samesite=lax']),
      );
      expect(line).not.toMatch(/domain=/i);
    }
    for (const { answer } of visitor.answers) {
      expect(answer.headers['strict-transport-security']).toMatch(/max-age=31536000/);
    }
    expect((await visitor.get('/inbox')).status).toBe(200);
    const tossed = await createVisitor(world.url, { host: 'bff.example.test' }).get('/inbox', {
      cookie: `bff=${sessionOf(visitor, '__Host-bff')}`,
    });
    expect(tossed.status).toBe(302);
    countRepelled();
  });
});
