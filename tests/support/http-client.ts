import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookUpLocally } from './look-up-locally.ts';

/** An answer as it came over the wire; nothing is followed, decoded or hidden. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The `Set-Cookie` lines. */
  cookies: string[];
  bytes: Buffer;
  text: string;
  /** Of a redirect. */
  location: string | null;
}

export interface Question {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Uint8Array;
  /** The address of this machine to ask from, of 127.0.0.0/8; any unless given. */
  from?: string | undefined;
}

/** One request with exactly these headers: unlike `fetch` it sends any Host, Origin and Cookie it is told to. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, body, from }: Question = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // The path as it is written: a URL object would tidy up what an attacker leaves untidy.
    const [, origin = '', path = '/'] = /^(https?:\/\/[^/]+)(.*)$/.exec(url) ?? [];
    const { hostname, port } = new URL(origin);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const place = { hostname, port, ...(from && { localAddress: from, family: 4, lookup: lookUpLocally }) };
    // The certificates of a test are nobody's; the name in them is the one that is asked for.
    const tls = {
      rejectUnauthorized: false,
      servername: String(headers.host ?? hostname).replace(/:\d+$/, ''),
    };
    const [request, more] = origin.startsWith('https:') ? [httpsRequest, tls] : [httpRequest, {}];
    const outgoing = request(
      { ...place, ...more, path: path || '/', method, headers: { ...length, ...headers }, agent: false },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            cookies: incoming.headers['set-cookie'] ?? [],
            bytes,
            text: bytes.toString('utf8'),
            location: incoming.headers.location ?? null,
          });
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

export interface UploadedFile {
  field: string;
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A photo as the write form sends it. */
export const jpeg = (bytes: Uint8Array, name = 'photo.jpg'): UploadedFile => ({
  field: 'photos',
  name,
  type: 'image/jpeg',
  bytes,
});

/** A browser without JavaScript: keeps cookies, says where its forms come from, follows nothing by itself. */
export interface Visitor {
  readonly url: string;
  /** By name; a test may look at them and change them. */
  readonly cookies: Map<string, string>;
  /** Every answer so far, for tests that look through all of them. */
  readonly answers: { path: string; answer: Answer }[];
  get(path: string, headers?: OutgoingHttpHeaders): Promise<Answer>;
  /** A plain form. */
  post(path: string, fields: Fields, headers?: OutgoingHttpHeaders): Promise<Answer>;
  /** A form with files. */
  upload(path: string, fields: Fields, files: UploadedFile[], headers?: OutgoingHttpHeaders): Promise<Answer>;
  /** A request of any kind with this visitor's cookies. */
  ask(path: string, question: Question): Promise<Answer>;
}

export type Fields = Record<string, string> | [string, string][];

export function createVisitor(
  url: string,
  options: { host?: string; origin?: string; from?: string; headers?: OutgoingHttpHeaders } = {},
): Visitor {
  const cookies = new Map<string, string>();
  const answers: Visitor['answers'] = [];
  const origin = options.origin ?? url;
  const usual: OutgoingHttpHeaders = {
    'user-agent': 'A visitor without JavaScript',
    accept: 'text/html',
    ...(options.host && { host: options.host }),
    ...options.headers,
  };

  async function go(path: string, question: Question): Promise<Answer> {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...usual, ...(jar && { cookie: jar }), ...question.headers };
    const answer = await ask(url + path, { from: options.from, ...question, headers });
    for (const line of answer.cookies) keepCookie(cookies, line);
    answers.push({ path, answer });
    return answer;
  }

  const form = (type: string, headers: OutgoingHttpHeaders) => ({ 'content-type': type, origin, ...headers });

  return {
    url,
    cookies,
    answers,
    get: (path, headers = {}) => go(path, { headers }),
    post: (path, fields, headers = {}) =>
      go(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: form('application/x-www-form-urlencoded', headers),
      }),
    upload: (path, fields, files, headers = {}) => {
      const { type, body } = multipart(fields, files);
      return go(path, { method: 'POST', body, headers: form(type, headers) });
    },
    ask: go,
  };
}

/** A `multipart/form-data` body (RFC 7578), text first as our forms have it. */
export function multipart(fields: Fields, files: UploadedFile[]): { type: string; body: Buffer } {
  const boundary = `----test${randomBytes(12).toString('hex')}`;
  const entries = Array.isArray(fields) ? fields : Object.entries(fields);
  const parts: (string | Uint8Array)[] = [];
  for (const [name, value] of entries) {
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  }
  for (const { field, name, type, bytes } of files) {
    parts.push(
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      bytes,
      '\r\n',
    );
  }
  parts.push(`--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
  };
}

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  const ended = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
  if (ended) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}

/** The values of a page's input fields by name, as its form would post them. */
export function inputsOf(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  return Object.fromEntries(
    inputs.flatMap((tag) => {
      const name = attributeOf(tag, 'name');
      return name === null ? [] : [[name, attributeOf(tag, 'value') ?? '']];
    }),
  );
}

function attributeOf(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : unescapeHtml(value);
}

/** The text behind the character references that React and our mails write. */
export function unescapeHtml(html: string): string {
  const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };
  return html.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name: string) => known[name] ?? '');
}
