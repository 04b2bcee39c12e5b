import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addressToOpen, environment, hintsOf, readEnv } from '#server/env.ts';

const production = { DATABASE_URL: 'mongodb://db.example.test/bff', APP_SECRET: 'x'.repeat(32) };

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnv({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      APP_URL: 'http://localhost:3000',
      DATA_DIR: '.data',
      SEED_DEMO: true,
      QUEUE: { driver: 'memory' },
    });
  });

  it.each([
    ['PORT', { PORT: 'many' }],
    ['PORT', { PORT: ' ' }],
    ['PORT', { PORT: '0x50' }],
    ['PORT', { PORT: '70000' }],
    ['HOST', { HOST: 'http://localhost' }],
    ['HOST', { HOST: ' ' }],
    ['APP_URL', { APP_URL: 'ftp://bff.example.test' }],
    ['APP_URL', { APP_URL: 'bff.example.test' }],
    ['APP_URL', { APP_URL: 'https://bff.example.test/letters' }],
    ['APP_URL', { APP_URL: 'https://somebody:secret@bff.example.test' }],
    ['APP_URL', { APP_URL: 'https://bff.example\n.test' }],
    ['DATA_DIR', { DATA_DIR: '  ' }],
    ['DATABASE_URL', { ...production, DATABASE_URL: 'mongodb:///bff' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://db.example.test' }],
    ['APP_SECRET', { DATABASE_URL: production.DATABASE_URL }],
    ['APP_SECRET', { ...production, APP_SECRET: 'short' }],
    ['ADMIN_EMAIL', { ADMIN_EMAIL: 'nobody' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'everybody' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/40' }],
    ['REDIS_URL', { QUEUE_DRIVER: 'bullmq' }],
    [
      'QSTASH_NEXT_SIGNING_KEY',
      { QUEUE_DRIVER: 'qstash', QSTASH_TOKEN: 't', QSTASH_CURRENT_SIGNING_KEY: 'k' },
    ],
    ['QUEUE_DRIVER', { ...production, WORKER: 'none' }],
    ['QSTASH_MAX_RETRIES', { QSTASH_MAX_RETRIES: ' ' }],
    ['QSTASH_TOKEN', { QSTASH_TOKEN: 'a token\nwith a line break' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.test' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.test', MAIL_FROM: 'the post office' }],
    ['MAIL_FROM', { MAIL_FROM: 'post@bff.example.test\nBcc: everybody@example.test' }],
    ['SMTP_URL', { SMTP_URL: 'smtp://', MAIL_FROM: 'post@bff.example.test' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short' }],
    ['TWILIO_AUTH_TOKEN', { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` }],
    ['STAMP_API_URL', { RAPIDAPI_KEY: 'k', STAMP_API_URL: 'http://painter.example.test' }],
  ])('says in one line that %s is wrong, without its value', (name, source) => {
    let message = '';
    try {
      readEnv(source);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).toMatch(new RegExp(`^Wrong setting ${name}: .+ See \\.env\\.example\\.$`));
    expect(message).not.toContain('\n');
    for (const value of Object.values(source)) {
      if (value.length > 8) expect(message).not.toContain(value);
    }
  });

  it('takes what an operator may well write', () => {
    const written = {
      ...{ HOST: '::', PORT: ' 8080', APP_URL: 'HTTPS://BFF.example.test:443/' },
      ...{ DATABASE_URL: 'mongodb://u:p@one.example.test:27017,two.example.test/?replicaSet=rs0' },
      ...{ SMTP_URL: 'smtp://mail.example.test:587', MAIL_FROM: 'Project BFF <post@bff.example.test>' },
    };
    expect(readEnv({ ...production, ...written })).toMatchObject({
      PORT: 8080,
      // Secure cookies hang on it.
      APP_URL: 'https://bff.example.test',
      SMTP: { from: 'Project BFF <post@bff.example.test>' },
    });
  });

  it('hints at mails nobody will read, at links that lead nowhere and at plain http', () => {
    const post = { SMTP_URL: 'smtp://mail.example.test', MAIL_FROM: 'post@bff.example.test' };
    const hints = (source: Record<string, string>) =>
      hintsOf(readEnv(source)).map((hint) => /SMTP_URL|set APP_URL|https/.exec(hint)?.[0]);
    expect(hints({})).toEqual([]);
    expect(hints({ APP_URL: 'http://127.0.0.1:8080' })).toEqual([]);
    expect(hints({ HOST: '0.0.0.0' })).toEqual(['SMTP_URL', 'set APP_URL', 'https']);
    expect(hints({ HOST: '0.0.0.0', ...post })).toEqual(['set APP_URL', 'https']);
    expect(hints({ HOST: '0.0.0.0', APP_URL: 'http://192.168.1.5:3000', ...post })).toEqual(['https']);
    // A container whose port is published on this machine alone.
    expect(hints({ HOST: '0.0.0.0', APP_URL: 'http://localhost:3000', ...post })).toEqual([]);
    expect(hints({ APP_URL: 'https://bff.example.test' })).toEqual(['SMTP_URL']);
    expect(hints({ APP_URL: 'https://bff.example.test', ...post })).toEqual([]);
  });

  it('drops the slash at the end of addresses, and makes no demo friends beside a real database', () => {
    expect(readEnv({ ...production, APP_URL: 'https://bff.example.test/' })).toMatchObject({
      APP_URL: 'https://bff.example.test',
      SEED_DEMO: false,
    });
  });

  it('is explained whole in .env.example and the README', () => {
    const example = readFileSync('.env.example', 'utf8');
    const readme = readFileSync('README.md', 'utf8');
    const names = Object.keys(environment.shape).filter((name) => name !== 'NODE_ENV');
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
      if (name !== 'STAMP_API_URL') expect(readme).toContain(`\`${name}\``);
    }
    const settings = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(settings.sort()).toEqual(names.sort());
  });
});

it.each([
  ['http://localhost:3000', {}],
  ['http://localhost:3000', { HOST: '0.0.0.0' }],
  ['http://localhost:3000', { HOST: '::' }],
  ['http://localhost:3000', { HOST: '::1' }],
  ['http://192.168.1.5:3000', { HOST: '192.168.1.5' }],
  ['http://[fd00::5]:3000', { HOST: 'fd00::5' }],
  ['https://bff.example.test', { HOST: '0.0.0.0', APP_URL: 'https://bff.example.test/' }],
])('the start says to open %s with %o', (address, source) => {
  expect(addressToOpen(readEnv(source), 3000)).toBe(address);
});
