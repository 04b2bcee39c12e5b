import { serve } from '@hono/node-server';
import { describe, expect, test, vi } from 'vitest';
import { type LetterForm, readLetterForm as readAndHold, readForm } from '#app/http/uploads.server.ts';
import { concatBytes, encodeUtf8 } from '#core/bytes.ts';
import { limits } from '#core/schemas/limits.ts';
import { createMemoryBudget } from '#server/memory/memory-budget.ts';

const url = 'http://localhost/write';

/** Reads, and makes room for the next at once. */
async function readLetterForm(request: Request): Promise<LetterForm> {
  const form = await readAndHold(request, (_, body) => createMemoryBudget().hold(body));
  form.release();
  return form;
}

function post(form: FormData): Request {
  return new Request(url, { method: 'POST', body: form });
}

function postRaw(body: string | Uint8Array<ArrayBuffer> | ReadableStream, type: string): Request {
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' };
  return new Request(url, { ...init, headers: { 'Content-Type': type } });
}

function letter(fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ to: 'beta', title: 'Hello', body: 'Dear beta', ...fields })) {
    form.append(name, value);
  }
  return form;
}

const photo = (bytes = 1_000, name = 'photo.jpg') =>
  new File([new Uint8Array(bytes).fill(7)], name, { type: 'image/jpeg' });

