import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { equalBytes } from '#core/bytes.ts';
import { sniffPhoto } from '#core/photos/sniff-photo.ts';
import { createAnimimagine } from '#server/stamps/animimagine.ts';
import { guardLookup, type LookUpAll } from '#server/stamps/guarded-request.ts';
import { shrinkPicture } from '#server/stamps/shrink-picture.ts';
import { htmlFile, htmlInJpeg, pdfFile, scriptGif, svgFile } from '#tests/support/make-hostile-photos.ts';
import {
  bytes,
  flood,
  hangUp,
  imageAt,
  json,
  type PainterServer,
  redirect,
  silence,
  somePicture,
  startPainter,
} from '#tests/support/painter-server.ts';

const idea = 'a lighthouse in a storm CANARY-IDEA';
const apiKey = 'CANARY-KEY-of-rapidapi';
/** Names as an attacker's own name server answers. */
const names: Record<string, string[]> = {
  'loopback.example.test': ['127.0.0.1'],
  'metadata.example.test': ['169.254.169.254'],
  'intranet.example.test': ['10.1.2.3'],
  'six.example.test': ['::1'],
  'mapped.example.test': ['::ffff:192.168.0.1'],
  'both.example.test': ['93.184.215.14', '127.0.0.1'],
  localhost: ['127.0.0.1'],
};
const lookUp: LookUpAll = (hostname, _, callback) => {
  const found = names[hostname]?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  if (found) callback(null, found);
  else callback(Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' }), []);
};

let painter: PainterServer;
/** Something on this machine that is nobody's business. */
let inside: PainterServer;
beforeEach(async () => {
  [painter, inside] = await Promise.all([startPainter(), startPainter()]);
});
afterEach(async () => {
  await Promise.all([painter.close(), inside.close()]);
});

const create = (timeouts = { connect: 2_000, overall: 5_000 }) =>
  createAnimimagine({ apiKey, url: painter.url, lookUp, timeouts });

/** How a call ended: `refused` will end so again, `unavailable` may not. */
async function ending(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'painted';
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    expect(`${error.message} ${error.stack}`).not.toMatch(/CANARY|example\.test/);
    return `${error.name === 'PainterRefused' ? 'refused' : 'unavailable'}: ${error.code}`;
  }
}

