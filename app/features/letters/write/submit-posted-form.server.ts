import { data, redirect } from '@remix-run/node';
import type { LoadContext, LocalAccess } from '#app/http/api.server.ts';
import { privateHeaders, statusOf } from '#app/http/errors.server.ts';
import { requireAccess } from '#app/modes/server-access.server.ts';
import type { Bytes } from '#core/bytes.ts';
import { newLetterKey } from '#core/crypto/index.ts';
import { type EditedDraft, editDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import { loadDraft } from '#core/drafts/load-draft.ts';
import { type Submitted, submitDraft } from '#core/letters/submit-draft.ts';
import { refusalOf } from '#core/refusal.ts';
import { wiping } from '#core/wiping.ts';
import { pathAfter, shownAfter } from './after-submitting.ts';
import { captionField } from './captions.ts';
import type { PostedForm } from './read-posted-form.server.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

/**
 * Does what was pressed in a form that was posted to be sealed here.
 *
 * @returns the form with what is wrong with it
 * @throws the redirect to the next page when all went well
 */
export async function submitPostedForm(context: LoadContext, posted: PostedForm) {
  const { savedAt, ...submitted } = await submit(context, posted);
  const { words, moved } = posted;
  if (submitted.outcome !== 'refused') {
    const path = pathAfter(submitted, words.to);
    throw redirect(moved ? `${path}#${captionField(moved)}` : path);
  }
  const { message, fields, code } = submitted.refusal;
  const sheet = shownAfter(submitted.draft, words, savedAt);
  return data({ sheet, problem: { message, fields } }, { status: statusOf(code), headers: privateHeaders });
}

/** Saves the words of a form, as its script does now and then; its photos are kept when the user saves or sends. */
export async function autosavePostedForm(context: LoadContext, posted: PostedForm): Promise<AutosaveAnswer> {
  const submitted = await submit(context, { ...posted, intent: 'save', newPhotos: [], removePhotoIds: [] });
  return submitted.outcome === 'refused'
    ? { version: posted.version, problem: submitted.refusal.message }
    : { version: submitted.draft.version, problem: null };
}

async function submit(
  context: LoadContext,
  posted: PostedForm,
): Promise<Submitted & { savedAt: Date | null }> {
  const access = await requireAccess(context);
  const { savedAt, ...draft } = await storedDraft(access, posted.draftId);
  const uploads = { preparePhoto: context.preparePhoto, retryS: [], uploaded: new Map() };
  const options = { notes: posted.notes, seenVersion: posted.version };
  const submitted = await wiping(draft.key, () => submitDraft(access, draft, posted, uploads, options));
  return { ...submitted, savedAt };
}

/** The draft as it is stored; a fresh one where there is none. */
async function storedDraft(
  access: LocalAccess,
  id: string,
): Promise<EditedDraft & { key: Bytes; savedAt: Date | null }> {
  try {
    const stored = await loadDraft(access, id);
    return { ...editDraft(stored, stored), key: stored.key, savedAt: stored.updatedAt };
  } catch (error) {
    if (refusalOf(error)?.code !== 'not-found') throw error;
    return { ...freshDraft(id), key: newLetterKey(), savedAt: null };
  }
}
