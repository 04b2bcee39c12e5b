import * as devalue from 'devalue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPaddedLength, sealedLengths } from '#core/crypto/index.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { callProcedure, listProcedures, refusalIn } from '#tests/support/http-procedures.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { outsiders, type Scene, setScene } from '#tests/support/journey-trespassers.ts';
import { type ProcedureAccess, procedures } from './access-table.ts';

let world: ServedInstallation;
let scene: Scene;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false });
  scene = await setScene(world);
});
afterAll(() => world.close());

const all = listProcedures();
const of = (...access: ProcedureAccess[]) => {
  const found = all.filter(({ name }) => access.includes(procedures[name] ?? 'anyone'));
  expect(found.length, access.join()).toBeGreaterThan(0);
  return found;
};
const guarded: ProcedureAccess[] = ['person', 'letter', 'draft', 'friend', 'code'];

/** A length that sealed text can have. */
const paddedLength = Array.from({ length: 2_000 }, (_, n) => n).find((n) => isPaddedLength(n, 1_000)) ?? 0;

/** An input of the right shape for whatever the procedure may ask for, so that only the guard can refuse it. */
const fitting = (id: string) => ({
  id,
  n: 0,
  size: 'full',
  username: 'beta',
  code: scene.code,
  position: 5,
  starred: true,
  archived: true,
  letterId: 'f'.repeat(24),
  draftId: 'e'.repeat(24),
  version: 0,
  to: 'beta',
  title: 'A fitting title',
  body: 'A fitting body',
  subject: 'A subject',
  message: 'A message',
  token: 'A'.repeat(43),
  heading: new Uint8Array(sealedLengths.heading).fill(1),
  payload: new Uint8Array(paddedLength).fill(1),
  sealedKey: new Uint8Array(sealedLengths.wrappedKey).fill(1),
  photos: [],
  answers: [
    { position: 1, word: 'x' },
    { position: 2, word: 'x' },
  ],
});

describe('the table of procedures', () => {
  it('has every procedure there is', () => {
    const unknown = all.map(({ name }) => name).filter((name) => !(name in procedures));
    expect(unknown, 'say in tests/security/access-table.ts who may call these').toEqual([]);
    expect(all.length).toBeGreaterThan(20);
    expect(Object.keys(procedures).sort()).toEqual(all.map(({ name }) => name).sort());
  });
});

describe('nobody', () => {
  it('can call nothing that is a person’s, with an input that fits and without one', async () => {
    for (const procedure of of('joining', ...guarded)) {
      for (const input of [fitting(scene.letterId), undefined, { wrong: true }]) {
        const answer = await callProcedure(scene.trespassers.nobody, procedure, input);
        expect(answer.status, procedure.name).toBe(401);
        expect(refusalIn(answer), procedure.name).toBe('unauthenticated');
        countRepelled();
      }
    }
  });

  it('gets nothing through a batch that begins with something allowed', async () => {
    const names = ['accounts.me', 'letters.inbox', 'letters.countNew', 'friends.myCode'];
    const inputs = encodeURIComponent(JSON.stringify({ 1: devalue.stringify({}) }));
    const { nobody } = scene.trespassers;
    const answer = await nobody.get(`/api/trpc/${names.join(',')}?batch=1&input=${inputs}`);
    expect(answer.status).toBe(207);
    const [me, ...others] = JSON.parse(answer.text) as unknown[];
    expect(JSON.stringify(me)).toContain('result');
    for (const other of others) expect(JSON.stringify(other)).toContain('UNAUTHORIZED');
    countRepelled(others.length);
  });
});

describe('somebody who is joining', () => {
  it('can call nothing that needs a whole account', async () => {
    for (const procedure of of(...guarded)) {
      const answer = await callProcedure(scene.trespassers.joining, procedure, fitting(scene.letterId));
      expect(answer.status, procedure.name).toBe(401);
      countRepelled();
    }
  });
});

describe.each(outsiders)('%s', (who) => {
  it('gets the same refusal for a letter or draft of others as for one that never was', async () => {
    const stranger = scene.trespassers[who];
    const owned = of('letter', 'draft').filter(({ name }) => name !== 'drafts.discard');
    expect(owned.length).toBeGreaterThan(4);
    for (const procedure of owned) {
      for (const id of [scene.letterId, scene.draftId]) {
        const ask = (which: string) =>
          callProcedure(stranger, procedure, { ...fitting(which), draftId: which });
        const [real, unknown] = [await ask(id), await ask('0'.repeat(24))];
        expect(real.status, procedure.name).toBe(404);
        expect(real.text, procedure.name).toBe(unknown.text);
        countRepelled();
      }
    }
  });

  it('can neither discard another’s draft nor send in the place of another’s letter', async () => {
    const stranger = scene.trespassers[who];
    await callProcedure(stranger, { name: 'drafts.discard', type: 'mutation' }, { id: scene.draftId });
    const { to, title, body } = fitting('');
    const form = { letterId: scene.letterId, version: '0', to, title, body, intent: 'send' };
    const refused = await stranger.post('/write', form);
    // Somebody who was blocked is not told that nothing of theirs arrives; the id is taken, which they may learn.
    expect(who === 'blocked' ? [404, 409] : [403]).toContain(refused.status);
    expect((await scene.alpha.get(`/write?draft=${scene.draftId}`)).text).toContain('secret draft body');
    expect((await scene.beta.get(`/letters/${scene.letterId}`)).text).toContain('secret body of alpha');
    countRepelled(2);
  });

  it('can do nothing to a friendship of others', async () => {
    const stranger = scene.trespassers[who];
    for (const procedure of of('friend')) {
      // For somebody who was blocked, the own friendship is as it was; what they do with it has no effect on others.
      if (who === 'blocked') continue;
      const answer = await callProcedure(stranger, procedure, fitting(''));
      expect([400, 403, 404], procedure.name).toContain(answer.status);
      countRepelled();
    }
    expect((await scene.alpha.get('/friends')).text).toContain('/friends/remove/beta');
  });
});

describe('a token', () => {
  it('is a session in the bearer header as in the cookie, and nothing anywhere else', async () => {
    const token = scene.alpha.cookies.get('bff') ?? '';
    const { nobody } = scene.trespassers;
    const path = '/api/trpc/letters.countNew';
    expect((await nobody.get(path, { authorization: `Bearer ${token}` })).status).toBe(200);
    for (const header of [
      { authorization: token },
      { authorization: `Basic ${token}` },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${token}, Bearer x` },
      { 'x-session': token },
    ]) {
      expect((await nobody.get(path, header)).status).toBe(401);
      countRepelled();
    }
    expect((await nobody.get(`${path}?token=${token}&bff=${token}`)).status).toBe(401);
    countRepelled();
  });
});