describe('AnimImagine', () => {
  it('is told the idea and nothing else, and its picture is fetched', async () => {
    const picture = await create().paint(idea);
    expect(equalBytes(picture, await somePicture())).toBe(true);
    const [order, fetched, ...rest] = painter.requests;
    expect(rest).toEqual([]);
    expect(order).toMatchObject({ method: 'POST', path: '/generateImage' });
    expect(JSON.parse(order?.body ?? '')).toEqual({
      selected_model_id: 'anything-v5',
      selected_model_bsize: '512',
      prompt: idea,
    });
    expect(order?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-rapidapi-key': apiKey,
      'x-rapidapi-host': new URL(painter.url).host,
    });
    expect(fetched).toMatchObject({ method: 'GET', path: '/pictures/1.png', body: '' });
    expect(Object.keys(fetched?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('may send the picture from another address, up to three times', async () => {
    painter.pictureAnswers(redirect('/a'), redirect(`${painter.url}/b`, 301), redirect('c?size=512', 307));
    expect(await ending(create().paint(idea))).toBe('painted');
    expect(painter.requests.map(({ path }) => path)).toEqual([
      '/generateImage',
      '/pictures/1.png',
      '/a',
      '/b',
      '/c?size=512',
    ]);
    painter.pictureAnswers(redirect('/a'), redirect('/b'), redirect('/c'), redirect('/d'));
    expect(await ending(create().paint(idea))).toBe('refused: too-many-redirects');
  });

  it.each([
    [400, 'refused: service-400'],
    [401, 'refused: service-401'],
    [403, 'refused: service-403'],
    [404, 'refused: service-404'],
    [422, 'refused: service-422'],
    [408, 'unavailable: service-408'],
    [429, 'unavailable: service-429'],
    [500, 'unavailable: service-500'],
    [503, 'unavailable: service-503'],
  ])('answers %i: %s', async (status, expected) => {
    painter.serviceAnswers(json(status, { message: `no ${idea}` }));
    expect(await ending(create().paint(idea))).toBe(expected);
  });

  it('is busy once and then not', async () => {
    painter.serviceAnswers(json(429, { message: 'Too many requests' }));
    expect(await ending(create().paint(idea))).toBe('unavailable: service-429');
    expect(await ending(create().paint(idea))).toBe('painted');
  });

  it('has its redirects followed nowhere: the key is for itself', async () => {
    painter.serviceAnswers(redirect(`${inside.url}/generateImage`, 307));
    expect(await ending(create().paint(idea))).toBe('refused: service-307');
    expect(inside.requests).toEqual([]);
  });

  it.each([
    ['no JSON', bytes(htmlFile(), 'application/json'), 'refused: odd-answer'],
    ['no address', json(200, { message: 'sorry' }), 'refused: odd-answer'],
    ['a list', json(200, ['https://example.test/']), 'refused: odd-answer'],
    ['an address that is a number', imageAt(7), 'refused: odd-answer'],
    ['an address that is none', imageAt('not an address'), 'refused: odd-address'],
    ['too long an answer', json(200, { imageUrl: 'x'.repeat(200_000) }), 'refused: too-large'],
    ['half an answer', hangUp, 'unavailable: ECONNRESET'],
  ] as const)('gives %s', async (_what, answer, expected) => {
    painter.serviceAnswers(answer);
    expect(await ending(create().paint(idea))).toBe(expected);
  });

  it('is not waited for longer than it is given, at any step', async () => {
    const impatient = create({ connect: 200, overall: 300 });
    painter.serviceAnswers(silence);
    expect(await ending(impatient.paint(idea))).toBe('unavailable: timeout');
    painter.pictureAnswers(silence);
    expect(await ending(impatient.paint(idea))).toBe('unavailable: timeout');
    const drip = flood(10, 20);
    painter.pictureAnswers(drip.answer);
    expect(await ending(impatient.paint(idea))).toBe('unavailable: timeout');
  });

  it('is given up when it takes the connection and says no word of TLS, or is not there', async () => {
    const sockets: Socket[] = [];
    const mute = createTcpServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', () => resolve()));
    const { port } = mute.address() as AddressInfo;
    const timeouts = { connect: 200, overall: 5_000 };
    const deaf = createAnimimagine({ apiKey, url: `https://127.0.0.1:${port}`, timeouts });
    expect(await ending(deaf.paint(idea))).toBe('unavailable: connect-timeout');
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
    expect(await ending(deaf.paint(idea))).toBe('unavailable: ECONNREFUSED');
  });
});

describe('the picture', () => {
  it.each([
    [404, 'refused: picture-404'],
    [429, 'unavailable: picture-429'],
    [502, 'unavailable: picture-502'],
    [204, 'refused: picture-204'],
    [304, 'refused: picture-304'],
  ])('answered with %i: %s', async (status, expected) => {
    painter.pictureAnswers((_, response) => response.writeHead(status).end());
    expect(await ending(create().paint(idea))).toBe(expected);
  });

  it('is refused over 5 MB, by what it says and by what comes', async () => {
    painter.pictureAnswers(bytes(Buffer.alloc(5_000_001, 0x89), 'image/png'));
    expect(await ending(create().paint(idea))).toBe('refused: too-large');
    const endless = flood(100_000, 1);
    painter.pictureAnswers(endless.answer);
    expect(await ending(create().paint(idea))).toBe('refused: too-large');
    expect(endless.state.sent).toBeLessThan(20_000_000);
    await expect.poll(() => endless.state.ended).toBe(true);
  });

  it.each([
    ['a page', () => htmlFile()],
    ['an SVG', () => svgFile()],
    ['a document', () => pdfFile()],
    ['nothing', () => new Uint8Array()],
    ['noise', () => new Uint8Array(500).fill(7)],
  ])('is refused when it is %s, whatever it is called', async (_what, make) => {
    painter.pictureAnswers(bytes(await make(), 'image/png'));
    expect(await ending(create().paint(idea))).toBe('refused: not-a-picture');
  });

  it('is refused when it is a script that begins as a picture, before anything decodes it', async () => {
    painter.pictureAnswers(bytes(scriptGif(), 'image/gif'));
    expect(await ending(create().paint(idea).then(shrinkPicture))).toBe('refused: not-a-picture');
  });

  it('keeps nothing of a page in its comment', async () => {
    painter.pictureAnswers(bytes(await htmlInJpeg(), 'text/html'));
    const painted = await create().paint(idea);
    expect(Buffer.from(painted).includes('<script>')).toBe(true);
    const stamp = Buffer.from(await shrinkPicture(painted));
    expect(stamp.includes('<script>')).toBe(false);
    expect(sniffPhoto(stamp)).toBe('webp');
  });

  it('is taken for what it is, whatever it is called', async () => {
    painter.pictureAnswers(bytes(await somePicture(), 'text/html'));
    expect(await ending(create().paint(idea))).toBe('painted');
  });
});

describe('an address that is not on the public internet', () => {
  const addresses: [string, string][] = [
    ['https://127.0.0.1/x.png', 'private-address'],
    ['https://127.8.8.8/x.png', 'private-address'],
    ['https://10.0.0.1/x.png', 'private-address'],
    ['https://172.16.0.1/x.png', 'private-address'],
    ['https://192.168.1.1/x.png', 'private-address'],
    ['https://169.254.169.254/latest/meta-data/', 'private-address'],
    ['https://100.64.0.1/x.png', 'private-address'],
    ['https://0.0.0.0/x.png', 'private-address'],
    ['https://2130706433/x.png', 'private-address'],
    ['https://0x7f.1/x.png', 'private-address'],
    ['https://0177.0.0.01/x.png', 'private-address'],
    ['https://127.1/x.png', 'private-address'],
    ['https://[::1]/x.png', 'private-address'],
    ['https://[::]/x.png', 'private-address'],
    ['https://[::ffff:127.0.0.1]/x.png', 'private-address'],
    ['https://[::ffff:a9fe:a9fe]/x.png', 'private-address'],
    ['https://[64:ff9b::7f00:1]/x.png', 'private-address'],
    ['https://[fd00::1]/x.png', 'private-address'],
    ['https://[fe80::1]/x.png', 'private-address'],
    ['https://localhost/x.png', 'private-address'],
    ['https://loopback.example.test/x.png', 'private-address'],
    ['https://metadata.example.test/x.png', 'private-address'],
    ['https://intranet.example.test/x.png', 'private-address'],
    ['https://six.example.test/x.png', 'private-address'],
    ['https://mapped.example.test/x.png', 'private-address'],
    ['https://both.example.test/x.png', 'private-address'],
    ['http://example.test/x.png', 'insecure'],
    ['file:///etc/passwd', 'insecure'],
    ['ftp://example.test/x.png', 'insecure'],
    ['data:image/png;base64,iVBORw0KGgo=', 'insecure'],
    ['https://example.test:8443/x.png', 'odd-address'],
    ['https://somebody:secret@example.test/x.png', 'odd-address'],
    ['https://[fe80::1%25eth0]/x.png', 'odd-address'],
  ];

  it.each(addresses)('%s is refused as the picture and as a redirect: %s', async (address, code) => {
    painter.serviceAnswers(imageAt(address));
    expect(await ending(create().paint(idea))).toBe(`refused: ${code}`);
    painter.pictureAnswers(redirect(address));
    expect(await ending(create().paint(idea))).toBe(`refused: ${code}`);
  });

  it('is known in full-width digits and dots, too', async () => {
    painter.serviceAnswers(imageAt('https://１２７。０。０。１/x.png'));
    expect(await ending(create().paint(idea))).toBe('refused: private-address');
  });

  it('on this machine is refused on every port but the service’s own, however it is spelt', async () => {
    const port = new URL(inside.url).port;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.1', 'loopback.example.test']) {
      for (const scheme of ['http', 'https']) {
        painter.pictureAnswers(redirect(`${scheme}://${host}:${port}/secrets`));
        expect(await ending(create().paint(idea))).toMatch(/^refused: (insecure|odd-address)$/);
      }
    }
    expect(inside.requests).toEqual([]);
  });

  it('is refused for the service itself, too, unless it was put on this machine', async () => {
    for (const url of ['https://10.0.0.1', 'https://loopback.example.test', 'http://intranet.example.test']) {
      const elsewhere = createAnimimagine({ apiKey, url, lookUp });
      expect(await ending(elsewhere.paint(idea))).toMatch(/^refused: (private-address|insecure)$/);
    }
    const gone = createAnimimagine({ apiKey, url: 'https://nowhere.example.test', lookUp });
    expect(await ending(gone.paint(idea))).toBe('unavailable: ENOTFOUND');
  });

  it('cannot take the place of a public one after the check: a name is looked up once, for the connection', async () => {
    let lookups = 0;
    const rebinding: LookUpAll = (_, __, callback) => {
      lookups += 1;
      callback(null, [{ address: lookups === 1 ? '93.184.215.14' : '127.0.0.1', family: 4 }]);
    };
    const connectTo = (all: boolean) =>
      new Promise((resolve) =>
        guardLookup(rebinding)('rebinding.example.test', { all }, (error, address) =>
          resolve(error ? error.name : address),
        ),
      );
    expect(await connectTo(true)).toEqual([{ address: '93.184.215.14', family: 4 }]);
    expect(lookups).toBe(1);
    expect(await connectTo(false)).toBe('PainterRefused');
    expect(await connectTo(true)).toBe('PainterRefused');
  });
});
