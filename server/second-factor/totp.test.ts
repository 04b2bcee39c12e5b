import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '#core/bytes.ts';
import { totpSetup, totpStepOf } from '#server/second-factor/totp.ts';
import { totpCodeAt } from '#tests/support/totp-code.ts';

/** RFC 6238, appendix B, SHA-1: the last six of its eight digits. */
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];
const secret = encodeUtf8('12345678901234567890');
const at = (seconds: number) => new Date(seconds * 1000);

describe('codes of an authenticator app', () => {
  it.each(vectors)('are those of RFC 6238 at %i s', (seconds, code) => {
    expect(totpStepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('are taken one step early and late, and not two', () => {
    const step = 41_152_263;
    const code = totpCodeAt(secret, at(step * 30));
    const found = [-61, -60, -31, -30, -1, 0, 29, 30, 59, 60, 90].map((seconds) =>
      totpStepOf(secret, code, at(step * 30 + seconds)),
    );
    expect(found).toEqual([null, null, null, step, step, step, step, step, step, null, null]);
  });

  it('are not taken of another secret, length or alphabet', () => {
    const [now, code] = [at(59), '287082'];
    expect(totpStepOf(encodeUtf8('12345678901234567891'), code, now)).toBeNull();
    for (const other of ['', '28708', '2870820', '94287082', '28708x', '２８７０８２', ' 287082']) {
      expect(totpStepOf(secret, other, now), other).toBeNull();
    }
  });

  it('are set up by an address that says everything an app needs', () => {
    const { uri, text } = totpSetup(secret, { issuer: 'Project BFF', label: 'alpha' });
    expect(text).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    const address = new URL(uri);
    expect(address.protocol + address.host).toBe('otpauth:totp');
    expect(decodeURIComponent(address.pathname)).toBe('/Project BFF:alpha');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      issuer: 'Project BFF',
      secret: text,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
