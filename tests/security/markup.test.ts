import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor, jpeg, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter, writeByForm } from '#tests/support/journey-visitors.ts';
import { makePhoto } from '#tests/support/make-photos.ts';

let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, env: { ADMIN_EMAIL: 'operator@example.test' } });
  [alpha, beta] = [createVisitor(world.url), createVisitor(world.url)];
  await Promise.all([enter(world, alpha, 'alpha'), enter(world, beta, 'beta')]);
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(() => world.close());

/** Each ends another kind of text that a page or a mail is made of. */
const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg onload=alert(1)>",
  '</title></textarea></script><script>alert(1)</script>',
  '<!--<script>',
  '&lt;b&gt; &amp;amp; &#x3c;i&#x3e;',
  '<a href="javascript:alert(1)">x</a>',
  '{{constructor.constructor("alert(1)")()}}',
  '</script><!-- \u2028 \u2029 ]]>',
];
/** What a browser would act on if it came through as it was written. */
const live = [
  /<script>alert/i,
  /<img src=x/i,
  /<svg onload/i,
  /<i>|<b>/,
  /<a href="javascript:/i,
  /<!--<script>/,
];

function expectInert(html: string, what: string): void {
  for (const pattern of live) expect(html, what).not.toMatch(pattern);
}
const textOf = (html: string) =>
  unescapeHtml(html.replace(/<script\b.*?<\/script>/gs, '').replace(/<[^>]*>/g, ''));

