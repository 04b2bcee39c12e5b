import type { LoadContext } from '#app/http/api.server.ts';
import { readLetterForm, readLetterText } from '#app/http/uploads.server.ts';
import type { Bytes } from '#core/bytes.ts';
import { type FilledForm, newPhotosOf, readDraftForm } from './draft-form.ts';

export interface PostedForm extends FilledForm<Bytes> {
  /** The user whose page it was posted from. */
  author: string;
  /** Messages about what couldn't be accepted. */
  notes: string[];
  /** Call this when the photos are no longer needed. */
  release(): void;
}

/** Reads a posted letter form. Keeps the text even if photos are too many or too large. */
export async function readPostedForm(
  request: Request,
  { reserveMemoryFor }: LoadContext,
): Promise<PostedForm> {
  const { fields, lists, photos, problems, release } = await readLetterForm(request, reserveMemoryFor);
  const newPhotos = newPhotosOf(photos, lists, ({ bytes, name }) => ({ file: bytes, name }));
  return { ...readDraftForm(lists, newPhotos), author: fields.author ?? '', notes: problems, release };
}

/** Reads only the text, for a user who is no longer logged in. */
export async function readPostedText(
  request: Request,
  { reserveMemoryFor }: LoadContext,
): Promise<PostedForm> {
  const { fields, lists } = await readLetterText(request, reserveMemoryFor);
  return { ...readDraftForm<Bytes>(lists, []), author: fields.author ?? '', notes: [], release() {} };
}

/**
 * Tells whether the form belongs to the logged-in user: another user may have logged in from
 * another window since.
 */
export async function isOwn(context: LoadContext, { author }: PostedForm): Promise<boolean> {
  const { accounts } = await context.client();
  return author === '' || author === (await accounts.me.query())?.username;
}
