import { PhotoError } from '#app/browser/photos/photo-error.ts';
import { PhotosCancelled } from '#app/browser/photos/photo-worker.ts';
import { browserAccess } from '#app/modes/browser-access.ts';
import { isOffline } from '#app/ui/is-offline.ts';
import type { PhotoUploads } from '#core/drafts/add-photos.ts';
import type { EditedDraft } from '#core/drafts/edited-draft.ts';
import { saveDraft } from '#core/drafts/save-draft.ts';
import { type Submitted, submitDraft } from '#core/letters/submit-draft.ts';
import { showableName } from '#core/photos/showable-name.ts';
import { type Refusal, refusalOf } from '#core/refusal.ts';
import { type FilledForm, newPhotosOf, readDraftForm } from './draft-form.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

const offline = 'You’re offline. Nothing was sent and nothing is lost. Try again when you’re back online.';
const stopped =
  'Stopped. Nothing was sent and nothing is lost. Photos that are already uploaded won’t need uploading again.';
const loggedOut = 'You were logged out.';
const loggedOutWhileWriting = 'You were logged out. Log in again in another tab; your text stays here.';

/** Seconds before each retry of an upload. */
const retryS = [1, 2, 4, 8, 15];

export function readSealedForm(fields: FormData): FilledForm<File> {
  const values: Record<string, string[]> = {};
  const files: File[] = [];
  for (const [name, value] of fields) {
    if (typeof value === 'string') values[name] = [...(values[name] ?? []), value];
    else if (name === 'photos' && (value.name || value.size > 0)) files.push(value);
  }
  const take = (file: File) => ({ file, name: showableName(file.name) });
  return readDraftForm(values, newPhotosOf(files, values, take));
}

/** Handles a submitted form in a sealed session: seals everything before sending it. */
export async function submitSealedForm(
  username: string,
  draft: EditedDraft,
  form: FilledForm<File>,
  uploads: Omit<PhotoUploads<File>, 'retryS'>,
): Promise<Submitted> {
  const refused = (message: string, code: Refusal['code'] = 'unavailable'): Submitted => ({
    outcome: 'refused',
    refusal: { code, message, fields: {} },
    draft,
  });
  const access = await browserAccess(username);
  if (!access) return refused(loggedOut, 'unauthenticated');
  try {
    return await submitDraft(access, draft, form, { ...uploads, retryS });
  } catch (error) {
    if (error instanceof PhotosCancelled) return refused(stopped);
    if (error instanceof PhotoError) return refused(error.message);
    if (isOffline(error) || (error instanceof Error && isOffline(error.cause))) return refused(offline);
    throw error;
  }
}

/**
 * Seals and saves the text of a form. Photos are stored when the user saves or sends. Rejects when
 * offline.
 */
export async function autosaveSealedForm(
  username: string,
  draft: EditedDraft,
  fields: FormData,
): Promise<AutosaveAnswer> {
  const access = await browserAccess(username);
  if (!access) return { version: draft.version, problem: loggedOutWhileWriting };
  try {
    await saveDraft(access, draft, readSealedForm(fields).words);
    return { version: draft.version, problem: null };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal || refusal.code === 'unavailable') throw error;
    const problem = refusal.code === 'unauthenticated' ? loggedOutWhileWriting : refusal.message;
    return { version: draft.version, problem };
  }
}
