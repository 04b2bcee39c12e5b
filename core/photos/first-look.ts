import { limits } from '../schemas/limits.ts';
import { refusalOfKind, tooManyBytesText } from './photo-advice.ts';
import { HEAD_BYTES, sniffPhoto } from './sniff-photo.ts';

/**
 * Checks a chosen file by its size and first bytes. Returns a sentence if letters can't hold it.
 * Null means only that it is worth preparing, which inspects the whole file.
 */
export async function refusalAtFirstLook(file: Blob): Promise<string | null> {
  if (file.size > limits.photoBytes) return tooManyBytesText;
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return refusalOfKind(sniffPhoto(head));
}
