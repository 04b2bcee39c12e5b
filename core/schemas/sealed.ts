import { z } from 'zod';
import type { Bytes } from '../bytes.ts';
import { isPaddedLength, SUITE, sealedLengths } from '../crypto/index.ts';
import { username } from './accounts.ts';
import { arrival, draftVersion, id } from './letters.ts';
import { limits } from './limits.ts';
import { stampIdea } from './stamps.ts';

/*
 * Checks for sealed data without a key: sizes, shapes and ids. JSON escapes a character with at
 * most six (`\u0000`).
 */
const ESCAPED = 6;
const manifestMax = limits.photos * (ESCAPED * (limits.captionMax + limits.altMax) + 200);
const letterMax = ESCAPED * (limits.titleMax + limits.bodyMax) + manifestMax + 100;
const draftMax = letterMax + ESCAPED * limits.draftTitleMax;
const ideaMax = 4 * limits.draftTitleMax;

const bytes = z.custom<Bytes>((value) => value instanceof Uint8Array, 'These aren’t bytes.');
const isOfSuite = (value: Bytes) => value[0] === SUITE;

const sealedOf = (length: number) =>
  bytes.refine((value) => value.length === length && isOfSuite(value), 'This isn’t sealed correctly.');
const padded = (maxContent: number) =>
  bytes
    .refine(
      (value) => value.length <= 2 * maxContent && isPaddedLength(value.length, maxContent),
      'Nothing sealed has this length.',
    )
    .refine(isOfSuite, 'This isn’t sealed correctly.');

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'This isn’t a hash.');
const epoch = z.number().int().min(0).max(1_000_000);

const photoSeals = z
  .custom<unknown[]>(
    (value) => Array.isArray(value) && value.length <= limits.photos,
    'That’s more photos than a letter can hold.',
  )
  .pipe(z.array(z.object({ photoId: id, fullHash: hash, previewHash: hash })))
  .refine(
    (seals) => new Set(seals.map(({ photoId }) => photoId)).size === seals.length,
    'A photo appears twice.',
  );

export const sendLetterInput = z.object({
  to: username,
  letter: z.object({
    suite: z.literal(SUITE),
    letterId: id,
    authorId: id,
    receiverId: id,
    authorEpoch: epoch,
    receiverEpoch: epoch,
    /** ms since 1970 */
    createdAt: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    payload: padded(letterMax),
    photos: photoSeals,
    sealedForReceiver: sealedOf(sealedLengths.letterKey),
    sealedForAuthor: sealedOf(sealedLengths.letterKey),
  }),
  heading: sealedOf(sealedLengths.heading),
  /** Not sealed: the picture service sees it. */
  stampIdea: stampIdea.optional(),
  draftVersion: draftVersion.optional(),
  /** Now unless given. The server knows the receiver's time zone; the author does not. */
  arrival: arrival.optional(),
});
export type SendLetterInput = z.infer<typeof sendLetterInput>;

export const markReadInput = z.object({
  id,
  heading: sealedOf(sealedLengths.heading),
});

export const saveDraftInput = z.object({
  draftId: id,
  /** The loaded version; 0 for a new draft. */
  version: z.number().int().min(0).max(1_000_000_000),
  to: username.or(z.literal('')).default(''),
  payload: padded(draftMax),
  sealedKey: sealedOf(sealedLengths.wrappedKey),
  /** Undefined keeps the draft's stamp idea; null removes it. */
  stampIdea: padded(ideaMax).nullable().optional(),
  photos: photoSeals,
});
export type SaveDraftInput = z.infer<typeof saveDraftInput>;
export type SealedDraftToSave = z.input<typeof saveDraftInput>;

/** The draft that a letter becomes again; its id is the letter's. */
export const callBackInput = saveDraftInput.omit({ version: true, stampIdea: true });
export type CallBackInput = z.infer<typeof callBackInput>;

export const savePinsInput = z
  .object({
    pins: bytes.refine(
      (value) => value.length >= 29 && value.length <= limits.pinsBytes && isOfSuite(value),
      'These aren’t pins.',
    ),
    /** The loaded version; 0 for the first. */
    version: z.number().int().min(0).max(1_000_000_000),
    /** The new version, later than the loaded one; one later by default. */
    next: z.number().int().min(1).max(1_000_000_001).optional(),
  })
  .refine(
    ({ version, next }) => next === undefined || next > version,
    'These pins are older than the ones they replace.',
  );
