import { newId } from '../id.ts';
import type { LetterAccess } from '../letter-access.ts';
import { standsStillText } from '../photos/photo-advice.ts';
import { type PhotoPort, type UploadedPhoto, type UploadStage, uploadPhoto } from '../photos/upload-photo.ts';
import { refusalOf } from '../refusal.ts';
import { limits } from '../schemas/limits.ts';
import type { EditedDraft, NewPhoto } from './edited-draft.ts';
import { keyOf } from './seal-draft.ts';

/** How far the photos have come; `n` from 1. */
export interface PhotoProgress {
  n: number;
  count: number;
  stage: UploadStage;
}

/** How the photos of a form become photos of its draft. */
export interface PhotoUploads<File> extends PhotoPort<File> {
  /** What was uploaded of these files, so that trying again does not do it twice. */
  uploaded: Map<File, UploadedPhoto>;
  onProgress?(progress: PhotoProgress): void;
}

/**
 * Prepares, seals and uploads the chosen photos one by one, and puts them into the draft, which is then to be saved. A file
 * that is refused is named and does not stop the rest.
 *
 * @returns a sentence for each file that was not taken, and for each that is another thing in a letter than in its file
 * @throws `unauthenticated`, `unavailable` and `internal`; what `preparePhoto` throws that is no PhotoRefused; whatever
 *   `fetch` throws while the network stays away; the reason of the signal
 */
export async function addPhotos<File>(
  access: LetterAccess,
  draft: EditedDraft,
  chosen: NewPhoto<File>[],
  { uploaded, onProgress, ...port }: PhotoUploads<File>,
): Promise<string[]> {
  const kept = new Set(draft.photos.map(({ photoId }) => photoId));
  // Of two presses the first may have put them into the draft.
  const files = chosen.filter(({ file }) => !kept.has(uploaded.get(file)?.entry.photoId ?? ''));
  const room = limits.photos - draft.photos.length;
  const notes: string[] = [];
  const note = (photo: NewPhoto<File>, sentence: string) => {
    const nameless = chosen.length > 1 ? `Photo ${chosen.indexOf(photo) + 1}: ` : '';
    notes.push(`${photo.name ? `“${photo.name}”: ` : nameless}${sentence}`);
  };
  for (const [at, photo] of files.slice(0, room).entries()) {
    const { file } = photo;
    if (uploaded.has(file)) continue;
    const place = { draftId: draft.id, photoId: newId(), key: keyOf(draft) };
    try {
      const taken = await uploadPhoto(access, place, file, port, (stage) =>
        onProgress?.({ n: at + 1, count: Math.min(files.length, room), stage }),
      );
      uploaded.set(file, taken);
      if (taken.standsStill) note(photo, standsStillText);
    } catch (error) {
      const sentence = sentenceOf(error);
      if (sentence === null) throw error;
      note(photo, sentence);
    }
  }
  for (const { file, caption } of files.slice(0, room)) {
    const photo = uploaded.get(file);
    if (!photo) continue;
    draft.photos = [...draft.photos, { ...photo.entry, caption }];
    draft.seals = [...draft.seals, photo.seal];
  }
  const left = files
    .slice(room)
    .map((photo) => (photo.name ? `“${photo.name}”` : `photo ${chosen.indexOf(photo) + 1}`));
  if (left.length > 0) notes.push(`A letter carries ${limits.photos} photos. Left out: ${left.join(', ')}.`);
  return notes;
}

/** Why this one file was not taken; null for what stops them all. */
function sentenceOf(error: unknown): string | null {
  // By name, because server and app bundle are separate module graphs with a class of their own each.
  if (error instanceof Error && error.name === 'PhotoRefused') return error.message;
  const refusal = refusalOf(error);
  const stops = ['unauthenticated', 'unavailable', 'internal'];
  return refusal && !stops.includes(refusal.code) ? refusal.message : null;
}
