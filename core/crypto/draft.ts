import type { Bytes } from '../bytes.ts';
import { openWithSubkey, sealWithSubkey } from './aead.ts';
import { importHkdfKey } from './hkdf.ts';
import { decodeDraftContent, encodeDraftContent } from './letter-content.ts';
import { LETTER_KEY_LENGTH } from './letter-key.ts';
import type { DraftContent } from './letter-types.ts';
import { assertLength } from './refusal.ts';

const PURPOSE_DRAFT = 'bff/v1/draft';

export type DraftRef = { draftId: string; authorId: string };

/**
 * Seals a draft under the key of its future letter, padded like a letter.
 * @throws CryptoRefusal `malformed`.
 */
export async function sealDraft(key: Bytes, ref: DraftRef, content: DraftContent): Promise<Bytes> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  const base = await importHkdfKey(key);
  return sealWithSubkey(base, PURPOSE_DRAFT, [ref.draftId, ref.authorId], encodeDraftContent(content));
}

/** @throws CryptoRefusal `damaged`, `unknown-suite`, `malformed`. */
export async function openDraft(key: Bytes, ref: DraftRef, sealed: Bytes): Promise<DraftContent> {
  assertLength('The letter key', key, LETTER_KEY_LENGTH);
  const base = await importHkdfKey(key);
  return decodeDraftContent(await openWithSubkey(base, PURPOSE_DRAFT, [ref.draftId, ref.authorId], sealed));
}
