import { hasInk } from '../schemas/has-ink.ts';

/** Returns a title with visible characters, or else the fallback. */
export function titleOr(title: string | null | undefined, otherwise: string): string {
  return title && hasInk(title) ? title.trim() : otherwise;
}
