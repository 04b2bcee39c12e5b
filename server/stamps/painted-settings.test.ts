import { describe, expect, it } from 'vitest';
import { stampIdea } from '#core/schemas/stamps.ts';
import { readEnv } from '#server/env.ts';

describe('the settings of the painter', () => {
  it('are none unless there is a key', () => {
    expect(readEnv({}).STAMPS).toBeUndefined();
    expect(readEnv({ RAPIDAPI_KEY: '  ' }).STAMPS).toBeUndefined();
    expect(readEnv({ RAPIDAPI_KEY: 'a key' }).STAMPS).toEqual({ apiKey: 'a key', url: undefined });
  });

  it.each([
    'https://painter.example.test',
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://[::1]:8080',
  ])('take the service at %s', (url) => {
    expect(readEnv({ RAPIDAPI_KEY: 'a key', STAMP_API_URL: url }).STAMPS?.url).toBe(url);
  });

  it.each([
    ['http://painter.example.test', /^Wrong setting STAMP_API_URL: must begin with https/],
    ['http://10.0.0.1', /^Wrong setting STAMP_API_URL: must begin with https/],
    ['ftp://127.0.0.1', /^Wrong setting STAMP_API_URL/],
    ['a painter', /^Wrong setting STAMP_API_URL/],
  ])('do not take %s', (url, words) => {
    expect(() => readEnv({ RAPIDAPI_KEY: 'a key', STAMP_API_URL: url })).toThrow(words);
  });

  it('miss the key of a service that was named, without quoting anything', () => {
    const url = 'https://painter.example.test';
    expect(() => readEnv({ STAMP_API_URL: url })).toThrow(
      'Wrong setting RAPIDAPI_KEY: is required with STAMP_API_URL. See .env.example.',
    );
  });
});

describe('a stamp idea', () => {
  it('is one line', () => {
    expect(stampIdea.parse('  two\r\n\r\ncats\u2028under\u0000the\tmoon ')).toBe('two cats under the moon');
    expect(stampIdea.parse('half \ud83d a cat')).toBe('half \ufffd a cat');
    expect(stampIdea.parse(' \n ')).toBe('');
  });

  it('has at most 120 characters', () => {
    expect(stampIdea.parse('x'.repeat(120))).toHaveLength(120);
    expect(stampIdea.safeParse('x'.repeat(121)).error?.issues[0]?.message).toBe(
      'Stamp ideas can have at most 120 characters.',
    );
  });
});
