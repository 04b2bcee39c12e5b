import type { LoadContext } from '#app/http/api.server.ts';
import { readLetterForm, readLetterText } from '#app/http/uploads.server.ts';
import type { Bytes } from '#core/bytes.ts';
import { type FilledForm, newPhotosOf, readDraftForm } from './draft-form.ts';

/** What the form of a letter posted. */
export interface PostedForm extends FilledForm<Bytes> {
  /** Whose page it was posted from. */
  author: string;
  /** Why not all of it could be taken, a sentence each. */
  notes: string[];
  /** To be called when the photos are no longer needed. */
  release(): void;
}

/** Reads what was posted. Words are kept even when photos were too many or too large. */
export async function readPostedForm(
  request: Request,
  { reserveMemoryFor }: LoadContext,
): Promise<PostedForm> {
  const { fields, lists, photos, problems, release } = await readLetterForm(request, reserveMemoryFor);
  const newPhotos = newPhotosOf(photos, lists.newCaption, ({ bytes, name }) => ({ file: bytes, name }));
  return { ...readDraftForm(lists, newPhotos), author: fields.author ?? '', notes: problems, release };
}

/** Reads the words alone, of a user who is not logged in any more. */
export async function readPostedText(
  request: Request,
  { reserveMemoryFor }: LoadContext,
): Promise<PostedForm> {
  const { fields, lists } = await readLetterText(request, reserveMemoryFor);
  return { ...readDraftForm<Bytes>(lists, []), author: fields.author ?? '', notes: [], release() {} };
}

/** Whether a form is of the user who is logged in: in another window somebody else may have logged in since. */
export async function isOwn(context: LoadContext, { author }: PostedForm): Promise<boolean> {
  const { accounts } = await context.client();
  return author === '' || author === (await accounts.me.query())?.username;
}
