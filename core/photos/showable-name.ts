import { limits } from '../schemas/limits.ts';

/** Makes a file name safe to show: no folders, control characters or direction marks. */
export function showableName(fileName: string): string {
  const last = fileName.split('/').at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim();
  return plain.slice(0, limits.photoNameMax) || 'photo';
}
