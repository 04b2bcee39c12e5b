import { decodeUtf8, encodeUtf8, fromBase64Url, toBase64Url } from '#core/bytes.ts';
import { isId } from '#core/id.ts';

/** The end of a list's page: lists are ordered by time, then by id, both descending. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

/** The latest time a Date can hold, ms; the limit for a client's cursor. */
const LAST_MOMENT = 8.64e15;

/** Encodes a position as an opaque text for addresses and forms: base64url of `milliseconds.id`. */
export function encodeCursor({ at, id }: Position): string {
  return toBase64Url(encodeUtf8(`${at.getTime()}.${id}`));
}

/** The position, or null for a text that {@link encodeCursor} cannot have made. */
export function decodeCursor(cursor: string): Position | null {
  try {
    const [, ms, id] = /^(\d{1,16})\.([0-9a-f]{24})$/.exec(decodeUtf8(fromBase64Url(cursor))) ?? [];
    if (ms === undefined || !isId(id) || Number(ms) > LAST_MOMENT) return null;
    return { at: new Date(Number(ms)), id };
  } catch {
    return null;
  }
}
