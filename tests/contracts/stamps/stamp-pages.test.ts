import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createVisitor, inputsOf, unescapeHtml, type Visitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { befriendByForms, enter } from '#tests/support/journey-visitors.ts';
import { imageAt, json, type PainterServer, startPainter } from '#tests/support/painter-server.ts';

const apiKey = 'CANARY-KEY-of-the-service';
const title = 'CANARY-TITLE of a letter';
const body = 'CANARY-BODY of a letter.';

let painter: PainterServer;
let world: ServedInstallation;
let alpha: Visitor;
let beta: Visitor;
let gamma: Visitor;

beforeAll(async () => {
  painter = await startPainter();
  const env = { RAPIDAPI_KEY: apiKey, STAMP_API_URL: painter.url };
  world = await serveInstallation({ rateLimits: false, env });
  [alpha, beta, gamma] = [createVisitor(world.url), createVisitor(world.url), createVisitor(world.url)];
  await enter(world, alpha, 'alpha');
  await enter(world, beta, 'beta');
  await enter(world, gamma, 'gamma');
  await befriendByForms(alpha, beta, 'alpha');
});
afterAll(async () => {
  await world?.close();
  await painter?.close();
});
afterEach(() => {
  painter.serviceAnswers();
  painter.pictureAnswers();
  painter.requests.length = 0;
});

/** Writes without JavaScript, in a fresh form or the one of an address. */
async function write(intent: 'send' | 'save', stampIdea: string, changes: Record<string, string> = {}) {
  const { letterId = '', version = '' } = inputsOf((await alpha.get('/write?to=beta')).text);
  const fields = { letterId, version, to: 'beta', title, body, stampIdea, intent, ...changes };
  return { letterId: fields.letterId, answer: await alpha.upload('/write', fields, []) };
}

async function sendWith(stampIdea: string): Promise<string> {
  const { letterId, answer } = await write('send', stampIdea);
  expect(answer.location).toBe(`/letters/${letterId}/sent`);
  await world.settle();
  return letterId;
}

const letterPage = async (visitor: Visitor, letterId: string) =>
  (await visitor.get(`/letters/${letterId}`)).text;
const stampOf = (letterId: string) => `/letters/${letterId}/stamp`;
const waits = async (letterId: string) => (await world.container.stores.stampIdeas.find(letterId)) !== null;

/** Looks for a text, as it is and encoded, in all that is kept, queued, logged and mailed. */
async function findTraces(text: string): Promise<string[]> {
  const forms = [text, Buffer.from(text).toString('base64').slice(0, -4), Buffer.from(text).toString('hex')];
  const found: string[] = [];
  const look = (where: string, content: Buffer) => {
    if (forms.some((form) => content.includes(form))) found.push(where);
    if (content.includes(Buffer.from(text, 'utf16le'))) found.push(where);
  };
  for (const entry of await readdir(world.dataDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name)).catch((error) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    // Written and given its name meanwhile, as a mail is: all of it is looked at again.
    if (!content) return findTraces(text);
    look(entry.name, content);
  }
  look('the jobs', Buffer.from(JSON.stringify(world.jobs)));
  look('the log', Buffer.from(world.logLines.join('')));
  look('the mails', Buffer.from(JSON.stringify(await world.mails())));
  return found;
}