/** Hands out the bytes in pieces of the given size, as a network does. */
function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe('the letter form', () => {
  test('gives text, repeated fields and photos in their order', async () => {
    const form = letter();
    form.append('keep', 'one');
    form.append('keep', 'two');
    form.append('photos', photo(10, 'a.jpg'));
    form.append('photos', photo(20, 'b.png'));
    form.append('intent', 'send');
    const read = await readLetterForm(post(form));
    expect(read.problems).toEqual([]);
    expect(read.fields).toEqual({
      to: 'beta',
      title: 'Hello',
      body: 'Dear beta',
      keep: 'two',
      intent: 'send',
    });
    expect(read.lists.keep).toEqual(['one', 'two']);
    expect(read.photos.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['a.jpg', 10],
      ['b.png', 20],
    ]);
    expect(read.photos[0]?.bytes.buffer).toBeInstanceOf(ArrayBuffer);
  });

  test('keeps white space, and line breaks as they were typed', async () => {
    const body = '  Dear beta,\n\n\tan indented line \n';
    expect((await readLetterForm(post(letter({ body })))).fields.body).toBe(body);
    const encoded = postRaw('body=one%0D%0A%0D%0Atwo++three', 'application/x-www-form-urlencoded');
    expect((await readLetterForm(encoded)).fields.body).toBe('one\n\ntwo  three');
  });

  test('leaves out file fields that were not filled in, and files of other fields', async () => {
    const form = letter();
    form.append('photos', new File([], ''));
    form.append('photos', new File([], '', { type: 'application/octet-stream' }));
    form.append('attachment', photo());
    const read = await readLetterForm(post(form));
    expect(read).toMatchObject({ photos: [], problems: [] });
  });

  test('keeps a photo that arrived empty, to be told about by its content', async () => {
    const form = letter();
    form.append('photos', new File([], 'empty.jpg'));
    expect((await readLetterForm(post(form))).photos).toHaveLength(1);
  });

  test('a thirteenth photo is left out by its name', async () => {
    const form = letter();
    for (let count = 1; count <= 14; count++) form.append('photos', photo(10, `p${count}.jpg`));
    const read = await readLetterForm(post(form));
    expect(read.photos).toHaveLength(limits.photos);
    expect(read.problems).toEqual(['A letter holds 12 photos. We left out: “p13.jpg”, “p14.jpg”.']);
    expect(read.fields.body).toBe('Dear beta');
  });

  test('one photo that is too large is left out, and everything around it is kept', async () => {
    const form = letter();
    form.append('photos', photo(10, 'small.jpg'));
    form.append('photos', photo(limits.photoBytes + 1, 'large.jpg'));
    form.append('photos', photo(limits.photoBytes, 'just.jpg'));
    form.append('intent', 'send');
    const read = await readLetterForm(post(form));
    expect(read.photos.map(({ name }) => name)).toEqual(['small.jpg', 'just.jpg']);
    expect(read.problems).toEqual([expect.stringContaining('“large.jpg” is over 20 MB')]);
    expect(read.fields.intent).toBe('send');
  });

  test('photos that are too much together: the text and the first of them are kept', async () => {
    const form = letter();
    for (let count = 1; count <= 5; count++) form.append('photos', photo(15_000_000, `p${count}.jpg`));
    const read = await readLetterForm(post(form));
    expect(read.photos).toHaveLength(4);
    expect(read.problems).toEqual([expect.stringContaining('64 MB')]);
    expect(read.fields).toMatchObject({ title: 'Hello', body: 'Dear beta' });
  });

  test('a text that is far too long is cut, with a sentence', async () => {
    const read = await readLetterForm(post(letter({ body: 'ä'.repeat(300_000), note: 'kept' })));
    expect(read.fields.body).toHaveLength(limits.textFieldBytes / 2);
    expect(read.fields.note).toBe('kept');
    expect(read.problems).toEqual([expect.stringContaining('“body”')]);
  });

  test('the longest letter of four-byte characters is not cut', async () => {
    const body = '🐈'.repeat(limits.bodyMax / 2);
    const read = await readLetterForm(post(letter({ body })));
    expect(read.fields.body).toBe(body);
    expect(read.problems).toEqual([]);
    const encoded = postRaw(`body=${encodeURIComponent(body)}`, 'application/x-www-form-urlencoded');
    expect((await readLetterForm(encoded)).fields.body).toBe(body);
  });

  test('ten thousand fields are refused without being kept', async () => {
    const form = letter();
    for (let count = 0; count < 10_000; count++) form.append(`field${count}`, 'x');
    const read = await readLetterForm(post(form));
    expect(read.problems).toEqual([expect.stringContaining('too many fields')]);
    expect(Object.keys(read.fields).length).toBeLessThanOrEqual(limits.formFields + 2 * limits.photos);
    expect(read.fields.body).toBe('Dear beta');
  });

  test('names that are no names of ours are dropped', async () => {
    const form = letter();
    form.append('__proto__', 'evil');
    form.append('constructor.prototype.polluted', 'text');
    form.append('$where', 'evil');
    form.append('x'.repeat(100), 'evil');
    const read = await readLetterForm(post(form));
    expect(Object.keys(read.fields).sort()).toEqual([
      'body',
      'constructor.prototype.polluted',
      'title',
      'to',
    ]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('file names are made fit to be shown', async () => {
    const form = letter();
    for (const name of [
      '../../etc/passwd',
      '/sdcard/cats/cat.jpg',
      'gpj.\u202etxe.jpg',
      'x'.repeat(500),
      '\u0007',
    ]) {
      form.append('photos', photo(1, name));
    }
    const names = (await readLetterForm(post(form))).photos.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['passwd', 'cat.jpg', 'gpj.txe.jpg']);
    expect(names[3]).toHaveLength(limits.photoNameMax);
    expect(names[4]).toBe('photo');
  });

  test('bytes that are no UTF-8 become replacement characters', async () => {
    const body = concatBytes(
      encodeUtf8('--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nDear '),
      Uint8Array.of(0xff, 0xfe),
      encodeUtf8('\r\n--b--\r\n'),
    );
    expect((await readLetterForm(postRaw(body, 'multipart/form-data; boundary=b'))).fields.body).toBe(
      'Dear ��',
    );
  });
});

describe('how the bytes arrive', () => {
  const whole = encodeUtf8(
    '--frontier\r\nContent-Disposition: form-data; name="title"\r\n\r\nHello\r\n' +
      '--frontier\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' +
      'not\r\n--fronti really\r\n--frontier--\r\n',
  );
  const type = 'multipart/form-data; boundary=frontier';

  test.each([1, 2, 3, 7, 64, 10_000])('in pieces of %i bytes', async (size) => {
    const read = await readLetterForm(postRaw(inPieces(whole, size), type));
    expect(read.problems).toEqual([]);
    expect(read.fields.title).toBe('Hello');
    expect(new TextDecoder().decode(read.photos[0]?.bytes)).toBe('not\r\n--fronti really');
  });

  test('cut off anywhere: no crash, and the text before the cut is kept', async () => {
    expect(whole.length).toBeGreaterThan(100);
    for (let end = 0; end < whole.length - 4; end += 3) {
      const read = await readLetterForm(postRaw(whole.slice(0, end), type));
      expect(read.problems, `cut at ${end}`).toHaveLength(1);
      if (end > 90) expect(read.fields.title).toBe('Hello');
    }
  });

  test('a connection that breaks', async () => {
    let first = true;
    const breaking = new ReadableStream({
      pull(controller) {
        if (!first) throw new Error('reset');
        first = false;
        controller.enqueue(whole.slice(0, 100));
      },
    });
    const read = await readLetterForm(postRaw(breaking, type));
    expect(read).toMatchObject({
      fields: { title: 'Hello' },
      problems: [expect.stringContaining('send it again')],
    });
  });

  test.each([
    ['no boundary', 'multipart/form-data'],
    ['an empty boundary', 'multipart/form-data; boundary='],
    ['a boundary as long as a page', `multipart/form-data; boundary=${'-'.repeat(8_000)}`],
    ['another boundary', 'multipart/form-data; boundary=elsewhere'],
    ['another kind of multipart', 'multipart/mixed; boundary=frontier'],
    ['JSON', 'application/json'],
    ['plain text', 'text/plain'],
  ])('%s is refused with a sentence', async (_, other) => {
    for (const read of [readForm, readLetterForm]) {
      const outcome = await read(postRaw(whole, other));
      expect('problem' in outcome ? outcome.problem : outcome.problems[0]).toContain('send it again');
      expect(outcome.fields).toEqual({});
    }
  });

  test.each([
    'Content-Disposition: form-data',
    'Content-Disposition: form-data; name=""',
    'Content-Disposition: attachment; filename="x',
    'X-Nothing: 1',
    '\0\0\0',
  ])('a part headed %j costs nothing but itself', async (header) => {
    const body = `--b\r\n${header}\r\n\r\nlost\r\n--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nkept\r\n--b--`;
    expect((await readLetterForm(postRaw(body, 'multipart/form-data; boundary=b'))).fields.title).toBe(
      'kept',
    );
  });

  test('a header without end is refused early', async () => {
    const body = `--b\r\nContent-Disposition: form-data; name="${'x'.repeat(1_000_000)}`;
    const read = await readLetterForm(postRaw(body, 'multipart/form-data; boundary=b'));
    expect(read.problems).toHaveLength(1);
  });
});

describe('the small form', () => {
  test('reads both encodings of a browser', async () => {
    const encoded = postRaw(
      'username=alpha&password=p%26q+r%F0%9F%90%88&empty=',
      'application/x-www-form-urlencoded',
    );
    expect(await readForm(encoded)).toMatchObject({
      fields: { username: 'alpha', password: 'p&q r🐈', empty: '' },
      problem: null,
    });
    const form = new FormData();
    form.append('username', 'alpha');
    form.append('picture', photo());
    expect(await readForm(post(form))).toMatchObject({ fields: { username: 'alpha' }, problem: null });
  });

  test('a post without a body has no fields', async () => {
    expect(await readForm(new Request(url, { method: 'POST' }))).toEqual({
      fields: {},
      lists: {},
      problem: null,
    });
  });

  test('too much text: the beginning is kept', async () => {
    const message = 'x'.repeat(limits.smallFormBytes);
    const encoded = postRaw(`subject=Hello&message=${message}`, 'application/x-www-form-urlencoded');
    const read = await readForm(encoded);
    expect(read.problem).toContain('too much text');
    expect(read.fields.subject).toBe('Hello');
    expect(read.fields.message?.length).toBeGreaterThan(60_000);

    const form = new FormData();
    form.append('subject', 'Hello');
    form.append('message', message);
    expect(await readForm(post(form))).toMatchObject({
      fields: { subject: 'Hello' },
      problem: expect.stringContaining('too much text'),
    });
  });

  test('too many fields', async () => {
    const many = Array.from({ length: limits.formFields + 1 }, (_, at) => `f${at}=`).join('&');
    expect((await readForm(postRaw(many, 'application/x-www-form-urlencoded'))).problem).toContain(
      'too many fields',
    );
    const most = Array.from({ length: limits.formFields }, (_, at) => `f${at}=`).join('&');
    expect((await readForm(postRaw(most, 'application/x-www-form-urlencoded'))).problem).toBeNull();
  });
});

test('a browser that sends 130 MB sees the page with its text, not a broken connection', async () => {
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: async (request) => {
      const { fields, photos, problems } = await readLetterForm(request);
      return Response.json({ fields, photos: photos.length, problems });
    },
  });
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const head = encodeUtf8(
      '--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nDear beta\r\n--b\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n',
    );
    const piece = new Uint8Array(1_000_000);
    let sent = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(sent === 0 ? head : piece);
        if (++sent > 130) controller.close();
      },
    });
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' };
    const answer = await fetch(`http://127.0.0.1:${port}/write`, {
      ...init,
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      fields: { body: 'Dear beta' },
      photos: 0,
      problems: [expect.stringContaining('64 MB')],
    });
    expect(sent).toBe(131);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a letter that has to give way while it is sent is not taken for a whole one', async () => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`body=${'x'.repeat(100_000)}`));
    },
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '900000' };
  const request = new Request(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
  let evict = () => {};
  const reading = readAndHold(request, async (_, sent) => {
    evict = sent.evict;
    return createMemoryBudget().hold(sent);
  });
  await vi.waitFor(() => expect(body.locked).toBe(true));
  evict();
  const { problems, release } = await reading;
  release();
  expect(problems).toEqual([expect.stringContaining('Part of the form didn’t arrive')]);
});
