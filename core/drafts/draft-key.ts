import type { Bytes } from '../bytes.ts';
import { newLetterKey } from '../crypto/index.ts';
import type { EditedDraft } from './edited-draft.ts';

/** The key of the letter a draft will be, made at first need. */
export function keyOf(draft: EditedDraft): Bytes {
  draft.key ??= newLetterKey();
  return draft.key;
}
