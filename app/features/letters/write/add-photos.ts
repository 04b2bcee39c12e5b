import { type PhotoDesk, PhotoError } from '#app/browser/photos/photo-desk.ts';
import type { UploadedPhoto, UploadStage } from '#app/browser/photos/photo-messages.ts';
import { newId } from '#core/id.ts';
import { standsStillText } from '#core/photos/photo-advice.ts';
import { showableName } from '#core/photos/showable-name.ts';
import { limits } from '#core/schemas/limits.ts';
import { keyOf, type SealedDraft } from './sealed-draft.ts';

/** How far the photos have come; `n` from 1. */
export interface PhotoProgress {
  n: number;
  count: number;
  stage: UploadStage;
}

/** What was uploaded of the files of this page, so that trying again does not do it twice. */
export type UploadedFiles = Map<File, UploadedPhoto>;

/**
 * Prepares, seals and uploads the chosen photos one by one, and puts them into the draft, which is then to be saved. A file
 * that is refused is named and does not stop the rest.
 *
 * @throws PhotoError when the network stays away or nobody is logged in; PhotosCancelled
 * @returns a sentence for each file that was not taken, and for each that is another thing in a letter than in its file
 */
export async function addPhotos(
  draft: SealedDraft,
  chosen: { file: File; caption: string }[],
  uploaded: UploadedFiles,
  desk: PhotoDesk,
  onProgress: (progress: PhotoProgress) => void,
): Promise<string[]> {
  const kept = new Set(draft.photos.map(({ photoId }) => photoId));
  // Of two presses the first may have put them into the draft.
  const files = chosen.filter(({ file }) => !kept.has(uploaded.get(file)?.entry.photoId ?? ''));
  const room = limits.photos - draft.photos.length;
  const notes: string[] = [];
  for (const [at, { file }] of files.slice(0, room).entries()) {
    if (uploaded.has(file)) continue;
    const photo = { file, draftId: draft.id, photoId: newId(), key: keyOf(draft) };
    try {
      const onStage = (stage: UploadStage) =>
        onProgress({ n: at + 1, count: Math.min(files.length, room), stage });
      const taken = await desk.upload(photo, onStage);
      uploaded.set(file, taken);
      if (taken.standsStill) notes.push(`“${showableName(file.name)}”: ${standsStillText}`);
    } catch (error) {
      if (!(error instanceof PhotoError) || error.trouble.what !== 'refused') throw error;
      notes.push(`“${showableName(file.name)}”: ${error.message}`);
    }
  }
  for (const { file, caption } of files) {
    const photo = uploaded.get(file);
    if (!photo) continue;
    draft.photos = [...draft.photos, { ...photo.entry, caption }];
    draft.seals = [...draft.seals, photo.seal];
  }
  const left = files.slice(room).map(({ file }) => `“${showableName(file.name)}”`);
  if (left.length > 0) notes.push(`A letter carries ${limits.photos} photos. Left out: ${left.join(', ')}.`);
  return notes;
}
