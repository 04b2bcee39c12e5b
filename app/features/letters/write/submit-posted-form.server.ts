import { data, redirect } from '@remix-run/node';
import type { LoadContext, LocalAccess } from '#app/http/api.server.ts';
import { privateHeaders, statusOf } from '#app/http/errors.server.ts';
import { serverAccess } from '#app/modes/server-access.server.ts';
import type { Bytes } from '#core/bytes.ts';
import { isCryptoRefusal, newLetterKey } from '#core/crypto/index.ts';
import { type EditedDraft, editDraft, freshDraft } from '#core/drafts/edited-draft.ts';
import { loadDraft } from '#core/drafts/load-draft.ts';
import { type Submitted, submitDraft } from '#core/letters/submit-draft.ts';
import { type Refusal, refusalOf } from '#core/refusal.ts';
import { withSecret } from '#core/with-secret.ts';
import { pathAfter, shownAfter } from './after-submitting.ts';
import { photoField } from './draft-form.ts';
import type { PostedForm } from './read-posted-form.server.ts';
import type { AutosaveAnswer } from './use-autosave.ts';

const sealedSession =
  'You’ve since logged in with JavaScript, so only your browser has your keys. Copy your text, reload the page and paste it.';

/**
 * Handles a posted form that the server seals.
 *
 * @returns the form with its problems
 * @throws the redirect to the next page on success
 */
export async function submitPostedForm(context: LoadContext, posted: PostedForm) {
  const submitted = await submit(context, posted);
  const { words, moved, version } = posted;
  if (submitted.outcome !== 'refused') {
    const path = pathAfter(submitted, words.to);
    throw redirect(moved ? `${path}#${photoField('caption', moved)}` : path);
  }
  const { message, fields, code } = submitted.refusal;
  const savedAt = submitted.draft.version > version ? new Date() : null;
  const draft = shownAfter(submitted.draft, words, savedAt);
  return data({ draft, problem: { message, fields } }, { status: statusOf(code), headers: privateHeaders });
}

/** Saves the text of a form for autosave. Photos are stored when the user saves or sends. */
export async function autosavePostedForm(context: LoadContext, posted: PostedForm): Promise<AutosaveAnswer> {
  // The text is incomplete: the stored draft has more of it.
  if (posted.notes.length > 0) return { version: posted.version, problem: posted.notes.join('\n') };
  const submitted = await submit(context, { ...posted, intent: 'save', newPhotos: [], removePhotoIds: [] });
  return submitted.outcome === 'refused'
    ? { version: posted.version, problem: submitted.refusal.message }
    : { version: submitted.draft.version, problem: null };
}

/** @returns a refusal where this session or this draft has no keys to seal it with */
async function submit(context: LoadContext, posted: PostedForm): Promise<Submitted> {
  const refused = (code: Refusal['code'], message: string): Submitted => ({
    outcome: 'refused',
    refusal: { code, message, fields: {} },
    draft: { ...freshDraft(posted.draftId), version: posted.version },
  });
  const access = await serverAccess(context);
  if (!access) return refused('forbidden', sealedSession);
  try {
    const draft = await storedDraft(access, posted.draftId);
    const uploads = { preparePhoto: context.preparePhoto, retryS: [], uploaded: new Map() };
    const options = { notes: posted.notes, seenVersion: posted.version };
    const submitted = await withSecret(draft.key, () => submitDraft(access, draft, posted, uploads, options));
    // From a draft that another press of the button has saved.
    if (submitted.draft.key) await withSecret(submitted.draft.key, () => undefined);
    return submitted;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return refused(refusal.code, refusal.message);
    if (!isCryptoRefusal(error)) throw error;
    context.reportDamaged('draft', { draftId: posted.draftId });
    return refused('not-found', 'This draft is damaged and can’t be opened.');
  }
}

async function storedDraft(access: LocalAccess, id: string): Promise<EditedDraft & { key: Bytes }> {
  try {
    const stored = await loadDraft(access, id);
    return { ...editDraft(stored, stored), key: stored.key };
  } catch (error) {
    if (refusalOf(error)?.code !== 'not-found') throw error;
    return { ...freshDraft(id), key: newLetterKey() };
  }
}
