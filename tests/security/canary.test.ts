import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { answersOf, leaks, placesOf, watchOutput } from '#tests/support/canary-places.ts';
import { type CanaryScene, playCanaryScene } from '#tests/support/canary-scene.ts';
import { createCanarySearch } from '#tests/support/canary-search.ts';
import { autosaved, draft, letter, password } from '#tests/support/canary-secrets.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { type Answer, createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

let world: ServedInstallation;
let output: ReturnType<typeof watchOutput>;
let scene: CanaryScene;
beforeAll(async () => {
  output = watchOutput();
  world = await serveInstallation({ env: { ADMIN_EMAIL: 'operator@example.test' } });
  scene = await playCanaryScene(world);
});
afterAll(async () => {
  output.stop();
  await world.close();
});

describe('what is written, sent and said', () => {
  it('carries none of it: files with the log of the database, jobs, mails, log, output', async () => {
    const places = await placesOf(world, output.printed);
    for (const kind of [
      /^file .*sqlite$/,
      /-wal$/,
      /^file mailbox/,
      /^job letter\.deliver/,
      /^mail "Confirm/,
      /^mail "alpha sent/,
      /^mail "Is this your new email/,
      /^mail "Approve your new email/,
      /^log/,
    ]) {
      expect(
        places.map(({ name }) => name).filter((name) => kind.test(name)),
        String(kind),
      ).not.toEqual([]);
    }
    expect(leaks(places, [...scene.shared, ...scene.own, ...scene.never])).toEqual([]);
  });

  it('carries a link of an e-mail change in its own mail only', async () => {
    const places = await placesOf(world, output.printed);
    const itsMails = /^mail "(Is this your new email|Approve your new email)|^file mailbox/;
    const elsewhere = [
      ...places.filter(({ name }) => !itsMails.test(name)),
      ...(['alpha', 'beta', 'gamma', 'nobody'] as const).flatMap((name) =>
        answersOf(name, scene[name]).filter((place) => !place.name.includes('/email/')),
      ),
    ];
    expect(leaks(elsewhere, scene.links)).toEqual([]);
    for (const { name, secret } of scene.links) {
      const inMails = places.filter(({ name: place }) => place.startsWith('mail '));
      expect(
        inMails.filter(({ content }) => createCanarySearch([{ name, secret }])(content).length > 0),
      ).toHaveLength(1);
    }
  });

  it('keeps no token of an invitation: not in files, jobs, mails, log or output', async () => {
    expect(scene.invitation[0]?.secret).toMatch(/^[\w-]{22}$/);
    expect(leaks(await placesOf(world, output.printed), scene.invitation)).toEqual([]);
  });

  it('shows the addresses of a person to nobody else, before and after a change', () => {
    const others = ['beta', 'gamma', 'nobody'] as const;
    expect(
      leaks(
        others.flatMap((name) => answersOf(name, scene[name])),
        scene.addresses,
      ),
    ).toEqual([]);
    expect(leaks(answersOf('alpha', scene.alpha), scene.addresses)).not.toEqual([]);
  });

  it('shows none of it to a stranger or to nobody, on any page, also with the cookie of who has logged out', () => {
    const places = [...answersOf('nobody', scene.nobody), ...answersOf('a stranger', scene.gamma)];
    expect(places.length).toBeGreaterThan(60);
    expect(leaks(places, [...scene.shared, ...scene.own, ...scene.never])).toEqual([]);
    countRepelled(places.length);
  });

  it('shows the friend the letter and nothing else', () => {
    const places = answersOf('beta', scene.beta);
    expect(leaks(places, [...scene.own, ...scene.never])).toEqual([]);
    for (const { name, secret } of scene.shared) {
      const search = createCanarySearch([{ name, secret }]);
      expect(
        places.some(({ content }) => search(content).length > 0),
        name,
      ).toBe(true);
    }
  });

  it('never shows the author the own password or keys, also when a form is refused', () => {
    const session = scene.own.filter(({ name }) => name === 'session');
    expect(leaks(answersOf('alpha', scene.alpha), [...scene.never, ...session])).toEqual([]);
  });

  it('shows the recovery words on their own page only', () => {
    const elsewhere = {
      ...scene.alpha,
      answers: scene.alpha.answers.filter(({ path }) => path !== '/join/words'),
    };
    expect(
      leaks(
        answersOf('alpha', elsewhere),
        scene.own.filter(({ name }) => name === 'recovery words'),
      ),
    ).toEqual([]);
    expect(
      leaks(
        answersOf('alpha', scene.alpha),
        scene.own.filter(({ name }) => name === 'recovery words'),
      ),
    ).not.toEqual([]);
  });

  it('shows the secret of an app and the one-time codes once, on the page they are made on', () => {
    const marks = scene.own.filter(({ name }) => /secret of the app|one-time code/.test(name));
    const ofSetUp = ({ path }: { path: string }) => path.startsWith('/settings/two-factor?do=confirm');
    const elsewhere = { ...scene.alpha, answers: scene.alpha.answers.filter((each) => !ofSetUp(each)) };
    expect(leaks(answersOf('alpha', elsewhere), marks)).toEqual([]);
    const there = { ...scene.alpha, answers: scene.alpha.answers.filter(ofSetUp) };
    const shown = leaks(answersOf('alpha', there), marks);
    for (const name of ['secret of the app', 'one-time code'])
      expect(shown.some((line) => line.includes(name))).toBe(true);
  });

  it('lets no cache keep any of it', () => {
    const keepable = ({ headers }: Answer) => !/\bno-store\b/.test(headers['cache-control'] ?? '');
    const visitors = Object.entries({
      alpha: scene.alpha,
      beta: scene.beta,
      gamma: scene.gamma,
      nobody: scene.nobody,
    });
    const places = visitors.flatMap(([name, visitor]) => answersOf(name, visitor, keepable));
    expect(places.length).toBeGreaterThan(0);
    expect(leaks(places, [...scene.shared, ...scene.own, ...scene.never])).toEqual([]);
  });
});

