import { linkify } from './linkify.ts';
import { paragraphsOf } from './paragraphs.ts';

/** A stretch of text: plain, linked, or emphasised. */
export interface Inline {
  text: string;
  href?: string;
  mark?: 'em' | 'strong';
}

export type Block =
  | { kind: 'paragraph'; text: Inline[] }
  | { kind: 'quote'; text: Inline[] }
  /** The place of photo `n`; the line as typed, where there is no such photo. */
  | { kind: 'photo'; n: number; text: Inline[] }
  /** `start` is the first number of a numbered list; null for bullets. */
  | { kind: 'list'; start: number | null; items: Inline[][] };

/**
 * Reads the light marks of a letter, which is plain text to everybody else: `*emphasis*`,
 * `_emphasis_`, `**strong**`, lines that begin with `> `, with `- ` or with `1. `, URLs, and lines
 * like `[photo 2]`, each number once. A single line with a dash or a number is no list: people begin
 * sentences and dates that way.
 */
export function readMarks(text: string): Block[] {
  const placed = new Set<number>();
  return paragraphsOf(text).flatMap((paragraph) => readParagraph(paragraph, placed));
}

/** A line that puts a photo into the text, by its number in the letter: `[photo 2]`. */
const PHOTO = /^\[photo (\d{1,2})\][^\S\n]*$/gim;

/** Returns the numbers of the photos that a letter's text, or a line of it, has a place for. */
export function placedPhotos(body: string): Set<number> {
  return new Set([...body.matchAll(PHOTO)].map(([, n]) => Number(n)));
}

interface Line {
  kind: 'text' | 'quote' | 'bullet' | 'number' | 'photo';
  text: string;
  /** The line as typed. */
  whole: string;
  number: number;
}

function readLine(whole: string, placed: Set<number>): Line {
  const [photo] = placedPhotos(whole);
  if (photo && !placed.has(photo)) {
    placed.add(photo);
    return { kind: 'photo', text: whole, whole, number: photo };
  }
  const quote = /^>(?: (.*))?$/.exec(whole);
  if (quote) return { kind: 'quote', text: quote[1] ?? '', whole, number: 0 };
  const [, bullet] = /^[-*•] +(\S.*)$/.exec(whole) ?? [];
  if (bullet !== undefined) return { kind: 'bullet', text: bullet, whole, number: 0 };
  const [, digits, item] = /^(\d{1,3})[.)] +(\S.*)$/.exec(whole) ?? [];
  if (item !== undefined) return { kind: 'number', text: item, whole, number: Number(digits) };
  return { kind: 'text', text: whole, whole, number: 0 };
}

function readParagraph(paragraph: string, placed: Set<number>): Block[] {
  const runs: Line[][] = [];
  for (const line of paragraph.split('\n').map((whole) => readLine(whole, placed))) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const isNext = line.kind !== 'number' || line.number === (last?.number ?? 0) + 1;
    if (run && last?.kind === line.kind && line.kind !== 'photo' && isNext) run.push(line);
    else runs.push([line]);
  }
  return mergeText(runs).map((run): Block => {
    const [{ kind, number }] = run as [Line];
    if (kind === 'bullet' || kind === 'number') {
      const items = run.map(({ text }) => readInline(text));
      return { kind: 'list', start: kind === 'number' ? number : null, items };
    }
    const lines = run.map(({ text }) => text).join('\n');
    if (kind === 'photo') return { kind, n: number, text: readInline(lines) };
    return { kind: kind === 'quote' ? 'quote' : 'paragraph', text: readInline(lines) };
  });
}

/** Takes lists of one item for text, and joins them with the text around them. */
function mergeText(runs: Line[][]): Line[][] {
  const merged: Line[][] = [];
  for (const run of runs) {
    const isText = run[0]?.kind === 'text' || (run.length === 1 && !/quote|photo/.test(run[0]?.kind ?? ''));
    const lines = isText ? run.map((line): Line => ({ ...line, kind: 'text', text: line.whole })) : run;
    const before = merged.at(-1);
    if (isText && before?.[0]?.kind === 'text') before.push(...lines);
    else merged.push(lines);
  }
  return merged;
}

const MARKS = /\*\*|\*|_/g;
/** What a word may be wrapped in: a mark opens after it, or at the beginning. */
const OPENS_AFTER = /^$|[\s("'“‘«—[]/u;
/** Without a word between them, marks are a face or a line of stars. */
const HAS_WORD = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const CLOSES_BEFORE = /^$|[\s.,;:!?)"'”’»…—–\]]/u;

/** Splits text at its emphasis and links. Marks belong together within a line. */
export function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let done = 0;
  const open = new Map<string, number>();
  let lineEnd = nextLine(text, 0);
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    if (index >= lineEnd) {
      open.clear();
      lineEnd = nextLine(text, index);
    }
    if (index < done) continue;
    const end = index + mark.length;
    const before = lastCharacter(text, index);
    const after = String.fromCodePoint(text.codePointAt(end) ?? 32);
    const start = open.get(mark);
    if (start !== undefined && /\S/u.test(before) && CLOSES_BEFORE.test(after)) {
      open.delete(mark);
      const inner = text.slice(start + mark.length, index);
      if (!HAS_WORD.test(inner)) continue;
      found.push(...linkify(text.slice(done, start)));
      const kind = mark === '**' ? 'strong' : 'em';
      found.push(...linkify(inner).map((part): Inline => ({ ...part, mark: kind })));
      done = end;
      open.clear();
    } else if (OPENS_AFTER.test(before) && /\S/u.test(after)) {
      open.set(mark, index);
    }
  }
  found.push(...linkify(text.slice(done)));
  return found;
}

function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length + 1 : at;
}

/** The character before an index; empty at the beginning. */
function lastCharacter(text: string, index: number): string {
  return index === 0 ? '' : String.fromCodePoint(text.codePointAt(index - 1) ?? 32);
}