describe('an idea for a stamp', () => {
  it('is painted, and both friends see the stamp', async () => {
    const letterId = await sendWith('a lighthouse in a storm');
    for (const visitor of [alpha, beta]) {
      expect(await letterPage(visitor, letterId)).toContain(`<image href="${stampOf(letterId)}"`);
      const stamp = await visitor.get(stampOf(letterId));
      expect(stamp.status).toBe(200);
      expect(stamp.headers).toMatchObject({
        'content-type': 'image/webp',
        'cache-control': expect.stringContaining('no-store'),
        'x-content-type-options': 'nosniff',
        'content-disposition': 'inline',
      });
      expect(await sharp(stamp.bytes).metadata()).toMatchObject({ format: 'webp', width: 512, height: 512 });
    }
  });

  it('is all the service is told of a letter', async () => {
    await sendWith('two cats under the moon');
    const told = JSON.stringify(painter.requests);
    expect(JSON.parse(painter.requests[0]?.body ?? '').prompt).toBe('two cats under the moon');
    for (const secret of [title, body, 'alpha', 'beta', 'example.test']) expect(told).not.toContain(secret);
  });

  it('leaves no trace but the picture, sealed', async () => {
    // Held back until the database, the queue and the log have been looked at.
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    painter.serviceAnswers(async (request, response) => {
      await held;
      await json(200, { imageUrl: `${painter.url}/pictures/1.png` })(request, response);
    });
    const idea = 'CANARY-IDEA a kite over the sea';
    const { letterId } = await write('send', idea);
    await expect.poll(() => painter.requests.length).toBe(1);
    expect(await waits(letterId)).toBe(true);
    expect(await findTraces(idea)).toEqual([]);
    expect(await letterPage(alpha, letterId)).not.toContain('<image');
    expect((await alpha.get(stampOf(letterId))).status).toBe(404);
    release();
    await world.settle();
    expect(await waits(letterId)).toBe(false);
    expect(await findTraces(idea)).toEqual([]);
    expect(await findTraces(apiKey)).toEqual([]);
    const picture = (await alpha.get(stampOf(letterId))).bytes;
    const stored = await world.container.stores.stampPictures.find(letterId);
    expect(Buffer.from(stored?.picture ?? []).includes(picture.subarray(40, 72))).toBe(false);
    const payloads = world.jobs.filter(({ name }) => name === 'letter.stamp').map(({ json }) => json);
    expect(payloads.at(-1)).toMatch(`{"data":{"letterId":"${letterId}"}`);
    expect(payloads.every((payload) => payload.length < 400)).toBe(true);
  });

  it('would be found if it were anywhere', async () => {
    world.logLines.push(Buffer.from('CANARY-CONTROL of this test').toString('base64'));
    expect(await findTraces('CANARY-CONTROL of this test')).toEqual(['the log']);
    world.logLines.pop();
  });

  it('that is refused is forgotten, and the stamp stays as it is drawn', async () => {
    painter.serviceAnswers(json(422, { message: 'no' }));
    const refused = await sendWith('something it does not paint');
    painter.serviceAnswers(imageAt('https://169.254.169.254/latest/meta-data/'));
    const lured = await sendWith('something from inside');
    for (const letterId of [refused, lured]) {
      expect(await waits(letterId)).toBe(false);
      expect((await beta.get(stampOf(letterId))).status).toBe(404);
      const page = await letterPage(beta, letterId);
      expect(page).toContain('CANARY-BODY');
      expect(page).not.toContain('<image');
    }
  });

  it('is no one else’s to see', async () => {
    const letterId = await sendWith('a snail with a hat');
    expect((await gamma.get(stampOf(letterId))).status).toBe(404);
    const nobody = await createVisitor(world.url).get(stampOf(letterId));
    expect([nobody.status, nobody.location?.startsWith('/login')]).toEqual([302, true]);
  });

  it('that was changed in the database shows the drawn stamp, and says so in the log', async () => {
    const letterId = await sendWith('a paper boat');
    const { stampPictures } = world.container.stores;
    const { find } = stampPictures;
    stampPictures.find = async (id) => {
      const stamp = await find(id);
      if (stamp?.picture) stamp.picture[100] = (stamp.picture[100] ?? 0) ^ 1;
      return stamp;
    };
    expect(await letterPage(beta, letterId)).not.toContain('<image');
    expect((await beta.get(stampOf(letterId))).status).toBe(404);
    stampPictures.find = find;
    expect(world.logLines.join('')).toContain('stamp does not authenticate');
    expect(await letterPage(beta, letterId)).toContain('<image');
  });

  it('is asked for in plain words, and an empty one asks nobody', async () => {
    const page = unescapeHtml((await alpha.get('/write?to=beta')).text);
    expect(page).toMatch(/They aren’t sealed:.*nothing else from your letter, to an outside service/s);
    const letterId = await sendWith('  \t ');
    expect(painter.requests).toEqual([]);
    expect(await letterPage(alpha, letterId)).not.toContain('<image');
  });

  it('comes back with a refused letter, its own fault included', async () => {
    const short = await write('send', 'a red balloon', { title: 'x'.repeat(81) });
    expect(short.answer.status).toBe(400);
    expect(inputsOf(short.answer.text).stampIdea).toBe('a red balloon');
    const long = 'y'.repeat(121);
    const { answer } = await write('send', long);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Stamp ideas can have at most 120 characters.');
    expect(inputsOf(answer.text).stampIdea).toBe(long);
    expect(painter.requests).toEqual([]);
  });

  it('waits in a draft, sealed, until the letter is sent or it is taken out', async () => {
    const idea = 'CANARY-DRAFT-IDEA a teapot';
    const { letterId, answer } = await write('save', idea);
    expect(answer.location).toBe(`/write?draft=${letterId}&done=saved`);
    expect(await findTraces(idea)).toEqual([]);
    const opened = inputsOf((await alpha.get(`/write?draft=${letterId}`)).text);
    expect(opened.stampIdea).toBe(idea);
    const { version = '' } = opened;
    expect(painter.requests).toEqual([]);
    const changed = await write('save', '', { letterId, version });
    expect(changed.answer.status).toBe(302);
    expect(inputsOf((await alpha.get(`/write?draft=${letterId}`)).text).stampIdea).toBe('');
  });

  it('is given back to somebody who was logged out while writing', async () => {
    const fields = {
      letterId: '0'.repeat(24),
      version: '0',
      to: 'beta',
      title,
      body,
      stampIdea: 'a fox',
      intent: 'send',
    };
    const answer = await createVisitor(world.url).upload('/write', fields, []);
    expect(answer.status).toBe(401);
    expect(inputsOf(answer.text).stampIdea).toBe('a fox');
  });
});

