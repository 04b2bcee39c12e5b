import type { MultipartPart } from '@remix-run/multipart-parser';
import type { Bytes } from '#core/bytes.ts';
import { showableName } from '#core/photos/showable-name.ts';
import { limits } from '#core/schemas/limits.ts';
import type { LoadContext } from './api.server.ts';
import { type BodyOutcome, readParts, readWhole } from './form-body.server.ts';
import { type Room, reserveMemory } from './reserve-memory.server.ts';

/** The text of a form. Line breaks are `\n`, as in the text area (the wire has `\r\n`). */
interface FormFields {
  /**
   * One value per name. Of a repeated name the last, so that a ticked box wins over the hidden
   * field before it.
   */
  fields: Record<string, string>;
  /** All values per name, in the order of the form. */
  lists: Record<string, string[]>;
}

interface SmallForm extends FormFields {
  /** The message if the form was refused. `fields` has what was read all the same. */
  problem: string | null;
}

interface UploadedPhoto {
  /** The file's own name, sanitised for display; never used for decisions. */
  name: string;
  bytes: Bytes;
}

export interface LetterForm extends FormFields {
  /** The photos within the limits, in the order of the form. Their content is still unchecked. */
  photos: UploadedPhoto[];
  /** Messages for the user, one per problem; empty if the whole form was accepted. */
  problems: string[];
  /** Call this when the photos are no longer needed: other uploads wait for their memory. */
  release(): void;
}

const megabytes = (bytes: number) => `${bytes / 1_000_000} MB`;

/** The field names that forms use. Others are dropped, including `__proto__`. */
const FIELD_NAME = /^[a-z][\w.[\]-]{0,63}$/i;
const PHOTO_FIELD = /^photos(\[\])?$/;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

const brokenForm = 'Part of the form didn’t arrive. Please send it again.';
const tooManyFields = 'This form has too many fields. Please reload the page and try again.';
const noRoom =
  'We’re getting a lot of photos right now, so yours were left out. Please choose them again in a minute.';
const noRoomForWords =
  'We’re busy right now. Go back (your text is still in the form) and send it again in a minute.';
/** Percent-encoding writes one byte as three. */
const ENCODED_BYTES = 3 * limits.letterTextBytes;
const smallFormProblems: Record<BodyOutcome, string | null> = {
  whole: null,
  'too-large': 'That’s too much text for this form. Please shorten it and send it again.',
  'too-many-fields': tooManyFields,
  broken: brokenForm,
};

/**
 * Reads a small form (login, settings, feedback …) of at most {@link limits}`.smallFormBytes`;
 * ignores files.
 */
export async function readForm(request: Request): Promise<SmallForm> {
  const form = createFormReader(limits.smallFormBytes);
  const outcome = isMultipart(request)
    ? await readParts(request, { totalBytes: limits.smallFormBytes, parts: limits.formFields }, (part) => {
        if (!part.isFile) form.addText(part.name, textOf(part));
      })
    : await readUrlEncoded(request, limits.smallFormBytes, form);
  return { ...form.fields(), problem: smallFormProblems[outcome] };
}

/**
 * Reads the letter form with its photos, within the limits of core/schemas/limits.ts and without
 * holding more. Doesn't throw when a limit is exceeded: returns the text and photos before it, with
 * a message about the rest. Text comes before files in the form, so a file too many never costs a
 * word. Large forms wait their turn.
 */
export async function readLetterForm(
  request: Request,
  hold: LoadContext['reserveMemoryFor'],
): Promise<LetterForm> {
  const length = Number(request.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY);
  if (length <= limits.smallFormBytes) return { ...(await readLetter(request)), release() {} };
  const room = isMultipart(request)
    ? await reserveMemory(request, limits.letterBytes + limits.letterTextBytes, hold, 'photos')
    : await reserveMemory(request, ENCODED_BYTES, hold, 'words', 2);
  if (!room) {
    if (request.signal.aborted) throw senderGone();
    return { ...(await readLetterText(request, hold)), photos: [], problems: [noRoom], release() {} };
  }
  try {
    return { ...(await readLetter(request, room)), release: room.release };
  } catch (error) {
    room.release();
    throw error;
  }
}

async function readLetter(request: Request, room?: Room): Promise<Omit<LetterForm, 'release'>> {
  const form = createFormReader(limits.letterTextBytes);
  const pile = createPhotoPile();
  let outcome: BodyOutcome;
  if (isMultipart(request)) {
    const bounds = {
      totalBytes: limits.letterBytes + limits.letterTextBytes,
      parts: limits.formFields + 2 * limits.photos,
      watch: room?.watch,
    };
    outcome = await readParts(request, bounds, (part) => {
      if (!part.isFile) form.addText(part.name, textOf(part));
      else if (PHOTO_FIELD.test(part.name ?? '')) pile.add(part);
    });
  } else {
    outcome = await readUrlEncoded(request, ENCODED_BYTES, form, room);
  }

  const problems = [...form.problems(), ...pile.problems()];
  if (outcome === 'broken') problems.push(brokenForm);
  if (outcome === 'too-many-fields') problems.push(tooManyFields);
  if (outcome === 'too-large') {
    problems.push(
      isMultipart(request)
        ? `The photos in a letter can total ${megabytes(limits.letterBytes)}. Please send fewer or smaller ones, or a second letter.`
        : 'This letter is too long. Please shorten it and send it again.',
    );
  }
  return { ...form.fields(), photos: pile.photos, problems };
}

