import { limits } from '../schemas/limits.ts';

/** The name of a chosen file, fit to be shown: no folders, control characters or marks that turn the direction of writing. */
export function showableName(fileName: string): string {
  const last = fileName.split('/').at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return plain.slice(0, limits.photoNameMax) || 'photo';
}
