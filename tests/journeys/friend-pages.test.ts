import jsQR from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTerminal } from '#tests/support/command-line.ts';
import { createVisitor, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { testPassword } from '#tests/support/journey-people.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';

let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

/** What a camera reads in a QR code drawn of black squares: `M20,20h10v10h-10z`, in a view box. */
function readQr(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, size] of svg.matchAll(/M(\d+),(\d+)h(\d+)v\3h-\3z/g)) {
    for (let row = Number(y); row < Number(y) + Number(size); row++)
      for (let column = Number(x); column < Number(x) + Number(size); column++)
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return jsQR(pixels, side, side)?.data;
}
const linkOn = async (visitor: Visitor) =>
  /https?:\/\/[^"\s<]+\/friends\/add\/[0-9A-Z-]{11}/.exec((await visitor.get('/friends')).text)?.[0];

describe('the picture of a friend code', () => {
  it('is the link on the page, and another one once the code is', async () => {
    const before = await linkOn(alpha);
    const picture = await alpha.get('/friends/code.svg');
    expect(picture.headers['content-type']).toMatch(/^image\/svg\+xml/);
    expect(readQr(picture.text)).toBe(before);
    expect(before).toMatch(new RegExp(`^${world.url}/friends/add/`));
    await alpha.post('/friends', { intent: 'renew-code' });
    const after = await linkOn(alpha);
    expect(after).not.toBe(before);
    expect(readQr((await alpha.get('/friends/code.svg')).text)).toBe(after);
    expect((await beta.get('/friends/code.svg')).text).not.toBe(picture.text);
  });
});

describe('the link of a friend', () => {
  it('is not lost on somebody who has to join first', async () => {
    const link = new URL((await linkOn(alpha)) ?? '').pathname;
    const invited = createVisitor(world.url);
    expect((await invited.get(link)).text).toContain('>alpha</bdi> would like to write to you');
    // Joins, confirms words and address, and logs in without a word of where to go.
    await enter(world, invited, 'invited');
    const logIn = await invited.get('/login');
    expect(logIn.headers.location).toBe(link.replace('-', ''));
    expect((await invited.get(logIn.headers.location ?? '')).text).toContain('Ask alpha to be your friend?');
    expect((await invited.get('/login')).headers.location).toBe('/inbox');
  });

  it('is a letter to a visitor, that says who invites and no more, and is in no search engine', async () => {
    const rename = { displayName: 'Mia <3 </title>', timeZone: '', locale: 'en-GB' };
    expect((await alpha.post('/settings/profile', rename)).status).toBeLessThan(400);
    const visitor = createVisitor(world.url);
    const page = await visitor.get(new URL((await linkOn(alpha)) ?? '').pathname);
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toContain('no-store');
    expect(page.text).toContain('<bdi>Mia &lt;3 &lt;/title&gt;</bdi> would like to write to you');
    const head = /<head>.*<\/head>/s.exec(page.text)?.[0] ?? '';
    expect(head).toContain('<meta name="robots" content="noindex"');
    expect(head).toContain('<meta property="og:title"');
    expect(head).toContain(`content="${world.url}/invitation.png"`);
    expect((await visitor.get('/invitation.png')).headers['content-type']).toBe('image/png');
    for (const name of ['Mia', 'alpha']) expect(head).not.toContain(name);
    for (const secret of ['alpha@', 'beta']) expect(page.text).not.toContain(secret);
    await alpha.post('/settings/profile', { ...rename, displayName: 'alpha' });
  });

  it('says what is wrong with it: cut off, or nobody’s', async () => {
    const link = new URL((await linkOn(alpha)) ?? '').pathname;
    for (const who of [createVisitor(world.url), beta]) {
      for (const cut of [link.slice(0, -1), link.slice(0, -6), '/friends/add/', '/friends/add']) {
        const page = await who.get(cut);
        expect([cut, page.status]).toEqual([cut, 404]);
        expect(page.text).toContain('This link seems to be cut off');
      }
      for (const unknown of ['/friends/add/00000-00000', '/friends/add/nobody!']) {
        const page = await who.get(unknown);
        expect([unknown, page.status]).toEqual([unknown, 404]);
        expect(page.text).toContain('This invitation no longer works');
      }
    }
  });

  it('is unknown while its owner is leaving', async () => {
    const leaving = createVisitor(world.url);
    await enter(world, leaving, 'leaving');
    const link = new URL((await linkOn(leaving)) ?? '').pathname;
    await leaving.post('/settings/delete', { username: 'leaving', current: testPassword });
    expect((await leaving.get('/friends')).text).toContain('Your account will be deleted on');
    const page = await createVisitor(world.url).get(link);
    expect(page.status).toBe(404);
    expect(page.text).not.toMatch(/leaving<\/bdi>/);
  });

  it('leads nowhere else, whatever is put in the place of its code', async () => {
    for (const odd of ['x', '//elsewhere.test', 'ABCDEFGHJK%0d%0aX: 1', '../../settings']) {
      const visitor = createVisitor(world.url);
      const answer = await visitor.get('/login', { cookie: `bff-invitation=${odd}` });
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('name="next"');
    }
  });
});

describe('the safety number', () => {
  const page = '/friends/beta/safety';
  const textOf = (html: string) => html.replace(/<script\b.*?<\/script>/gs, '').replace(/<[^>]+>/g, ' ');
  const numberOn = (html: string) =>
    textOf(html)
      .match(/(?:\d{5}\s+){11}\d{5}/)?.[0]
      .replace(/\s+/g, '');

  it('is the same for both, and is compared as it is typed: with spaces, cut or another one', async () => {
    const number = numberOn((await alpha.get(page)).text) ?? '';
    expect(number).toMatch(/^\d{60}$/);
    expect(numberOn((await beta.get('/friends/alpha/safety')).text)).toBe(number);
    const field = /<label for="theirs"[\s\S]*?<textarea[\s\S]*?<\/textarea>/.exec(
      (await alpha.get(page)).text,
    )?.[0];
    expect(field).toContain('rows="3"');
    expect(field).not.toMatch(/if you like|optional/);
    const compare = async (theirs: string) =>
      textOf((await alpha.post(page, { intent: 'compare', theirs })).text);
    const [same, spaced] = [await compare(number), await compare(number.replace(/(\d{5})/g, ' $1-\n'))];
    for (const text of [same, spaced]) expect(text).toContain('The numbers match.');
    for (const wrong of [
      `${number.slice(0, 59)}${(Number(number[59]) + 1) % 10}`,
      number.slice(5),
      `${number}1`,
      '',
      'x',
    ])
      expect(await compare(wrong)).not.toContain('The numbers match.');
  });

  it('is marked as verified on request, and by nothing else', async () => {
    const marked = async () =>
      /You compared\s+beta\s+’s key\s+on\s/.test(textOf((await alpha.get(page)).text));
    expect(await marked()).toBe(false);
    expect((await alpha.post(page, { intent: 'verified' })).status).toBeLessThan(400);
    expect(await marked()).toBe(true);
  });
});

describe('friends who call themselves alike', () => {
  it('are told apart by the name that is theirs alone', async () => {
    const gamma = createVisitor(world.url);
    await enter(world, gamma, 'gamma');
    await befriendByForms(alpha, gamma, 'alpha');
    const name = { displayName: 'Sam', timeZone: '', locale: 'en-GB' };
    const rename = (who: Visitor) => who.post('/settings/profile', name);
    expect((await rename(beta)).status).toBeLessThan(400);
    expect((await rename(gamma)).status).toBeLessThan(400);
    const desk = (await alpha.get('/write')).text;
    for (const username of ['beta', 'gamma'])
      expect(desk).toMatch(new RegExp(`<option value="${username}"[^>]*>Sam \\(${username}\\)(?: ·|<)`));
    expect((await alpha.get('/friends')).text).toMatch(
      /<bdi>Sam<\/bdi><span class="person-username">.*?beta</,
    );
  });

  it('are told apart in the inbox and on a letter, which says what its author was called before', async () => {
    const [delta, reader] = [createVisitor(world.url), createVisitor(world.url)];
    await enter(world, delta, 'delta');
    await enter(world, reader, 'reader');
    await befriendByForms(reader, delta, 'reader');
    await befriendByForms(reader, beta, 'reader');
    const id = await writeByForm(delta, 'send', { to: 'reader', title: 'Hello', body: 'It is me.' });
    await world.settle();
    expect((await reader.get(`/letters/${id}`)).text).not.toContain('until recently');
    // The name that beta has taken before.
    const name = { displayName: 'Sam', timeZone: '', locale: 'en-GB' };
    expect((await delta.post('/settings/profile', name)).status).toBeLessThan(400);
    const named = /<bdi>Sam<\/bdi>(?:<!-- -->)?<span class="person-username">.*?delta</;
    expect((await reader.get('/inbox')).text).toMatch(named);
    const letter = (await reader.get(`/letters/${id}`)).text;
    expect(letter).toMatch(named);
    expect(letter).toContain('<bdi>Sam</bdi> was called <bdi>delta</bdi> until recently');
    const terminal = await openTerminal();
    try {
      const logIn = ['login', world.url, '--username', 'reader', '--password-stdin'];
      expect((await terminal.bff(logIn, testPassword)).code).toBe(0);
      const { stdout, stderr } = await terminal.bff(['read', id]);
      expect(stdout).toContain('from delta to reader');
      expect(stderr).toContain('Until recently, your friend was called delta');
    } finally {
      await terminal.close();
    }
  });
});
