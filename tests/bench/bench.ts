import { fork } from 'node:child_process';
import { argon2, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { newId } from '#core/id.ts';
import { makePhotos } from '#tests/support/make-photos.ts';
import { benchDelivery } from './delivery.ts';
import { type Figures, figuresOf, measure, measureInTurn, printHeader, printRow, ratio } from './measure.ts';
import { benchQueue } from './queue.ts';

/**
 * What each step costs a person, over HTTP against the real server in a process of its own, beside the raw floors of the
 * same run. `npm run bench`; takes about three minutes.
 */
interface Ready {
  url: string;
  people: Record<string, string>;
  password: string;
}

console.log('Starting the server and filling inboxes …');
const server = fork('tests/bench/bench-server.ts', { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const [ready] = (await once(server, 'message')) as [Ready];
const { url, people, password } = ready;

/** One request as a browser without JavaScript makes it. Throws on an answer that is not the expected one. */
async function ask(path: string, init: RequestInit & { as?: string; expect?: number } = {}): Promise<Buffer> {
  const { as, expect = 200, headers, ...rest } = init;
  const answer = await fetch(url + path, {
    ...rest,
    redirect: 'manual',
    headers: { origin: url, ...(as ? { cookie: `bff=${people[as]}` } : {}), ...headers },
  });
  const body = Buffer.from(await answer.arrayBuffer());
  if (answer.status !== expect) throw new Error(`${path}: ${answer.status} instead of ${expect}`);
  return body;
}

const form = (fields: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  expect: 302,
});

async function send(letterId: string, body: string, photos: Uint8Array<ArrayBuffer>[] = []): Promise<void> {
  const data = new FormData();
  const fields = {
    letterId,
    version: '0',
    to: 'reader10',
    title: 'A letter to measure',
    body,
    intent: 'send',
  };
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [n, photo] of photos.entries())
    data.append('photos', new Blob([photo], { type: 'image/jpeg' }), `${n}.jpg`);
  await ask('/write', { method: 'POST', body: data, as: 'gamma', expect: 302 });
}

/** The floor of photos: decode, turn, shrink and encode both sizes, two at a time, and nothing else. */
async function sharpAlone(photos: Uint8Array<ArrayBuffer>[]): Promise<void> {
  const waiting = [...photos];
  const worker = async () => {
    for (let photo = waiting.pop(); photo; photo = waiting.pop()) {
      const upright = sharp(photo).rotate().resize(2048, 2048, { fit: 'inside', withoutEnlargement: true });
      const { data, info } = await upright.raw().toBuffer({ resolveWithObject: true });
      const raw = { width: info.width, height: info.height, channels: info.channels };
      await Promise.all([
        sharp(data, { raw }).jpeg({ quality: 82, optimiseCoding: false }).toBuffer(),
        sharp(data, { raw })
          .resize(480, 480, { fit: 'inside' })
          .jpeg({ quality: 82, optimiseCoding: false })
          .toBuffer(),
      ]);
    }
  };
  await Promise.all([worker(), worker()]);
}

const argon2Async = promisify(argon2);
const argon2Alone = () =>
  argon2Async('argon2id', {
    message: 'lantern otter waltz',
    nonce: randomBytes(16),
    parallelism: 1,
    tagLength: 32,
    memory: 65536,
    passes: 3,
  });

async function insertFloor(runs: number): Promise<Figures> {
  const times: number[] = [];
  for (let n = 0; n < runs; n += 1) {
    server.send('insert');
    const [{ insertMs }] = (await once(server, 'message')) as [{ insertMs: number }];
    times.push(insertMs);
  }
  return figuresOf(times);
}

const text = (bytes: number) =>
  'A quiet sentence of a letter, with a comma in it. '.repeat(Math.ceil(bytes / 50)).slice(0, bytes);
let joined = 0;

printHeader('Floors');
const insert = await insertFloor(60);
printRow('one insert, on the disk', insert, 4000);
const accounts = await measureInTurn(12, {
  argon: argon2Alone,
  join: () => {
    joined += 1;
    const fields = {
      username: `person_${joined}`,
      email: `p${joined}@example.test`,
      password,
      confirm: password,
    };
    return ask('/join', form(fields));
  },
  logIn: () => ask('/login', form({ username: 'gamma', password })),
});
printRow('Argon2id, 64 MiB, t=3', accounts.argon, null);

// By itself: in turn with sending it would pay for the deliveries that go on behind it.
const line = await measure(60, () => ask('/line'));
const letters = await measureInTurn(60, {
  send2: () => send(newId(), text(2_000)),
  send20: () => send(newId(), text(20_000)),
});
printRow('a Remix route of one line', line, (await ask('/line')).byteLength);

printHeader('Accounts');
printRow('join', accounts.join, null, `${ratio(accounts.join, accounts.argon.median)} Argon2id`);
printRow('log in', accounts.logIn, null, `${ratio(accounts.logIn, accounts.argon.median)} Argon2id`);

printHeader('Send text');
const textFloor = line.median + insert.median;
printRow('send 2 KB', letters.send2, 2_000, `${ratio(letters.send2, textFloor, 3)} line + insert`);
printRow('send 20 KB', letters.send20, 20_000, `${ratio(letters.send20, textFloor, 3)} line + insert`);

console.log('\nMaking twelve-megapixel photos …');
const photos = await makePhotos(8);
const bytesOf = (list: Uint8Array[]) => list.reduce((sum, photo) => sum + photo.byteLength, 0);
const withPhotos: Record<'4' | '8', string> = { '4': newId(), '8': newId() };
const sendPhotos = (count: '4' | '8') => {
  withPhotos[count] = newId();
  return send(withPhotos[count], text(2_000), photos.slice(0, Number(count)));
};
const pictures = await measureInTurn(5, {
  sharp4: () => sharpAlone(photos.slice(0, 4)),
  send4: () => sendPhotos('4'),
  sharp8: () => sharpAlone(photos),
  send8: () => sendPhotos('8'),
});
printHeader('Send photos');
printRow('sharp alone, 4 photos', pictures.sharp4, bytesOf(photos.slice(0, 4)));
printRow(
  'send 4 photos',
  pictures.send4,
  bytesOf(photos.slice(0, 4)),
  `${ratio(pictures.send4, pictures.sharp4.median)} sharp`,
);
printRow('sharp alone, 8 photos', pictures.sharp8, bytesOf(photos));
printRow(
  'send 8 photos',
  pictures.send8,
  bytesOf(photos),
  `${ratio(pictures.send8, pictures.sharp8.median, 1.3)} sharp`,
);

printHeader('Open a letter');
const plain = newId();
await send(plain, text(2_000));
const opened = await measureInTurn(60, {
  plain: () => ask(`/letters/${plain}`, { as: 'gamma' }),
  photos: () => ask(`/letters/${withPhotos['4']}`, { as: 'gamma' }),
});
const page = (await ask(`/letters/${plain}`, { as: 'gamma' })).byteLength;
const aim = opened.plain.median < 12 ? 'aim 12 ms: met' : 'aim 12 ms: missed';
printRow('open, no photos', opened.plain, page, aim);
const gallery = (await ask(`/letters/${withPhotos['4']}`, { as: 'gamma' })).byteLength;
printRow('open, 4 photos, the page', opened.photos, gallery);
const previews = await measure(20, () =>
  Promise.all(
    [0, 1, 2, 3].map((n) => ask(`/letters/${withPhotos['4']}/photos/${n}?size=preview`, { as: 'gamma' })),
  ),
);
const sizes = await Promise.all(
  [0, 1, 2, 3].map((n) => ask(`/letters/${withPhotos['4']}/photos/${n}?size=preview`, { as: 'gamma' })),
);
printRow('open, 4 photos, the previews', previews, bytesOf(sizes));

printHeader('Inbox');
const inboxes = await measureInTurn(40, {
  reader10: () => ask('/inbox', { as: 'reader10' }),
  reader1000: () => ask('/inbox', { as: 'reader1000' }),
  reader5000: () => ask('/inbox', { as: 'reader5000' }),
});
const inboxBytes = async (as: string) => (await ask('/inbox', { as })).byteLength;
printRow('10 letters and those sent here', inboxes.reader10, await inboxBytes('reader10'));
printRow(
  '1,000 letters',
  inboxes.reader1000,
  await inboxBytes('reader1000'),
  ratio(inboxes.reader1000, inboxes.reader10.median),
);
printRow(
  '5,000 letters',
  inboxes.reader5000,
  await inboxBytes('reader5000'),
  ratio(inboxes.reader5000, inboxes.reader10.median, 1.2),
);
server.disconnect();
await benchDelivery();
await benchQueue();
