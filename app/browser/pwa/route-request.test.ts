import { expect, test } from 'vitest';
import { mayKeep, type RequestFacts, routeRequest } from '#app/browser/pwa/route-request.ts';

const origin = 'https://bff.example.test';
const shell = new Set(['/offline.html', '/offline.css', '/manifest.webmanifest', '/icons/icon-192.png']);

function way(path: string, facts: Partial<Omit<RequestFacts, 'headers'>> & { headers?: HeadersInit } = {}) {
  const { headers, ...rest } = facts;
  const url = new URL(path, origin).href;
  return routeRequest(
    { method: 'GET', mode: 'cors', ...rest, url, headers: new Headers(headers) },
    origin,
    shell,
  );
}

const id = '0123456789abcdef01234567';
const privateAddresses = [
  '/inbox.data',
  '/_root.data',
  `/letters/${id}.data?_routes=routes%2Fletters.%24id`,
  `/letters/${id}`,
  `/letters/${id}/photos/0`,
  `/letters/${id}/photos/0?size=preview`,
  `/letters/${id}/place`,
  `/drafts/${id}/photos/1`,
  '/write/autosave',
  '/api/trpc/letters.read?input=%7B%7D',
  '/api/jobs',
  '/__manifest?p=%2Finbox',
  '/dev/mailbox',
  '/healthz',
  '/',
];

test('files whose name carries a hash of their content are shell', () => {
  for (const path of ['/assets/root-1jIzai2y.js', '/assets/app-CpDWK4x8.css', '/assets/literata-x.woff2']) {
    expect(way(path, { mode: 'no-cors' }), path).toBe('shell');
    expect(way(path), path).toBe('shell');
  }
});

test('the files named by the build are shell, and no others', () => {
  for (const path of shell) expect(way(path), path).toBe('shell');
  for (const path of ['/offline.js', '/icons/', '/icons/other.png', '/favicon.ico', '/entry.worker.js']) {
    expect(way(path), path).toBe('network');
  }
});

test('whatever a script or a picture element asks for outside the shell is left to the network', () => {
  for (const path of privateAddresses) {
    for (const mode of ['cors', 'no-cors', 'same-origin'] as const) {
      expect(way(path, { mode }), `${mode} ${path}`).toBe('network');
    }
  }
});

test('an opened address is a page, also one that reads like a file of the shell', () => {
  for (const path of [...privateAddresses, '/assets/root-1jIzai2y.js', '/offline.html', '/friends?x=1']) {
    expect(way(path, { mode: 'navigate' }), path).toBe('page');
  }
});

test('only GET is looked at: a form that is posted stays between the browser and the server', () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
    expect(way('/write', { method, mode: 'navigate' }), method).toBe('network');
    expect(way('/assets/root-1jIzai2y.js', { method }), method).toBe('network');
    expect(way('/offline.html', { method }), method).toBe('network');
  }
});

test('another origin is never answered, not even for the same path', () => {
  for (const elsewhere of ['https://evil.example.test', 'http://bff.example.test', `${origin}:8443`]) {
    expect(way(`${elsewhere}/assets/root-1jIzai2y.js`)).toBe('network');
    expect(way(`${elsewhere}/offline.html`)).toBe('network');
    expect(way(`${elsewhere}/`, { mode: 'navigate' })).toBe('network');
  }
});

test('paths that only look like assets are left to the network', () => {
  const paths = [
    '/assets/',
    '/assets',
    '/assets/a/b.js',
    '/assets/../inbox',
    '/assets/%2e%2e/inbox',
    '/letters/assets/x.js',
    '/xassets/a.js',
    '//assets/a.js',
    '/ASSETS/a.js',
  ];
  for (const path of paths) expect(way(path), path).toBe('network');
});

test('a query or a range makes a file of the shell an ordinary request', () => {
  expect(way('/assets/root-1jIzai2y.js?token=1')).toBe('network');
  expect(way('/offline.html?a')).toBe('network');
  expect(way('/assets/root-1jIzai2y.js', { headers: { Range: 'bytes=0-9' } })).toBe('network');
});

const answer = (cacheControl: string | null, more: Partial<Response> = {}) => ({
  status: 200,
  type: 'basic' as ResponseType,
  redirected: false,
  headers: new Headers(cacheControl === null ? {} : { 'Cache-Control': cacheControl }),
  ...more,
});

test('a whole public answer of our own may be kept', () => {
  expect(mayKeep(answer('public, max-age=31536000, immutable'))).toBe(true);
  expect(mayKeep(answer('public, max-age=3600'))).toBe(true);
  expect(mayKeep(answer(null))).toBe(true);
});

test('an answer marked as private, in part, failed, redirected or foreign is not kept', () => {
  expect(mayKeep(answer('no-store'))).toBe(false);
  expect(mayKeep(answer('No-Store, private'))).toBe(false);
  expect(mayKeep(answer('private, max-age=60'))).toBe(false);
  for (const status of [0, 204, 206, 301, 404, 500]) {
    expect(mayKeep(answer('public', { status })), `${status}`).toBe(false);
  }
  expect(mayKeep(answer('public', { redirected: true }))).toBe(false);
  for (const type of ['opaque', 'opaqueredirect', 'cors', 'error'] as const) {
    expect(mayKeep(answer('public', { type })), type).toBe(false);
  }
});
