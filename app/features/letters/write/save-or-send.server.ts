import { data, redirect } from '@remix-run/node';
import type { AppCaller } from '#app/http/api.server.ts';
import { attempt, type FormProblem, privateHeaders } from '#app/http/errors.server.ts';
import { orderPhotos } from '#core/drafts/order-photos.ts';
import { newId } from '#core/id.ts';
import { captionField } from './captions.ts';
import type { readWriting, Sheet } from './read-writing.server.ts';

type Writing = Awaited<ReturnType<typeof readWriting>>;
type KeptPhotos = Pick<Writing, 'captions' | 'photoOrder'>;

interface Refused {
  sheet: Sheet;
  problem: FormProblem;
  status: number;
}

/**
 * Does what was pressed, in a session whose letters the server seals. Photos always go through the draft, so that a letter
 * that is refused, or a crash half-way, loses none of them; the letter takes them over sealed as they are.
 *
 * @returns a refused sheet with what is wrong with it
 * @throws the redirect to the next page when all went well
 */
export async function saveOrSend(api: AppCaller, writing: Writing) {
  const { sheet, problem, status } = await perform(api, writing);
  const shown = { ...sheet, photos: await photosOf(api, sheet, writing) };
  // No field that anybody sees.
  const { version: _, ...fields } = problem.fields;
  const answer = { sheet: shown, problem: { message: problem.message, fields } };
  return data(answer, { status, headers: privateHeaders });
}

async function perform(api: AppCaller, writing: Writing): Promise<Refused> {
  const { intent, sheet, photos, removePhotoIds, moved, problem } = writing;
  const savesFirst = intent !== 'send' || photos.length > 0 || removePhotoIds.length > 0 || problem !== null;
  const saved = savesFirst ? await save(api, writing) : { sheet, problem: null };
  if (saved.problem) return saved;
  if (intent !== 'send')
    throw redirect(`/write?draft=${sheet.id}&done=saved${moved ? `#${captionField(moved)}` : ''}`);
  return send(api, saved.sheet, writing, savesFirst);
}

async function save(api: AppCaller, writing: Writing): Promise<{ sheet: Sheet; problem: null } | Refused> {
  const { intent, sheet, photos, captions, photoOrder, newCaptions, removePhotoIds, problem } = writing;
  const newPhotos = photos.map((photo) => photo.bytes);
  const newPhotoNames = photos.map((photo) => photo.name);
  const saved = await attempt(() =>
    api.drafts.save({
      ...{ ...wordsOf(sheet), captions, photoOrder, removePhotoIds },
      ...{ newPhotos, newPhotoNames, newCaptions },
    }),
  );
  // Sent before: sending once more tells whether it is the same letter, or another one on a used sheet.
  const sentBefore = !saved.ok && intent === 'send' && saved.status === 409 && (await wasSent(api, sheet.id));
  if (!saved.ok && !sentBefore) return { sheet, problem: saved.problem, status: saved.status };
  const notes = problem ? [problem] : [];
  let kept = sheet;
  if (saved.ok) {
    const { version, photos, savedAt, photoNotes } = saved.value;
    kept = { ...sheet, version, photos, savedAt };
    notes.push(...photoNotes);
  }
  if (notes.length === 0) return { sheet: kept, problem: null };
  const message = notes.join('\n');
  return { sheet: kept, problem: { message, fields: { photos: message } }, status: 400 };
}

async function send(
  api: AppCaller,
  sheet: Sheet,
  { captions, photoOrder }: KeptPhotos,
  isSaved: boolean,
): Promise<Refused> {
  const kept = { captions, photoOrder };
  const { draftId: letterId, version: draftVersion, ...words } = wordsOf(sheet);
  const sent = await attempt(() => api.letters.send({ letterId, draftVersion, ...words, ...kept }));
  if (sent.ok) throw redirect(`/letters/${sent.value.letterId}?done=sent`);
  const { problem, status } = sent;
  if (problem.fields.key) {
    // The friend has new keys: the words wait as a draft while the person looks at the safety number.
    const waits = isSaved || (await attempt(() => api.drafts.save({ ...wordsOf(sheet), ...kept }))).ok;
    if (waits) throw redirect(`/friends/${sheet.to}/safety?draft=${sheet.id}`);
  }
  const isUsed = status === 409 && !problem.fields.key && !problem.fields.version;
  return { sheet: isUsed ? { ...sheet, id: newId(), version: 0, photos: [] } : sheet, problem, status };
}

function wordsOf({ id: draftId, version, to, title, body, stampIdea }: Sheet) {
  return { draftId, version, to, title, body, stampIdea };
}

/** The photos of a refused sheet, with their lines and in their order as in the form; without a draft there are none. */
async function photosOf(
  api: AppCaller,
  { id, version, photos }: Sheet,
  { captions, photoOrder }: KeptPhotos,
) {
  const draft =
    version > 0 && photos.length === 0
      ? await attempt(() => api.drafts.open({ id }))
      : { ok: false as const };
  const kept = draft.ok ? draft.value.photos : photos;
  return orderPhotos(kept, photoOrder).map((photo) => ({
    ...photo,
    caption: captions[photo.photoId] ?? photo.caption,
  }));
}

/**
 * Whether another press of the same button has sent this letter: of two, only the second is answered. The first may be a
 * moment behind, as both work on the photos.
 */
async function wasSent(api: AppCaller, id: string): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const letter = await attempt(() => api.letters.read({ id }));
    if (letter.ok) return letter.value.role === 'author';
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return false;
}