/** The last one: it spoils the installation. */
describe('a leaky installation', () => {
  it('is found out, wherever it leaks and however that is written', async () => {
    const { container } = world;
    container.log.info('letter', { title: letter.title });
    await container.queue.add('letter.deliver', { caption: Buffer.from(letter.caption).toString('base64') });
    await container.mailer.send({
      to: 'x@example.test',
      subject: 'Words',
      text: encodeURIComponent(draft.body),
    });
    await container.stores.feedback.insert({
      id: newId(),
      userId: null,
      subject: 'x',
      message: Buffer.from(letter.body, 'utf16le').toString('hex'),
      createdAt: new Date(),
    });
    const photo = scene.shared.find(({ name }) => name === 'photo')?.secret ?? '';
    await writeFile(
      join(world.dataDir, 'dump'),
      gzipSync(Buffer.concat([Buffer.alloc(99), Buffer.from(photo)])),
    );
    console.error(JSON.stringify({ password }));
    const caching = createVisitor(world.url);
    await caching.get(`/login?next=/${encodeURIComponent('x')}`);
    const page = caching.answers[0]?.answer;
    if (page) page.bytes = Buffer.concat([page.bytes, Buffer.from(`<p>${autosaved}</p>`)]);

    const places = [...(await placesOf(world, output.printed)), ...answersOf('nobody', caching)];
    const found = leaks(places, [...scene.shared, ...scene.own, ...scene.never]);
    for (const leak of [
      /^log: title as JSON/,
      /^job letter\.deliver: caption as base64/,
      /^mail "Words": draft body as an address/,
      /^file .*sqlite.*: body as hex of UTF-16LE/,
      /^file dump: photo as raw|^file dump: photo as bytes/,
      /^output: password as JSON/,
      /^answer to nobody at \/login.*: autosaved text as plain text/,
    ]) {
      expect(
        found.some((line) => leak.test(line)),
        `${leak} in\n${found.join('\n')}`,
      ).toBe(true);
    }
  });
});