/**
 * Reads the text of the letter form and discards its photos, for a user who was logged out
 * meanwhile. Nothing can be sent, but they get their text back.
 *
 * @throws {Response} 503 when there was no room for a long time: the browser still has the text
 */
export async function readLetterText(
  request: Request,
  hold: LoadContext['reserveMemoryFor'],
): Promise<FormFields> {
  const length = Number(request.headers.get('Content-Length') ?? Number.POSITIVE_INFINITY);
  const isSmall = length <= limits.smallFormBytes;
  const room = isSmall ? null : await reserveMemory(request, ENCODED_BYTES, hold, 'words', 2);
  if (!room && !isSmall) {
    if (request.signal.aborted) throw senderGone();
    throw new Response(noRoomForWords, { status: 503, headers: { 'Retry-After': '60' } });
  }
  try {
    if (!isMultipart(request)) return await readLetter(request, room ?? undefined);
    const form = createFormReader(limits.letterTextBytes);
    const { letterTextBytes: totalBytes, formFields: parts } = limits;
    await readParts(request, { totalBytes, parts, watch: room?.watch }, (part) => {
      if (!part.isFile) form.addText(part.name, textOf(part));
    });
    return form.fields();
  } finally {
    room?.release();
  }
}

/** The client has gone, so nothing waits for the answer. */
const senderGone = () => new Response(null, { status: 400 });

function isMultipart(request: Request): boolean {
  return /^multipart\/form-data\b/i.test(request.headers.get('Content-Type') ?? '');
}

type FormReader = ReturnType<typeof createFormReader>;

function createFormReader(maxBytes: number) {
  const values = new Map<string, string[]>();
  const cut = new Set<string>();
  let left = maxBytes;
  return {
    addText(name: string | undefined, text: string): void {
      if (!name || !FIELD_NAME.test(name)) return;
      const room = Math.min(left, limits.textFieldBytes);
      const taken = cutToBytes(text, room);
      if (taken.length < text.length) cut.add(name);
      left -= Buffer.byteLength(taken);
      values.set(name, [...(values.get(name) ?? []), taken.replaceAll(/\r\n?/g, '\n')]);
    },
    fields(): FormFields {
      return {
        fields: Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? ''])),
        lists: Object.fromEntries(values),
      };
    },
    problems(): string[] {
      return [...cut].map(
        (name) =>
          `The text in “${name}” is too long, so only the beginning is kept here. Go back to the previous page for all of it.`,
      );
    },
  };
}

function createPhotoPile() {
  const photos: UploadedPhoto[] = [];
  const tooLarge: string[] = [];
  const tooMany: string[] = [];
  return {
    photos,
    add(part: MultipartPart): void {
      const { filename, size } = part;
      // An empty file field sends a part without name or content.
      if (!filename && size === 0) return;
      const name = showableName(filename ?? '');
      if (size > limits.photoBytes) tooLarge.push(name);
      else if (photos.length >= limits.photos) tooMany.push(name);
      else photos.push({ name, bytes: part.bytes as Bytes });
    },
    problems(): string[] {
      const found = tooLarge.map(
        (name) =>
          `“${name}” is over ${megabytes(limits.photoBytes)}. Please choose a smaller copy of this photo.`,
      );
      if (tooMany.length > 0) {
        const left = tooMany.map((name) => `“${name}”`).join(', ');
        found.push(`A letter holds ${limits.photos} photos. We left out: ${left}.`);
      }
      return found;
    },
  };
}

async function readUrlEncoded(
  request: Request,
  maxBytes: number,
  form: FormReader,
  room?: Room,
): Promise<BodyOutcome> {
  const { outcome, bytes } = await readWhole(request, maxBytes, room?.watch);
  // The client has gone.
  if (bytes.length === 0 || request.signal.aborted) return outcome;
  const type = request.headers.get('Content-Type') ?? '';
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return 'broken';
  const encoded = utf8.decode(bytes);
  // Count before parsing: a field is cheap to send and expensive to store.
  if (encoded.split('&', limits.formFields + 1).length > limits.formFields) return 'too-many-fields';
  for (const [name, text] of new URLSearchParams(encoded)) form.addText(name, text);
  return outcome;
}

/**
 * Decodes text. Invalid UTF-8 becomes U+FFFD, as in a browser: a letter with one odd character is
 * still a letter.
 */
function textOf(part: MultipartPart): string {
  return utf8.decode(part.bytes);
}

function cutToBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const room = new Uint8Array(maxBytes);
  return text.slice(0, new TextEncoder().encodeInto(text, room).read);
}
