import type { AccountKeys } from '../account-keys.ts';
import type { Bytes } from '../bytes.ts';
import {
  type LetterContent,
  newLetterKey,
  sealDraft as sealContent,
  sealStampIdea,
  wrapLetterKey,
} from '../crypto/index.ts';
import type { EditedDraft } from './edited-draft.ts';

/** The key of the letter a draft will be, made at first need. */
export function keyOf(draft: EditedDraft): Bytes {
  draft.key ??= newLetterKey();
  return draft.key;
}

/** A letter in progress. */
interface DraftToSeal {
  draftId: string;
  /** Of the letter it will be. */
  key: Bytes;
  content: LetterContent;
  /** The friend it is for, if one is chosen. */
  to: string | null;
  /** Undefined leaves the idea of the draft as it is; empty removes it. */
  stampIdea: string | undefined;
}

interface SealedDraft {
  payload: Bytes;
  sealedKey: Bytes;
  stampIdea: Bytes | null | undefined;
}

/** Seals a letter in progress to its author. @throws CryptoRefusal `malformed`. */
export async function sealDraft(
  { userId, masterKey }: AccountKeys,
  { draftId, key, content, to, stampIdea }: DraftToSeal,
): Promise<SealedDraft> {
  return {
    payload: await sealContent(key, { draftId, authorId: userId }, { ...content, to }),
    sealedKey: await wrapLetterKey(masterKey, { letterId: draftId, userId }, key),
    stampIdea: stampIdea
      ? await sealStampIdea(masterKey, 'draft', draftId, stampIdea)
      : stampIdea === ''
        ? null
        : undefined,
  };
}
