import { newId } from '../id.ts';
import type { LetterAccess } from '../letter-access.ts';
import { standsStillText } from '../photos/photo-advice.ts';
import { type PhotoPort, type UploadedPhoto, type UploadStage, uploadPhoto } from '../photos/upload-photo.ts';
import { refusalOf } from '../refusal.ts';
import { limits } from '../schemas/limits.ts';
import { describePhoto, type EditedDraft, type NewPhoto } from './edited-draft.ts';
import { keyOf } from './seal-draft.ts';

/** Upload progress; `n` counts from 1. */
export interface PhotoProgress {
  n: number;
  count: number;
  stage: UploadStage;
}

/** The upload of a form's photos to its draft. */
export interface PhotoUploads<File> extends PhotoPort<File> {
  /** Photos already uploaded, so that a retry doesn't upload them again. */
  uploaded: Map<File, UploadedPhoto>;
  onProgress?(progress: PhotoProgress): void;
}

/**
 * Prepares, seals and uploads photos one by one and adds them to the draft, which the caller must
 * save. A refused file is named and doesn't stop the others.
 * @returns a sentence for each refused file, and for each photo that will look different in the
 *   letter
 * @throws `unauthenticated`, `unavailable` and `internal`; anything `preparePhoto` throws except
 *   PhotoRefused; `fetch` errors after the last retry; the signal's reason
 */
export async function addPhotos<File>(
  access: LetterAccess,
  draft: EditedDraft,
  chosen: NewPhoto<File>[],
  { uploaded, onProgress, ...port }: PhotoUploads<File>,
): Promise<string[]> {
  const kept = new Set(draft.photos.map(({ photoId }) => photoId));
  // An earlier click may already have added them to the draft.
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
  for (const chosen of files.slice(0, room)) {
    const photo = uploaded.get(chosen.file);
    if (!photo) continue;
    draft.photos = [...draft.photos, describePhoto(photo.entry, chosen)];
    draft.seals = [...draft.seals, photo.seal];
  }
  const left = files
    .slice(room)
    .map((photo) => (photo.name ? `“${photo.name}”` : `photo ${chosen.indexOf(photo) + 1}`));
  if (left.length > 0) notes.push(`A letter holds ${limits.photos} photos. We left out: ${left.join(', ')}.`);
  return notes;
}

/** Explains why one file was refused; null for an error that stops all of them. */
function sentenceOf(error: unknown): string | null {
  // Compares names, because the server and app bundles each have their own copy of the class.
  if (error instanceof Error && error.name === 'PhotoRefused') return error.message;
  const refusal = refusalOf(error);
  const stops = ['unauthenticated', 'unavailable', 'internal'];
  return refusal && !stops.includes(refusal.code) ? refusal.message : null;
}
