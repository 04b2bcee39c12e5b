import {
  getMultipartBoundary,
  MaxPartsExceededError,
  MaxTotalSizeExceededError,
  MultipartParser,
  type MultipartPart,
} from '@remix-run/multipart-parser';
import type { Bytes } from '#core/bytes.ts';
import { concatBytes } from '#core/bytes.ts';
import { MINUTE } from '#core/durations.ts';
import { createPacker } from './pack-chunks.server.ts';

/**
 * The outcome of reading a body: `whole`, or why not. `broken` includes a connection that ended
 * early.
 */
export type BodyOutcome = 'whole' | 'too-large' | 'too-many-fields' | 'broken';

interface MultipartBounds {
  /** Content bytes of all parts together. */
  totalBytes: number;
  parts: number;
  watch?: ((reading: Reading) => void) | undefined;
}

export interface Reading {
  /** Bytes so far; null when done. */
  arrived(): number | null;
  /** Stops reading; the outcome is `broken`. */
  end(): void;
}

/** RFC 2046, 5.1.1. Longer boundaries would make the parser's search quadratic. */
const BOUNDARY_MAX = 70;

/**
 * A browser that gets an answer before it has sent everything shows a broken connection instead of
 * the page. So the rest of a refused body is read and discarded: up to twelve of the largest
 * photos, for up to a minute.
 */
const DRAIN_BYTES = 250_000_000;
const DRAIN_MS = MINUTE;

/** Text forms have few chunks, which aren't repacked. */
const UNPACKED_BYTES = 65_536;

type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads a multipart body part by part. `onPart` has already received everything before an exceeded
 * limit, so one file too many loses nothing the user typed.
 */
export async function readParts(
  request: Request,
  bounds: MultipartBounds,
  onPart: (part: MultipartPart) => void,
): Promise<BodyOutcome> {
  if (!request.body) return 'broken';
  const reader: BodyReader = request.body.getReader();
  const boundary = getMultipartBoundary(request.headers.get('Content-Type') ?? '')?.trim();
  if (!boundary || boundary.length > BOUNDARY_MAX) {
    await drain(reader);
    return 'broken';
  }
  const parser = new MultipartParser(boundary, {
    maxFileSize: bounds.totalBytes,
    maxTotalSize: bounds.totalBytes,
    maxParts: bounds.parts,
  });
  const pack = createPacker();
  let arrived: number | null = 0;
  bounds.watch?.({ arrived: () => arrived, end: () => void reader.cancel().catch(() => {}) });
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      arrived += next.value.length;
      const chunk = arrived > UNPACKED_BYTES ? pack(next.value) : next.value;
      for (const part of parser.write(chunk)) onPart(part);
    }
    parser.finish();
    return 'whole';
  } catch (error) {
    await drain(reader);
    if (error instanceof MaxPartsExceededError) return 'too-many-fields';
    if (error instanceof MaxTotalSizeExceededError) return 'too-large';
    // The parser supports no epilogue (RFC 2046, 5.1.1) and refuses even a last line break that
    // arrives separately.
    return isFinished(parser) ? 'whole' : 'broken';
  } finally {
    arrived = null;
  }
}

/**
 * Reads a body of at most `maxBytes`; returns the beginning of a larger one and discards the rest.
 */
export async function readWhole(
  request: Request,
  maxBytes: number,
  watch?: MultipartBounds['watch'],
): Promise<{ outcome: BodyOutcome; bytes: Bytes }> {
  if (!request.body) return { outcome: 'whole', bytes: concatBytes() };
  const reader: BodyReader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let left = maxBytes;
  let [isOver, isEnded] = [false, false];
  const end = () => {
    isEnded = true;
    reader.cancel().catch(() => {});
  };
  watch?.({ arrived: () => (isOver ? null : maxBytes - left), end });
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value.subarray(0, left));
      left -= next.value.length;
      if (left < 0) {
        await drain(reader);
        return { outcome: 'too-large', bytes: concatBytes(...chunks) };
      }
    }
  } catch {
    return { outcome: 'broken', bytes: concatBytes(...chunks) };
  } finally {
    isOver = true;
  }
  // A cancelled read ends like a complete one.
  if (isEnded) return { outcome: 'broken', bytes: concatBytes(...chunks) };
  return { outcome: 'whole', bytes: concatBytes(...chunks) };
}

async function drain(reader: BodyReader): Promise<void> {
  const giveUp = setTimeout(() => reader.cancel().catch(() => {}), DRAIN_MS);
  try {
    let left = DRAIN_BYTES;
    for (let next = await reader.read(); !next.done && left > 0; next = await reader.read()) {
      left -= next.value.length;
    }
    if (left <= 0) await reader.cancel();
  } catch {
    // The client has gone and won't see the page.
  } finally {
    clearTimeout(giveUp);
  }
}

function isFinished(parser: MultipartParser): boolean {
  try {
    parser.finish();
    return true;
  } catch {
    return false;
  }
}
