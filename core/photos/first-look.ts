import { limits } from '../schemas/limits.ts';
import { refusalOfKind, tooManyBytesText } from './photo-advice.ts';
import { HEAD_BYTES, sniffPhoto } from './sniff-photo.ts';

/**
 * What can be told of a file as soon as it is chosen, from its size and its first bytes: a sentence if letters cannot carry it.
 * Null says no more than that it is worth preparing, which looks at all of it.
 */
export async function refusalAtFirstLook(file: Blob): Promise<string | null> {
  if (file.size > limits.photoBytes) return tooManyBytesText;
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return refusalOfKind(sniffPhoto(head));
}
