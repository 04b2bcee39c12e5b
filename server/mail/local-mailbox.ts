import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail, Mailer } from './mailer.ts';

export interface StoredMail extends Mail {
  id: string;
  /** ISO 8601. */
  sentAt: string;
}

export interface LocalMailbox extends Mailer {
  /** The mails that would have been sent, newest first. */
  listMailbox(limit?: number): Promise<StoredMail[]>;
}

interface LocalMailboxOptions {
  /** Created with mode 0700 when missing. */
  dir: string;
  now?: () => Date;
  /** How many mails are stored; the oldest are deleted. Default 500. */
  keep?: number;
}

/**
 * A mailbox in a folder, for an installation without SMTP. Each mail is a JSON file of mode 0600,
 * written atomically.
 */
export function createLocalMailbox({
  dir,
  now = () => new Date(),
  keep = 500,
}: LocalMailboxOptions): LocalMailbox {
  let lastMs = 0;
  let count = 0;
  let pruning: Promise<void> = Promise.resolve();

  /**
   * An id that sorts by time. Within this process, mails stay in order even in the same millisecond
   * or after the clock was set back.
   */
  const nextId = (at: Date): string => {
    count = at.getTime() > lastMs ? 0 : count + 1;
    lastMs = Math.max(lastMs, at.getTime());
    const order = [String(lastMs).padStart(15, '0'), String(count).padStart(6, '0')];
    return [...order, randomBytes(4).toString('hex')].join('-');
  };

  const prune = async () => {
    const old = (await listIds(dir)).slice(keep);
    await Promise.all(old.map((id) => rm(join(dir, `${id}.json`), { force: true })));
  };

  return {
    async send(mail) {
      const at = now();
      const id = nextId(at);
      const stored: StoredMail = { id, sentAt: at.toISOString(), ...mail };
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await writeWhole(dir, `${id}.json`, JSON.stringify(stored, null, 2));
      // One at a time, so that a burst of mails does not list the folder many times at once.
      pruning = pruning.then(prune, prune);
      await pruning;
    },
    async listMailbox(limit = keep) {
      const ids = (await listIds(dir)).slice(0, limit);
      const mails = await Promise.all(ids.map((id) => readStored(join(dir, `${id}.json`))));
      return mails.filter((mail) => mail !== undefined);
    },
  };
}

async function listIds(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(whenMissing<string[]>([]));
  return names
    .filter((name) => /^\d{15}-\d{6}-[0-9a-f]{8}\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .sort((a, b) => (a < b ? 1 : -1));
}

/** Undefined when the mail was pruned in the meantime. */
async function readStored(path: string): Promise<StoredMail | undefined> {
  const json = await readFile(path, 'utf8').catch(whenMissing(undefined));
  return json === undefined ? undefined : JSON.parse(json);
}

async function writeWhole(dir: string, name: string, content: string): Promise<void> {
  const path = join(dir, name);
  const unfinished = `${path}.tmp`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}

function whenMissing<Value>(value: Value): (error: NodeJS.ErrnoException) => Value {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
