import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import type { Bytes } from '#core/bytes.ts';

/** What the server was asked, as it came. */
export interface PainterRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answering = (request: PainterRequest, response: ServerResponse) => unknown;

/** A picture service on this machine that speaks AnimImagine's HTTP protocol: an answer with an address, and the picture. */
export interface PainterServer {
  readonly url: string;
  readonly requests: PainterRequest[];
  /** How the next calls of the service are answered, one each; then as usual, with the address of a picture here. */
  serviceAnswers(...answers: Answering[]): void;
  /** The same for pictures. */
  pictureAnswers(...answers: Answering[]): void;
  close(): Promise<void>;
}

export async function startPainter(): Promise<PainterServer> {
  const requests: PainterRequest[] = [];
  const service: Answering[] = [];
  const pictures: Answering[] = [];
  const picture = await somePicture();
  const server = createServer(async (incoming, response) => {
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      body: await bodyOf(incoming),
    };
    requests.push(request);
    const isService = request.method === 'POST' && request.path === '/generateImage';
    const usual = isService
      ? json(200, { message: 'Image generated', imageUrl: `${url}/pictures/1.png` })
      : bytes(picture, 'image/png');
    await ((isService ? service : pictures).shift() ?? usual)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    serviceAnswers: (...answers) => service.splice(0, service.length, ...answers),
    pictureAnswers: (...answers) => pictures.splice(0, pictures.length, ...answers),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

export const json =
  (status: number, value: unknown): Answering =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };

/** The address of a picture somewhere else. */
export const imageAt = (imageUrl: unknown): Answering => json(200, { message: 'Image generated', imageUrl });

export const redirect =
  (location: string, status = 302): Answering =>
  (_, response) => {
    response.writeHead(status, { location }).end();
  };

export const bytes =
  (body: Uint8Array, type: string): Answering =>
  (_, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
  };

/** No word at all. */
export const silence: Answering = () => {};

/** Hangs up half-way. */
export const hangUp: Answering = (_, response) => {
  response.writeHead(200, { 'content-length': 1000 });
  response.write('half');
  setTimeout(() => response.destroy(), 20);
};

/** A body without a length that does not end by itself; `sent` counts its bytes. */
export function flood(chunkBytes: number, everyMs: number) {
  const state = { sent: 0, ended: false };
  const answer: Answering = async (_, response) => {
    response.on('close', () => {
      state.ended = true;
    });
    response.writeHead(200, { 'content-type': 'image/png' });
    const chunk = Buffer.alloc(chunkBytes, 0x89);
    while (!state.ended && state.sent < 50_000_000) {
      state.sent += chunk.length;
      if (!response.write(chunk)) await Promise.race([pause(50), drained(response)]);
      await pause(everyMs);
    }
  };
  return { state, answer };
}

const drained = (response: ServerResponse) => new Promise((resolve) => response.once('drain', resolve));

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** 640 × 480 in two colours. */
export async function somePicture(): Promise<Bytes> {
  const left = { input: { create: { width: 320, height: 480, channels: 3, background: '#247' } } } as const;
  const canvas = sharp({ create: { width: 640, height: 480, channels: 3, background: '#c84' } });
  return new Uint8Array(
    await canvas
      .composite([{ ...left, left: 0, top: 0 }])
      .png()
      .toBuffer(),
  );
}
