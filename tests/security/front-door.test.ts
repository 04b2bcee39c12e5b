import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '#core/durations.ts';
import { drawStamp } from '#core/stamps/draw-stamp.ts';
import { countRepelled } from '#tests/support/count-attacks.ts';
import { createVisitor } from '#tests/support/http-client.ts';
import { type ServedInstallation, serveInstallation } from '#tests/support/installation-http.ts';

let world: ServedInstallation;
beforeAll(async () => {
  world = await serveInstallation();
});
afterAll(() => world.close());

describe('/.well-known/security.txt', () => {
  const fieldsOf = (text: string) =>
    Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(/: (.*)/).slice(0, 2)),
    );

  it('says where to report a hole, and is never out of date (RFC 9116)', async () => {
    Object.assign(world.container.env, { ADMIN_EMAIL: 'admin@example.test' });
    const read = () => createVisitor(world.url).get('/.well-known/security.txt');
    const answer = await read();
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; ?charset=utf-8$/i);
    expect(fieldsOf(answer.text)).toMatchObject({
      Contact: 'mailto:admin@example.test',
      Canonical: `${world.url}/.well-known/security.txt`,
    });
    for (const later of [0, 400 * DAY]) {
      world.clock.advance(later);
      const ends = Date.parse(fieldsOf((await read()).text).Expires ?? '') - world.container.now().getTime();
      expect(ends).toBeGreaterThan(100 * DAY);
      expect(ends).toBeLessThan(365 * DAY);
    }
  });

  it('names the feedback page where no administrator is named', async () => {
    Object.assign(world.container.env, { ADMIN_EMAIL: undefined });
    const answer = await createVisitor(world.url).get('/.well-known/security.txt');
    expect(fieldsOf(answer.text).Contact).toBe(`${world.url}/feedback`);
    expect((await createVisitor(world.url).get('/feedback')).status).toBe(200);
  });
});

describe('/stamps/:seed.svg', () => {
  const read = (file: string) => createVisitor(world.url).get(`/stamps/${file}`);

  it('is the drawing a letter of this hash wears, without anything of the letter, and may be kept', async () => {
    const seed = '0123456789abcdef'.repeat(4);
    const answer = await read(`${seed}.svg`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('image/svg+xml');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).toBe(drawStamp(seed, { label: 'A stamp' }).svg);
  });

  it.each([
    'x.svg',
    `${'a'.repeat(63)}.svg`,
    `${'a'.repeat(65)}.svg`,
    `${'A'.repeat(64)}.svg`,
    `${'a'.repeat(64)}`,
    `${'a'.repeat(64)}.svg/`,
    `${'a'.repeat(32)}%0a${'a'.repeat(31)}.svg`,
  ])('is nothing else: %s', async (file) => {
    const answer = await read(file);
    expect(answer.status).toBe(404);
    expect(answer.headers['cache-control']).toContain('no-store');
    countRepelled();
  });
});

describe('what is no good HTTP', () => {
  it.each([
    ['two lengths', 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd'],
    [
      'a length and chunks',
      'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is none', 'POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['a header over two lines', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n'],
    ['a space before the colon', 'GET / HTTP/1.1\r\nHost : x\r\n\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['another protocol', 'SSH-2.0-x\r\n\r\n'],
    ['half a TLS greeting', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(4_000)}\r\n`],
    ['an endless header', `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'a'.repeat(40_000)}\r\n\r\n`],
  ])('is refused and breaks nothing: %s', async (_, text) => {
    const answer = await sendRaw(text);
    expect(answer).not.toMatch(/^HTTP\/1.1 (200|302|5\d\d)/);
    expect((await createVisitor(world.url).get('/healthz')).status).toBe(200);
    countRepelled();
  });

  function sendRaw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(world.url).port) });
      let answer = '';
      socket.on('data', (part) => {
        answer += part.toString('latin1');
        socket.end();
      });
      socket.once('close', () => resolve(answer));
      socket.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
      );
      socket.setTimeout(3_000, () => socket.destroy());
      socket.write(text, 'latin1');
    });
  }
});