describe('without a picture service', () => {
  let quiet: ServedInstallation;
  afterAll(() => quiet?.close());

  it('nobody is asked for an idea, a draft keeps the one it has, and one that comes all the same goes nowhere', async () => {
    quiet = await serveInstallation({ rateLimits: false });
    const [delta, epsilon] = [createVisitor(quiet.url), createVisitor(quiet.url)];
    await enter(quiet, delta, 'delta');
    await enter(quiet, epsilon, 'epsilon');
    await befriendByForms(delta, epsilon, 'delta');
    const page = (await delta.get('/write?to=epsilon')).text;
    expect(page).not.toContain('stampIdea');
    const { letterId = '', version = '' } = inputsOf(page);
    const fields = { letterId, version, to: 'epsilon', title, body };
    await delta.upload('/write', { ...fields, stampIdea: 'a kite', intent: 'save' }, []);
    await delta.upload('/write', { ...fields, version: '1', intent: 'save' }, []);
    const draft = await quiet.container.stores.drafts.find(letterId, await idOf('delta'));
    expect([draft?.version, draft?.stampIdea !== null]).toEqual([2, true]);
    const sent = await delta.upload(
      '/write',
      { ...fields, version: '2', stampIdea: 'a kite', intent: 'send' },
      [],
    );
    expect(sent.location).toBe(`/letters/${letterId}/sent`);
    await quiet.settle();
    expect(await quiet.container.stores.stampIdeas.find(letterId)).toBeNull();
    expect(quiet.jobs.map(({ name }) => name)).not.toContain('letter.stamp');
  });

  async function idOf(username: string): Promise<string> {
    return (await quiet.container.stores.users.findByUsername(username))?.id ?? '';
  }
});
