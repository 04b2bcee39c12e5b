import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { withoutPeople } from '#server/error-text.ts';
import { createLogger, describeError } from '#server/log.ts';
import { logConsole } from '#server/log-console.ts';

const caught = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

const replyError = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

describe('the text of an error in the log', () => {
  it('is there for a full disk', () => {
    const sql = new DatabaseSync(':memory:');
    sql.exec('CREATE TABLE kept (words TEXT); PRAGMA max_page_count = 2');
    const error = caught(() => sql.prepare('INSERT INTO kept VALUES (?)').run('SECRET'.repeat(5_000)));
    expect(describeError(error)).toMatchObject({
      code: 'ERR_SQLITE_ERROR',
      text: 'database or disk is full (SQLite 13)',
    });
    expect(describeError(new Error('wrapped', { cause: error })).text).toContain('disk is full');
    sql.close();
  });

  it('is there for what cannot be reached or read, and for a certificate', async () => {
    const refused = await new Promise<unknown>((resolve) => connect(1, '127.0.0.1').once('error', resolve));
    expect(describeError(refused)).toMatchObject({
      code: 'ECONNREFUSED',
      text: expect.stringContaining('127.0.0.1:1'),
    });
    const folder = await mkdtemp(join(tmpdir(), 'bff-text-'));
    const unreadable = await readFile(folder).catch((error: unknown) => error);
    expect(describeError(unreadable).text).toContain('EISDIR');
    await rm(folder, { recursive: true });
    const untrusted = Object.assign(new Error('self-signed certificate'), {
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(describeError(new AggregateError([untrusted], 'all of them')).text).toBe(
      'self-signed certificate',
    );
  });

  it('is there for an answer of Redis, without what was sent to it', () => {
    expect(describeError(replyError('WRONGPASS invalid username-password pair')).text).toContain('WRONGPASS');
    const unknown = replyError("ERR unknown command 'SETT', with args beginning with: 'SECRET' 'TITLE'");
    expect(describeError(unknown).text).toBe("ERR unknown command 'SETT'");
  });

  it('is left out of every other error, and names nobody', () => {
    expect(describeError(new Error('the title was SECRET')).text).toBeUndefined();
    expect(describeError(new TypeError('cannot read SECRET')).text).toBeUndefined();
    const said = withoutPeople(
      '550 <alpha@example.test>: no, see https://help.example.test/why?SECRET\r\nredis://me:SECRET@host:6379 mail beta.b+c@mail.example.test',
    );
    expect(said).toBe(
      '550 <(address)>: no, see https://help.example.test/… redis://host:6379 mail (address)',
    );
  });
});

describe('what is printed', () => {
  it('becomes a log line, with its words only if a library that talks to a service has printed them', () => {
    const lines: string[] = [];
    const undo = logConsole(createLogger('info', (line) => lines.push(line)));
    try {
      console.warn('SECRET of a page');
      console.error('failed', new Error('SECRET'));
    } finally {
      undo();
    }
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { event: 'printed by a library', at: expect.stringContaining('error-text.test') },
      { event: 'printed by a library' },
    ]);
    expect(lines.join()).not.toContain('SECRET');
  });
});
