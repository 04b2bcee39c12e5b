import type { AccountKeys } from '../account-keys.ts';
import { dateLocaleOf } from '../dates/write-date.ts';
import { type EntryLine, type ExportEntry, lineOf } from './export-entry.ts';
import type { ExportFile, ExportSource } from './export-source.ts';
import { openDraftEntry, openLetterEntry } from './open-entry.ts';
import { createPages } from './render-pages.ts';

interface ExportOptions {
  now: Date;
  /** Called after each letter and draft with the number done. */
  onProgress?: (done: number) => void;
}

/**
 * Generates all files of an export: a page for each letter and draft with its photos, an index
 * page, and the same as JSON. Only one letter and one of its photos are open at a time. The index
 * comes last, because it lists what is missing.
 */
export async function* exportFiles(
  keys: AccountKeys,
  source: ExportSource,
  { now, onProgress }: ExportOptions,
): AsyncGenerator<ExportFile> {
  const account = await source.account();
  const { timeZone, locale } = account.profile;
  const pages = await createPages({ now, zone: timeZone ?? null, locale: dateLocaleOf(locale) });
  const json = (name: string, value: unknown): ExportFile => ({
    name,
    input: `${JSON.stringify(value, null, 2)}\n`,
    lastModified: now,
  });
  yield json('account.json', account);

  const lines: EntryLine[] = [];
  const brokenOff: string[] = [];
  const entries = async function* (files: AsyncGenerator<ExportFile, ExportEntry>) {
    const entry = yield* files;
    yield { name: `${entry.folder}/index.html`, input: pages.entry(entry), lastModified: entry.at };
    yield { ...json(`${entry.folder}/letter.json`, entry), lastModified: entry.at };
    lines.push(lineOf(entry));
    onProgress?.(lines.length);
  };
  const lists = [
    { name: 'letters you received', box: 'received', list: source.inbox },
    { name: 'letters you archived', box: 'received', list: source.archived },
    { name: 'letters you sent', box: 'sent', list: source.sent },
  ] as const;
  for (const { name, box, list } of lists) {
    const listed = eachOf(async (cursor) => {
      const { letters, nextCursor } = await list.call(source, cursor);
      return { items: letters, nextCursor };
    });
    for await (const letter of listed) {
      if (letter === null) brokenOff.push(name);
      else yield* entries(openLetterEntry(keys, source, box, letter));
    }
  }
  const drafts = eachOf(async (cursor) => {
    const page = await source.drafts(cursor);
    return { items: page.drafts, nextCursor: page.nextCursor };
  });
  for await (const draft of drafts) {
    if (draft === null) brokenOff.push('drafts');
    else yield* entries(openDraftEntry(keys, source, draft));
  }

  lines.sort((a, b) => b.at.getTime() - a.at.getTime());
  yield json('letters.json', { madeAt: now, complete: brokenOff.length === 0, brokenOff, letters: lines });
  yield { name: 'index.html', input: pages.contents({ account, lines, brokenOff }), lastModified: now };
}

/** Iterates over a paged list; ends with null if a page couldn't be loaded. */
async function* eachOf<Item>(
  page: (cursor: string | null) => Promise<{ items: Item[]; nextCursor: string | null }>,
): AsyncGenerator<Item | null> {
  let cursor: string | null = null;
  do {
    const found: { items: Item[]; nextCursor: string | null } | null = await page(cursor).catch(() => null);
    if (!found) {
      yield null;
      return;
    }
    yield* found.items;
    cursor = found.nextCursor;
  } while (cursor);
}