describe('markup in a letter', () => {
  it('is text in its title, its words and its captions, on every page that shows them', async () => {
    const photos = [jpeg(await makePhoto(1, { width: 320, height: 240 }), '"><script>alert(1)</script>.jpg')];
    for (const attack of attacks) {
      const letter = { to: 'beta', title: attack.slice(0, 80), body: attack, captions: [attack], photos };
      const draftId = await writeByForm(alpha, 'save', letter);
      for (const path of ['/drafts', `/write?draft=${draftId}`]) {
        expectInert((await alpha.get(path)).text, `${path} ${attack}`);
      }
      const letterId = await writeByForm(alpha, 'send', letter);
      await world.settle();
      const read = await beta.get(`/letters/${letterId}`);
      expectInert(read.text, `/letters ${attack}`);
      expect(textOf(read.text)).toContain(attack.slice(0, 40));
      for (const [visitor, path] of [
        [beta, '/inbox'],
        [alpha, '/sent'],
        [alpha, `/letters/${letterId}`],
        [beta, `/letters/${letterId}/photos/0/view`],
      ] as const) {
        expectInert((await visitor.get(path)).text, `${path} ${attack}`);
      }
      // As a title, as words, as a caption; the name of the file is another.
      countRepelled(4);
    }
  });

  it('is kept out of the data that scripts read on the page: none of it can end the script', async () => {
    const body = '</script><script>alert(1)</script> \u2028 <!--';
    const letterId = await writeByForm(alpha, 'send', { to: 'beta', title: 'Data', body });
    await world.settle();
    const { text } = await beta.get(`/letters/${letterId}`);
    const scripts = [...text.matchAll(/<script\b[^>]*>(.*?)<\/script>/gs)].map(([, code = '']) => code);
    expect(scripts.join('').match(/alert\(1\)/g)?.length ?? 0).toBeLessThanOrEqual(2);
    for (const code of scripts) {
      expect(code).not.toContain('<!--');
      expect(code).not.toContain('<script');
    }
    countRepelled();
  });

  it('makes links of web addresses only, where they stand, and opens them without telling where from', async () => {
    const body =
      'see https://example.test/a?b=1&c="x" or javascript:alert(1) or www.example.com, and data:text/html,x';
    const letterId = await writeByForm(alpha, 'send', { to: 'beta', title: 'Links', body });
    await world.settle();
    const { text } = await beta.get(`/letters/${letterId}`);
    const links = [...text.matchAll(/<a href="(https?:\/\/[^"]*example\.(?:test|com)[^"]*)"([^>]*)>/g)];
    expect(links.map(([, href]) => href)).toEqual([
      'https://example.test/a?b=1&amp;c=&quot;x&quot;',
      'https://www.example.com',
    ]);
    for (const [, , rest] of links) expect(rest).toContain('noopener noreferrer');
    expect(text).not.toMatch(/href="(javascript|data):/i);
    countRepelled(2);
  });
});

describe('markup in what is refused', () => {
  it('is text when the form shows it again', async () => {
    for (const attack of attacks) {
      const nobody = createVisitor(world.url);
      const shown = [
        await nobody.post('/login', { username: attack, password: '', next: `/x${attack}` }),
        await nobody.post('/join', {
          username: attack,
          email: attack,
          password: 'a',
          confirm: 'b',
          mobile: attack,
        }),
        await nobody.post('/feedback', { subject: '', message: attack }),
        await alpha.post('/friends', { intent: 'add', code: attack }),
        await alpha.upload(
          '/write',
          { letterId: newId(), version: '0', to: 'nobody', title: attack, body: attack, intent: 'send' },
          [],
        ),
        await nobody.get(`/login?next=/${encodeURIComponent(attack)}`),
        await nobody.get(`/${encodeURIComponent(attack)}`),
        await alpha.get(`/friends?done=${encodeURIComponent(attack)}`),
        await alpha.get(`/inbox?cursor=${encodeURIComponent(attack)}`),
        await alpha.get(`/write?to=${encodeURIComponent(attack)}`),
        await alpha.get(`/friends/add/${encodeURIComponent(attack)}`),
      ];
      for (const [n, answer] of shown.entries()) {
        expectInert(answer.text, `${n} ${attack}`);
        expect(answer.status, `${n} ${attack}`).toBeLessThan(500);
        countRepelled();
      }
    }
  });
});

describe('markup in names and mails', () => {
  it('is text wherever a display name is shown, in pages and in the HTML of a mail', async () => {
    const attack = '<img src=x onerror=alert(1)>"\'&';
    const { users } = world.container.db.orm;
    await users.where({ username: 'alpha' }).updateAndCount({ displayName: attack });
    try {
      const letterId = await writeByForm(alpha, 'send', { to: 'beta', title: 'From me', body: 'Words.' });
      await world.settle();
      for (const path of [
        '/friends',
        '/inbox',
        `/letters/${letterId}`,
        '/write?to=alpha',
        '/friends/remove/alpha',
      ]) {
        const { text } = await beta.get(path);
        expectInert(text, path);
        expect(text, path).toContain('&lt;img src=x');
        countRepelled();
      }
      expectInert((await alpha.get('/inbox')).text, 'own name');
      const mail = (await world.mails()).at(-1);
      expectInert(mail?.html ?? '', 'mail');
    } finally {
      await users.where({ username: 'alpha' }).updateAndCount({ displayName: 'alpha' });
    }
  });

  it('is text in the mail about feedback, which has one subject line', async () => {
    const attack = '<script>alert(1)</script>';
    await alpha.post('/feedback', { subject: `Hello ${attack}`, message: attack });
    const refused = await alpha.post('/feedback', { subject: 'One\r\nBcc: all@example.test', message: 'x' });
    expect(refused.status).toBe(400);
    const mailed = async () => (await world.mails()).filter(({ to }) => to === 'operator@example.test');
    await expect.poll(mailed, { timeout: 10_000 }).toHaveLength(1);
    const mails = await mailed();
    expectInert(mails[0]?.html ?? '', 'feedback');
    expect(mails[0]?.subject).not.toMatch(/[\r\n]/);
    const mailbox = await alpha.get('/dev/mailbox');
    expectInert(mailbox.text, 'the local mailbox');
    countRepelled(2);
  });
});
