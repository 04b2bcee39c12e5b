import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/id.ts';
import { readCase } from '#tests/support/cases/read-case.ts';
import { openTerminal, type Terminal } from '#tests/support/command-line.ts';
import { createVisitor, jpeg } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';
import { makeFriends, type Person, testPassword } from '#tests/support/journey-people.ts';

// Photos as people really have them, by the plain form and by `bff`, as a friend gets them; e2e/photo-cases has those of the browser.
// tests/support/cases/README.md has what is right.

let world: ServedInstallation;
let alpha: Person;
let author: Terminal;
let reader: Terminal;
beforeAll(async () => {
  world = await serveInstallation({ rateLimits: false, cheapPasswords: false });
  ({ alpha } = await makeFriends(world));
  [author, reader] = [await openTerminal(), await openTerminal()];
  for (const [terminal, name] of [
    [author, 'alpha'],
    [reader, 'beta'],
  ] as const)
    await terminal.bff(['login', world.url, '--username', name, '--password-stdin'], testPassword);
});
afterAll(async () => {
  await author.close();
  await reader.close();
  await world.close();
});

async function byForm(names: string[]): Promise<string> {
  const visitor = createVisitor(world.url);
  visitor.cookies.set('bff', alpha.token);
  const letterId = newId();
  const words = { letterId, version: '0', author: 'alpha', to: 'beta', title: 'Photos', body: 'Look.' };
  const photos = await Promise.all(names.map(async (name) => ({ ...jpeg(await readCase(name)), name })));
  const { location, text } = await visitor.upload('/write', { ...words, intent: 'send' }, photos);
  expect(location, text).toBe(`/letters/${letterId}/sent`);
  return letterId;
}

async function byBff(names: string[]): Promise<string> {
  const photos = names.flatMap((name) => ['--photo', resolve('tests/support/cases', name)]);
  const { stdout, stderr } = await author.bff(['write', '--to', 'beta', '--title', 'Photos', ...photos], 'x');
  const [id] = /[0-9a-f]{24}/.exec(stdout) ?? [];
  if (!id) throw new Error(stderr);
  return id;
}

/** The pictures of a letter as its reader saves them, in their order. */
async function savedFrom<Result>(id: string, look: (files: string[]) => Promise<Result>): Promise<Result> {
  await world.settle();
  const folder = await mkdtemp(join(tmpdir(), 'bff-photos-'));
  try {
    const read = await reader.bff(['read', id, '--photos', folder, '--json']);
    expect(read, read.stderr).toMatchObject({ code: 0 });
    return await look((read.json() as { files: string[] }).files);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The colour in the middle of the quarter at the top right. */
async function topRight(file: string): Promise<number[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(info.height / 4) * info.width + Math.floor((info.width * 3) / 4)) * 3;
  return [...data.subarray(at, at + 3)];
}

const GREEN = [30, 180, 60];
const colours: Record<string, number[]> = {
  '01-samsung-sos.jpg': GREEN,
  '40-16bit-srgb-icc.png': GREEN,
  '40-16bit-rgba-srgb-icc.png': GREEN,
  '40-16bit-p3-icc.png': [0, 183, 31],
  '40-8bit-p3-cicp.png': [0, 183, 31],
  '42-avif-10bit-srgbicc.avif': GREEN,
  '42-avif-p3-nclx.avif': [0, 183, 28],
  '45-jpg-comment-html.jpg': GREEN,
  '48-heic-p3-icc.heic': [0, 183, 28],
  '48-heic-srgb.heic': GREEN,
  // The red of the top left, once it is upright.
  'pass/11-p3-or6.jpg': [220, 30, 30],
};

describe.each([
  ['the plain form', byForm],
  ['bff', byBff],
])('photos sent by %s', (_, send) => {
  it('have their own colours, the right way up', async () => {
    const names = Object.keys(colours);
    const found = await savedFrom(await send(names), (files) => Promise.all(files.map(topRight)));
    for (const [n, name] of names.entries()) {
      for (const [channel, value] of (colours[name] ?? []).entries())
        expect(Math.abs((found[n]?.[channel] ?? 999) - value), `${name}: ${found[n]}`).toBeLessThanOrEqual(6);
    }
  });

  it('are shrunk, however large, stay readable, however long, and keep moving', async () => {
    const names = ['20-pixel50mp-8160x6144.jpg', '21-progressive444-4000x3000.jpg', '22-avif-12mp.avif'];
    const id = await send([...names, '24-long-screenshot-1080x8000.png', '27-anim.gif']);
    const sizes = await savedFrom(id, (files) =>
      Promise.all(
        files.map(async (file) => {
          const { width, height, pages } = await sharp(file).metadata();
          return { width, height, pages };
        }),
      ),
    );
    const [phone, progressive, avif, screenshot, moving] = sizes;
    expect(phone).toMatchObject({ width: 2048, height: 1542 });
    expect([progressive, avif]).toMatchObject(Array(2).fill({ width: 2048, height: 1536 }));
    expect(screenshot?.width).toBeGreaterThanOrEqual(800);
    expect(moving).toMatchObject({ pages: 3 });
  });
});
