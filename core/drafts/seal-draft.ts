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

/** Returns the key of the future letter; makes it on first use. */
export function keyOf(draft: EditedDraft): Bytes {
  draft.key ??= newLetterKey();
  return draft.key;
}

interface DraftToSeal {
  draftId: string;
  key: Bytes;
  content: LetterContent;
  to: string | null;
  arrival?: string | undefined;
  stamp?: string | undefined;
  /** Undefined keeps the draft's stamp idea; empty removes it. */
  stampIdea: string | undefined;
}

interface SealedDraft {
  payload: Bytes;
  sealedKey: Bytes;
  stampIdea: Bytes | null | undefined;
}

/** Seals a draft to its author. @throws CryptoRefusal `malformed`. */
export async function sealDraft(
  { userId, masterKey }: AccountKeys,
  { draftId, key, content, to, arrival, stamp, stampIdea }: DraftToSeal,
): Promise<SealedDraft> {
  return {
    payload: await sealContent(key, { draftId, authorId: userId }, { ...content, to, arrival, stamp }),
    sealedKey: await wrapLetterKey(masterKey, { letterId: draftId, userId }, key),
    stampIdea: stampIdea
      ? await sealStampIdea(masterKey, 'draft', draftId, stampIdea)
      : stampIdea === ''
        ? null
        : undefined,
  };
}
