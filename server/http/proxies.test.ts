import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '#core/durations.ts';
import { arrivalOf, createReception, parseTrustedProxies } from '#server/http/proxies.ts';
import { bodyTimeOf } from '#server/http/slow-clients.ts';

function take(trust: string, from: string, headers: Record<string, string>, httpVersion = '1.1') {
  const all = { host: 'inside:3000', accept: '*/*', ...headers };
  const incoming = {
    httpVersion,
    socket: { remoteAddress: from },
    headers: { ...all },
    rawHeaders: Object.entries(all).flatMap(([name, value]) => [name.toUpperCase(), value]),
  } as unknown as IncomingMessage;
  createReception({ trusted: parseTrustedProxies(trust) })(incoming);
  const raw = Object.fromEntries(
    Array.from({ length: incoming.rawHeaders.length / 2 }, (_, n) => [
      incoming.rawHeaders[2 * n]?.toLowerCase(),
      incoming.rawHeaders[2 * n + 1],
    ]),
  );
  expect(raw).toEqual(incoming.headers);
  return { ...arrivalOf(incoming), headers: incoming.headers };
}
const clientOf = (trust: string, from: string, chain: string) =>
  take(trust, from, { 'x-forwarded-for': chain }).clientAddress;

describe('the client’s address', () => {
  it('is the sender’s when no proxy is trusted, whatever the sender says', () => {
    expect(clientOf('0', '203.0.113.5', '192.0.2.1')).toBe('203.0.113.5');
    expect(clientOf('10.0.0.0/8', '203.0.113.5', '192.0.2.1')).toBe('203.0.113.5');
  });

  it('is as many hops away as proxies are trusted, and no further, whatever the client put before', () => {
    expect(clientOf('1', '10.0.0.1', '192.0.2.66, 203.0.113.5')).toBe('203.0.113.5');
    expect(clientOf('2', '10.0.0.1', '192.0.2.66, 203.0.113.5, 10.0.0.2')).toBe('203.0.113.5');
    expect(clientOf('2', '10.0.0.1', '203.0.113.5')).toBe('203.0.113.5');
    expect(clientOf('1', '10.0.0.1', '')).toBe('10.0.0.1');
  });

  it('is the nearest that is in no trusted network', () => {
    const trust = '10.0.0.0/8, 192.168.1.7, fd00::/8';
    expect(clientOf(trust, '10.9.9.9', '192.0.2.66, 203.0.113.5, 192.168.1.7')).toBe('203.0.113.5');
    expect(clientOf(trust, '::ffff:10.9.9.9', '203.0.113.5, fd12::1')).toBe('203.0.113.5');
    expect(clientOf(trust, '10.9.9.9', '10.1.1.1, 10.2.2.2')).toBe('10.1.1.1');
  });

  it('is read with a port or in brackets, and nothing before what is no address counts', () => {
    expect(clientOf('1', '10.0.0.1', '203.0.113.5:4711')).toBe('203.0.113.5');
    expect(clientOf('1', '10.0.0.1', '[2001:db8::5]:4711')).toBe('2001:db8::5');
    expect(clientOf('2', '10.0.0.1', '203.0.113.5, unknown, 10.0.0.2')).toBe('10.0.0.2');
    expect(clientOf('1', '10.0.0.1', "1.2.3.4' OR 1=1")).toBe('10.0.0.1');
  });
});

describe('a request that a proxy passed on', () => {
  it('is known by a header of theirs, or by HTTP/1.0, which browsers do not speak', () => {
    expect(take('1', '127.0.0.1', {}).passedOn).toBe(false);
    expect(take('1', '127.0.0.1', { via: '1.1 a' }).passedOn).toBe(true);
    expect(take('1', '127.0.0.1', {}, '1.0').passedOn).toBe(true);
  });
});

describe('the headers of proxies', () => {
  const headers = {
    'x-forwarded-host': 'bff.example.test',
    'x-forwarded-proto': 'https',
    'x-real-ip': '192.0.2.1',
    forwarded: 'host=evil.example.test',
    via: '1.1 a',
  };

  it('reach nobody behind, and the host is taken from a trusted one only', () => {
    for (const [trust, host] of [
      ['0', 'inside:3000'],
      ['10.0.0.0/8', 'inside:3000'],
      ['1', 'bff.example.test'],
      ['203.0.113.5', 'bff.example.test'],
    ] as const) {
      const taken = take(trust, '203.0.113.5', headers);
      expect(taken.headers, trust).toEqual({ host, accept: '*/*' });
      expect(taken.passedOn).toBe(true);
    }
  });

  it('name a host that can be one, or the host stays as it is', () => {
    for (const host of ['evil"<script>', 'a b', 'a/b', 'a@b', '', `${'x'.repeat(10)}\r\nx: y`]) {
      expect(take('1', '10.0.0.1', { 'x-forwarded-host': host }).headers.host).toBe('inside:3000');
    }
    expect(
      take('1', '10.0.0.1', { 'x-forwarded-host': 'evil.test, bff.example.test:8443' }).headers.host,
    ).toBe('bff.example.test:8443');
  });

  it('are not there when nobody passed it on', () => {
    expect(take('1', '127.0.0.1', {})).toMatchObject({ passedOn: false, clientAddress: '127.0.0.1' });
  });
});

describe('the time for a body', () => {
  it('grows with its announced length up to ten minutes, and is short for one that announces none', () => {
    expect(bodyTimeOf('0')).toBe(30_000);
    expect(bodyTimeOf('1600000')).toBe(130_000);
    expect(bodyTimeOf('64000000')).toBe(10 * MINUTE);
    expect(bodyTimeOf('99999999999999')).toBe(10 * MINUTE);
    expect(bodyTimeOf(undefined)).toBe(2 * MINUTE);
  });
});
